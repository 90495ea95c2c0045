import type { Intake } from '../../course/intake.js';
import type { Problem } from '../../course/result.js';
import type { Results } from '../../course/marks/mark.js';
import type { ExitCode } from '../exit-code.js';
import type { Terminal } from '../terminal.js';
import { classNow, publishedOf, writeClass, type ClassFolder } from './class-folder.js';
import { writePages } from './class-pages.js';
import { classText, exitCodeOfClass } from './class-text.js';
import type { LoadedCourse } from './load-course.js';

/** What a command over a class ends with. */
interface Outcome {
  readonly intake: Intake;
  readonly results: Results;
  readonly problems: readonly Problem[];
  /** What this run did, as its summary begins. */
  readonly did: string;
  readonly options: { readonly publish?: boolean; readonly anonymous?: boolean };
  readonly terminal: Terminal;
}

/** Writes class.json and the pages, prints the summary, and publishes where that is asked for; the exit code says what a human has to look at. */
export async function handOver(
  folder: ClassFolder,
  loaded: LoadedCourse,
  { intake, results, problems, did, options, terminal }: Outcome,
): Promise<ExitCode> {
  const published = await publishedOf(folder);
  const run = await classNow(folder, loaded, { intake, published, results, problems });
  await writeClass(folder, run);
  await writePages(folder.folder, run, { anonymous: options.anonymous, terminal });
  terminal.result(classText(run, did));
  if (options.publish === true) {
    const { publish } = await import('./publish.js');
    await publish(folder, loaded, { run, intake, published, terminal });
  }
  return exitCodeOfClass(run);
}
