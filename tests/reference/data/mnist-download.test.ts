import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MnistFile } from '../../../reference/data/mnist.js';
import {
  downloadMnist,
  MnistDownloadError,
  mnistMirrors,
  type DownloadOptions,
  type DownloadProgress,
} from '../../../reference/data/mnist-download.js';
import { idxBytes, temporaryFolder } from './idx-bytes.js';

/** Two small files that stand for the four of MNIST. */
const contents = new Map([
  [
    'little-images',
    idxBytes(
      [3, 2, 2],
      Uint8Array.from({ length: 12 }, (_, i) => 20 * i),
    ),
  ],
  ['little-labels', idxBytes([3], Uint8Array.from([4, 0, 9]))],
]);

const files: readonly MnistFile[] = [
  { name: 'little-images', shape: [3, 2, 2], sha256: sha256(contents.get('little-images')!) },
  { name: 'little-labels', shape: [3], sha256: sha256(contents.get('little-labels')!) },
];

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A mirror on this machine, and the paths it was asked for. */
async function mirror(answer: RequestListener): Promise<{ url: string; asked: string[]; close: () => void }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mnist/`, asked, close };
}

const packed = (url: string): Buffer => gzipSync(contents.get(url.slice('/mnist/'.length, -'.gz'.length))!);

const good: RequestListener = (request, response) => response.end(packed(request.url!));
const forbidden: RequestListener = (_, response) => response.writeHead(403).end('no');
const silent: RequestListener = () => {};

/** Downloads into a new folder, with so much time that a busy machine fails no good mirror, and gives what is there afterwards. */
async function download(
  mirrors: readonly string[],
  options: Partial<DownloadOptions> = {},
): Promise<{ cacheDir: string; events: DownloadProgress[]; error: unknown }> {
  const cacheDir = options.cacheDir ?? join(temporaryFolder(), 'cache');
  const events: DownloadProgress[] = [];
  const progress = (event: DownloadProgress): unknown => events.push(event);
  const error: unknown = await downloadMnist({
    files,
    mirrors,
    progress,
    stallTimeout: 20_000,
    fileTimeout: 40_000,
    ...options,
    cacheDir,
  }).catch((thrown: unknown) => thrown);
  return { cacheDir, events, error };
}

function expectComplete(cacheDir: string): void {
  expect(readdirSync(cacheDir).sort()).toEqual([...contents.keys()]);
  for (const [name, bytes] of contents) expect(readFileSync(join(cacheDir, name))).toEqual(bytes);
}

describe('downloadMnist', () => {
  it('knows mirrors that are asked over TLS', () => {
    expect(mnistMirrors.length).toBeGreaterThan(1);
    for (const url of mnistMirrors) expect(url).toMatch(/^https:.*\/$/);
  });

  it('stores the unpacked files and reports progress; a second time it asks nobody', async () => {
    const { url, asked } = await mirror(good);
    const { cacheDir, events, error } = await download([url]);
    expect(error).toBeUndefined();
    expectComplete(cacheDir);
    expect(asked).toEqual(['/mnist/little-images.gz', '/mnist/little-labels.gz']);
    expect(events.filter(({ state }) => state === 'done')).toHaveLength(2);
    expect(events.find(({ state }) => state === 'receiving')).toMatchObject({ file: 'little-images' });

    const again = await download([url], { cacheDir });
    expect(again.events.map(({ state }) => state)).toEqual(['cached', 'cached']);
    expect(asked).toHaveLength(2);
  });

  it('accepts a mirror that sends the files unpacked', async () => {
    const { url } = await mirror((request, response) => {
      response.setHeader('content-encoding', 'gzip').end(packed(request.url!));
    });
    const { cacheDir, error } = await download([url]);
    expect(error).toBeUndefined();
    expectComplete(cacheDir);
  });

  it('goes on with the next mirror, and stays with the one that worked', async () => {
    const bad = await mirror(forbidden);
    const { url, asked } = await mirror(good);
    const { cacheDir, error } = await download([bad.url, url]);
    expect(error).toBeUndefined();
    expectComplete(cacheDir);
    expect([bad.asked.length, asked.length]).toEqual([1, 2]);
  });

  it('fetches only what is missing or broken', async () => {
    const { url, asked } = await mirror(good);
    const cacheDir = temporaryFolder();
    writeFileSync(join(cacheDir, 'little-images'), contents.get('little-images')!);
    writeFileSync(join(cacheDir, 'little-labels'), contents.get('little-labels')!.subarray(0, 9));
    await download([url], { cacheDir });
    expectComplete(cacheDir);
    expect(asked).toEqual(['/mnist/little-labels.gz']);
  });

  it('leaves no broken file behind, and lists what each mirror said', async () => {
    const changed = idxBytes([3, 2, 2], new Uint8Array(12));
    const mirrors = await Promise.all([
      mirror(forbidden),
      mirror(silent),
      mirror((request, response) => response.end(packed(request.url!).subarray(0, -9))),
      mirror((_, response) => response.end(gzipSync(changed))),
      mirror((_, response) => response.end('<!doctype html><p>Please log in')),
      mirror((_, response) => response.end(Buffer.alloc(100_000))),
      mirror((request, response) => {
        // Announces more than it sends, then hangs up.
        response.writeHead(200, { 'content-length': 1000 }).write(packed(request.url!));
        setTimeout(() => response.destroy(), 20);
      }),
      mirror((_, response) => {
        response.writeHead(200).write('x');
      }),
    ]);
    const closed = await mirror(good);
    closed.close();
    const { cacheDir, events, error } = await download([...mirrors.map(({ url }) => url), closed.url], {
      stallTimeout: 1000,
    });

    expect(readdirSync(cacheDir)).toEqual([]);
    expect(events.every(({ state }) => state === 'failed' || state === 'receiving')).toBe(true);
    if (!(error instanceof MnistDownloadError)) throw error;
    expect(error.attempts.map(({ reason }) => reason)).toEqual([
      'HTTP 403 Forbidden',
      'no answer for 1 s',
      expect.stringMatching(/^expected the rest of the gzip stream, found the end of the file, at byte \d+\.$/),
      `expected content with SHA-256 ${files[0].sha256}, found ${sha256(changed)}`,
      'expected the magic number of an IDX file, which starts with 0x00, found 0x3c, like a web page in place of the file, at byte 0.',
      'more than 65564 bytes, which is too long for this file',
      expect.stringMatching(/^terminated \(/),
      'nothing more for 1 s after 1 bytes',
      expect.stringMatching(/^fetch failed \(/),
    ]);
    expect(error.message).toContain(
      'Expected little-images from one of 9 mirrors, got it from none:\n  http://127.0.0.1:',
    );
    expect(error.message).toContain('set MNIST_DIR');
  });

  it('gives up a mirror that sends one byte at a time for ever', async () => {
    const { url } = await mirror((_, response) => {
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    });
    const { error } = await download([url], { fileTimeout: 400 });
    if (!(error instanceof MnistDownloadError)) throw error;
    expect(error.attempts[0].reason).toBe('not complete after 0.4 s');
  });

  it('is safe against several at once', async () => {
    const { url } = await mirror(good);
    const cacheDir = join(temporaryFolder(), 'cache');
    const all = await Promise.all(Array.from({ length: 8 }, () => download([url], { cacheDir })));
    expect(all.map(({ error }) => error)).toEqual(all.map(() => undefined));
    expectComplete(cacheDir);
  });

  it('removes parts that a download left behind long ago, and only those', async () => {
    const { url } = await mirror(good);
    const cacheDir = temporaryFolder();
    for (const name of ['old.part', 'new.part']) writeFileSync(join(cacheDir, name), 'x');
    const twoDaysAgo = Date.now() / 1000 - 2 * 86_400;
    utimesSync(join(cacheDir, 'old.part'), twoDaysAgo, twoDaysAgo);
    await download([url], { cacheDir });
    expect(readdirSync(cacheDir).sort()).toEqual([...contents.keys(), 'new.part']);
  });

  it('fails with the reason of the system where it cannot write', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'cache'));
    mkdirSync(join(folder, 'cache', 'little-images', 'taken'), { recursive: true });
    const { url } = await mirror(good);
    expect((await download([url], { cacheDir: join(folder, 'file', 'cache') })).error).toMatchObject({
      code: 'ENOTDIR',
    });
    const { cacheDir, error } = await download([url], { cacheDir: join(folder, 'cache') });
    expect(error).toBeInstanceOf(Error);
    expect(readdirSync(cacheDir)).toEqual(['little-images']);
  });
});
