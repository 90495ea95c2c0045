import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import lockfile from 'proper-lockfile';
import { readProvisioned } from './cache.js';
import { problem, SetupStopped } from './problem.js';
import type { Progress } from './progress.js';

/** A lock counts as left behind when its holder has not touched it for so long; it does so every 5 s. */
const stale = 10_000;
const waitMinutes = 30;

/**
 * Runs `work` while no other process does so for the same `folder`, or not at all when the folder is there before its turn comes.
 * The lock only saves double work: even two at once leave one whole folder, because each builds a folder of its own and renames it.
 */
export async function inTurn(folder: string, progress: Progress, work: () => Promise<void>): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true });
  const turn = await take(folder, progress);
  if (turn === 'not needed') return;
  try {
    await removeLeftovers(folder);
    await work();
  } catch (error) {
    if (turn.lost() && !(error instanceof SetupStopped)) throw new SetupStopped(problem('lock-lost'));
    throw error;
  } finally {
    await turn.release();
  }
}

interface Turn {
  readonly lost: () => boolean;
  readonly release: () => Promise<void>;
}

async function take(folder: string, progress: Progress): Promise<Turn | 'not needed'> {
  const lock = `${folder}.lock`;
  let lost = false;
  const onCompromised = (): void => void (lost = true);
  for (const until = Date.now() + waitMinutes * 60_000; Date.now() < until;) {
    try {
      const release = await lockfile.lock(folder, { realpath: false, lockfilePath: lock, stale, onCompromised });
      if (readProvisioned(folder) === undefined) {
        // Releasing a lock that was lost is an error to proper-lockfile, and none to us.
        return { lost: () => lost, release: () => release().catch(() => undefined) };
      }
      await release();
      return 'not needed';
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ELOCKED')) throw error;
      progress({ stage: 'wait', message: `another setup is at work, or was cut off less than ${stale / 1000} s ago` });
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
  throw new SetupStopped(problem('locked', { lock, minutes: waitMinutes }));
}

/** Makes `folder` appear whole or not at all: `fill` works on a sibling that is renamed when it has ended well. */
export async function whole(folder: string, fill: (part: string) => Promise<void>): Promise<void> {
  if (existsSync(folder)) return;
  const part = await mkdtemp(`${folder}${partMark}`);
  try {
    await chmod(part, 0o777 & ~process.umask()); // mkdtemp makes it private, but a cache may serve a whole laboratory
    await fill(part);
    await rename(part, folder);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}

const partMark = '.part-';

/** Removes what a setup left that was cut off (it could not do so itself), for `folder` and its stages. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(path.dirname(folder))) {
    if (name.startsWith(path.basename(folder)) && name.includes(partMark)) {
      await rm(path.join(path.dirname(folder), name), { recursive: true, force: true });
    }
  }
}

/** Stops with `little-disk` when the file system of `folder` has less than `needed` bytes free. */
export async function checkDisk(folder: string, needed: number): Promise<void> {
  const { bavail, bsize, blocks } = await statfs(folder);
  const free = bavail * bsize;
  // Some network file systems report no blocks at all, which says nothing.
  if (blocks > 0 && free < needed) throw new SetupStopped(problem('little-disk', { folder, needed, free }));
}
