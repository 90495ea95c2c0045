import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { inside, systemMounts, type Mount, type Way } from './bubblewrap.js';
import { shutIn, userEnv, withLimits, newUser, type Commands } from './command.js';
import type { Limits } from './limits.js';
import { pythonFolder, type Python } from './python.js';

/** The two kinds of children in Python. */
export type Arrays = 'numpy' | 'torch';

/** Commands for children of `python` in bubblewrap: they see the interpreter, its libraries and its packages, and nothing of the machine besides. */
export function isolatedPython(
  bwrap: string,
  way: Way,
  { python, arrays, limits }: { readonly python: Python; readonly arrays: Arrays; readonly limits: Limits },
): Commands {
  const mounts = [...systemMounts(), ...pythonMounts(python), { from: pythonFolder(), to: `${inside}/python` }];
  return () => {
    const user = way === 'root' ? newUser() : undefined;
    return {
      ...shutIn(bwrap, way, {
        mounts,
        env: { ...pythonEnv, ...userEnv(user) },
        program: [python.executable, ...flags, `${inside}/python`, JSON.stringify(python.packages), arrays],
        limits,
      }),
    };
  };
}

/** Commands for children of `python` without bubblewrap: limits of the shell, as root another user. Nothing keeps files or the network from them. */
export function weakPython({
  python,
  arrays,
  limits,
}: {
  readonly python: Python;
  readonly arrays: Arrays;
  readonly limits: Limits;
}): Commands {
  return () =>
    withLimits(
      [python.executable, ...flags, pythonFolder(), JSON.stringify(python.packages), arrays],
      pythonEnv,
      limits,
    );
}

/** No variables of Python, no folder of the user, no `site` and its files; nothing is compiled to disk; what is printed is written at once. */
const flags = ['-I', '-S', '-B', '-u', '-X', 'utf8'];

/** One thread: submissions are checked side by side, and the order of a sum is to be the same on every machine. */
const pythonEnv = { HOME: '/', OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };

function pythonMounts({ executable, standardLibrary, packages, libraries }: Python): Mount[] {
  const folders = [...standardLibrary, ...packages];
  const loaded = libraries
    .map((file) => path.dirname(file))
    .filter((folder) => !folders.some((each) => isWithin(folder, each)));
  const alternatives = '/etc/alternatives'; // Debian's names of the linear algebra that is in use: links, and nothing else
  const all = new Set([
    ...folders,
    ...loaded.flatMap((folder) => [folder, ...otherName(folder)]),
    ...(existsSync(alternatives) ? [alternatives] : []),
  ]);
  const seen = new Set(systemMounts().map(({ to }) => to));
  return [executable, ...[...all].filter((each) => !seen.has(each) && existsSync(each)).sort()].map((each) => ({
    from: each,
    to: each,
  }));
}

/** On most systems /lib is a link to /usr/lib, and programs ask for libraries by either name. */
function otherName(folder: string): string[] {
  const other = folder.startsWith('/usr/lib') ? folder.slice('/usr'.length) : `/usr${folder}`;
  return existsSync(other) && realpathSync(other) === realpathSync(folder) ? [other] : [];
}

const isWithin = (file: string, folder: string): boolean => file === folder || file.startsWith(folder + path.sep);
