import type { Field } from '../../src/grade/fields.js';
import { oracleField } from '../../src/grade/fields.js';
import type { Grid } from '../../src/grade/grid.js';
import { rowsOf } from '../../src/grade/grid.js';
import { float64 } from '../../src/oracle/arithmetic.js';
import { driftFactor, squaredDiffusion, type Sde } from './processes.js';

/** Steps of the classical Runge–Kutta method: its error of order (1/400)⁴ is far below what a student's scheme leaves. */
const STEPS = 400;

/** The probability flow dx/dt = f − ½ g² s from t = 1 to tEnd, in float64: flat [n·d]. */
export function exactFlow(c: {
  readonly sde: Sde;
  readonly score: Field;
  readonly start: Grid;
  readonly options: { readonly tEnd: number };
}): number[] {
  const field = oracleField(
    float64,
    c.score,
    c.score.parameters.flatMap(({ data }) => data),
  );
  const slope = (x: readonly number[], t: number): number[] => {
    const s = field.at(x, t);
    const [k, g2] = [driftFactor(float64, c.sde, t), squaredDiffusion(float64, c.sde, t)];
    return x.map((xi, i) => k * xi - 0.5 * g2 * s[i]);
  };
  const h = (c.options.tEnd - 1) / STEPS;
  const moved = (x: readonly number[], by: number, along: readonly number[]): number[] =>
    x.map((xi, i) => xi + by * along[i]);
  return rowsOf(c.start).flatMap((start) => {
    let x = start;
    for (let step = 0; step < STEPS; step++) {
      const t = 1 + step * h;
      const k1 = slope(x, t);
      const k2 = slope(moved(x, h / 2, k1), t + h / 2);
      const k3 = slope(moved(x, h / 2, k2), t + h / 2);
      const k4 = slope(moved(x, h, k3), t + h);
      x = x.map((xi, i) => xi + (h / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]));
    }
    return x;
  });
}
