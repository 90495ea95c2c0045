import { backendFolder, readProvisioned, type Provisioned } from './cache.js';
import { releaseOn, type Host } from './platform.js';
import type { Problem } from './problem.js';
import type { Release } from './releases.js';

/** Where the native backend of a machine is, or is to be. */
export interface Target {
  readonly release: Release;
  readonly folder: string;
  /** What the folder holds, `undefined` when it is not there. */
  readonly provisioned: Provisioned | undefined;
}

/** The native backend for `host` in the cache that `env` names, or why there can be none. */
export function nativeTarget(
  env: NodeJS.ProcessEnv,
  host: Host,
  table?: Readonly<Record<string, Release>>,
): Target | { readonly problem: Problem } {
  const pinned = releaseOn(host, table);
  if ('problem' in pinned) return pinned;
  const folder = backendFolder(env, host.platform, pinned.release);
  return { release: pinned.release, folder, provisioned: readProvisioned(folder) };
}
