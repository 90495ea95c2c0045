import { addScaled, clamp, lifted } from '../../src/grade/batch.js';
import type { OracleField } from '../../src/grade/fields.js';
import type { Grid } from '../../src/grade/grid.js';
import type { Arithmetic } from '../../src/oracle/arithmetic.js';

/** One step of a Langevin chain, with the level that the score is told. */
export interface Step {
  readonly stepSize: number;
  readonly level: number | undefined;
}

/** What a chain starts from and draws from. */
export interface From<T> {
  readonly start: Grid;
  readonly field: OracleField<T>;
  readonly normals: (count: number) => T[];
}

/**
 * x ← x + γ s(x) + √(2γ) z for each step, [n, d] flat; the options are what wrong samplers do. The noise is drawn [n, d] per step, in the order of the steps.
 */
export function chain<T>(
  a: Arithmetic<T>,
  { start, field, normals }: From<T>,
  steps: readonly Step[],
  {
    drift = (_, gamma) => gamma,
    scale = (b, gamma) => b.sqrt(b.mul(b.c(2), gamma)),
    noiseFirst = false,
    lastWithoutNoise = false,
    noise = 'fresh',
    restart,
    clamped = false,
  }: {
    drift?: <U>(a: Arithmetic<U>, gamma: U) => U;
    scale?: <U>(a: Arithmetic<U>, gamma: U) => U;
    noiseFirst?: boolean;
    lastWithoutNoise?: boolean;
    noise?: 'fresh' | 'once' | 'row' | 'column';
    restart?: 'level' | 'begin';
    clamped?: boolean;
  } = {},
): T[] {
  const begin = lifted(a, start);
  const [n, d] = start.shape;
  const drawn = (): T[][] => {
    if (noise === 'row') {
      const row = normals(d);
      return begin.map(() => row);
    }
    if (noise === 'column') return normals(n).map((z) => Array.from({ length: d }, () => z));
    const flat = normals(n * d);
    return begin.map((_, i) => flat.slice(i * d, (i + 1) * d));
  };
  let x = restart === 'begin' ? drawn() : begin;
  let once: T[][] | undefined;
  steps.forEach(({ stepSize, level }, k) => {
    if (restart === 'level' && k > 0 && level !== steps[k - 1].level) x = begin;
    const gamma = a.c(stepSize);
    const z = noise === 'once' ? (once ??= drawn()) : drawn();
    const silent = lastWithoutNoise && k === steps.length - 1;
    const at = level === undefined ? undefined : a.c(level);
    x = x.map((row, i) => {
      const noised = silent ? row : addScaled(a, row, scale(a, gamma), z[i]);
      const moved = addScaled(a, noised, drift(a, gamma), field.at(noiseFirst ? noised : row, at));
      return clamped ? moved.map((value) => clamp(a, value, 0, 1)) : moved;
    });
  });
  return x.flat();
}
