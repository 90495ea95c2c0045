import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { loadMnist, mnistFiles, mnistPresence } from '../../../reference/data/mnist.js';
import { idxBytes, refusal, temporaryFolder } from './idx-bytes.js';

type Part = keyof typeof mnistFiles;

/** A folder with files of the right shapes; `contents` replaces the entries of some (zeros by default). */
function fakeMnist(contents: Partial<Record<Part, Uint8Array>> = {}): string {
  const dir = temporaryFolder();
  for (const part of Object.keys(mnistFiles) as Part[]) {
    const { name, shape } = mnistFiles[part];
    const size = shape.reduce((product: number, each) => product * each, 1);
    const bytes = idxBytes(shape, contents[part] ?? new Uint8Array(size));
    writeFileSync(join(dir, `${name}.gz`), gzipSync(bytes, { level: 1 }));
  }
  return dir;
}

describe('loadMnist on what is not MNIST', () => {
  it('says which folder is missing', () => {
    const error = refusal(() => loadMnist('/no/such/folder'));
    expect(error.message).toBe(
      '/no/such/folder/train-images-idx3-ubyte: expected this file, or with a dot before "idx", with or without .gz, found that the folder does not exist, at byte 0. ' +
        'Set MNIST_DIR to the folder with the four files of MNIST, or unset it and run `scorecheck data mnist`.',
    );
  });

  it('says that the folder has none of the four names', () => {
    expect(refusal(() => loadMnist(temporaryFolder())).found).toBe('none of the four');
  });

  it('names a well-formed file that is not the published one, and both digests', () => {
    const dir = fakeMnist();
    const error = refusal(() => loadMnist(dir));
    expect(error.path).toBe(join(dir, 'train-images-idx3-ubyte.gz'));
    expect(error.expected).toContain(mnistFiles.trainImages.sha256);
    expect(error.found).toMatch(/^[0-9a-f]{64}$/);
    expect(mnistPresence(dir)).toBe('all');
  });

  it('refuses images in the place of labels', () => {
    const dir = temporaryFolder();
    const { name } = mnistFiles.trainImages;
    writeFileSync(join(dir, name), idxBytes([60_000], new Uint8Array(60_000)));
    const error = refusal(() => loadMnist(dir));
    expect([error.offset, error.found]).toEqual([3, 'rank 1']);
    expect(mnistPresence(dir)).toBe('some');
  });
});

const given = process.env['MNIST_DIR'];

if (given === undefined || given === '') {
  it('has no MNIST here: MNIST_DIR is not set, so its fingerprints are not checked', () => {
    console.warn('MNIST_DIR is not set: MNIST itself was not read.');
  });
} else {
  describe('loadMnist on MNIST: its known fingerprints (K28)', () => {
    const dir = resolve(given);
    const { trainImages, trainLabels, testImages, testLabels } = loadMnist(dir);

    /** The mean and the standard deviation (n in the denominator) of pixels in [0, 1], from integer sums, which are exact. */
    const moments = (bytes: Uint8Array): { mean: number; sd: number } => {
      let [sum, squares] = [0, 0];
      for (const byte of bytes) {
        sum += byte;
        squares += byte * byte;
      }
      const mean = sum / bytes.length;
      return { mean: mean / 255, sd: Math.sqrt(squares / bytes.length - mean * mean) / 255 };
    };

    // The published figures have five decimals, so half a unit of the last one is the tolerance.
    it('has the mean and spread that are known', () => {
      expect(Math.abs(moments(trainImages).mean - 0.13066)).toBeLessThan(5e-6);
      expect(Math.abs(moments(trainImages).sd - 0.30811)).toBeLessThan(5e-6);
      expect(Math.abs(moments(testImages).mean - 0.13251)).toBeLessThan(5e-6);
    });

    it('begins with the known five', () => {
      expect(trainLabels[0]).toBe(5);
      expect(trainImages.subarray(0, 784).reduce((sum, byte) => sum + byte, 0)).toBe(27525);
    });

    it('has its ink in the middle, columns and rows told apart', () => {
      let [mass, columns, rows] = [0, 0, 0];
      trainImages.forEach((byte, index) => {
        const pixel = index % 784;
        mass += byte;
        columns += byte * (pixel % 28);
        rows += byte * Math.floor(pixel / 28);
      });
      // Three decimals are known: half a unit of the last one.
      expect(Math.abs(columns / mass - 14.007)).toBeLessThan(5e-4);
      expect(Math.abs(rows / mass - 13.997)).toBeLessThan(5e-4);
    });

    it('has the published numbers of each digit', () => {
      const counts = (labels: Uint8Array): number[] =>
        labels.reduce<number[]>((sums, label) => ((sums[label] += 1), sums), new Array<number>(10).fill(0));
      expect(counts(trainLabels)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
      expect(counts(testLabels)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
    });

    it('refuses a label above nine, and a label that is not the published one, where the images are right', () => {
      const broken = temporaryFolder();
      const named = (part: Part): string => mnistFiles[part].name;
      const real = (part: Part): string =>
        [`${dir}/${named(part)}`, `${dir}/${named(part)}.gz`].find((p) => existsSync(p))!;
      symlinkSync(real('trainImages'), join(broken, named('trainImages').replace('-idx', '.idx')));
      const labels = Uint8Array.from(trainLabels);
      labels[59_999] = 10;
      writeFileSync(join(broken, named('trainLabels')), idxBytes([60_000], labels));
      const error = refusal(() => loadMnist(broken));
      expect([error.offset, error.expected, error.found]).toEqual([8 + 59_999, 'a label 0..9', '10']);

      labels[59_999] = (trainLabels[59_999] + 1) % 10;
      writeFileSync(join(broken, named('trainLabels')), idxBytes([60_000], labels));
      expect(refusal(() => loadMnist(broken)).path).toBe(join(broken, named('trainLabels')));
    });
  });
}
