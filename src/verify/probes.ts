import {
  gaussianProbes,
  rademacherProbes,
  sphereProbes,
  type ProbeVectors,
} from '../../reference/scores/probe-vectors.js';
import type { Rows } from '../numerics/linear-algebra.js';
import type { Random } from '../numerics/random.js';
import {
  gaussianQuadraticForm,
  independentFormVariance,
  rademacherQuadraticForm,
  sphereQuadraticForm,
  trace,
  type CentralMoments,
} from '../oracle/probe-moments.js';
import { tf } from '../tensorflow/tensorflow.js';
import { uniform } from './densities.js';
import type { Axis, Law } from './law.js';
import { independentCoordinates, standardNormal } from './laws.js';
import { throughPolar } from './polar.js';
import type { Term } from './term.js';

/** A law of probe vectors v in every dimension. */
export interface ProbeLaw {
  readonly name: string;
  /** The law of the variable v in R^d as an oracle draws it, with a density (or atoms) where v has one. */
  readonly law: (d: number) => Law;
  /** The same law as an integral that quadrature can take, and how a term that reads v is seen there. Absent where it has none in d dimensions. */
  readonly integral: (d: number) => { readonly law: Law; readonly see: (term: Term) => Term } | undefined;
  /** Mean and variance of vᵀAv in closed form. */
  readonly quadraticForm: (a: Rows) => Omit<CentralMoments, 'fourth'>;
}

/** A law of which the fourth central moment of vᵀAv is known too, so that a claim on its variance can be tested. */
export interface MeasuredProbeLaw extends ProbeLaw {
  readonly quadraticForm: (a: Rows) => CentralMoments;
}

/** v ~ N(0, I). */
export const gaussian: MeasuredProbeLaw = {
  ...integrable('Gaussian', (d) => standardNormal(d, 'v')),
  quadraticForm: gaussianQuadraticForm,
};

/** Independent signs ±1. */
export const rademacher: MeasuredProbeLaw = {
  ...integrable('Rademacher', (d) => atoms('signs ±1', d, [-1, 1])),
  quadraticForm: rademacherQuadraticForm,
};

/** Uniform on the sphere of radius √d. */
export const sphere: MeasuredProbeLaw = {
  name: 'sphere of radius √d',
  ...onSphere(Math.sqrt),
  quadraticForm: sphereQuadraticForm,
};

/** Independent coordinates, uniform on ±√3: unusual, and right, since their variance is 1. */
export const wideUniform: ProbeLaw = {
  ...integrable('uniform on ±√3', (d) => independentCoordinates(uniform(-Math.sqrt(3), Math.sqrt(3)), d, 'v')),
  // E v⁴ = 3²/5.
  quadraticForm: (a) => ({ mean: trace(a), variance: independentFormVariance(a, 9 / 5) }),
};

// What is often taken for a probe law and is none. The moments are those that the mistake claims: of a law with E[vvᵀ] = I.

/** Independent coordinates, uniform on ±1: E[vvᵀ] = I/3. */
export const narrowUniform = wrong(integrable('uniform on ±1', (d) => independentCoordinates(uniform(-1, 1), d, 'v')));

/** Uniform on the unit sphere: E[vvᵀ] = I/d. */
export const unitSphere = wrong({ name: 'unit sphere', ...onSphere(() => 1) });

/** Independent coordinates 0 or 1: E[vvᵀ] = I/4 + (all ones)/4. */
export const bernoulli = wrong(integrable('0 or 1', (d) => atoms('0 or 1', d, [0, 1])));

/** Independent coordinates −1, 0 or 1: E[vvᵀ] = 2I/3. */
export const threeValued = wrong(integrable('−1, 0 or 1', (d) => atoms('−1, 0 or 1', d, [-1, 0, 1])));

/** The same draws of a right law at every call: one fixed vector, whatever the stream. */
export const fixed = wrong({
  name: 'one fixed vector',
  law: (d: number): Law => ({
    name: 'v = the same vector in every draw',
    variables: { v: d },
    sample: (_random: Random, n: number) => ({
      v: Float64Array.from({ length: n * d }, (_, i) => ((i % d) % 3 === 1 ? -1 : 1)),
    }),
  }),
  integral: () => undefined,
});

/** The reference's own draws, made on TensorFlow.js where it has this law, as the law of a variable. */
export function ownDraws(probes: ProbeLaw, d: number, variable = 'v'): Law {
  const draw = references.get(probes);
  const sample: Law['sample'] = (random, n) =>
    draw === undefined
      ? { [variable]: probes.law(d).sample(random, n)['v'] }
      : { [variable]: Float64Array.from(draw(random, n, d).dataSync<'float32'>()) };
  return {
    name: `${variable} ~ ${probes.name}, drawn by the reference`,
    variables: { [variable]: d },
    sample: (random, n) => {
      tf.engine().startScope();
      try {
        return sample(random, n);
      } finally {
        tf.engine().endScope();
      }
    },
  };
}

const references = new Map<ProbeLaw, ProbeVectors>([
  [gaussian, gaussianProbes],
  [rademacher, rademacherProbes],
  [sphere, sphereProbes],
]);

/** A law that quadrature takes in the coordinates of v. */
function integrable(name: string, law: (d: number) => Law): Pick<ProbeLaw, 'name' | 'law' | 'integral'> {
  return { name, law, integral: (d) => (d > 3 && !onAtoms(law(d)) ? undefined : { law: law(d), see: (term) => term }) };
}

const onAtoms = (law: Law): boolean => law.density?.axes.every((axis) => axis.atoms !== undefined) ?? false;

/** Independent coordinates, each on the same few values with the same probability. */
function atoms(name: string, d: number, values: readonly number[]): Law {
  const axis: Axis = { from: Math.min(...values), to: Math.max(...values), breaks: [], smooth: false, atoms: values };
  return {
    name: `v ~ ${name} in ${d}-D`,
    variables: { v: d },
    sample: (random, n) => ({ v: Float64Array.from({ length: n * d }, () => values[random.index(values.length)]) }),
    density: {
      logDensity: (a) => [a.c(-d * Math.log(values.length))],
      axes: Array.from({ length: d }, () => axis),
    },
  };
}

/** Uniform on a sphere whose radius depends on d. */
function onSphere(radius: (d: number) => number): Pick<ProbeLaw, 'law' | 'integral'> {
  return {
    law: (d) => ({
      name: `v uniform on a sphere of radius ${radius(d).toPrecision(3)} in ${d}-D`,
      variables: { v: d },
      sample: (random, n) => {
        const v = random.normals(n * d);
        for (let row = 0; row < n; row++) {
          const one = v.subarray(row * d, (row + 1) * d);
          const length = Math.hypot(...one);
          for (let i = 0; i < d; i++) one[i] *= radius(d) / length;
        }
        return { v };
      },
    }),
    integral: (d) => (d === 2 || d === 3 ? throughPolar(d, radius(d)) : undefined),
  };
}

/** A law without E[vvᵀ] = I, with the moments that one with it would have: a false variant declares what it claims. */
function wrong(law: Omit<ProbeLaw, 'quadraticForm'>): ProbeLaw {
  return { ...law, quadraticForm: gaussianQuadraticForm };
}
