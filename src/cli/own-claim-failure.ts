import path from 'node:path';
import type { CourseFolder } from './course-folder.js';
import { WrongUse } from './failure.js';
import type { SettingEvent } from './verify-processes.js';

/**
 * Judges claims; where one of the course's own throws meanwhile, a WrongUse says which, in which setting, and the line of its author's file. What scorecheck's own
 * claims throw stays as it is: that is our bug. `judge` tells each setting that it begins with.
 */
export async function judgedToTheEnd<T>(
  course: CourseFolder | undefined,
  judge: (told: (event: SettingEvent) => void) => Promise<T>,
): Promise<T> {
  let at: SettingEvent | undefined;
  try {
    return await judge((event) => (at = event));
  } catch (error) {
    const file = course?.claimFiles.find((each) => path.parse(each).name === at?.claim);
    if (file === undefined || at === undefined) throw error;
    const message = error instanceof Error ? error.message : String(error);
    const place = placeIn(file, error);
    throw new WrongUse(
      `Expected the claim ${at.claim} to be judged to the end, but it threw at ${place ?? path.relative('', file)}: ${message}\n` +
        `It was being judged in the setting "${at.setting}"${place === undefined ? ', by functions that the claim hands to scorecheck' : ', or in a false variant after it'}. ` +
        'docs/write-a-claim.md says what its functions get and have to return.',
    );
  }
}

/** The innermost line of `file` in the stack of an error. */
function placeIn(file: string, error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const [, after] = stack.split(`${file}:`);
  const [where] = /^\d+:\d+/.exec(after ?? '') ?? [];
  return where === undefined ? undefined : `${path.relative('', file)}:${where}`;
}
