import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { once } from '../../src/numerics/once.js';
import { drawDigits } from './drawn-digits.js';
import { loadMnist, mnistPresence, type Mnist } from './mnist.js';

/** Images [count * 784] in [0, 1], 0 = paper (byte / 255), row by row; labels [count], 0..9. Shared by all callers: read only. */
export interface DigitSet {
  readonly images: Float32Array;
  readonly labels: Uint8Array;
  readonly count: number;
}

/** A data set of digits, and what a report says of it. */
export interface Digits {
  readonly name: 'MNIST' | 'drawn digits, not MNIST';
  /** Where they come from, in words for the head of a report. */
  readonly source: string;
  readonly train: DigitSet;
  readonly test: DigitSet;
  readonly side: 28;
  readonly dimension: 784;
  /** The first 12 hexadecimal digits of SHA-256 over the bytes of train images, train labels, test images, test labels (without headers). */
  readonly digest: string;
}

/** Arbitrary and fixed: with it the drawn digits are the same in each report. */
const drawnSeed = 20_240_917;
const [drawnTrain, drawnTest] = [6_000, 1_000];

const memo = new Map<string, Digits>();

/**
 * The digits to work on: MNIST from `env.MNIST_DIR` if that is set (and not empty), else from `cacheDir` if it has all four files, else digits drawn by the program.
 *
 * They are decoded once in a process for each place.
 *
 * @throws IdxError if MNIST_DIR is set, or the cache complete, and a file there cannot be used: the drawn digits never stand in for broken ones.
 */
export function loadDigits(env: Readonly<Record<string, string | undefined>>, cacheDir?: string): Digits {
  const given = env['MNIST_DIR'];
  if (given !== undefined && given !== '') {
    const dir = resolve(given);
    return onceFor(dir, () => mnist(loadMnist(dir), `MNIST_DIR (${dir})`));
  }
  const presence = cacheDir === undefined ? 'none' : mnistPresence(cacheDir);
  if (cacheDir !== undefined && presence === 'all') {
    const dir = resolve(cacheDir);
    return onceFor(dir, () => mnist(loadMnist(dir), `the cache (${dir})`));
  }
  const hint = presence === 'some' ? '; the MNIST in the cache is incomplete: run `scorecheck data mnist` again' : '';
  return onceFor(`drawn${hint}`, () => drawn(hint));
}

function onceFor(key: string, make: () => Digits): Digits {
  let digits = memo.get(key);
  if (digits === undefined) {
    digits = make();
    memo.set(key, digits);
  }
  return digits;
}

function mnist(bytes: Mnist, source: string): Digits {
  return { name: 'MNIST', source, ...converted(bytes) };
}

function drawn(hint: string): Digits {
  const train = drawDigits({ count: drawnTrain, seed: drawnSeed });
  const test = drawDigits({ count: drawnTest, seed: drawnSeed, first: drawnTrain });
  const bytes = {
    trainImages: train.images,
    trainLabels: train.labels,
    testImages: test.images,
    testLabels: test.labels,
  };
  return {
    name: 'drawn digits, not MNIST',
    source: `drawn by scorecheck, seed ${drawnSeed}${hint}`,
    ...converted(bytes),
  };
}

function converted({ trainImages, trainLabels, testImages, testLabels }: Mnist): Omit<Digits, 'name' | 'source'> {
  const hash = createHash('sha256').update(trainImages).update(trainLabels).update(testImages).update(testLabels);
  return {
    train: digitSet(trainImages, trainLabels),
    test: digitSet(testImages, testLabels),
    side: 28,
    dimension: 784,
    digest: hash.digest('hex').slice(0, 12),
  };
}

/** Images are converted when they are first asked for: a process that hands work to others never does. */
function digitSet(bytes: Uint8Array, labels: Uint8Array): DigitSet {
  const images = once(() => unitInterval(bytes));
  return {
    get images() {
      return images();
    },
    labels,
    count: labels.length,
  };
}

/** byte / 255, rounded to float32. Four pixels in five are paper: a new array is zero there already, which saves half of the time. */
function unitInterval(bytes: Uint8Array): Float32Array {
  const levels = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);
  const values = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte !== 0) values[i] = levels[byte];
  }
  return values;
}
