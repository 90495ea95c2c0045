import { grid, type Floats, type Grid } from '../../src/grade/grid.js';
import type { Rows } from './noisy-images.js';
import { PIXELS } from './pixels.js';

/** What the denoiser is called with once: noisy images by rows, each with its sigma. */
export interface Batch {
  readonly x: Floats;
  readonly sigma: Grid;
}

/** The rows of all levels as the denoiser is asked about them. */
export interface Batches {
  readonly batches: readonly Batch[];
  /** A few rows again: the first by itself, and one of each level in another order. */
  readonly again: readonly { readonly batch: Batch; readonly places: readonly number[] }[];
  /** ‖y − x₀‖² of each row of one batch. */
  readonly errors: (batch: number, answers: Float32Array) => number[];
  /** What belongs to each set of rows, from what belongs to the rows of each batch. */
  readonly sorted: <T>(found: readonly (readonly T[])[]) => ReadonlyMap<Rows, readonly T[]>;
  /** The answers to each set of rows, from the answers to the batches. */
  readonly answers: (answers: readonly Float32Array[]) => ReadonlyMap<Rows, Float32Array>;
  /** The answer to the row at a place, among the answers to the batches. */
  readonly at: (answers: readonly Float32Array[], place: number) => Float32Array;
}

/** With the two that ask again, as many as may be on their way at once: one is sent and the one before is judged while another is answered. */
const COUNT = 6;

/** Deals the rows out in turn, so that every batch has rows of every level. */
export function batchesOf(rows: readonly Rows[], levels: number): Batches {
  const places = rows.flatMap((each) =>
    Array.from({ length: each.x.length / PIXELS }, (_, row) => ({
      sigma: each.sigma,
      x: imageAt(each.x, row),
      x0: imageAt(each.x0, row),
    })),
  );
  const batch = (at: readonly number[]): Batch => ({
    x: { shape: [at.length, PIXELS], data: joined(at.map((place) => places[place].x)) },
    sigma: grid(
      [at.length],
      at.map((place) => places[place].sigma),
    ),
  });
  const at = (answers: readonly Float32Array[], place: number): Float32Array =>
    imageAt(answers[place % COUNT], Math.floor(place / COUNT));
  const all = [...places.keys()];
  const dealt = Array.from({ length: COUNT }, (_, k) => all.filter((place) => place % COUNT === k));
  const oneOfEach = Array.from({ length: levels }, (_, level) => Math.floor((level * places.length) / levels));
  const sorted: Batches['sorted'] = (found) => {
    let next = 0;
    const take = () => found[next % COUNT][Math.floor(next++ / COUNT)];
    return new Map(rows.map((each) => [each, Array.from({ length: each.x.length / PIXELS }, take)]));
  };
  return {
    batches: dealt.map(batch),
    again: [oneOfEach.slice(0, 1), oneOfEach.reverse()].map((some) => ({ batch: batch(some), places: some })),
    errors: (k, answers) => dealt[k].map((place, row) => squaredDistance(imageAt(answers, row), places[place].x0)),
    sorted,
    answers: (answers) => {
      const images = dealt.map((own, k) => own.map((_, row) => imageAt(answers[k], row)));
      return new Map([...sorted(images)].map(([each, own]) => [each, joined(own)]));
    },
    at,
  };
}

function joined(images: readonly Float32Array[]): Float32Array {
  const data = new Float32Array(images.length * PIXELS);
  images.forEach((image, row) => {
    data.set(image, row * PIXELS);
  });
  return data;
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < PIXELS; k++) sum += (a[k] - b[k]) ** 2;
  return sum;
}

const imageAt = (images: Float32Array, row: number): Float32Array => images.subarray(row * PIXELS, (row + 1) * PIXELS);
