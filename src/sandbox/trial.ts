import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { inside, seccompDescriptor, systemMounts, type Way } from './bubblewrap.js';
import { giveFilter, permissionFlag, shutIn, type Command } from './command.js';
import { findCommand, missingBubblewrap, type Isolation, type Layers } from './isolation.js';
import { defaultLimits } from './limits.js';

/** How children are to be shut in. */
export interface Found {
  readonly isolation: Isolation;
  /** Present where the isolation is full. */
  readonly bubblewrap?: { readonly file: string; readonly way: Way };
}

// Says what a program inside can see and do; every line is looked at, since a namespace that was not made leaves no other trace.
const script = `
  const fs = require('node:fs');
  const status = fs.readFileSync('/proc/self/status', 'utf8');
  const write = (file) => { try { fs.writeFileSync(file, ''); return true; } catch { return false; } };
  process.stdout.write(JSON.stringify({
    root: fs.readdirSync('/'),
    interfaces: fs.readFileSync('/proc/self/net/dev', 'utf8').split('\\n').slice(2).map((line) => line.split(':')[0].trim()).filter(Boolean),
    writes: ['/x', '/tmp/x', '/dev/x', '/dev/shm/x', '/app/x'].filter(write),
    processes: fs.readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name)).length,
    noNewPrivileges: /^NoNewPrivs:\\s+1$/m.test(status),
    seccomp: /^Seccomp:\\s+2$/m.test(status),
  }));
`;

interface Seen {
  readonly root: readonly string[];
  readonly interfaces: readonly string[];
  readonly writes: readonly string[];
  readonly processes: number;
  readonly noNewPrivileges: boolean;
  readonly seccomp: boolean;
}

const expectedRoot = new Set(['app', 'dev', 'etc', 'lib', 'lib32', 'lib64', 'nix', 'opt', 'proc', 'usr']);
const patience = 10_000;

/** Tries how a program can be shut in on this machine: runs one and looks at what it sees. Changes nothing. */
export async function tryIsolation(env: NodeJS.ProcessEnv): Promise<Found> {
  const root = process.platform === 'linux' && process.getuid?.() === 0;
  const bwrap = process.platform === 'linux' ? findCommand('bwrap', env) : undefined;
  let detail: string | undefined;
  if (bwrap !== undefined) {
    const ways: readonly Way[] = root ? ['root', 'user namespace'] : ['user namespace'];
    for (const way of ways) {
      const seen = await look(
        shutIn(bwrap, way, {
          mounts: systemMounts(),
          env: {},
          program: [`${inside}/node`, '-e', script],
          limits: defaultLimits,
        }),
      );
      const layers = typeof seen === 'string' ? undefined : layersOf(seen, way);
      if (layers !== undefined && layers.network && layers.files && layers.processes && layers.privileges) {
        return { isolation: { level: 'full', layers }, bubblewrap: { file: bwrap, way } };
      }
      detail ??= typeof seen === 'string' ? seen : `a program inside saw ${JSON.stringify(seen)}.`;
    }
  }
  return { isolation: { level: 'weak', layers: weakLayers(root), ...missingBubblewrap(detail) } };
}

/** What is left where bubblewrap is not to be used. */
export function withoutBubblewrap(): Found {
  const root = process.getuid?.() === 0;
  const reason = 'bubblewrap is left out on purpose.';
  const remedy = 'Leave out the option that asks for it.';
  return { isolation: { level: 'weak', layers: weakLayers(root), reason, remedy } };
}

function layersOf(seen: Seen, way: Way): Layers {
  return {
    network: seen.interfaces.every((name) => name === 'lo'),
    files: seen.writes.length === 0 && seen.root.every((name) => expectedRoot.has(name)),
    // bubblewrap's own, the shell that became Node, and nobody else.
    processes: seen.processes <= 3,
    user: way === 'root',
    privileges: seen.noNewPrivileges,
    systemCalls: seen.seccomp,
    permissionModel: false,
    limits: true,
  };
}

function weakLayers(root: boolean): Layers {
  return {
    network: false,
    files: false,
    processes: false,
    user: root,
    privileges: false,
    systemCalls: false,
    permissionModel: permissionFlag() !== undefined,
    limits: process.platform !== 'win32',
  };
}

/** What the program said, or the last line of its complaint. */
function look({ file, args, env, seccomp }: Command): Promise<Seen | string> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      env: { ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ignore', seccomp === undefined ? 'ignore' : 'pipe'],
      timeout: patience,
    });
    let [said, complained] = ['', ''];
    child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (complained += chunk.toString()));
    child.on('error', (error) => {
      resolve(error.message);
    });
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(said) as Seen);
      else
        resolve(
          complained.split('\n').find((line) => /^bwrap:|Error/.test(line)) ?? `it ended with exit code ${code}.`,
        );
    });
    if (seccomp !== undefined) giveFilter(child.stdio[seccompDescriptor] as Writable, seccomp);
  });
}
