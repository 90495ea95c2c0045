import fc, { type Arbitrary } from 'fast-check';
import type { Formula } from '../../src/grade/formula.js';
import type { Arithmetic } from '../../src/oracle/arithmetic.js';

/** Numbers per image: 28 · 28. */
export const PIXELS = 784;

/** A case of toFloat. */
export interface Pixels extends Record<string, Uint8Array | number> {
  readonly pixels: Uint8Array;
  readonly count: number;
}

/** `count` images and up to `more` that are not asked for. */
export const images = (counts: readonly number[], more: number): Arbitrary<Pixels> =>
  fc.record({ count: fc.constantFrom(...counts), extra: fc.nat({ max: more }) }).chain(({ count, extra }) => {
    const length = (count + extra) * PIXELS;
    return fc.uint8Array({ minLength: length, maxLength: length }).map((pixels) => ({ pixels, count }));
  });

/** A number made of each byte. */
export const perPixel = (each: <T>(a: Arithmetic<T>, byte: number) => T, from?: (c: Pixels) => Uint8Array) =>
  // Equal bytes are equal numbers, so that each is computed once.
  readWith(<T>(a: Arithmetic<T>) => {
    const known: T[] = [];
    return (byte) => (known[byte] ??= each(a, byte));
  }, from);

/** A number made of each byte and of the bytes of its image. */
export const perImage = (each: <T>(a: Arithmetic<T>, byte: number, image: Uint8Array) => T) =>
  readWith(
    <T>(a: Arithmetic<T>) =>
      (byte, image) =>
        each<T>(a, byte, image),
  );

const readWith =
  (
    reading: <T>(a: Arithmetic<T>) => (byte: number, image: Uint8Array) => T,
    from: (c: Pixels) => Uint8Array = ({ pixels, count }) => pixels.subarray(0, count * PIXELS),
  ): Formula<Pixels> =>
  (a, c) => {
    const taken = from(c);
    const read = reading(a);
    return Array.from({ length: c.count }, (_, i) => taken.subarray(i * PIXELS, (i + 1) * PIXELS)).flatMap((image) =>
      Array.from(image, (byte) => read(byte, image)),
    );
  };

/** byte / k. */
export const over =
  (k: number) =>
  <T>(a: Arithmetic<T>, byte: number): T =>
    a.div(a.c(byte), a.c(k));

/** (byte − mean)/standard deviation, of the image. */
export function standardised<T>(a: Arithmetic<T>, byte: number, image: Uint8Array): T {
  const { mean, variance } = momentsOf(image);
  return a.div(a.sub(a.c(byte), a.c(mean)), a.sqrt(a.c(variance)));
}

interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/** Of the images that are being read: every pixel asks for those of its image. */
const moments = new WeakMap<Uint8Array, Moments>();

function momentsOf(image: Uint8Array): Moments {
  const known = moments.get(image);
  if (known !== undefined) return known;
  const mean = image.reduce((sum, each) => sum + each, 0) / image.length;
  const variance = image.reduce((sum, each) => sum + (each - mean) ** 2, 0) / image.length;
  moments.set(image, { mean, variance });
  return { mean, variance };
}

/** The bytes from `start` on, with paper where there are none left. */
export const from =
  (start: (c: Pixels) => number) =>
  (c: Pixels): Uint8Array => {
    const wanted = new Uint8Array(c.count * PIXELS);
    const at = start(c);
    wanted.set(c.pixels.subarray(at, at + wanted.length));
    return wanted;
  };
