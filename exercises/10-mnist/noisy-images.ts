import type { Floats, Grid } from '../../src/grade/grid.js';
import type { Input, InputRecord, RandomInput } from '../../src/grade/inputs.js';
import type { Draws } from '../../src/grade/draws.js';
import { randomStream } from '../../src/numerics/random.js';
import type { Counts } from './baselines.js';
import { PIXELS } from './pixels.js';

/** What trainDenoiser is given, and what the denoiser that it returns is asked. */
export interface Training extends Record<string, Input> {
  readonly images: Floats;
  readonly options: InputRecord & {
    readonly sigmas: readonly number[];
    readonly seconds: number;
    readonly random: RandomInput;
  };
  readonly x: Floats;
  readonly sigma: Grid;
}

/** Noisy images at one level: x = x₀ + sigma · fresh noise, by rows. */
export interface Rows {
  readonly sigma: number;
  readonly x0: Float32Array;
  readonly x: Float32Array;
}

/** The rows of one level: `held` of held-out images, `given` drawn from all given ones, `first` of the very first of those. */
export interface Level {
  readonly sigma: number;
  readonly held: Rows;
  readonly given: Rows;
  readonly first: Rows;
}

/** Given images at the smaller levels, and how many of the first are looked at: a training that never leaves its first batch does well on those alone. */
const FEW = 128;

/**
 * The rows of a level, with fresh noise from the seed. The largest level has more given ones: there alone the exact posterior mean is in doubt, and its
 * error is rare and large.
 */
export function levelOf(
  { given, heldOut }: { readonly given: Float32Array; readonly heldOut: Float32Array },
  counts: Counts,
  { sigma, largest }: { readonly sigma: number; readonly largest: boolean },
  { seed, path }: Draws,
): Level {
  const random = randomStream(seed, 'noise', ...path, String(sigma));
  const rows = (count: number, from: Float32Array, pick: (i: number) => number): Rows => {
    const x0 = new Float32Array(count * PIXELS);
    for (let i = 0; i < count; i++) {
      const at = pick(i) * PIXELS;
      x0.set(from.subarray(at, at + PIXELS), i * PIXELS);
    }
    return { sigma, x0, x: x0.map((value) => value + sigma * random.normal()) };
  };
  const few = Math.min(FEW, counts.images);
  return {
    sigma,
    held: rows(counts.heldOut, heldOut, (i) => i),
    given: rows(largest ? counts.given : few, given, () => random.index(counts.images)),
    first: rows(few, given, (i) => i),
  };
}

/** ‖y − x₀‖² row by row, for answers made of x and the numbers of the submission. */
export function errorsOf(
  { x, x0 }: Rows,
  answers: Float32Array,
  as: (y: number, x: number) => number = (y) => y,
): number[] {
  return Array.from({ length: x.length / PIXELS }, (_, i) => {
    let sum = 0;
    for (let k = i * PIXELS; k < (i + 1) * PIXELS; k++) sum += (as(answers[k], x[k]) - x0[k]) ** 2;
    return sum;
  });
}
