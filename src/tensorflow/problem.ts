import type { Release } from './releases.js';

/** Why the native backend is not to be had here, and what to do about it. */
export interface Problem {
  readonly code: keyof typeof problems;
  /** One sentence: what was expected and what was found. */
  readonly message: string;
  /** What to install or to set, then to run again. */
  readonly remedy: string;
}

/** Carries a problem from the stage that met it to `setup`, which hands it back as a value. */
export class SetupStopped extends Error {
  override readonly name = 'SetupStopped';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.message} ${problem.remedy}`);
    this.problem = problem;
  }
}

const again = 'Then run `scorecheck setup` again.';

/** Every way in which provisioning can stop, each with its own two sentences. */
const problems = {
  windows: () => ({
    message: 'The TensorFlow wheels for Windows hold no C library, so the native backend cannot be built here.',
    remedy: 'For the native speed run scorecheck in WSL 2 (`wsl --install`), which is Linux to it.',
  }),
  platform: ({ platform }: { platform: string }) => ({
    message: `Expected linux-x64, linux-arm64, darwin-x64 or darwin-arm64, found ${platform}: no TensorFlow wheel is pinned for it.`,
    remedy: 'Run scorecheck on one of these platforms for the native speed.',
  }),
  musl: () => ({
    message: 'Expected a Linux with glibc, found musl (Alpine, for one): TensorFlow is built for glibc only.',
    remedy: 'Use an image with glibc, such as node:20-bookworm in place of node:20-alpine.',
  }),
  'old-glibc': ({ found, needed }: { found: string; needed: string }) => ({
    message: `Expected glibc ${needed} or newer, found ${found}.`,
    remedy: 'Use a newer Linux distribution or container image; glibc cannot be replaced alone.',
  }),
  'no-avx': () => ({
    message:
      'Expected a processor with AVX instructions, found none in /proc/cpuinfo: TensorFlow would end with "illegal instruction".',
    remedy:
      'In a virtual machine choose the host processor model (in QEMU `-cpu host`); otherwise use another computer for the native speed.',
  }),
  'no-compiler': ({ tried }: { tried: readonly string[] }) => ({
    message: `Expected a C++17 compiler to build the addon of TensorFlow.js, found none that works: ${tried.join('; ')}.`,
    remedy: `Install one (Debian and Ubuntu: \`apt-get install g++\`; Fedora: \`dnf install gcc-c++\`; macOS: \`xcode-select --install\`), or name one in CXX. ${again}`,
  }),
  'no-npm': () => ({
    message: 'Expected npm beside this Node or on the PATH, found none.',
    remedy: `Install npm (it comes with Node from nodejs.org; Debian has it as the package npm). ${again}`,
  }),
  'no-pip': ({ release }: { release: Release }) => ({
    message: `Expected pip or uv to download the wheel of ${release.distribution} ${release.version}, found neither.`,
    remedy: `Install one (Debian and Ubuntu: \`apt-get install python3-pip\`), or download the wheel elsewhere (CPython 3.11, ${release.tags[0]}) and name it in SCORECHECK_TENSORFLOW_WHEEL=FILE|URL. ${again}`,
  }),
  'no-wheel-file': ({ file }: { file: string }) => ({
    message: `Expected a wheel at ${file}, which SCORECHECK_TENSORFLOW_WHEEL names, found no file there.`,
    remedy: `Correct the path, or unset SCORECHECK_TENSORFLOW_WHEEL to download with pip. ${again}`,
  }),
  'download-failed': ({ source, detail, release }: { source: string; detail: string; release: Release }) => ({
    message: `Expected to download ${release.distribution} ${release.version} with ${source}, but it failed: ${detail}`,
    remedy: `Check the network, the proxy and the package index of pip, or download the wheel elsewhere (CPython 3.11, ${release.tags[0]}) and name it in SCORECHECK_TENSORFLOW_WHEEL=FILE|URL. ${again}`,
  }),
  'wrong-digest': ({ file, found, release }: { file: string; found: string; release: Release }) => ({
    message: `Expected the SHA-256 of ${file} to be ${release.sha256} (${release.distribution} ${release.version}, CPython 3.11, ${release.tags[0]}), got ${found}; the file was not opened.`,
    remedy: `It is another wheel, a cut-off download, or it was changed on the way: take the original from PyPI and name it in SCORECHECK_TENSORFLOW_WHEEL=FILE|URL. ${again}`,
  }),
  'damaged-wheel': ({ file, detail }: { file: string; detail: string }) => ({
    message: `Expected ${file} to be a zip with the TensorFlow libraries and headers, but ${detail}.`,
    remedy: 'This is a bug in scorecheck, since the digest was right; please report it.',
  }),
  'npm-failed': ({ detail }: { detail: string }) => ({
    message: `Expected \`npm ci\` to install TensorFlow.js in the cache folder, but it failed: ${detail}`,
    remedy: `Check the network, the proxy and the registry of npm (\`npm ping\`). ${again}`,
  }),
  'compile-failed': ({ compiler, detail }: { compiler: string; detail: string }) => ({
    message: `Expected ${compiler} to build the addon of TensorFlow.js, but it failed: ${detail}`,
    remedy: `Install a newer compiler with its C++ standard library, or name another in CXX. ${again}`,
  }),
  'trial-failed': ({ detail }: { detail: string }) => ({
    message: `Expected the new backend to multiply two matrices in a process of its own, but ${detail}`,
    remedy: 'The libraries do not run on this machine; please report it with the output of `scorecheck doctor`.',
  }),
  'little-disk': ({ folder, needed, free }: { folder: string; needed: number; free?: number }) => ({
    message: `Expected ${gigabytes(needed)} GB free for ${folder}, found ${free === undefined ? 'the disk full' : `${gigabytes(free)} GB`}.`,
    remedy: `Free some disk space, or name a folder on another disk in SCORECHECK_CACHE. ${again}`,
  }),
  'cache-not-writable': ({ folder, detail }: { folder: string; detail: string }) => ({
    message: `Expected to write to the cache folder ${folder}, but ${detail}.`,
    remedy: `Make it writable for you, or name another folder in SCORECHECK_CACHE. ${again}`,
  }),
  'not-provisioned': ({ folder }: { folder: string }) => ({
    message: `Expected the native backend in ${folder}, found none.`,
    remedy: 'Run `scorecheck setup`; everything that it needs is here.',
  }),
  locked: ({ lock, minutes }: { lock: string; minutes: number }) => ({
    message: `Another setup has held ${lock} for ${minutes} minutes.`,
    remedy: `Wait for it or end it. ${again}`,
  }),
  'lock-lost': () => ({
    message:
      'This setup stood still for so long (a suspended computer, for one) that another one took its place in the cache folder.',
    remedy: 'Run `scorecheck setup` again.',
  }),
};

type Problems = typeof problems;

/** The problem of one code as a value; `facts` fill its sentences. */
export function problem<Code extends keyof Problems>(code: Code, ...facts: Parameters<Problems[Code]>): Problem {
  const sentences = problems[code] as (...args: Parameters<Problems[Code]>) => Pick<Problem, 'message' | 'remedy'>;
  return { code, ...sentences(...facts) };
}

const full = ['ENOSPC', 'EDQUOT'];
const refused = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOENT'];

/** Whether an error says that the disk is full or refuses to be written. */
export function isOfDisk(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && 'code' in error && [...full, ...refused].includes(String(error.code));
}

/** The problem behind such an error. */
export function diskProblem(error: NodeJS.ErrnoException & { code: string }, folder: string, needed: number): Problem {
  return full.includes(error.code)
    ? problem('little-disk', { folder, needed })
    : problem('cache-not-writable', { folder, detail: error.message });
}

/** Bytes in units of 1e9, rounded up to a tenth, as disks are sold and `df -H` prints. */
function gigabytes(bytes: number): string {
  return (Math.ceil(bytes / 1e8) / 10).toFixed(1);
}
