import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { manifestFolder } from '../tensorflow/cache.js';
import { forcedBackend, packedVariable } from '../tensorflow/load.js';
import { pack, packedFolder } from '../tensorflow/pack.js';
import { thisHost } from '../tensorflow/platform.js';
import { nativeTarget } from '../tensorflow/target.js';
import { bubblewrapArguments, inside, systemMounts, type Mount, type Way } from './bubblewrap.js';
import type { Limits } from './limits.js';
import { packageFolders, type Runtime } from './runtime.js';
import { seccompFilter } from './seccomp.js';

/** A command that starts a child; descriptor 3 is the channel. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What the command reads from `seccompDescriptor`. */
  readonly seccomp?: Uint8Array;
  /** The user that the child becomes, where it is one of its own and nothing else holds its processes together: a namespace ends as a whole. */
  readonly user?: number;
}

/** Writes the seccomp filter to the descriptor from which bubblewrap reads it. */
export function giveFilter(to: Writable, filter: Uint8Array): void {
  to.on('error', () => {}); // it ended before it read; its exit tells why
  to.end(filter);
}

/** Makes a command for each new process: as root each gets a user of its own. */
export type Commands = () => Command;

/** The command that shuts `program`, a file inside with its arguments, in by bubblewrap. */
export function shutIn(
  bwrap: string,
  way: Way,
  {
    mounts,
    env,
    program,
    limits,
  }: {
    readonly mounts: readonly Mount[];
    readonly env: Readonly<Record<string, string>>;
    readonly program: readonly string[];
    readonly limits: Limits;
  },
): Command {
  const filter = seccompFilter(process.arch);
  // Before Linux 5.14 the number of processes of a user counted over all namespaces, and the user's own would use it up.
  const tasks = way === 'root' || isAtLeast(os.release(), 5, 14);
  const args = bubblewrapArguments(way, {
    mounts,
    env,
    command: [`${inside}/sh`, '-c', limiting(limits, tasks), 'sh', ...program],
    seccomp: filter !== undefined,
  });
  return { file: bwrap, args, env: {}, ...(filter === undefined ? {} : { seccomp: filter }) };
}

/** Commands for children of `runtime` in bubblewrap. */
export function isolatedCommands(
  bwrap: string,
  way: Way,
  { runtime, env, limits }: { readonly runtime: Runtime; readonly env: NodeJS.ProcessEnv; readonly limits: Limits },
): Commands {
  const native = nativeFolder(env);
  const mounts: Mount[] = [
    ...systemMounts(),
    { from: path.join(runtime.folder, 'child.mjs'), to: `${inside}/child.mjs` },
    { from: manifestFolder(), to: `${inside}/native` },
    ...(native === undefined
      ? [...packageFolders()].map(([name, folder]) => ({ from: folder, to: `${inside}/node_modules/${name}` }))
      : [{ from: native, to: `${inside}/cache/${path.basename(native)}` }]),
  ];
  const packed = packedFor(native, limits);
  if (packed !== undefined) mounts.push({ from: packed, to: `${inside}/packed` });
  const common = {
    ...childEnv(native),
    SCORECHECK_CACHE: `${inside}/cache`,
    ...(packed === undefined ? {} : { [packedVariable]: `${inside}/packed` }),
  };
  return () => {
    const user = way === 'root' ? newUser() : undefined;
    return {
      ...shutIn(bwrap, way, {
        mounts,
        env: { ...common, ...userEnv(user) },
        program: [`${inside}/node`, ...nodeFlags(limits), `${inside}/child.mjs`],
        limits,
      }),
    };
  };
}

/** Commands for children of `runtime` without bubblewrap: Node's permission model, limits of the shell, as root another user. */
export function weakCommands({
  runtime,
  env,
  limits,
}: {
  readonly runtime: Runtime;
  readonly env: NodeJS.ProcessEnv;
  readonly limits: Limits;
}): Commands {
  const native = nativeFolder(env);
  const packed = packedFor(native, limits);
  const readable = [
    runtime.folder,
    manifestFolder(),
    ...(native === undefined ? packageFolders().values() : [native]),
    ...(packed === undefined ? [] : [packed]),
  ];
  const program = [
    process.execPath,
    ...nodeFlags(limits),
    ...permissionFlags(readable, native !== undefined),
    path.join(runtime.folder, 'child.mjs'),
  ];
  const common = {
    ...childEnv(native),
    ...(native === undefined ? {} : { SCORECHECK_CACHE: path.dirname(native) }),
    ...(packed === undefined ? {} : { [packedVariable]: packed }),
  };
  return () => withLimits(program, common, limits);
}

