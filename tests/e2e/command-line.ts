import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll } from 'vitest';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The command line as it was compiled. */
export const main = path.join(root, 'dist', 'src', 'cli', 'main.js');

/** A claim that is decided in about a second: without random draws, on analytic densities. */
export const quickClaim = 'score-is-log-gradient';

/** How a process ended and what it printed. */
export interface Ended {
  readonly code: number | undefined;
  readonly signal: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** The Node that runs it; this one by default. */
  readonly node?: string;
}

/** Our environment without the data set that the other tests use, and without colours. */
export const environment = (env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  MNIST_DIR: '',
  NO_COLOR: '1',
  ...env,
});

/** Runs a command to its end. */
export async function run(
  command: string,
  args: readonly string[],
  { env, cwd = root }: RunOptions = {},
): Promise<Ended> {
  const { exitCode, signal, stdout, stderr } = await execa(command, args, {
    env: environment(env),
    extendEnv: false,
    cwd,
    reject: false,
    stripFinalNewline: false,
    stdin: 'ignore',
  });
  return { code: exitCode, signal, stdout, stderr };
}

/** Runs `scorecheck` as it was compiled by `npm run build`, which `npm test` calls. */
export function scorecheck(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  if (!existsSync(main)) throw new Error(`Expected the compiled command line at ${main}. Run \`npm run build\`.`);
  return run(options.node ?? process.execPath, [main, ...args], options);
}

/** A new folder that goes when the tests of the file are done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'scorecheck e2e '));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
