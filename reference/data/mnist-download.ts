import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { unpackGzip } from './gzip.js';
import { IdxError } from './idx-error.js';
import { idxSize, parseIdx } from './idx.js';
import { mnistFiles, readMnistFile, type MnistFile } from './mnist.js';

/**
 * Where MNIST is published, best first: PyTorch's copy, made with leave (github.com/pytorch/vision/pull/1940), the one of the Computer
 * Vision Data Foundation, and the authors' own address, which has answered 403 or 404 since 2024 (github.com/pytorch/vision/issues/8752,
 * github.com/pytorch/pytorch/pull/164238) and whose authors ask programs to use copies; so it comes last.
 */
export const mnistMirrors: readonly string[] = [
  'https://ossci-datasets.s3.amazonaws.com/mnist/',
  'https://storage.googleapis.com/cvdf-datasets/mnist/',
  'https://yann.lecun.com/exdb/mnist/',
];

/** What `downloadMnist` is doing; `received` counts the bytes that came, `total` those announced by the mirror. */
export type DownloadProgress =
  | { readonly state: 'cached' | 'done'; readonly file: string }
  | {
      readonly state: 'receiving';
      readonly file: string;
      readonly url: string;
      readonly received: number;
      readonly total?: number;
    }
  | { readonly state: 'failed'; readonly file: string; readonly url: string; readonly reason: string };

export interface DownloadOptions {
  /** Made if it is missing; ends up with the four files, unpacked. */
  readonly cacheDir: string;
  readonly progress?: (event: DownloadProgress) => void;
  readonly fetch?: typeof globalThis.fetch;
  /** Base addresses, tried in this order. */
  readonly mirrors?: readonly string[];
  readonly files?: readonly MnistFile[];
  /** Milliseconds without a byte after which a mirror is given up. */
  readonly stallTimeout?: number;
  /** Milliseconds after which a mirror is given up for a file, although it still sends. */
  readonly fileTimeout?: number;
}

/** No mirror gave a file: `attempts` has what each of them said. */
export class MnistDownloadError extends Error {
  override readonly name = 'MnistDownloadError';
  readonly file: string;
  readonly attempts: readonly { readonly url: string; readonly reason: string }[];

  constructor(file: string, cacheDir: string, attempts: readonly { readonly url: string; readonly reason: string }[]) {
    const said = attempts.map(({ url, reason }) => `  ${url}: ${reason}`).join('\n');
    super(
      `Expected ${file} from one of ${attempts.length} mirrors, got it from none:\n${said}\n` +
        `Check the network (Node's fetch uses no proxy by itself) and try again: files that already came are kept in ${cacheDir}. ` +
        'Or fetch the four files in another way and set MNIST_DIR to their folder.',
    );
    this.file = file;
    this.attempts = attempts;
  }
}

/**
 * Brings the files of MNIST into `cacheDir`, each from the first mirror whose content has the published SHA-256.
 *
 * A file that is there and right is kept, one that is there and wrong is replaced. A file appears under its name only when it is complete
 * (written under a name of its own, then renamed), so two downloads at once, or one cut off, do no harm.
 *
 * @throws MnistDownloadError if no mirror has a file; an error of the file system if `cacheDir` cannot be written.
 */
export async function downloadMnist(options: DownloadOptions): Promise<void> {
  const { cacheDir, progress = () => {}, files = Object.values(mnistFiles) } = options;
  await mkdir(cacheDir, { recursive: true });
  await removeLeftovers(cacheDir);

  let mirrors = options.mirrors ?? mnistMirrors;
  for (const file of files) {
    if (isComplete(join(cacheDir, file.name), file)) {
      progress({ state: 'cached', file: file.name });
      continue;
    }
    const { bytes, mirror } = await fetchFromAny(mirrors, file, options);
    await writeWhole(join(cacheDir, file.name), bytes);
    progress({ state: 'done', file: file.name });
    // The mirror that worked is asked first from now on, or each file would wait for the ones that do not answer.
    mirrors = [mirror, ...mirrors.filter((each) => each !== mirror)];
  }
}