/** The command of a program that is shut in by limits of the shell alone, and, where we are root, by a user of its own. */
export function withLimits(program: readonly string[], env: Readonly<Record<string, string>>, limits: Limits): Command {
  const root = process.getuid?.() === 0;
  const user = root ? newUser() : undefined;
  const common = { env: { ...env, ...userEnv(user) }, ...(user === undefined ? {} : { user }) };
  const [file = '', ...args] = program;
  if (process.platform === 'win32') return { ...common, file, args };
  // Processes are counted per user, and an ordinary user's own would use the number up.
  return { ...common, file: '/bin/sh', args: ['-c', limiting(limits, root), 'sh', ...program] };
}

/** Folder of the native backend that a child is to load, `undefined` where it is to run on WebAssembly. */
function nativeFolder(env: NodeJS.ProcessEnv): string | undefined {
  if (forcedBackend(env) === 'wasm') return undefined;
  const target = nativeTarget(env, thisHost());
  return 'problem' in target || target.provisioned === undefined ? undefined : target.folder;
}

/** The folder of TensorFlow.js packed for children with these limits, where there is one. */
function packedFor(native: string | undefined, limits: Limits): string | undefined {
  const folder = native === undefined ? undefined : packedFolder(native, nodeFlags(limits));
  return folder !== undefined && existsSync(folder) ? folder : undefined;
}

/** Packs TensorFlow.js for children with these limits, so that each of the many that are to come loads in half of the time. */
export async function packFor(env: NodeJS.ProcessEnv, limits: Limits): Promise<void> {
  const native = nativeFolder(env);
  if (native !== undefined) await pack(native, nodeFlags(limits));
}

/** Everything that a child sees of an environment. */
function childEnv(native: string | undefined): Record<string, string> {
  return { HOME: '/', TF_CPP_MIN_LOG_LEVEL: '2', SCORECHECK_BACKEND: native === undefined ? 'wasm' : 'native' };
}

/** Tells a child which user to become. */
export function userEnv(user: number | undefined): Record<string, string> {
  return user === undefined ? {} : { SCORECHECK_UID: String(user) };
}

function nodeFlags({ memoryBytes }: Limits): string[] {
  return ['--no-warnings', `--max-old-space-size=${Math.ceil(memoryBytes / 2 ** 20)}`];
}

/** Node's permission model, under the name that this Node has for it; `undefined` where it has none. */
export function permissionFlag(): string | undefined {
  return ['--permission', '--experimental-permission'].find((flag) => process.allowedNodeEnvironmentFlags.has(flag));
}

function permissionFlags(readable: readonly string[], addons: boolean): string[] {
  const flag = permissionFlag();
  if (flag === undefined) return [];
  return [
    flag,
    ...readable.map((folder) => `--allow-fs-read=${path.join(folder, '*')}`),
    ...(addons ? ['--allow-addons'] : []),
  ];
}

/**
 * A shell script that sets limits of the system and becomes the command in its arguments. No core files; no file can grow; few descriptors;
 * a bound on private memory that leaves room above the limit that the parent watches, since reserved is not used.
 */
function limiting({ memoryBytes, tasks }: Limits, countTasks: boolean): string {
  const kilobytes = Math.ceil((memoryBytes + 1e9) / 1024);
  return [
    'ulimit -c 0',
    'ulimit -f 0',
    // What is in the buffers of sockets and pipes is memory that belongs to no process.
    'ulimit -n 1024',
    `ulimit -d ${kilobytes}`,
    // The letter differs between shells.
    ...(countTasks ? [`ulimit -u ${tasks} 2>/dev/null || ulimit -p ${tasks}`] : []),
    'exec "$@"',
  ].join('; ');
}

// Above what systems give to people, to services and to containers; random, so that two runs of scorecheck do not share users.
const firstUser = 1_900_000_000 + randomInt(2 ** 24) * 4;
let users = 0;

/** A user whom no other child is, now or later in this process. */
export function newUser(): number {
  return firstUser + (users++ % 2 ** 20);
}

function isAtLeast(release: string, major: number, minor: number): boolean {
  const [a = 0, b = 0] = release.split('.').map(Number);
  return a > major || (a === major && b >= minor);
}
