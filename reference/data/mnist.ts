import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { IdxError } from './idx-error.js';
import { readIdx } from './idx.js';

/** One of the files that make up MNIST. */
export interface MnistFile {
  /** The name of the unpacked file, as published. */
  readonly name: string;
  readonly shape: readonly number[];
  /** SHA-256 of the unpacked file, in hexadecimal. */
  readonly sha256: string;
}

/** The four files; the digests are those of the published files, unpacked (each mirror packs them in its own way). */
export const mnistFiles = {
  trainImages: {
    name: 'train-images-idx3-ubyte',
    shape: [60_000, 28, 28],
    sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  },
  trainLabels: {
    name: 'train-labels-idx1-ubyte',
    shape: [60_000],
    sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  },
  testImages: {
    name: 't10k-images-idx3-ubyte',
    shape: [10_000, 28, 28],
    sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  },
  testLabels: {
    name: 't10k-labels-idx1-ubyte',
    shape: [10_000],
    sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
  },
} as const satisfies Record<string, MnistFile>;

/** MNIST as bytes: images [n * 784], 0 = paper, 255 = full ink, row by row; labels [n], 0..9. */
export interface Mnist {
  readonly trainImages: Uint8Array;
  readonly trainLabels: Uint8Array;
  readonly testImages: Uint8Array;
  readonly testLabels: Uint8Array;
}

/**
 * MNIST from the four files in `dir`, under their published names or with a dot before `idx`, plain or with `.gz`.
 *
 * Source: LeCun, Cortes and Burges, The MNIST database of handwritten digits (1998).
 *
 * @throws IdxError if a file is missing, malformed, of a wrong size, holds a label above 9, or is not the published one.
 */
export function loadMnist(dir: string): Mnist {
  const read = (file: MnistFile): Uint8Array => readMnistFile(findMnistFile(dir, file), file);
  return {
    trainImages: read(mnistFiles.trainImages),
    trainLabels: read(mnistFiles.trainLabels),
    testImages: read(mnistFiles.testImages),
    testLabels: read(mnistFiles.testLabels),
  };
}

/** Which of the four files `dir` holds under any of their names: all, some or none. */
export function mnistPresence(dir: string): 'all' | 'some' | 'none' {
  const files: readonly MnistFile[] = Object.values(mnistFiles);
  const found = files.filter((file) => candidates(dir, file).some((path) => existsSync(path))).length;
  return found === files.length ? 'all' : found > 0 ? 'some' : 'none';
}

/** The names under which mirrors and tools keep the file. Plain ones first, as they are read faster. */
function candidates(dir: string, { name }: MnistFile): string[] {
  const dotted = name.replace('-idx', '.idx');
  return [name, dotted, `${name}.gz`, `${dotted}.gz`].map((each) => join(dir, each));
}

function findMnistFile(dir: string, file: MnistFile): string {
  const path = candidates(dir, file).find((each) => existsSync(each));
  if (path !== undefined) return path;
  throw new IdxError({
    path: join(dir, file.name),
    offset: 0,
    expected: 'this file, or with a dot before "idx", with or without .gz',
    found: existsSync(dir) ? 'none of the four' : 'that the folder does not exist',
    remedy: 'Set MNIST_DIR to the folder with the four files of MNIST, or unset it and run `scorecheck data mnist`.',
  });
}

/**
 * The entries of one file of MNIST at `path`, after its shape, its labels and its digest were checked.
 *
 * @throws IdxError if one of them is wrong.
 */
export function readMnistFile(path: string, { name, shape, sha256 }: MnistFile): Uint8Array {
  const { data, file } = readIdx(path, { shape });
  if (shape.length === 1) {
    const wrong = data.findIndex((label) => label > 9);
    if (wrong >= 0) {
      const remedy = `Fetch ${name} again.`;
      throw new IdxError({
        path,
        offset: file.length - data.length + wrong,
        expected: 'a label 0..9',
        found: `${data[wrong]}`,
        remedy,
      });
    }
  }
  const digest = createHash('sha256').update(file).digest('hex');
  if (digest !== sha256) {
    const remedy = `The file is well-formed, but it is not MNIST's ${name}: fetch it again, from another mirror.`;
    throw new IdxError({ path, offset: 0, expected: `content with SHA-256 ${sha256}`, found: digest, remedy });
  }
  return data;
}
