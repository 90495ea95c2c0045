/** Something to be timed: one run of it, in milliseconds by its own clock. */
export type Timed = () => number | Promise<number>;

/** A task of this process as a {@link Timed}. */
export const here = (task: () => void) => (): number => {
  const start = performance.now();
  task();
  return performance.now() - start;
};

/**
 * Median times in milliseconds of tasks that take turns: A B C A B C ..., so that whatever else the machine does meets all of them.
 * Each runs once before, unmeasured.
 */
export async function alternate<K extends string>(
  tasks: Readonly<Record<K, Timed>>,
  repeats: number,
): Promise<Record<K, number>> {
  const names = Object.keys(tasks) as K[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (const name of names) await tasks[name]();
  for (let turn = 0; turn < repeats; turn++) {
    for (const name of names) times[name].push(await tasks[name]());
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<K, number>;
}

/** The middle value, or the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}
