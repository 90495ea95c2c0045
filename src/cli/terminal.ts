/** Where a command prints: what was asked for, and everything about the way there. */
export interface Terminal {
  readonly env: NodeJS.ProcessEnv;
  /** Whether --verbose was given or SCORECHECK_DEBUG is set. */
  readonly verbose: boolean;
  /** Prints a result to standard output. */
  readonly result: (text: string) => void;
  /** Prints to standard error: heads, progress, warnings. */
  readonly note: (text: string) => void;
  /** The stream of a progress bar, `undefined` where notes do not go to a terminal. */
  readonly bars: NodeJS.WriteStream | undefined;
}

/** The terminal of this process. */
export function processTerminal({ verbose }: { readonly verbose: boolean }): Terminal {
  const { env, stdout, stderr } = process;
  return {
    env,
    verbose,
    result: (text) => void stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    note: (text) => void stderr.write(`${text}\n`),
    bars: stderr.isTTY ? stderr : undefined,
  };
}