function isComplete(path: string, file: MnistFile): boolean {
  if (!existsSync(path)) return false;
  try {
    readMnistFile(path, file);
    return true;
  } catch (error) {
    if (error instanceof IdxError) return false;
    throw error;
  }
}

async function fetchFromAny(
  mirrors: readonly string[],
  file: MnistFile,
  options: DownloadOptions,
): Promise<{ bytes: Uint8Array; mirror: string }> {
  const attempts: { url: string; reason: string }[] = [];
  for (const mirror of mirrors) {
    const url = `${mirror}${mirror.endsWith('/') ? '' : '/'}${file.name}.gz`;
    try {
      return { bytes: check(await receive(url, file, options), url, file), mirror };
    } catch (error) {
      const reason = describe(error, url);
      attempts.push({ url, reason });
      options.progress?.({ state: 'failed', file: file.name, url, reason });
    }
  }
  throw new MnistDownloadError(file.name, options.cacheDir, attempts);
}

/** The bytes at `url`: no more than a right file can have, and without pauses longer than the time allowed. */
async function receive(url: string, file: MnistFile, options: DownloadOptions): Promise<Uint8Array> {
  const { fetch = globalThis.fetch, stallTimeout = 30_000, fileTimeout = 600_000, progress } = options;
  const abort = new AbortController();
  const giveUp = (why: string) => () => abort.abort(new Error(why));
  const whole = setTimeout(giveUp(`not complete after ${fileTimeout / 1000} s`), fileTimeout);
  let stall = setTimeout(giveUp(`no answer for ${stallTimeout / 1000} s`), stallTimeout);
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new Error(`HTTP ${response.status} ${response.statusText}`.trimEnd());
    }
    const total = Number(response.headers.get('content-length') ?? Number.NaN);
    const limit = idxSize(file.shape) + 65_536; // a packed file is smaller than its content, but for a few bytes
    const chunks: Uint8Array[] = [];
    let received = 0;
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      received += chunk.length;
      clearTimeout(stall);
      stall = setTimeout(giveUp(`nothing more for ${stallTimeout / 1000} s after ${received} bytes`), stallTimeout);
      chunks.push(chunk);
      if (received > limit) throw new Error(`more than ${limit} bytes, which is too long for this file`);
      progress?.({ state: 'receiving', file: file.name, url, received, ...(total > 0 ? { total } : {}) });
    }
    return Buffer.concat(chunks);
  } catch (error) {
    throw abort.signal.aborted ? abort.signal.reason : error;
  } finally {
    clearTimeout(whole);
    clearTimeout(stall);
    abort.abort(); // closes the connection of an answer that was given up half-way
  }
}

/** The unpacked content, if it is the published one (a mirror may also send it unpacked already, by Content-Encoding). */
function check(received: Uint8Array, url: string, { shape, sha256 }: MnistFile): Uint8Array {
  const content = unpackGzip(received, url, idxSize(shape));
  parseIdx(content, url, shape);
  const digest = createHash('sha256').update(content).digest('hex');
  if (digest !== sha256) throw new Error(`expected content with SHA-256 ${sha256}, found ${digest}`);
  return content;
}

/** One line: our own reasons as they are; of fetch, which only says "fetch failed", the cause. */
function describe(error: unknown, url: string): string {
  if (error instanceof IdxError) return error.message.replace(`${url}: `, '').replace(/ Fetch the file again\.$/, '');
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? `${error.message} (${cause.message})` : error.message;
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const part = `${path}.${process.pid}-${randomBytes(6).toString('hex')}.part`;
  try {
    const handle = await open(part, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync(); // or a power cut after the rename could leave a short file under the right name
    } finally {
      await handle.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Removes what downloads that were cut off left behind: parts that nobody has written to for a day. */
async function removeLeftovers(cacheDir: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    if (!name.endsWith('.part')) continue;
    const path = join(cacheDir, name);
    const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > 24 * 3600 * 1000) await rm(path, { force: true });
  }
}
