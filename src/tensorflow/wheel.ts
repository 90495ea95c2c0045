import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { run, type Shell } from './command.js';
import { problem, SetupStopped } from './problem.js';
import type { Progress } from './progress.js';
import type { Release } from './releases.js';

/** Where the wheel comes from. */
export type WheelSource =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'pip'; readonly command: readonly [string, ...string[]]; readonly version: string };

/** What SCORECHECK_TENSORFLOW_WHEEL names, else pip, else pip by way of uv; stops with `no-pip` or `no-wheel-file`. */
export async function findWheelSource(release: Release, shell: Shell): Promise<WheelSource> {
  const named = shell.env['SCORECHECK_TENSORFLOW_WHEEL'];
  if (named !== undefined && named !== '') {
    if (/^https?:/i.test(named)) return { kind: 'url', url: named };
    const file = named.startsWith('file:') ? fileURLToPath(named) : path.resolve(named);
    if (!existsSync(file)) throw new SetupStopped(problem('no-wheel-file', { file }));
    return { kind: 'file', file };
  }
  const pip = await findPip(shell);
  if (pip === undefined) throw new SetupStopped(problem('no-pip', { release }));
  return pip;
}

/** The first pip that answers, `undefined` when there is none. */
export async function findPip(shell: Shell): Promise<Extract<WheelSource, { kind: 'pip' }> | undefined> {
  const candidates: [string, ...string[]][] = [
    ['python3', '-m', 'pip'],
    ['python', '-m', 'pip'],
    ['pip3'],
    ['pip'],
    ['uv', 'tool', 'run', 'pip'], // uv has no download command of its own
  ];
  for (const command of candidates) {
    const asked = await run(command, ['--version'], shell);
    if (asked.ok) return { kind: 'pip', command, version: asked.stdout.split(' from ')[0] ?? asked.stdout };
  }
  return undefined;
}

/** Brings the wheel to this machine and returns its path: below `folder`, unless it is a file already. The digest is not yet checked. */
export async function fetchWheel(
  source: WheelSource,
  { release, folder, progress, shell }: { release: Release; folder: string; progress: Progress; shell: Shell },
): Promise<string> {
  switch (source.kind) {
    case 'file':
      return source.file;
    case 'url': {
      const { download } = await import('./download.js');
      return download(source.url, { release, folder, progress, env: shell.env });
    }
    case 'pip':
      return pipDownload(source.command, { release, folder, progress, shell });
  }
}

/** `pip download` under any Python, from the user's own index: it is told which Python and which platform the wheel is for. */
async function pipDownload(
  command: readonly [string, ...string[]],
  { release, folder, progress, shell }: { release: Release; folder: string; progress: Progress; shell: Shell },
): Promise<string> {
  const unpacking = path.join(folder, 'pip');
  await mkdir(unpacking);
  const args = [
    'download',
    '--no-deps',
    '--only-binary=:all:',
    '--python-version=3.11',
    '--implementation=cp',
    ...release.tags.map((tag) => `--platform=${tag}`),
    `--dest=${folder}`,
    '--progress-bar=off',
    `${release.distribution}==${release.version}`,
  ];
  // pip writes to the temporary folder first: here it is on the disk whose room was checked, and its growth is the progress.
  const env = { ...shell.env, TMPDIR: unpacking, PIP_REQUIRE_VIRTUALENV: '0', PIP_DISABLE_PIP_VERSION_CHECK: '1' };
  let done = 0;
  const watch = setInterval(() => {
    void largestFile(unpacking).then((size) => {
      done = Math.min(Math.max(done, size), release.bytes); // pip moves the file away when it is whole
      progress({ stage: 'download', done, total: release.bytes });
    });
  }, 250);
  const downloaded = await run(command, args, { ...shell, env });
  clearInterval(watch);
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (!downloaded.ok || wheel === undefined) {
    throw new SetupStopped(
      problem('download-failed', { source: command.join(' '), detail: downloaded.why || 'it left no wheel', release }),
    );
  }
  return path.join(folder, wheel);
}

/** Size in bytes of the largest file below `folder`; files that vanish meanwhile count 0. */
async function largestFile(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = names.map((name) => stat(path.join(folder, name)).then((found) => (found.isFile() ? found.size : 0)));
  return Math.max(0, ...(await Promise.all(sizes.map((size) => size.catch(() => 0)))));
}

/** Stops with `wrong-digest` unless `file` has the pinned SHA-256. */
export async function checkDigest(file: string, release: Release, progress: Progress): Promise<void> {
  const hash = createHash('sha256');
  const { size } = await stat(file);
  let done = 0;
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      done += chunk.length;
      progress({ stage: 'digest', done, total: size });
    }
  });
  const found = hash.digest('hex');
  if (found !== release.sha256) throw new SetupStopped(problem('wrong-digest', { file, found, release }));
}
