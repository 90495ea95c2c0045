import fc, { type Arbitrary } from 'fast-check';
import type { Domain } from './statement.js';

/** Where one variable lives: `spread` is about three standard deviations in each coordinate. */
export interface Box {
  readonly center: readonly number[];
  readonly spread: number;
  /** Values above 0 only (a support that ends there). */
  readonly positive?: boolean;
}

/** Points per setting on analytic densities. */
const POINTS = 256;

/**
 * Points of named variables: on a coarse grid around the centre (so that a failure shrinks to short numbers), anywhere in the box with full float32
 * mantissas, and far away (ten times the box).
 */
export function boxes(variables: Readonly<Record<string, Box>>): Domain {
  const points = fc.record(Object.fromEntries(Object.entries(variables).map(([name, box]) => [name, inBox(box)])));
  const where = Object.entries(variables).map(
    ([name, { center, spread }]) => `${name} within ±${spread} of (${center.join(', ')})`,
  );
  return { name: `${where.join('; ')}, and ten times as far`, points, count: POINTS };
}

function inBox({ center, spread, positive }: Box): Arbitrary<number[]> {
  const at = (c: number, offset: number): number =>
    Math.fround(positive ? Math.abs(c + offset) + 2 ** -10 : c + offset);
  const coordinate = (c: number): Arbitrary<number> =>
    fc.oneof(
      { withCrossShrink: true },
      { weight: 1, arbitrary: fc.integer({ min: -4, max: 4 }).map((k) => at(c, (k * spread) / 4)) },
      { weight: 4, arbitrary: fc.integer({ min: -(2 ** 30), max: 2 ** 30 }).map((k) => at(c, (k / 2 ** 30) * spread)) },
      {
        weight: 1,
        arbitrary: fc.integer({ min: -(2 ** 30), max: 2 ** 30 }).map((k) => at(c, (k / 2 ** 30) * 10 * spread)),
      },
    );
  return fc.tuple(...center.map(coordinate)).map((values) => [...values]);
}
