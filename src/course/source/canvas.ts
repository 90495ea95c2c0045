import type { HandIn } from './hand-in.js';
import type { LayoutContext } from './layout-context.js';
import type { Tree, TreeFile } from './tree.js';

/** Name of the student, which may have no letter in it, perhaps LATE, number of the user, number of the file, and what the student called it. */
const pattern = /^(?:.*?_)?\d+_\d+_.+$/;
/** What was typed into Canvas, or the address that was handed in: a page without a number of its own. */
const typed = /(?:^|_)([1-9]\d*)_((?:text|link)\.html)$/;

/** Canvas puts all files of all students into one folder. */
export const isCanvas = ({ files }: Tree): boolean =>
  files.some(({ path }) => pattern.test(path)) &&
  files.every(({ path }) => !path.includes('/') && (pattern.test(path) || typed.test(path)));

/** One way to read the name of a file. */
interface Reading {
  readonly user: string;
  readonly late: boolean;
  readonly name: string;
}

/** Every way to read a name: a student may have called himself, or his file, so that numbers stand there which Canvas did not write. Ids begin with no 0. */
function readings(path: string): Reading[] {
  const found: Reading[] = [];
  for (const { index } of path.matchAll(/(?<=^|_)(?=[1-9]\d*_[1-9]\d*_)/g)) {
    const [user, attachment] = path.slice(index).split('_', 2);
    const name = path.slice(index + user.length + attachment.length + 2);
    if (name !== '') found.push({ user, late: /(^|_)LATE_$/.test(path.slice(0, index)), name });
  }
  const page = typed.exec(path);
  if (found.length === 0 && page !== null) {
    const [, user, name] = page;
    found.push({ user, late: /(^|_)LATE_$/.test(path.slice(0, -`${user}_${name}`.length)), name });
  }
  return found;
}

/**
 * "Download Submissions" of an assignment: `wangmei_1234_56789_04-dsm.ts`, with `_LATE` before the number where it came late. Of several ways to read a name the one counts that
 * names a user of the roster; where two name different ones, nobody is named.
 * The export says no times: what is LATE is taken to be late by one second, unless a table of times says more.
 */
export function canvas(tree: Tree, { canvasIds }: LayoutContext): HandIn[] {
  const users = new Map<string, { files: TreeFile[]; late: boolean }>();
  const nobodys: HandIn[] = [];
  const readingOf = (path: string): Reading | undefined => {
    const all = readings(path);
    const known = all.filter(({ user }) => canvasIds.has(user));
    return known.length === 0 ? all[0] : new Set(known.map(({ user }) => user)).size === 1 ? known[0] : undefined;
  };
  for (const file of tree.files) {
    const reading = readingOf(file.path);
    if (reading === undefined) {
      nobodys.push({ place: file.path, people: [[]], submitted: null, files: [file], refused: [] });
      continue;
    }
    const { user, late, name } = reading;
    const found = users.get(user) ?? { files: [], late: false };
    found.files.push({ ...file, path: name });
    users.set(user, { ...found, late: found.late || late });
  }
  const ofUsers = [...users].map(([user, { files, late }]): HandIn => ({
    place: `files of user ${user}`,
    people: [[{ by: 'other.canvas_id', value: user }]],
    submitted: null,
    late,
    files,
    refused: tree.refused.filter(({ path }) => readingOf(path)?.user === user),
  }));
  return [...ofUsers, ...nobodys];
}
