import pc from 'picocolors';
import { inLanguage, type Language } from '../grade/texts.js';
import { exitCodes, type ExitCode } from './exit-code.js';
import { WrongUse } from './failure.js';
import type { Terminal } from './terminal.js';
import { watchFiles } from './watch-files.js';

/** Runs something again whenever one of its files changes, until Ctrl-C; returns the code of the last run that came to its end. */
export async function again(
  once: (read: (files: readonly string[]) => void) => Promise<ExitCode>,
  files: readonly string[],
  { terminal, language }: { readonly terminal: Terminal; readonly language: Language },
): Promise<ExitCode> {
  let code: ExitCode = exitCodes.asClaimed;
  let changed: () => void = () => undefined;
  const stop = new Promise<'stop'>((resolve) => process.once('SIGINT', () => resolve('stop')));
  using watched = watchFiles(() => changed());
  watched.add(files);
  for (;;) {
    // A change while the check runs counts as well.
    const next = new Promise<'changed'>((resolve) => (changed = () => resolve('changed')));
    const checked = once((read) => watched.add(read)).catch((error: unknown) => {
      // A file that is being edited may not be a program for a moment.
      if (!(error instanceof WrongUse)) throw error;
      terminal.note(error.message);
      return exitCodes.wrongUse;
    });
    const ended = await Promise.race([checked, stop]);
    if (ended === 'stop') {
      // The sandbox is closed by whoever opened it, and what the check says then is of no interest.
      checked.catch(() => undefined);
      return code;
    }
    code = ended;
    terminal.note(pc.dim(inLanguage(language)('Waiting for a change; Ctrl-C ends.', '等待檔案變更；按 Ctrl-C 結束。')));
    if ((await Promise.race([next, stop])) === 'stop') return code;
    // An editor writes a file in several steps.
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
