import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { exerciseNamed, exerciseNames } from './exercise-folders.js';
import { WrongUse } from './failure.js';

/** One module of a student and the exercise that it is for. */
export interface Found {
  readonly file: string;
  /** Its imports may reach files of this folder and below. */
  readonly root: string;
  /** Name of the exercise, such as `04-denoising-score-matching`. */
  readonly exercise: string;
}

const extensions = ['.ts', '.mts', '.js', '.mjs'];

/**
 * The submissions that a path holds: a module by itself, or a folder with files `NN-*.ts` or folders `NN-*` with a `submission.ts`. The exercise is read off the
 * number unless `exercise` names it. WrongUse where there is none.
 */
export function submissionsAt(given: string, exercise: string | undefined): Found[] {
  if (!existsSync(given)) throw new WrongUse(`Expected a file or a folder, got ${given}, which is not there.`);
  const wanted = exercise === undefined ? undefined : exerciseNamed(exercise);
  const place = path.resolve(given);
  if (!statSync(place).isDirectory()) {
    return [{ file: place, root: path.dirname(place), exercise: wanted ?? exerciseOf(place) }];
  }
  const inside = submissionIn(place);
  if (inside !== undefined) return [{ file: inside, root: place, exercise: wanted ?? exerciseOf(inside) }];
  const found = readdirSync(place, { withFileTypes: true })
    .sort((a, b) => a.name.localeCompare(b.name))
    .flatMap((entry): Found[] => {
      const name = numbered(entry.name);
      if (name === undefined || (wanted !== undefined && name !== wanted)) return [];
      const full = path.join(place, entry.name);
      if (entry.isFile() && extensions.includes(path.extname(entry.name))) {
        return [{ file: full, root: place, exercise: name }];
      }
      const file = entry.isDirectory() ? submissionIn(full) : undefined;
      return file === undefined ? [] : [{ file, root: full, exercise: name }];
    });
  if (found.length > 0) return found;
  throw new WrongUse(
    `Expected files NN-*.ts or folders NN-*/submission.ts in ${given}, found none${wanted === undefined ? '' : ` for ${wanted}`}. ` +
      'Name a file, or make a folder with `scorecheck new`.',
  );
}

const submissionIn = (folder: string): string | undefined =>
  extensions.map((extension) => path.join(folder, `submission${extension}`)).find((file) => existsSync(file));

/** The exercise of a name that begins with its number. */
function numbered(name: string): string | undefined {
  const [, number] = /^(\d\d)-/.exec(name) ?? [];
  return exerciseNames().find((each) => each.startsWith(`${number}-`));
}

function exerciseOf(file: string): string {
  const found = numbered(path.basename(file)) ?? numbered(path.basename(path.dirname(file)));
  if (found !== undefined) return found;
  throw new WrongUse(
    `Expected a file NN-*.ts or a folder NN-* that tells the exercise, got ${file}. Say which one it is with --exercise.`,
  );
}
