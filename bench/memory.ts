import { fileURLToPath } from 'node:url';
import { run } from '../src/tensorflow/command.js';

/** Prints the peak memory of a process that does nothing but load the digits and compute scores of each batch size at each sigma. */
export async function benchMemory(print: (line: string) => void): Promise<void> {
  const program = fileURLToPath(new URL('memory-child.js', import.meta.url));
  const { ok, stdout, why } = await run([process.execPath, program], [], { env: process.env, log: () => undefined });
  print(
    ok ? `Peak memory (resident set) of a process with scores only: ${stdout}` : `Peak memory: not measured, ${why}`,
  );
}
