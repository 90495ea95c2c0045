import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findCommand } from './isolation.js';

/** A Python that can run submissions. */
export interface Python {
  readonly executable: string;
  readonly version: string;
  readonly numpy: string;
  /** Absent where torch is not installed. */
  readonly torch?: string;
  readonly standardLibrary: readonly string[];
  /** Folders of packages. */
  readonly packages: readonly string[];
  /** Shared libraries that it has loaded, by path. */
  readonly libraries: readonly string[];
}

/** Why no Python can run submissions here, and what to do. */
export interface PythonProblem {
  readonly reason: string;
  readonly remedy: string;
}

/** Thrown where a submission in Python is to run and none can. */
export class PythonMissing extends Error {
  override readonly name = 'PythonMissing';

  constructor({ reason, remedy }: PythonProblem) {
    super(`Expected a Python with numpy for this submission. ${reason} ${remedy}`);
  }
}

/** The oldest versions that the tests ran with in some form: names of the standard library (3.10), arithmetic of mixed types (1.23). */
const oldestPython = [3, 10];
const oldestNumpy = [1, 23];

const here = path.dirname(fileURLToPath(import.meta.url));

/** Folder of our package with what runs in Python. */
export function pythonFolder(): string {
  // The sources lie two levels deep, the compiled files three.
  for (let folder = here; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'python', 'probe.py'))) return path.join(folder, 'python');
    if (folder === path.dirname(folder)) {
      throw new Error('Expected python/probe.py in the package of scorecheck, found none. Install scorecheck again.');
    }
  }
}

/**
 * The first Python with numpy: the one of `SCORECHECK_PYTHON` alone where that is set, else those of the active virtual environment
 * (`VIRTUAL_ENV`, `CONDA_PREFIX`) and of the PATH. A folder of the submission is never searched.
 */
export async function findPython(env: NodeJS.ProcessEnv): Promise<Python | PythonProblem> {
  const named = env['SCORECHECK_PYTHON'] ?? '';
  let first: PythonProblem | undefined;
  for (const file of named === '' ? candidates(env) : [named]) {
    const found = await probe(file, env);
    if ('executable' in found) return found;
    first ??= found;
  }
  return (
    first ?? {
      reason: 'There is no python3 on the PATH.',
      remedy:
        'Install it with numpy: `sudo apt-get install python3-numpy` (Debian, Ubuntu), or Python from python.org and `python3 -m pip install numpy`.',
    }
  );
}

function candidates(env: NodeJS.ProcessEnv): string[] {
  const names = process.platform === 'win32' ? ['python.exe', 'python3.exe'] : ['python3', 'python'];
  const environments = ['VIRTUAL_ENV', 'CONDA_PREFIX'].flatMap((name) => {
    const folder = env[name] ?? '';
    return folder === '' ? [] : ['bin', 'Scripts', '.'].map((each) => path.join(folder, each));
  });
  const inEnvironments = environments
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .filter(existsSync);
  return [...inEnvironments, ...names.flatMap((name) => findCommand(name, env) ?? [])];
}

interface Probed extends Omit<Python, 'numpy' | 'torch'> {
  readonly numpy: string | null;
  readonly torch: string | null;
}

async function probe(file: string, env: NodeJS.ProcessEnv): Promise<Python | PythonProblem> {
  let probed: Probed;
  try {
    const { stdout } = await promisify(execFile)(file, ['-I', path.join(pythonFolder(), 'probe.py')], {
      env,
      cwd: path.parse(process.cwd()).root,
      timeout: 30_000,
    });
    probed = JSON.parse(stdout) as Probed;
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return {
      reason: `${file} does not run: ${line}`,
      remedy: 'Set SCORECHECK_PYTHON to a python3 that runs, or put one first on the PATH.',
    };
  }
  const { numpy, torch, ...rest } = probed;
  if (isOlder(probed.version, oldestPython)) {
    return {
      reason: `${file} is Python ${probed.version}; ${oldestPython.join('.')} or newer is needed.`,
      remedy: 'Set SCORECHECK_PYTHON to a newer one.',
    };
  }
  const install = `Install it: \`${file} -m pip install numpy\`, or \`sudo apt-get install python3-numpy\` for Debian's Python; or set SCORECHECK_PYTHON to a Python that has it.`;
  if (numpy === null) return { reason: `${file} (Python ${probed.version}) has no numpy.`, remedy: install };
  if (isOlder(numpy, oldestNumpy)) {
    return { reason: `${file} has numpy ${numpy}; ${oldestNumpy.join('.')} or newer is needed.`, remedy: install };
  }
  return { ...rest, numpy, ...(torch === null ? {} : { torch }) };
}

function isOlder(version: string, [major = 0, minor = 0]: readonly number[]): boolean {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a < major || (a === major && b < minor);
}
