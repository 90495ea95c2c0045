import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Course } from '../../course/course.js';
import { folderTree } from '../../course/source/folder-tree.js';
import { studentOf, type HandIn } from '../../course/source/hand-in.js';
import { handIns, layoutOf, layouts, unwrapped, type Layout } from '../../course/source/layouts.js';
import { accountsNamed } from '../../course/source/student-folders.js';
import { classLimits, type Refused, type Tree } from '../../course/source/tree.js';
import { zipTree } from '../../course/source/zip-tree.js';
import { WrongUse } from '../failure.js';
import { textOf } from './load-course.js';

/** What was handed in, and the export that it was found in; a zip stays open until it is disposed of. */
export interface OpenSource extends AsyncDisposable {
  readonly layout: Layout;
  readonly handIns: readonly HandIn[];
  /** What is in no hand-in, though it may have been meant for one: the path and the reason. */
  readonly leftOut: readonly Refused[];
}

const described: Readonly<Record<Layout, string>> = {
  folders: 'a folder per student',
  gradescope: 'an export of Gradescope',
  canvas: 'an export of Canvas',
  moodle: 'an export of Moodle',
  github: 'an export of GitHub Classroom',
};

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
  const isSomebody = (name: string): boolean =>
    Object.hasOwn(course.file.groups, name) || studentOf(accountsNamed(name), course.roster) !== undefined;
  const tree = unwrapped(zip ?? (await folderTree(path.resolve(source), classLimits)), isSomebody);
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
    canvasIds: new Set(course.roster.flatMap(({ other }) => other['canvas_id'] ?? [])),
    worksheets,
  });
  if (found.length === 0 && tree.files.length > 0) {
    await zip?.[Symbol.asyncDispose]();
    throw new WrongUse(
      `Expected what students handed in, found none of it in the ${tree.files.length} files of ${source}, such as ${tree.files[0].path}, read as ${described[layout]}. ` +
        `--layout ${layouts.join('|')} says what it is; docs/exports.md shows each. A folder per student bears an id, an e-mail or a login of the roster.`,
    );
  }
  return {
    layout,
    handIns: found,
    leftOut: leftOut(tree, found),
    async [Symbol.asyncDispose]() {
      await zip?.[Symbol.asyncDispose]();
    },
  };
}

/** Code, archives and what is not followed, as far as no hand-in has them. */
function leftOut({ files, refused }: Tree, handIns: readonly HandIn[]): Refused[] {
  const taken = new Set(handIns.flatMap((each) => each.files.map(({ read }) => read)));
  const told = handIns.flatMap((each) => each.refused.map(({ path: inside }) => inside));
  const meant = files.filter((file) => /\.([mc]?[jt]s|py|zip)$/i.test(file.path) && !taken.has(file.read));
  return [
    ...refused.filter((each) => !told.some((inside) => each.path === inside || each.path.endsWith(`/${inside}`))),
    ...meant.map((file) => ({ path: file.path, reason: 'it lies in no hand-in of a student' })),
  ];
}
