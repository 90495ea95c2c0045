import { existsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { cacheSizes, type CacheSizes } from './cache-sizes.js';
import { cacheFolder, lastProblem } from './cache.js';
import type { Shell } from './command.js';
import { findCompiler } from './compiler.js';
import { forcedBackend } from './load.js';
import { findNpm } from './packages.js';
import { thisHost, type Host } from './platform.js';
import { problem, SetupStopped, type Problem } from './problem.js';
import { diskNeeded } from './provision.js';
import { tfjsVersion, type Release } from './releases.js';
import { checkDisk } from './stage.js';
import { nativeTarget, type Target } from './target.js';
import { tryBackend } from './trial.js';
import { findPip, findWheelSource } from './wheel.js';

/** The facts that `scorecheck doctor` shows about TensorFlow.js. */
export interface Status {
  /** The backend that a run would use now. */
  readonly backend: 'native' | 'wasm';
  /** What SCORECHECK_BACKEND forces. */
  readonly forced?: 'native' | 'wasm';
  readonly host: Host;
  readonly versions: {
    readonly node: string;
    readonly tfjs: string;
    /** Of the provisioned library. */
    readonly tensorflow?: string;
    readonly compiler?: string;
    readonly pip?: string;
  };
  readonly cache: CacheSizes;
  /** What stands between this machine and the native backend; empty when it is in place. */
  readonly problems: readonly Problem[];
}

/** How a status is asked for; what is left out is that of this process. */
export interface StatusOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly log?: (line: string) => void;
  /** Whether to load the native backend, in a child process; otherwise TensorFlow is not loaded at all. */
  readonly trial?: boolean;
  /** For tests: another machine, another table of wheels. */
  readonly host?: Host;
  readonly releases?: Readonly<Record<string, Release>>;
}

/** Looks at everything that `setup` needs without changing anything. */
export async function status(options: StatusOptions = {}): Promise<Status> {
  const { env = process.env, log = () => undefined, host = thisHost() } = options;
  const shell: Shell = { env, log };
  const forced = forcedBackend(env);
  const target = nativeTarget(env, host, options.releases);
  const native = 'problem' in target || target.provisioned === undefined ? undefined : target;
  const compiler = await attempt(() => findCompiler(shell));
  const pip = await findPip(shell);

  const problems =
    'problem' in target
      ? [target.problem]
      : native === undefined
        ? await obstacles(target, compiler, shell)
        : options.trial === true
          ? problemsOf(await attempt(() => tryBackend(target.folder, target.release.version, shell)))
          : [];

  return {
    backend: forced ?? (native === undefined ? 'wasm' : 'native'),
    ...(forced === undefined ? {} : { forced }),
    host,
    versions: {
      node: process.versions.node,
      tfjs: tfjsVersion,
      ...(native?.provisioned === undefined ? {} : { tensorflow: native.provisioned.tensorflow }),
      ...('value' in compiler ? { compiler: compiler.value.version } : {}),
      ...(pip === undefined ? {} : { pip: pip.version }),
    },
    cache: await cacheSizes(cacheFolder(env), native?.folder),
    problems,
  };
}

type Attempt = { readonly value: unknown } | { readonly problem: Problem };

/** Everything that would stop a setup, not only the first. */
async function obstacles(target: Target, compiler: Attempt, shell: Shell): Promise<Problem[]> {
  const found = problemsOf(
    compiler,
    await attempt(() => findNpm(shell)),
    await attempt(() => findWheelSource(target.release, shell)),
    await attempt(() => checkRoom(path.dirname(target.folder), diskNeeded(target.release))),
  );
  const last = lastProblem(target.folder);
  if (last !== undefined && found.every(({ code }) => code !== last.code)) found.push(last);
  return found.length > 0 ? found : [problem('not-provisioned', { folder: target.folder })];
}

async function attempt<T>(step: () => Promise<T>): Promise<{ readonly value: T } | { readonly problem: Problem }> {
  try {
    return { value: await step() };
  } catch (error) {
    if (error instanceof SetupStopped) return { problem: error.problem };
    throw error;
  }
}

function problemsOf(...attempts: readonly Attempt[]): Problem[] {
  return attempts.flatMap((made) => ('problem' in made ? [made.problem] : []));
}

/** Whether the cache folder can be written and has room; where it is still missing, the nearest folder above it. */
async function checkRoom(cache: string, needed: number): Promise<void> {
  let folder = cache;
  while (!existsSync(folder) && folder !== path.dirname(folder)) folder = path.dirname(folder);
  await access(folder, constants.W_OK | constants.X_OK).catch((error: unknown) => {
    const detail = error instanceof Error ? error.message : String(error);
    throw new SetupStopped(problem('cache-not-writable', { folder: cache, detail }));
  });
  await checkDisk(folder, needed);
}
