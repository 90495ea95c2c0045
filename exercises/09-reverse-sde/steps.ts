import { clamp, lifted } from '../../src/grade/batch.js';
import type { OracleField } from '../../src/grade/fields.js';
import type { Grid } from '../../src/grade/grid.js';
import type { Arithmetic } from '../../src/oracle/arithmetic.js';
import { driftFactor, squaredDiffusion, type Sde } from './processes.js';

/** One step of length dt at time t, for one example; `noise` absent for the flow. */
export interface At<T> {
  readonly sde: Sde;
  readonly field: OracleField<T>;
  readonly x: readonly T[];
  readonly t: number;
  readonly dt: number;
  readonly noise: readonly T[] | undefined;
}

/** What wrong steps do. */
export interface StepOptions {
  /** The factor of g² s: 1 for the SDE, 1/2 for the flow. */
  readonly scoreFactor?: number;
  /** g in place of g² before the score. */
  readonly plainG?: boolean;
  /** +1 where the drift of the forward process keeps its direction. */
  readonly driftSign?: -1 | 1;
  readonly noiseScale?: 'g sqrt dt' | 'g² sqrt dt' | 'g dt' | 'none';
  /** The score and the coefficients are taken at the end of the step. */
  readonly atEnd?: boolean;
  /** The time that the score is told. */
  readonly told?: (t: number, dt: number) => number;
  /** (x + β s)/√(1 − β) of a discrete process. */
  readonly ancestral?: boolean;
}

/** x − (f − k g² s) dt + g √dt z: [d] -> [d]. */
export function stepBack<T>(
  a: Arithmetic<T>,
  { sde, field, x, t, dt, noise }: At<T>,
  {
    scoreFactor = 1,
    plainG = false,
    driftSign = -1,
    noiseScale = 'g sqrt dt',
    atEnd = false,
    told = (time) => time,
    ancestral = false,
  }: StepOptions = {},
): T[] {
  const time = atEnd ? t - dt : t;
  const at = a.c(time);
  const g2 = squaredDiffusion(a, sde, at);
  const g = a.sqrt(g2);
  const s = field.at(x, a.c(told(time, dt)));
  const length = a.c(dt);
  const scale = {
    'g sqrt dt': () => a.mul(g, a.sqrt(length)),
    'g² sqrt dt': () => a.mul(g2, a.sqrt(length)),
    'g dt': () => a.mul(g, length),
    none: () => a.c(0),
  }[noiseScale]();
  const k = driftFactor(a, sde, at);
  return x.map((xi, i) => {
    const z = noise === undefined ? a.c(0) : a.mul(scale, noise[i]);
    if (ancestral) {
      const root = a.sqrt(a.sub(a.c(1), g2));
      return a.add(a.div(a.add(xi, a.mul(g2, s[i])), root), z);
    }
    const f = a.mul(k, xi);
    const pull = a.mul(a.c(scoreFactor), a.mul(plainG ? g : g2, s[i]));
    const change = driftSign === -1 ? a.sub(f, pull) : a.sub(a.sub(a.c(0), f), pull);
    return a.add(a.sub(xi, a.mul(change, length)), z);
  });
}

/** One step for each example of a batch, each at its own time: flat [n·d]. */
export function stepsBack<T>(
  a: Arithmetic<T>,
  c: { readonly sde: Sde; readonly x: Grid; readonly t: Grid; readonly dt: number; readonly noise?: Grid },
  field: OracleField<T>,
  options: StepOptions = {},
): T[] {
  const noise = c.noise === undefined ? undefined : lifted(a, c.noise);
  return lifted(a, c.x).flatMap((x, i) =>
    stepBack(a, { sde: c.sde, field, x, t: c.t.data[i], dt: c.dt, noise: noise?.[i] }, options),
  );
}

/** What wrong loops do. */
export interface LoopOptions extends StepOptions {
  /** More or fewer steps of the same length. */
  readonly more?: number;
  readonly lastWithoutNoise?: boolean;
  readonly drawn?: 'fresh' | 'once' | 'row' | 'column' | 'never';
  /** Time of step k. */
  readonly time?: (k: number, dt: number, begin: number) => number;
  /** The end of the grid in place of tEnd. */
  readonly end?: number;
  readonly clamped?: boolean;
  /** The level that the score is told at step k. */
  readonly toldAt?: (k: number, t: number) => number;
  /** Averaged slopes of both ends: the sum of them where `sum` is given. */
  readonly twice?: 'sum';
}

/** Euler–Maruyama on the uniform grid from 1 to tEnd: flat [n·d]. */
export function runBack<T>(
  a: Arithmetic<T>,
  c: { readonly sde: Sde; readonly start: Grid; readonly options: { readonly steps: number; readonly tEnd: number } },
  { field, normals }: { readonly field: OracleField<T>; readonly normals: (count: number) => T[] },
  options: LoopOptions = {},
): T[] {
  const { more = 0, lastWithoutNoise = false, drawn = 'fresh', end = c.options.tEnd, clamped = false } = options;
  const dt = (1 - end) / c.options.steps;
  const time = options.time ?? ((k: number) => 1 - k * dt);
  const [n, d] = c.start.shape;
  let x = lifted(a, c.start);
  const draw = (): T[][] => {
    if (drawn === 'row') {
      const row = normals(d);
      return x.map(() => row);
    }
    if (drawn === 'column') return normals(n).map((z) => Array.from({ length: d }, () => z));
    const flat = normals(n * d);
    return x.map((_, i) => flat.slice(i * d, (i + 1) * d));
  };
  let once: T[][] | undefined;
  const count = c.options.steps + more;
  for (let k = 0; k < count; k++) {
    const silent = drawn === 'never' || (lastWithoutNoise && k === count - 1);
    const z = silent ? undefined : drawn === 'once' ? (once ??= draw()) : draw();
    const t = time(k, dt, 1);
    const { toldAt } = options;
    const told = toldAt === undefined ? {} : { told: () => toldAt(k, t) };
    x = x.map((row, i) => {
      const moved = stepBack(a, { sde: c.sde, field, x: row, t, dt, noise: z?.[i] }, { ...options, ...told });
      return clamped ? moved.map((value) => clamp(a, value, -1, 1)) : moved;
    });
  }
  return x.flat();
}
