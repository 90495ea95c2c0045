import { execa } from 'execa';

/** How an external program ended. */
export interface Ended {
  readonly ok: boolean;
  readonly stdout: string;
  /** For a message: the last lines that it printed on either stream, or why it did not start or not end; empty when `ok`. */
  readonly why: string;
}

/** What a stage needs to call external programs: an environment, and where to tell what they print. */
export interface Shell {
  readonly env: NodeJS.ProcessEnv;
  readonly log: (line: string) => void;
}

/** What execa tells of a failure, as far as it is read here. */
interface Failed {
  readonly timedOut: boolean;
  readonly signal?: string | undefined;
  readonly all: string;
  readonly shortMessage?: string | undefined;
}

/** Runs a program without a shell, so that paths may have spaces, and never throws: its failure is a value. */
export async function run(
  [file, ...first]: readonly [string, ...string[]],
  rest: readonly string[],
  shell: Shell,
  options: { readonly cwd?: string; readonly timeout?: number } = {},
): Promise<Ended> {
  const args = [...first, ...rest];
  shell.log(`$ ${[file, ...args].join(' ')}`);
  const result = await execa(file, args, {
    ...options,
    env: shell.env,
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    reject: false,
  });
  if (result.all !== '') shell.log(result.all);
  return { ok: !result.failed, stdout: result.stdout, why: result.failed ? reason(result, options.timeout) : '' };
}

function reason(result: Failed, timeout = 0): string {
  if (result.timedOut) return `it did not end within ${timeout / 1000} s`;
  const tail = lastLines(result.all);
  if (result.signal !== undefined) return [`it was ended by the signal ${result.signal}`, ...tail].join('\n');
  return tail.length > 0 ? tail.join('\n') : (result.shortMessage ?? 'it printed nothing');
}

/** The last five lines that say something: enough for the error of pip, npm or a compiler. */
function lastLines(printed: string): string[] {
  return printed
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-5);
}
