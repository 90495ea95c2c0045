import { canvas, isCanvas } from './canvas.js';
import { githubClassroom, isGithubClassroom } from './github-classroom.js';
import { gradescope, isGradescope } from './gradescope.js';
import type { HandIn } from './hand-in.js';
import type { LayoutContext } from './layout-context.js';
import { isMoodle, moodle } from './moodle.js';
import { studentFolders } from './student-folders.js';
import { below, type Tree } from './tree.js';

/** How an export is laid out; docs/exports.md shows each. */
export const layouts = ['folders', 'gradescope', 'canvas', 'moodle', 'github'] as const;
export type Layout = (typeof layouts)[number];

/** The layout of a tree, by what only that course system writes. */
export function layoutOf(tree: Tree): Layout {
  if (isGradescope(tree)) return 'gradescope';
  if (isMoodle(tree)) return 'moodle';
  if (isGithubClassroom(tree)) return 'github';
  if (isCanvas(tree)) return 'canvas';
  return 'folders';
}

/** What was handed in, by layout. Throws CourseProblem where an export is not as it has to be. */
export async function handIns(tree: Tree, layout: Layout, context: LayoutContext): Promise<HandIn[]> {
  switch (layout) {
    case 'folders':
      return studentFolders(tree, context);
    case 'gradescope':
      return gradescope(tree);
    case 'canvas':
      return canvas(tree, context);
    case 'moodle':
      return moodle(tree, context);
    case 'github':
      return githubClassroom(tree);
  }
}

/**
 * The tree below the one folder that holds everything, where there is such a folder: archives have one, or have not. It stays as it is where a course system made it so, and where
 * `isSomebody` says that the folder is that of the only student who handed in.
 */
export function unwrapped(tree: Tree, isSomebody: (name: string) => boolean): Tree {
  const tops = new Set(tree.files.map(({ path }) => path.split('/')[0]));
  const [top] = tops;
  if (tops.size !== 1 || top === undefined || layoutOf(tree) !== 'folders' || isSomebody(top)) return tree;
  return tree.files.every(({ path }) => path.includes('/')) ? below(tree, top) : tree;
}
