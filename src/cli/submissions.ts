import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { nearest } from '../grade/nearest.js';
import { inLanguage, type Language } from '../grade/texts.js';
import { exerciseNamed, exerciseNames } from './exercise-folders.js';
import { WrongUse } from './failure.js';
import { exercisesInPython } from './python-exercises.js';

/** One module of a student and the exercise that it is for. */
export interface Found {
  readonly file: string;
  /** Its imports may reach files of this folder and below. */
  readonly root: string;
  /** Name of the exercise, such as `04-denoising-score-matching`. */
  readonly exercise: string;
}

const extensions = ['.ts', '.mts', '.js', '.mjs', '.py'];

/**
 * The submissions that a path holds: a module by itself, or a folder with files `NN-*.ts` (or `.py`) or folders `NN-*` with a `submission.ts`. The exercise is
 * read off the number unless `exercise` names it, and in Python off the functions where there is no number. WrongUse where there is none, in `language`.
 */
export function submissionsAt(given: string, exercise: string | undefined, language: Language): Found[] {
  const text = inLanguage(language);
  if (!existsSync(given)) throw new WrongUse(notThere(given, language));
  const wanted = exercise === undefined ? undefined : exerciseNamed(exercise, language);
  const place = path.resolve(given);
  if (!statSync(place).isDirectory()) {
    return exercisesOf(place, wanted, language).map((each) => ({
      file: place,
      root: path.dirname(place),
      exercise: each,
    }));
  }
  const inside = submissionIn(place);
  if (inside !== undefined) {
    return exercisesOf(inside, wanted, language).map((each) => ({ file: inside, root: place, exercise: each }));
  }
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
  const named = wanted === undefined ? '' : text(` for ${wanted}`, ` ${wanted} 的`);
  throw new WrongUse(
    text(
      `Expected files NN-*.ts (or .py) or folders NN-*/submission.ts (or .py) in ${given}, found none${named}. Name a file, or make a folder with \`scorecheck new\`.`,
      `${given} 裡面沒有${named}檔案 NN-*.ts（或 .py），也沒有資料夾 NN-*/submission.ts（或 .py）。請指定一個檔案，或用 \`scorecheck new\` 建立資料夾。`,
    ),
  );
}

const submissionIn = (folder: string): string | undefined =>
  extensions.map((extension) => path.join(folder, `submission${extension}`)).find((file) => existsSync(file));

/** The exercise of a name that begins with its number. */
function numbered(name: string): string | undefined {
  const [, number] = /^(\d\d)-/.exec(name) ?? [];
  return exerciseNames().find((each) => each.startsWith(`${number}-`));
}

function exercisesOf(file: string, wanted: string | undefined, language: Language): string[] {
  const found = wanted ?? numbered(path.basename(file)) ?? numbered(path.basename(path.dirname(file)));
  if (found !== undefined) return [found];
  const byName = path.extname(file) === '.py' ? exercisesInPython(file) : [];
  if (byName.length > 0) return byName;
  throw new WrongUse(
    inLanguage(language)(
      `Expected a file NN-*.ts (or .py) or a folder NN-* that tells the exercise, got ${file}. Say which one it is with --exercise.`,
      `檔名要像 NN-*.ts（或 .py），或放在資料夾 NN-* 裡，才知道是哪個習題；這裡是 ${file}。請用 --exercise 指定。`,
    ),
  );
}

/** A path that is not there, with the names beside it that it may mean. */
function notThere(given: string, language: Language): string {
  const folder = path.dirname(path.resolve(given));
  const beside = existsSync(folder) ? readdirSync(folder) : [];
  const near = nearest(path.basename(given), beside).map((name) => path.join(path.dirname(given), name));
  const text = inLanguage(language);
  const hint =
    near.length === 0 ? '' : text(` Did you mean ${near.join(' or ')}?`, `你是不是要打 ${near.join(' 或 ')}？`);
  return text(
    `Expected a file or a folder, got ${given}, which is not there.${hint}`,
    `找不到檔案或資料夾 ${given}。${hint}`,
  );
}
