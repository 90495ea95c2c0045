import fc, { type Arbitrary } from 'fast-check';
import type { Field } from './fields.js';
import { grid, type Grid } from './grid.js';

/** Numbers with one decimal in [−reach, reach]: a failing case shrinks to short numbers. */
export const decimal = (reach = 3): Arbitrary<number> =>
  fc.integer({ min: -10 * reach, max: 10 * reach }).map((k) => Math.fround(k / 10));

/** `count` numbers with one decimal. */
const decimals = (count: number, reach?: number): Arbitrary<number[]> =>
  fc.array(decimal(reach), { minLength: count, maxLength: count });

/** One of these, the first being the simplest. */
export const oneOf = <T>(...values: readonly T[]): Arbitrary<T> => fc.constantFrom(...values);

/** Sizes of a case: the batch n and the dimension d, the simplest first. */
export interface Sizes {
  readonly n: readonly number[];
  readonly d: readonly number[];
}

/** Batches and dimensions that differ, agree, and are 1. */
export const anySizes: Sizes = { n: [1, 2, 3, 4, 5, 6], d: [1, 2, 3, 5] };

/** What a case of one size can be made of. */
export interface Parts {
  readonly n: number;
  readonly d: number;
  /** A tensor of this shape. */
  readonly tensor: (...shape: readonly number[]) => Grid;
  /** One of these. */
  readonly pick: <T>(values: readonly T[]) => T;
  /** A x + b with a full, asymmetric matrix; plus c·level where a level is named. */
  readonly affine: (options?: { readonly name?: string; readonly level?: string }) => Field;
  /** v -> A v with a full, asymmetric matrix. */
  readonly linear: (name?: string) => Field;
  /** A network with one hidden layer of four softplus units; with a level (`sigma`, `t`) where one is named. */
  readonly network: (options?: { readonly name?: string; readonly level?: string }) => Field;
  /** A field on examples of any shape; with a level where one is named. */
  readonly mixing: (example: readonly number[], options?: { readonly name?: string; readonly level?: string }) => Field;
}

/** How many choices a case may make. */
const PICKS = 12;

/**
 * Cases of these sizes. The choices and as many numbers as the case needs are drawn, and `build` makes the case of them in the order in which it asks: first the
 * sizes and choices shrink, then the numbers.
 */
export function cases<C>(sizes: Sizes, build: (parts: Parts) => C): Arbitrary<C> {
  return fc
    .record({
      n: oneOf(...sizes.n),
      d: oneOf(...sizes.d),
      picks: fc.array(fc.nat({ max: 255 }), { minLength: PICKS, maxLength: PICKS }),
    })
    .chain(({ n, d, picks }) => {
      let needed = 0;
      build(
        partsOf(n, d, picks, (count) => {
          needed += count;
          return new Array<number>(count).fill(0);
        }),
      );
      return decimals(needed).map((numbers) => {
        let at = 0;
        return build(partsOf(n, d, picks, (count) => numbers.slice(at, (at += count))));
      });
    });
}

function partsOf(n: number, d: number, picks: readonly number[], take: (count: number) => number[]): Parts {
  let picked = 0;
  const tensor = (...shape: readonly number[]): Grid => {
    const count = shape.reduce((size, length) => size * length, 1);
    return grid(shape, take(count));
  };
  const scaled = (k: number, { shape, data }: Grid): Grid =>
    grid(
      shape,
      data.map((v) => Math.round(100 * k * v) / 100),
    );
  const hidden = 4;
  return {
    n,
    d,
    tensor,
    pick: (values) => {
      if (picked === PICKS) throw new Error(`A case makes more than ${PICKS} choices. This is a bug in scorecheck.`);
      return values[picks[picked++] % values.length];
    },
    affine: ({ name = 'score', level } = {}) => ({
      family: level === undefined ? 'affine' : 'affine-level',
      name,
      example: [d],
      ...(level === undefined ? {} : { level }),
      parameters: [scaled(0.5, tensor(d, d)), tensor(d), ...(level === undefined ? [] : [tensor(d)])],
    }),
    linear: (name = 'matvec') => ({ family: 'linear', name, example: [d], parameters: [tensor(d, d)] }),
    network: ({ name = 'score', level } = {}) => ({
      family: level === undefined ? 'softplus' : 'softplus-level',
      name,
      example: [d],
      ...(level === undefined ? {} : { level }),
      parameters: [
        scaled(0.5, tensor(hidden, d)),
        ...(level === undefined ? [] : [tensor(hidden)]),
        tensor(hidden),
        scaled(0.5, tensor(d, hidden)),
        tensor(d),
      ],
    }),
    mixing: (example, { name = 'score', level } = {}) => ({
      family: level === undefined ? 'mixing' : 'mixing-level',
      name,
      example,
      ...(level === undefined ? {} : { level }),
      parameters: [tensor(), scaled(0.5, tensor()), tensor(), ...(level === undefined ? [] : [tensor()])],
    }),
  };
}
