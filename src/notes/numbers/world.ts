import { choleskyFactor, inverse, logDeterminantOfFactor, type Rows } from '../../numerics/linear-algebra.js';
import { randomStream } from '../../numerics/random.js';
import { add, cos, dot, exp, linear, log, mul, sub, sum, type Num } from './batch.js';
import { sine, type Pass } from './pass.js';

// The instances on which equations are tried. They avoid what makes false equations true: sigma = 1 (every power agrees), sigma = sqrt 2
// (1/2 = 1/sigma^2), one dimension alone (trace, transpose, determinant agree), S = the score (ESM = 0), symmetric Jacobians, mean 0, g = 1.

/** Σ wₖ N(mₖ, Cₖ). */
export interface Mixture {
  readonly weights: readonly number[];
  readonly means: readonly (readonly number[])[];
  readonly covariances: readonly Rows[];
}

/** One place to try an equation at. */
export interface Instance {
  readonly name: string;
  readonly dimension: number;
  readonly clean: Mixture;
  /** A second density, for q in KL(p ‖ q), and a model density for p_θ. */
  readonly other: Mixture;
  readonly model: Mixture;
  /** The value of a positive scalar by its name; the same name always has the same value. */
  readonly scalar: (name: string) => number;
  readonly seed: number;
}

/** A number in (low, high) that a name picks once and for all. */
function pickedBy(seed: number, name: string, low: number, high: number): number {
  return low + (high - low) * randomStream(seed, 'notes', name).uniform();
}

const rotated = (a: number, b: number, angle: number): Rows => {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [
    [a * c * c + b * s * s, (a - b) * c * s],
    [(a - b) * c * s, a * s * s + b * c * c],
  ];
};

function mixture(dimension: number, shift: number): Mixture {
  if (dimension === 1) {
    return { weights: [0.35, 0.65], means: [[-0.9 + shift], [0.6 + shift]], covariances: [[[0.55]], [[0.8 + shift]]] };
  }
  if (dimension === 2) {
    return {
      weights: [0.4, 0.6],
      means: [
        [-0.6 + shift, 0.5],
        [0.5, -0.3 + shift],
      ],
      covariances: [rotated(0.9, 0.5, 0.6), rotated(0.6, 0.85, -0.4 + shift)],
    };
  }
  const diagonal = (values: readonly number[]): Rows => values.map((v, i) => values.map((_, j) => (i === j ? v : 0.1)));
  return {
    weights: [0.45, 0.55],
    means: [
      [-0.5, 0.4 + shift, 0.3],
      [0.4, -0.3, -0.2 + shift],
    ],
    covariances: [diagonal([0.7, 0.5, 0.9]), diagonal([0.5, 0.8, 0.6])],
  };
}

function instance(name: string, dimension: number, seed: number, fixed: Readonly<Record<string, number>>): Instance {
  const known = new Map<string, number>(Object.entries(fixed));
  const scalar = (key: string): number => {
    let value = known.get(key);
    if (value === undefined) {
      // (0.35, 0.85) and not near 1, 1/2 or 1/sqrt 2; a name with a bar or a fraction in mind stays below 1.
      value = pickedBy(seed, key, 0.52, 0.69);
      if (/^(k|m|N|M|K|n_)$/.test(key)) value = 3;
      known.set(key, value);
    }
    return value;
  };
  return {
    name,
    dimension,
    clean: mixture(dimension, 0),
    other: mixture(dimension, 0.25),
    model: mixture(dimension, -0.2),
    scalar,
    seed,
  };
}

/** One, two and three dimensions. Integrals over two variables are left out in three. */
export const instances: readonly Instance[] = [
  instance('1-D, sigma = 0.6', 1, 11, {
    sigma: 0.6,
    beta: 0.7,
    'alpha-': 0.37,
    alpha: 0.61,
    g: 0.83,
    gamma: 0.31,
    Z: 1.9,
    lambda: 0.44,
  }),
  instance('2-D, sigma = 0.8', 2, 12, {
    sigma: 0.8,
    beta: 1.3,
    'alpha-': 0.58,
    alpha: 0.73,
    g: 1.21,
    gamma: 0.23,
    Z: 0.7,
    lambda: 1.37,
  }),
  instance('3-D, sigma = 1.3', 3, 13, {
    sigma: 1.3,
    beta: 0.8,
    'alpha-': 0.44,
    alpha: 0.66,
    g: 0.77,
    gamma: 0.19,
    Z: 2.3,
    lambda: 0.61,
  }),
];

/** Instances that nothing was chosen on: other fields, points and positive numbers, of which a seed picks all. */
export const freshInstances = (seed: number): readonly Instance[] =>
  [1, 2].map((dimension) => instance(`${dimension}-D, seed ${seed}`, dimension, 1_000 * seed + dimension, {}));

/** The law of a·x + s·ε for x from the mixture: means grow by a, covariances by a² and then s². */
export function noised(p: Mixture, a: number, s: number): Mixture {
  return {
    weights: p.weights,
    means: p.means.map((mean) => mean.map((m) => a * m)),
    covariances: p.covariances.map((c) => c.map((row, i) => row.map((v, j) => a * a * v + (i === j ? s * s : 0)))),
  };
}

