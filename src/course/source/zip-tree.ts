import { fromBufferPromise, getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';
import { CourseProblem } from '../problem.js';
import {
  isLitter,
  mostRatio,
  pathProblem,
  ratioFrom,
  type Refused,
  type Tree,
  type TreeFile,
  type TreeLimits,
} from './tree.js';

/** A zip whose directory has been read; the files are read one by one while it is open. */
export interface ZipTree extends Tree, AsyncDisposable {}

/**
 * The directory of a zip, by its path or from memory. Nothing is written to the disk, so no name in it can lead anywhere; links and encrypted files are left out, and a
 * file is read only as far as its directory said it goes. Throws CourseProblem where it is no zip, or holds more than `limits` allows.
 */
export async function zipTree(zip: string | Buffer, name: string, limits: TreeLimits): Promise<ZipTree> {
  // yauzl gives up a whole zip for one name that leads out of it: the names are judged below, each for itself.
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false } as const;
  let opened: ZipFile | undefined;
  try {
    opened = await (typeof zip === 'string' ? openPromise(zip, options) : fromBufferPromise(zip, options));
    const tree = await directory(opened, name, limits);
    const file = opened;
    return {
      ...tree,
      [Symbol.asyncDispose]: () => {
        file.close();
        return Promise.resolve();
      },
    };
  } catch (error) {
    opened?.close();
    if (error instanceof CourseProblem) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new CourseProblem(`Expected a zip that can be read, got ${name}: ${why.replace(/\.+$/, '')}.`);
  }
}

async function directory(zip: ZipFile, name: string, limits: TreeLimits): Promise<Tree> {
  // No more entries are read than the zip says that it has.
  if (zip.entryCount > limits.entries) {
    throw new CourseProblem(
      `Expected at most ${limits.entries} files in ${name}, found ${zip.entryCount}. Look whether it is what it should be.`,
    );
  }
  const files: TreeFile[] = [];
  const refused: Refused[] = [];
  const seen = new Set<string>();
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    const path = nameOf(entry).normalize('NFC');
    if (path.endsWith('/') || isLitter(path)) continue;
    const problem = entryProblem(entry, path, limits) ?? (seen.has(path) ? 'its name is there twice' : undefined);
    seen.add(path);
    if (problem !== undefined) {
      refused.push({ path, reason: problem });
      continue;
    }
    total += entry.uncompressedSize;
    if (total > limits.totalBytes) {
      throw new CourseProblem(`Expected at most ${limits.totalBytes / 1e6} MB in ${name} after unpacking, found more.`);
    }
    files.push({ path, size: entry.uncompressedSize, read: () => content(zip, entry, name) });
  }
  return { files, refused };
}

/** The name as it stands there, backslashes and all. */
const nameOf = ({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string =>
  getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true);

// Upper half of the attributes: the mode of the file where the zip was made under Unix; 0xa000 is a link.
const isLink = ({ externalFileAttributes }: Entry): boolean => ((externalFileAttributes >>> 16) & 0xf000) === 0xa000;

function entryProblem(entry: Entry, path: string, limits: TreeLimits): string | undefined {
  const { uncompressedSize, compressedSize } = entry;
  const named = pathProblem(path, limits);
  if (named !== undefined) return named;
  if (isLink(entry)) return 'it is a link';
  if (entry.isEncrypted()) return 'it is encrypted';
  if (uncompressedSize > limits.fileBytes) return `it has ${uncompressedSize} bytes, more than ${limits.fileBytes}`;
  if (uncompressedSize > ratioFrom && uncompressedSize > mostRatio * compressedSize) {
    return `it is packed ${Math.round(uncompressedSize / Math.max(1, compressedSize))} times smaller than it is`;
  }
  return undefined;
}

async function content(zip: ZipFile, entry: Entry, name: string): Promise<Buffer> {
  try {
    const stream = await zip.openReadStreamPromise(entry);
    const pieces: Buffer[] = [];
    // yauzl ends the stream with an error where more or fewer bytes come than the directory says.
    for await (const piece of stream) pieces.push(piece as Buffer);
    return Buffer.concat(pieces);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CourseProblem(`Expected ${nameOf(entry)} in ${name} to be readable: ${why}.`);
  }
}
