import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { pool } from 'workerpool';
import type { JudgedNotes } from './notes-job.js';

/** A process takes a third of a second to start: so much text is judged in less. */
const WORTH_A_PROCESS = 2_000;

/** What a process may hold; the largest file that is read takes a quarter. */
const MEGABYTES = 2_048;

/** Judges files, several at a time where there are several of some length and cores for them; the results are in the order of the files. */
export async function judgeFiles(
  files: readonly { readonly file: string; readonly text: string }[],
): Promise<readonly JudgedNotes[]> {
  const long = files.filter(({ text }) => text.length > WORTH_A_PROCESS);
  const processes = Math.min(long.length, os.availableParallelism());
  if (processes < 2) {
    const { judgedNotes } = await import('./notes-job.js');
    return files.map(({ file, text }) => judgedNotes(file, text));
  }
  const workers = pool(fileURLToPath(new URL('./notes-worker.js', import.meta.url)), {
    workerType: 'process',
    maxWorkers: processes,
    forkOpts: { execArgv: [`--max-old-space-size=${MEGABYTES}`] },
  });
  try {
    // The longest first, so that none is left over when all others are done.
    const order = [...files].sort((a, b) => b.text.length - a.text.length);
    const judged = await Promise.all(
      order.map(async ({ file, text }): Promise<[string, JudgedNotes]> => {
        try {
          return [file, (await workers.exec('judgedNotes', [file, text])) as JudgedNotes];
        } catch (error) {
          // A process may end for want of memory: that is told of its file, and the others are judged.
          return [file, (await import('./notes-job.js')).unjudgedNotes(file, text, error)];
        }
      }),
    );
    const results = new Map(judged);
    return files.flatMap(({ file }) => results.get(file) ?? []);
  } finally {
    await workers.terminate(true);
  }
}
