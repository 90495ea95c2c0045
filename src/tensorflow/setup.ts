import { rememberProblem } from './cache.js';
import { forcedBackend } from './load.js';
import { thisHost, type Host } from './platform.js';
import type { Problem } from './problem.js';
import type { Progress } from './progress.js';
import type { Release } from './releases.js';
import { nativeTarget } from './target.js';

/** What a setup came to. On native, `fresh` says that the backend was not there when it began; on wasm without a problem, SCORECHECK_BACKEND=wasm asked for it. */
export type SetupOutcome =
  | { readonly backend: 'native'; readonly tensorflow: string; readonly folder: string; readonly fresh: boolean }
  | { readonly backend: 'wasm'; readonly problem?: Problem };

/** How a setup is called; what is left out is that of this process. */
export interface SetupOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly progress?: Progress;
  /** Told every command that is run and what it printed. */
  readonly log?: (line: string) => void;
  /** For tests: another machine, another table of wheels. */
  readonly host?: Host;
  readonly releases?: Readonly<Record<string, Release>>;
}

/**
 * Provisions the native backend in the user's cache, once per release and platform; returns at once when it is there.
 * Whatever stands in the way is a value and is tried again at the next call; TensorFlow.js then runs on WebAssembly.
 */
export async function setup(options: SetupOptions = {}): Promise<SetupOutcome> {
  const { env = process.env, progress = () => undefined, log = () => undefined, host = thisHost() } = options;
  if (forcedBackend(env) === 'wasm') return { backend: 'wasm' };

  const target = nativeTarget(env, host, options.releases);
  if ('problem' in target) return { backend: 'wasm', problem: target.problem };
  const { folder, release, provisioned } = target;
  const native = { backend: 'native', tensorflow: release.version, folder } as const;
  if (provisioned !== undefined) return { ...native, fresh: false };

  // Loaded only now: a setup that finds everything in place is to cost no time.
  const { provision } = await import('./provision.js');
  const problem = await provision(folder, { release, progress, shell: { env, log } });
  rememberProblem(folder, problem);
  return problem === undefined ? { ...native, fresh: true } : { backend: 'wasm', problem };
}
