import { constants } from 'node:fs';
import { open, readdir, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { CourseProblem } from '../problem.js';
import { isLitter, pathProblem, type Refused, type Tree, type TreeFile, type TreeLimits } from './tree.js';

/**
 * What lies in a folder. Links are not followed: a student who hands in a link to the instructor's files gets nothing of them.
 * Throws CourseProblem where there is more than `limits` allows.
 */
export async function folderTree(folder: string, limits: TreeLimits): Promise<Tree> {
  const files: TreeFile[] = [];
  const refused: Refused[] = [];
  let entries = 0;
  const walk = async (inside: string): Promise<void> => {
    const found = await readdir(path.join(folder, inside), { withFileTypes: true }).catch((error: unknown) => {
      if (inside === '') throw error;
      refused.push({ path: inside.normalize('NFC'), reason: unreadable(error) });
      return [];
    });
    for (const entry of found.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (++entries > limits.entries) {
        throw new CourseProblem(
          `Expected at most ${limits.entries} files in ${folder}, found more. Is it the right folder?`,
        );
      }
      const real = inside === '' ? entry.name : `${inside}/${entry.name}`;
      const name = real.normalize('NFC');
      if (isLitter(name)) continue;
      const problem = pathProblem(name, limits);
      if (problem !== undefined) refused.push({ path: name, reason: problem });
      else if (entry.isDirectory()) await walk(real);
      else if (!entry.isFile())
        refused.push({ path: name, reason: entry.isSymbolicLink() ? 'it is a link' : 'it is no file' });
      else {
        const file = await fileOf(path.join(folder, real), name);
        if (typeof file === 'string') refused.push({ path: name, reason: file });
        else files.push(file);
      }
    }
  };
  await walk('');
  return { files, refused };
}

/** A file, or the reason why it cannot be read. */
async function fileOf(real: string, name: string): Promise<TreeFile | string> {
  // What was a file when the folder was listed may be a link now.
  const pinned = async <T>(use: (handle: FileHandle) => Promise<T>): Promise<T> => {
    await using handle = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    return await use(handle);
  };
  const read = (): Promise<Buffer> =>
    pinned(async (handle) => {
      const { nlink } = await handle.stat();
      if (nlink > 1)
        throw new CourseProblem(
          `${name} has ${nlink} hard links: another name of a file that may be anyone's. Copy the folder (cp -r).`,
        );
      return handle.readFile();
    });
  try {
    const { size } = await pinned((handle) => handle.stat());
    return { path: name, size, read };
  } catch (error) {
    return unreadable(error);
  }
}

const unreadable = (error: unknown): string =>
  `it cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
