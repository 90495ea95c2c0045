export const peers = async (out: string): Promise<void> => {
  await Promise.resolve();
  console.log(out);
};
