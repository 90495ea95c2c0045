import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { drawDigits } from '../../../reference/data/drawn-digits.js';

const drawn = drawDigits({ count: 7000, seed: 11 });
const dimension = 784;
const image = (i: number): Uint8Array => drawn.images.subarray(i * dimension, (i + 1) * dimension);

/** ‖x_i − x_j‖² with pixels in 0..255: an exact integer. */
function squaredDistance(i: number, j: number): number {
  const [a, b] = [image(i), image(j)];
  let sum = 0;
  for (let k = 0; k < dimension; k++) sum += (a[k] - b[k]) * (a[k] - b[k]);
  return sum;
}

/** The nearest of the images 0, ..., count - 1 to image i, and its distance with pixels in [0, 1]. */
function nearest(i: number, count: number): { index: number; distance: number } {
  let [index, least] = [-1, Infinity];
  for (let j = 0; j < count; j++) {
    const squared = squaredDistance(i, j);
    if (squared < least) [index, least] = [j, squared];
  }
  return { index, distance: Math.sqrt(least) / 255 };
}

describe('drawDigits', () => {
  it('draws the same bytes on each platform and version of Node', () => {
    const digest = createHash('sha256').update(drawn.images).update(drawn.labels).digest('hex');
    expect(digest).toBe('57a4e1b6d3d32e6aff4f184cfaf6a238b7263e4c9bc6a8a23e2f09b22e6e5444');
  });

  it('draws image i from the seed and i alone', () => {
    const part = drawDigits({ count: 20, seed: 11, first: 4321 });
    expect(part.images).toEqual(drawn.images.slice(4321 * dimension, 4341 * dimension));
    expect(part.labels).toEqual(drawn.labels.slice(4321, 4341));
  });

  it('draws others from another seed, in all of its 53 bits', () => {
    for (const seed of [12, 11 + 2 ** 32, Number.MAX_SAFE_INTEGER]) {
      expect(drawDigits({ count: 1, seed }).images).not.toEqual(image(0));
    }
  });

  it('draws no image twice', () => {
    const all = new Set(Array.from({ length: drawn.count }, (_, i) => Buffer.from(image(i)).toString('latin1')));
    expect(all.size).toBe(drawn.count);
  });

  it('draws each of ten digits about as often as MNIST has it', () => {
    const counts = new Array<number>(10).fill(0);
    for (const label of drawn.labels) counts[label]++;
    const mnist = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949];
    counts.forEach((count, label) => {
      // A count is binomial with standard deviation below sqrt(7000 · 0.1124) = 28; six of them, and 7 for the weights' rounding to 1/999.
      expect(Math.abs(count - (7000 * mnist[label]) / 60_000)).toBeLessThan(6 * 28 + 7);
    });
    expect(new Set(counts).size).toBeGreaterThan(1);
  });

  it('is about as dark, and as contrasted, as MNIST (0.131 and 0.308)', () => {
    let [sum, squares] = [0, 0];
    for (const byte of drawn.images) {
      sum += byte / 255;
      squares += (byte / 255) ** 2;
    }
    const mean = sum / drawn.images.length;
    // "About": within a tenth, which is less than MNIST's digits differ among each other (0.076 for ones, 0.173 for zeros).
    expect(Math.abs(mean / 0.1307 - 1)).toBeLessThan(0.1);
    expect(Math.abs(Math.sqrt(squares / drawn.images.length - mean ** 2) / 0.3081 - 1)).toBeLessThan(0.1);
  });

  it('uses all grey levels, most pixels being paper', () => {
    const histogram = new Array<number>(256).fill(0);
    for (const byte of drawn.images) histogram[byte]++;
    expect(Math.min(...histogram)).toBeGreaterThan(0);
    expect(histogram[0] / drawn.images.length).toBeGreaterThan(0.75);
  });

  it('keeps the ink in the middle: within 1.5 pixels for each image', () => {
    for (let i = 0; i < drawn.count; i++) {
      let [mass, x, y] = [0, 0, 0];
      image(i).forEach((byte, pixel) => {
        mass += byte;
        x += byte * (pixel % 28);
        y += byte * Math.floor(pixel / 28);
      });
      // The path is centred to 0.35 √12 = 1.21 pixels at most; crossings, taper and rounding move the ink a little against the path.
      expect(Math.hypot(x / mass - 13.5, y / mass - 13.5)).toBeLessThan(Math.SQRT2 * 1.21 + 0.8);
    }
  });

  it('spreads over many directions: (tr C)² / ‖C‖² of the covariance is over two thirds of MNIST’s 29.6', () => {
    const n = 1000;
    const mean = new Float64Array(dimension);
    for (let i = 0; i < n; i++) image(i).forEach((byte, k) => (mean[k] += byte / 255 / n));
    const centred = Array.from({ length: dimension }, (_, k) =>
      Float64Array.from({ length: n }, (_, i) => drawn.images[i * dimension + k] / 255 - mean[k]),
    );
    let [trace, frobenius] = [0, 0];
    for (let k = 0; k < dimension; k++) {
      for (let l = 0; l <= k; l++) {
        let entry = 0;
        for (let i = 0; i < n; i++) entry += centred[k][i] * centred[l][i];
        entry /= n - 1;
        if (k === l) trace += entry;
        frobenius += (k === l ? 1 : 2) * entry * entry;
      }
    }
    expect(trace ** 2 / frobenius).toBeGreaterThan((2 / 3) * 29.6);
  });

  it('keeps images apart as MNIST does: 5.2 to the nearest of 6,000', () => {
    const distances = Array.from({ length: 101 }, (_, i) => nearest(6000 + i, 6000).distance).sort((a, b) => a - b);
    expect(distances[50]).toBeGreaterThan(0.75 * 5.15);
    expect(distances[50]).toBeLessThan(1.25 * 5.15);
  });

  it('has labels that mean something: the nearest of 2,000 has the same label for more than 90 % of 300 others', () => {
    let right = 0;
    for (let i = 0; i < 300; i++) {
      if (drawn.labels[nearest(2000 + i, 2000).index] === drawn.labels[2000 + i]) right++;
    }
    expect(right).toBeGreaterThan(270);
  });

  it('refuses a count, a seed or a first number that is no integer in its range', () => {
    expect(() => drawDigits({ count: 1.5, seed: 1 })).toThrow(
      'Expected an integer count in [0, 1000000], got 1.5 in drawDigits.',
    );
    expect(() => drawDigits({ count: 1, seed: -1 })).toThrow(TypeError);
    expect(() => drawDigits({ count: 1, seed: 1, first: 2 ** 32 })).toThrow(TypeError);
    expect(drawDigits({ count: 0, seed: 1 }).count).toBe(0);
  });
});
