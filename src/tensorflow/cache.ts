import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';
import { tfjsVersion, type Release } from './releases.js';

/** Raised whenever the way the addon is built changes, so that an older build is not taken for a new one. */
const recipe = '1';

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

/** The marker of a complete folder, or `undefined` when the folder is not there. */
export function readProvisioned(folder: string): Provisioned | undefined {
  const marker = path.join(folder, 'provisioned.json');
  return existsSync(marker) ? (JSON.parse(readFileSync(marker, 'utf8')) as Provisioned) : undefined;
}
