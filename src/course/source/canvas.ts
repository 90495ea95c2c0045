import type { HandIn } from './hand-in.js';
import type { Tree, TreeFile } from './tree.js';

/** Name of the student, perhaps LATE, number of the user, number of the file, and what the student called it. */
const pattern = /^(?:(.+?)_)?(LATE_)?(\d+)_(\d+)_(.+)$/;

/** Canvas puts all files of all students into one folder. */
export const isCanvas = ({ files }: Tree): boolean =>
  files.length > 0 && files.every(({ path }) => !path.includes('/') && pattern.test(path));

/**
 * "Download Submissions" of an assignment: `wangmei_1234_56789_04-dsm.ts`, with `_LATE` before the number where it came late.
 * The export says no times: what is LATE is taken to be late by one second, unless a table of times says more.
 */
export function canvas(tree: Tree): HandIn[] {
  const users = new Map<string, { files: TreeFile[]; late: boolean }>();
  for (const file of tree.files) {
    const [, , late, user, , name] = pattern.exec(file.path) ?? [];
    if (user === undefined || name === undefined) continue;
    const found = users.get(user) ?? { files: [], late: false };
    found.files.push({ ...file, path: name });
    users.set(user, { ...found, late: found.late || late !== undefined });
  }
  return [...users].map(([user, { files, late }]) => ({
    place: `files of user ${user}`,
    people: [[{ by: 'other.canvas_id', value: user }]],
    submitted: null,
    late,
    files,
    refused: tree.refused.filter(({ path }) => pattern.exec(path)?.[3] === user),
  }));
}
