import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';
import { isOfDisk, problem, SetupStopped } from './problem.js';
import type { Progress } from './progress.js';

// The C libraries, and the folders of headers that its C interface includes, directly or not: 14 headers in each wheel of the table.
const library = /^tensorflow\/(libtensorflow_(?:cc|framework)\.(?:so\.2|2\.dylib))$/;
const header = /^tensorflow\/include\/(?:tensorflow|tsl)\/(?:c|platform|core\/platform)\/[^\\]+\.h$/;

/** Names of the two libraries that every wheel in the table holds, on this kind of system. */
export function libraryNames(platform: NodeJS.Platform): readonly string[] {
  const suffix = platform === 'darwin' ? '2.dylib' : 'so.2';
  return [`libtensorflow_cc.${suffix}`, `libtensorflow_framework.${suffix}`];
}

/** Where `extractLibraries` puts a wheel's entry, relative to its folder; `undefined` for an entry that is not needed, or whose name leads elsewhere. */
export function placeOf(entry: string): string | undefined {
  const [, name] = library.exec(entry) ?? [];
  if (name !== undefined) return path.join('lib', name);
  const steps = entry.split('/');
  if (!header.test(entry) || steps.includes('..') || steps.includes('.') || steps.includes('')) return undefined;
  return path.join('include', ...steps.slice(2));
}

/** Writes the libraries of a wheel to `folder/lib` and its headers to `folder/include`; stops with `damaged-wheel` when one is missing. */
export async function extractLibraries(
  wheel: string,
  folder: string,
  { unpacked, progress }: { unpacked: number; progress: Progress },
): Promise<void> {
  try {
    const zip = await yauzl.openPromise(wheel, { lazyEntries: true });
    const missing = new Set(libraryNames(process.platform));
    let done = 0;
    for await (const entry of zip.eachEntry()) {
      const place = placeOf(entry.fileName);
      if (place === undefined) continue;
      const file = path.join(folder, place);
      await mkdir(path.dirname(file), { recursive: true });
      await pipeline(
        await zip.openReadStreamPromise(entry),
        async function* (chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            done += chunk.length;
            progress({ stage: 'extract', done, total: unpacked });
            yield chunk;
          }
        },
        createWriteStream(file, { flags: 'wx' }), // a second entry of the same name is refused
      );
      missing.delete(path.basename(file));
    }
    if (missing.size > 0) throw new Error(`it has no ${[...missing].join(' and no ')}`);
  } catch (error) {
    if (isOfDisk(error)) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new SetupStopped(problem('damaged-wheel', { file: wheel, detail }));
  }
}
