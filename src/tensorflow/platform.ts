import { readFileSync } from 'node:fs';
import { problem, type Problem } from './problem.js';
import { releases, type Release } from './releases.js';

/** What the choice of backend depends on, as plain data so that a test can describe any machine. */
export interface Host {
  /** `process.platform` and `process.arch` with a hyphen between them, such as `linux-x64`. */
  readonly platform: string;
  /** Version of the GNU C library; `undefined` on a Linux without it, and on other systems. */
  readonly glibc?: string;
  /** Whether the processor has AVX; `undefined` where it is not known. */
  readonly avx?: boolean;
}

/** The machine that this process runs on. */
export function thisHost(): Host {
  const platform = `${process.platform}-${process.arch}`;
  if (process.platform !== 'linux') return { platform };
  const glibc = runtimeGlibc();
  const avx = process.arch === 'x64' ? cpuHasAvx() : undefined;
  return { platform, ...(glibc === undefined ? {} : { glibc }), ...(avx === undefined ? {} : { avx }) };
}

/** The release that `table` pins for `host`, or why its libraries cannot run there. */
export function releaseOn(
  host: Host,
  table: Readonly<Record<string, Release>> = releases,
): { readonly release: Release } | { readonly problem: Problem } {
  if (host.platform.startsWith('win32-')) return { problem: problem('windows') };
  const release = table[host.platform];
  if (release === undefined) return { problem: problem('platform', { platform: host.platform }) };
  if (release.glibc !== undefined) {
    if (host.glibc === undefined) return { problem: problem('musl') };
    if (isOlder(host.glibc, release.glibc)) {
      return { problem: problem('old-glibc', { found: host.glibc, needed: release.glibc }) };
    }
  }
  // The wheels for x86-64 are compiled with AVX and abort the whole process without it.
  if (host.avx === false) return { problem: problem('no-avx') };
  return { release };
}

/** The glibc in use: Node prints its version in the header of a diagnostic report, and leaves it out on musl. */
function runtimeGlibc(): string | undefined {
  const report = process.report as typeof process.report & { excludeNetwork: boolean };
  const before = report.excludeNetwork;
  report.excludeNetwork = true; // else the report looks up names of open connections, which can take seconds
  const { header } = report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
  report.excludeNetwork = before;
  return header.glibcVersionRuntime;
}

function cpuHasAvx(): boolean | undefined {
  try {
    const flags = /^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1];
    return flags?.split(' ').includes('avx');
  } catch {
    return undefined; // no /proc: the trial in a child process finds out
  }
}

/** Whether version `a` comes before version `b`; both are numbers with dots between them, such as 2.9 and 2.17. */
function isOlder(a: string, b: string): boolean {
  const parts = a.split('.').map(Number);
  for (const [i, needed] of b.split('.').map(Number).entries()) {
    const found = parts[i] ?? 0;
    if (found !== needed) return found < needed;
  }
  return false;
}
