import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What keeps a submission in, each in force or not. */
export interface Layers {
  /** A network namespace without interfaces. */
  readonly network: boolean;
  /** Mount namespace: no file is there but the runtime, and none can be written. */
  readonly files: boolean;
  /** Process numbers, shared memory, message queues and host name of its own. */
  readonly processes: boolean;
  /** Another user than ours. */
  readonly user: boolean;
  /** No program can give it rights (no_new_privs), and it has no capabilities. */
  readonly privileges: boolean;
  /** System calls that it has no use for are refused (seccomp). */
  readonly systemCalls: boolean;
  /** Node's permission model, where there is no file isolation by the system. */
  readonly permissionModel: boolean;
  /** Limits of the system on processes, memory and files; the parent watches memory, CPU time and threads besides. */
  readonly limits: boolean;
}

/** Which isolation is in force, for the head of every report. */
export interface Isolation {
  /** `full`: bubblewrap with all namespaces; `weak`: what is left without it. Code that nobody trusts is for `full`. */
  readonly level: 'full' | 'weak';
  readonly layers: Layers;
  /** Why it is not full: one sentence; absent when it is. */
  readonly reason?: string;
  /** What to do for full isolation; absent when it is in force. */
  readonly remedy?: string;
}

/** Thrown where full isolation is asked for and cannot be had. */
export class IsolationMissing extends Error {
  override readonly name = 'IsolationMissing';
  readonly isolation: Isolation;

  constructor(isolation: Isolation) {
    super(`Expected full isolation. ${isolation.reason ?? ''} ${isolation.remedy ?? ''}`);
    this.isolation = isolation;
  }
}

/** The file of a command on the PATH, `undefined` when there is none. */
export function findCommand(name: string, env: NodeJS.ProcessEnv): string | undefined {
  for (const folder of (env['PATH'] ?? '').split(path.delimiter)) {
    const file = path.join(folder, name);
    try {
      if (path.isAbsolute(file)) accessSync(file, constants.X_OK);
      else continue;
      return file;
    } catch {
      continue;
    }
  }
  return undefined;
}

/** Why bubblewrap does not run here, and the command that enables it. */
export function missingBubblewrap(detail: string | undefined): { readonly reason: string; readonly remedy: string } {
  if (process.platform !== 'linux') {
    return {
      reason: 'Full isolation needs Linux (bubblewrap).',
      remedy: 'Run scorecheck in a Linux virtual machine, in WSL 2 or in a Linux container with `--privileged`.',
    };
  }
  if (detail === undefined) {
    return {
      reason: 'bubblewrap (`bwrap`) is not installed.',
      remedy:
        'Install it: `sudo apt-get install bubblewrap` (Debian, Ubuntu), `sudo dnf install bubblewrap` (Fedora), `sudo pacman -S bubblewrap` (Arch).',
    };
  }
  return { reason: `bubblewrap does not run: ${detail}`, remedy: namespaceRemedy() };
}

// Each switch that some distribution uses to refuse user namespaces: the file, the value that refuses, the command that allows.
const switches = [
  [
    '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
    '1',
    'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0',
  ],
  ['/proc/sys/kernel/unprivileged_userns_clone', '0', 'sudo sysctl -w kernel.unprivileged_userns_clone=1'],
  ['/proc/sys/user/max_user_namespaces', '0', 'sudo sysctl -w user.max_user_namespaces=10000'],
] as const;

function namespaceRemedy(): string {
  const commands = switches.flatMap(([file, refuses, command]) =>
    existsSync(file) && readFileSync(file, 'utf8').trim() === refuses ? [`\`${command}\``] : [],
  );
  if (commands.length > 0) return `Allow user namespaces: ${commands.join(', then ')}.`;
  return 'In a container start it with `--security-opt seccomp=unconfined --security-opt apparmor=unconfined --cap-add SYS_ADMIN`; elsewhere allow user namespaces.';
}
