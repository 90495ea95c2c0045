import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Course } from '../../course/course.js';
import { instantOf } from '../../course/file/moment.js';
import { folderTree } from '../../course/source/folder-tree.js';
import type { HandIn } from '../../course/source/hand-in.js';
import { handIns, layoutOf, layouts, unwrapped, type Layout } from '../../course/source/layouts.js';
import { classLimits } from '../../course/source/tree.js';
import { zipTree } from '../../course/source/zip-tree.js';
import { WrongUse } from '../failure.js';
import { textOf } from './load-course.js';

/** What was handed in, and the export that it was found in; a zip stays open until it is disposed of. */
export interface OpenSource extends AsyncDisposable {
  readonly layout: Layout;
  readonly handIns: readonly HandIn[];
  /** Paths of the source that are not followed, with the reason. */
  readonly refused: readonly { readonly path: string; readonly reason: string }[];
}

/** Opens a folder or a zip with what students handed in. WrongUse or CourseProblem where it is none. */
export async function openSource(
  source: string,
  course: Course,
  {
    folder,
    exercises,
    layout: given,
  }: { readonly folder: string; readonly exercises: readonly string[]; readonly layout: string | undefined },
): Promise<OpenSource> {
  if (!existsSync(source))
    throw new WrongUse(`Expected SOURCE to be a folder or a zip, got ${source}, which is not there.`);
  const zip = statSync(source).isDirectory()
    ? undefined
    : await zipTree(path.resolve(source), path.basename(source), classLimits);
  const tree = unwrapped(zip ?? (await folderTree(path.resolve(source), classLimits)));
  const layout = given === undefined ? layoutOf(tree) : layouts.find((each) => each === given);
  if (layout === undefined) throw new WrongUse(`Expected --layout ${layouts.join(', ')}, got "${given ?? ''}".`);
  const worksheets = course.exercises.flatMap(({ facts, moodle }) =>
    moodle === undefined || !exercises.includes(facts.id)
      ? []
      : [textOf(path.resolve(folder, moodle), `moodle of ${facts.id}`)],
  );
  const found = await handIns(tree, layout, {
    timezone: course.file.timezone,
    groups: Object.keys(course.file.groups),
    worksheets,
  });
  return {
    layout,
    handIns: found,
    refused: tree.refused,
    async [Symbol.asyncDispose]() {
      await zip?.[Symbol.asyncDispose]();
    },
  };
}

/** A table of times in CSV: `id,submitted`. WrongUse where a line is not as it has to be. */
export function readTimes(file: string, { roster, file: { timezone } }: Course): Map<string, number> {
  const rows = parse<Record<string, string>>(textOf(file, '--times'), {
    bom: true,
    columns: true,
    skip_empty_lines: true,
  });
  return new Map(
    rows.map((row, i) => {
      const [id, submitted] = [row['id'], row['submitted']];
      if (!roster.some((entry) => entry.id === id) || !submitted) {
        throw new WrongUse(
          `Expected id,submitted with an id of the roster on line ${i + 2} of ${file}, got "${id ?? ''},${submitted ?? ''}".`,
        );
      }
      return [id, instantOf(submitted, timezone)];
    }),
  );
}
