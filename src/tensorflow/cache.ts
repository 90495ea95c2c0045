import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';
import type { Problem } from './problem.js';
import { tfjsVersion, type Release } from './releases.js';

/** Raised whenever the way the addon is built changes, so that an older build is not taken for a new one. */
const recipe = '1';

const marker = 'provisioned.json';

/** What the marker file of a provisioned folder records. */
export interface Provisioned {
  readonly tfjs: string;
  readonly tensorflow: string;
  readonly wheelSha256: string;
  readonly compiler: string;
}

/** Folder of everything that scorecheck keeps for the user: `SCORECHECK_CACHE`, or the platform's cache folder (it honours XDG_CACHE_HOME). */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  const named = env['SCORECHECK_CACHE'];
  return named === undefined || named === '' ? envPaths('scorecheck', { suffix: '' }).cache : path.resolve(named);
}

/** Folder of our package that holds what `setup` hands to npm: `native/package.json` and its lockfile. */
export function manifestFolder(): string {
  // The sources lie two levels deep, the compiled files three: the first folder upwards that has the lockfile is ours.
  for (let folder = path.dirname(fileURLToPath(import.meta.url)); ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'native');
    if (existsSync(path.join(candidate, 'package-lock.json'))) return candidate;
    if (folder === path.dirname(folder)) {
      throw new Error(
        'Expected native/package-lock.json in the package of scorecheck, found none. This is a bug in scorecheck; please report it.',
      );
    }
  }
}

/**
 * Folder of the native backend of one release on one platform.
 * Its name has the versions, the platform and a digest of everything that goes in (wheel, npm packages, recipe), so that releases never mix.
 */
export function backendFolder(env: NodeJS.ProcessEnv, platform: string, release: Release): string {
  const ingredients = createHash('sha256')
    .update(`${recipe}\n${release.sha256}\n`)
    .update(readFileSync(path.join(manifestFolder(), 'package-lock.json')))
    .digest('hex')
    .slice(0, 12);
  return path.join(cacheFolder(env), `tfjs-${tfjsVersion}-tensorflow-${release.version}-${platform}-${ingredients}`);
}

/** Writes the marker of a complete folder; it comes last. */
export async function writeMarker(folder: string, provisioned: Provisioned): Promise<void> {
  await writeFile(path.join(folder, marker), `${JSON.stringify(provisioned, undefined, 2)}\n`);
}

/** The marker of a complete folder, or `undefined` when the folder is not there. */
export function readProvisioned(folder: string): Provisioned | undefined {
  const file = path.join(folder, marker);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Provisioned) : undefined;
}

/** Keeps what stopped the last setup of `folder`, for the head of a report; it is tried again all the same. `undefined` forgets it. */
export function rememberProblem(folder: string, problem: Problem | undefined): void {
  try {
    const file = problemFile(folder);
    if (problem === undefined) rmSync(file, { force: true });
    else writeFileSync(file, `${JSON.stringify(problem, undefined, 2)}\n`);
  } catch {
    // A cache that cannot be written is itself the problem, and setup has told it.
  }
}

/** What stopped the last setup of `folder`, if one was stopped. */
export function lastProblem(folder: string): Problem | undefined {
  return existsSync(problemFile(folder))
    ? (JSON.parse(readFileSync(problemFile(folder), 'utf8')) as Problem)
    : undefined;
}

function problemFile(folder: string): string {
  return `${folder}.problem.json`;
}
