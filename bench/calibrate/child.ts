import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

/** Runs a compiled script of this project in a process of its own; its standard output. Throws with its standard error where it fails. */
export async function scriptOutput(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const { stdout } = await execa(process.execPath, [file, ...args], { env, maxBuffer: 1e9 });
  return stdout;
}