interface Component {
  readonly mean: readonly number[];
  readonly precision: Rows;
  readonly logConstant: number;
}

const componentsCache = new WeakMap<Mixture, readonly Component[]>();
function components(p: Mixture): readonly Component[] {
  const cached = componentsCache.get(p);
  if (cached) return cached;
  const made = p.weights.map((w, k) => {
    const factor = choleskyFactor(p.covariances[k]);
    return {
      mean: p.means[k],
      precision: inverse(p.covariances[k]),
      logConstant: Math.log(w) - 0.5 * logDeterminantOfFactor(factor) - (p.means[k].length / 2) * Math.log(2 * Math.PI),
    };
  });
  componentsCache.set(p, made);
  return made;
}

/** log(wₖ N(x; mₖ, Cₖ)) for each k. */
export function componentLogs(p: Mixture, x: readonly Num[]): Num[] {
  return components(p).map(({ mean, precision, logConstant }) => {
    const centred = x.map((xi, i) => sub(xi, mean[i]));
    return sub(
      logConstant,
      mul(
        0.5,
        dot(
          centred,
          precision.map((row) => linear(0, row, centred)),
        ),
      ),
    );
  });
}

/** log Σ wₖ N(x; mₖ, Cₖ). The points tried lie where no term underflows. */
export const logDensity = (p: Mixture, x: readonly Num[]): Num => {
  const logs = componentLogs(p, x);
  // A common shift by the first logarithm keeps the exponentials in range.
  return add(logs[0], log(sum(logs.map((l, k) => (k === 0 ? 1 : exp(sub(l, logs[0])))))));
};

/**
 * A smooth vector field A x + b + c sin(W x + φ) that is no gradient and no optimum, different for each name, and for each θ:
 * S_θ = S + θ₁ φ₁ + θ₂ φ₂, so that a loss quadratic in S is quadratic in θ. `extra` are further scalar arguments such as t or σ.
 */
export function field(
  inst: Instance,
  name: string,
  theta: readonly number[],
  x: readonly Num[],
  extra: readonly Num[],
  pass?: Pass,
): Num[] {
  const d = inst.dimension;
  const c = coefficients(inst, name);
  return Array.from({ length: d }, (_, i) => {
    const slope = c.a[i].map((a, j) => a + (theta[0] ?? 0) * c.a2[i][j]);
    const wave = sine(linear(c.phase[i], c.w[i], x), `${name} ${i}`, x, pass);
    let value = linear(c.b[i], [...slope, c.c[i] + (theta[1] ?? 0)], [...x, wave]);
    extra.forEach((e, k) => (value = add(value, mul(0.3 + 0.1 * k, mul(e, x[(i + 1) % d])))));
    return value;
  });
}

/** A smooth scalar function, bounded below, different for each name. */
export function scalarField(inst: Instance, name: string, x: readonly Num[], extra: readonly Num[]): Num {
  const c = coefficients(inst, name);
  let value: Num = add(1.7, mul(0.35, dot(x, x)));
  value = add(value, mul(c.c[0], cos(add(c.phase[0], dot(c.w[0], x)))));
  extra.forEach((e) => (value = add(value, mul(0.2, mul(e, x[0])))));
  return value;
}

/** A matrix without symmetry, different for each name. */
export const matrix = (inst: Instance, name: string): readonly (readonly number[])[] => coefficients(inst, name).a;

/** A symmetric positive definite matrix A Aᵀ + I/2, different for each name. */
export function covariance(inst: Instance, name: string): number[][] {
  const { a } = coefficients(inst, name);
  return a.map((r, i) => r.map((_, j) => (i === j ? 0.5 : 0) + a[i].reduce((sum, x, k) => sum + x * a[j][k], 0)));
}

/** A vector, different for each name. */
export const fixedVector = (inst: Instance, name: string): readonly number[] => coefficients(inst, name).b;

const coefficientCache = new Map<
  string,
  { a: number[][]; a2: number[][]; b: number[]; c: number[]; w: number[][]; phase: number[] }
>();
function coefficients(
  inst: Instance,
  name: string,
): { a: number[][]; a2: number[][]; b: number[]; c: number[]; w: number[][]; phase: number[] } {
  const key = `${inst.seed}:${name}`;
  let made = coefficientCache.get(key);
  if (made === undefined) {
    const random = randomStream(inst.seed, 'notes', 'field', name);
    const d = inst.dimension;
    const between = (low: number, high: number): number => low + (high - low) * random.uniform();
    const square = (size: number): number[][] =>
      Array.from({ length: d }, (_, i) =>
        Array.from({ length: d }, (__, j) => (i === j ? -between(0.4, 0.9) : between(-size, size))),
      );
    made = {
      a: square(0.6),
      a2: square(0.5),
      b: Array.from({ length: d }, () => between(0.2, 0.7)),
      c: Array.from({ length: d }, () => between(0.3, 0.6)),
      w: Array.from({ length: d }, () => Array.from({ length: d }, () => between(0.4, 0.9))),
      phase: Array.from({ length: d }, () => between(0.2, 1.2)),
    };
    if (d > 1) made.a[0][1] += 0.5; // no symmetry by chance
    coefficientCache.set(key, made);
  }
  return made;
}
