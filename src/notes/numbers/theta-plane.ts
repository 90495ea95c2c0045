import type { Expression } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import * as n from './batch.js';
import { remembered } from './memory.js';
import type { Scope } from './scope.js';

// Losses over a plane of fields S + θ₁φ₁ + θ₂φ₂: a loss quadratic in S is a quadratic in θ.

/** Points of the plane θ that determine a quadratic, and two more that check it. */
export const design: readonly (readonly [number, number])[] = [[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [0.5, -0.7], [-0.6, 0.4]]; // prettier-ignore

const planes = { 4: design.slice(0, 4), 8: design } as const;

/** A quadratic in θ, and whether the loss is one. */
export interface Quadratic {
  readonly gradient: readonly [number, number];
  readonly hessian: readonly [number, number, number];
  readonly fits: boolean;
}

/** The quadratic through the values at the design. */
export function quadratic(values: readonly number[]): Quadratic {
  const [f00, f10, fm0, f01, f0m, f11] = values;
  const gradient = [(f10 - fm0) / 2, (f01 - f0m) / 2] as const;
  const hxx = f10 + fm0 - 2 * f00;
  const hyy = f01 + f0m - 2 * f00;
  const hxy = f11 - f00 - gradient[0] - gradient[1] - hxx / 2 - hyy / 2;
  const at = ([x, y]: readonly [number, number]): number =>
    f00 + gradient[0] * x + gradient[1] * y + 0.5 * (hxx * x * x + hyy * y * y) + hxy * x * y;
  const size = Math.max(...values.map(Math.abs)) + 1e-12;
  return {
    gradient,
    hessian: [hxx, hxy, hyy],
    fits: [6, 7].every((i) => Math.abs(at(design[i]) - values[i]) < 1e-6 * size),
  };
}

/** Where it is least; undefined where it is not convex. */
export function minimiser({
  gradient: [gx, gy],
  hessian: [a, b, c],
}: Quadratic): readonly [number, number] | undefined {
  const det = a * c - b * b;
  if (!(a > 1e-9) || !(det > 1e-12)) return undefined;
  return [-(c * gx - b * gy) / det, -(a * gy - b * gx) / det];
}

/** The loss at the first points of the design. */
export function valuesOver(e: Expression, scope: Scope, count: 4 | 8 = 8): number[] {
  const plane = planes[count];
  return plane.map((theta) => {
    const at = (inner: Scope): number => {
      const value = inner.evaluate(e, inner);
      const x = value.k === 'scalar' ? n.primal(value.x) : Number.NaN;
      if (typeof x !== 'number')
        throw new Unreadable('unsupported', 'A loss that depends on a point has no one minimum.', e);
      return x;
    };
    return remembered('loss', e, { ...scope, plane, theta }, at);
  });
}

/** a ≈ slope·b + offset, by least squares; the residual relative to the spread of a. */
export function affine(
  a: readonly number[],
  b: readonly number[],
): { slope: number; offset: number; residual: number } {
  const mean = (xs: readonly number[]): number => xs.reduce((t, x) => t + x, 0) / xs.length;
  const [ma, mb] = [mean(a), mean(b)];
  const sbb = b.reduce((t, x) => t + (x - mb) ** 2, 0);
  const sab = b.reduce((t, x, i) => t + (x - mb) * (a[i] - ma), 0);
  const spread = Math.sqrt(a.reduce((t, x) => t + (x - ma) ** 2, 0));
  const slope = sbb > 0 ? sab / sbb : 0;
  const offset = ma - slope * mb;
  const worst = Math.max(...a.map((x, i) => Math.abs(x - slope * b[i] - offset)));
  return { slope, offset, residual: worst / (spread + 1e-12) };
}
