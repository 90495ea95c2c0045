import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** A file or folder that the child sees, read-only. */
export interface Mount {
  readonly from: string;
  readonly to: string;
}

/** How bubblewrap gets its namespaces: as root, who then becomes another user inside, or by a user namespace. */
export type Way = 'root' | 'user namespace';

/** The folder in which the child sees what it needs; nothing of ours is known by its real path. */
export const inside = '/app';

/** Number of the descriptor from which bubblewrap reads the seccomp filter. */
export const seccompDescriptor = 4;

/** What a child runs inside. */
export interface Inside {
  readonly mounts: readonly Mount[];
  readonly env: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  /** Whether a seccomp filter comes on `seccompDescriptor`. */
  readonly seccomp: boolean;
}

/** Arguments of `bwrap` for a command that sees the mounts and nothing else, and can write nowhere. */
export function bubblewrapArguments(way: Way, { mounts, env, command, seccomp }: Inside): string[] {
  return [
    ...['pid', 'net', 'ipc', 'uts'].map((each) => `--unshare-${each}`),
    '--unshare-cgroup-try',
    ...(way === 'root'
      ? // The child gives these up as it becomes another user.
        ['--cap-drop', 'ALL', '--cap-add', 'CAP_SETUID', '--cap-add', 'CAP_SETGID']
      : ['--unshare-user', '--uid', '65534', '--gid', '65534', '--cap-drop', 'ALL']),
    '--die-with-parent',
    '--new-session',
    ...['--hostname', 'sandbox'],
    '--clearenv',
    ...Object.entries(env).flatMap(([name, value]) => ['--setenv', name, value]),
    ...foldersAbove(mounts).flatMap((folder) => ['--perms', '0755', '--dir', folder]),
    ...mounts.flatMap(({ from, to }) => ['--ro-bind', from, to]),
    ...['--proc', '/proc', '--dev', '/dev'],
    // bubblewrap makes these of memory and lets anyone write there: nobody would count what is in them.
    ...['/dev', '/'].flatMap((folder) => ['--remount-ro', folder]),
    ...['--chdir', '/'],
    ...(seccomp ? ['--seccomp', String(seccompDescriptor)] : []),
    '--',
    ...command,
  ];
}

/** Without being told, bubblewrap makes the folders above a mount for its own user alone. */
function foldersAbove(mounts: readonly Mount[]): string[] {
  const folders = new Set<string>();
  for (const { to } of mounts) {
    for (let folder = path.dirname(to); folder !== '/'; folder = path.dirname(folder)) folders.add(folder);
  }
  return [...folders].sort();
}

/** What every program of ours needs inside: Node itself, a shell to set limits, and the folders of the libraries that Node has loaded. Takes some 20 ms. */
export function systemMounts(): Mount[] {
  const libraries = librariesOfNode().filter(
    (file) => path.isAbsolute(file) && existsSync(file) && file !== process.execPath,
  );
  const loaders = libraries.filter((file) => /^ld-/.test(path.basename(file)));
  const folders = new Set(libraries.filter((file) => !loaders.includes(file)).map((file) => path.dirname(file)));
  return [
    { from: realpathSync(process.execPath), to: `${inside}/node` },
    { from: realpathSync('/bin/sh'), to: `${inside}/sh` },
    ...['/etc/ld.so.cache'].filter(existsSync).map((file) => ({ from: file, to: file })),
    ...[...folders].sort().map((folder) => ({ from: folder, to: folder })),
    ...loaders.map((file) => ({ from: realpathSync(file), to: file })),
  ];
}

/**
 * The libraries that the Node executable itself is linked with. Addons that this process has loaded (TensorFlow may be one) stand after them in the
 * list of the linker, each followed by its own libraries: nothing of them is for the child.
 */
function librariesOfNode(): readonly string[] {
  const { sharedObjects } = process.report.getReport() as unknown as { readonly sharedObjects: readonly string[] };
  const firstAddon = sharedObjects.findIndex((file) => file.endsWith('.node'));
  return firstAddon === -1 ? sharedObjects : sharedObjects.slice(0, firstAddon);
}
