import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { readProvisioned } from './cache.js';

/** A folder of the cache and its size on disk in bytes. */
interface Sized {
  readonly folder: string;
  readonly bytes: number;
}

/** The whole cache, which holds data sets too; the provisioned backend in it; backends of other releases, which may be deleted. */
export interface CacheSizes extends Sized {
  readonly native?: Sized;
  readonly others: readonly Sized[];
}

/** Sizes of the cache folder `cache`, with the provisioned backend `native` and those of other releases apart. */
export async function cacheSizes(cache: string, native: string | undefined): Promise<CacheSizes> {
  const entries = await readdir(cache, { withFileTypes: true }).catch((): Dirent[] => []);
  const sized = await Promise.all(
    entries.map(async (entry) => ({
      folder: path.join(cache, entry.name),
      bytes: await sizeOf(path.join(cache, entry.name)),
    })),
  );
  const ofRelease = sized.filter(({ folder }) => path.basename(folder).startsWith('tfjs-') && folder !== native);
  const ours = sized.find(({ folder }) => folder === native);
  return {
    folder: cache,
    bytes: sized.reduce((sum, { bytes }) => sum + bytes, 0),
    ...(ours === undefined ? {} : { native: ours }),
    others: ofRelease.filter(({ folder }) => readProvisioned(folder) !== undefined),
  };
}

/** Size on disk of a file, or of all files below a folder; what vanishes meanwhile counts 0. */
async function sizeOf(at: string): Promise<number> {
  const found = await lstat(at).catch(() => undefined);
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.blocks * 512;
  const names = await readdir(at).catch(() => []);
  const sizes = await Promise.all(names.map((name) => sizeOf(path.join(at, name))));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}
