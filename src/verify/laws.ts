import {
  addVectors,
  float64,
  scaleVector,
  squaredNorm,
  type Arithmetic,
  type PointFormula,
} from '../oracle/arithmetic.js';
import { pick } from '../oracle/mixture.js';
import { canIntegrateOver } from '../oracle/quadrature.js';
import type { Random } from '../numerics/random.js';
import type { Tensor2D } from '../tensorflow/tensorflow.js';
import type { Density } from './densities.js';
import type { Axis, Draws, Law } from './law.js';
import type { Batch, Term } from './term.js';

/** x ~ p. */
export function lawOf(p: Density, variable = 'x'): Law {
  return {
    name: `${variable} ~ ${p.name}`,
    variables: { [variable]: p.dimension },
    sample: (random, n) => ({ [variable]: p.sample(random, n) }),
    ...(p.costly ? { costly: true } : {}),
    ...(p.dimension > 3 ? {} : { density: { logDensity: (a, at) => [p.logDensity(a, at[variable])], axes: p.axes } }),
  };
}

const standardNormalAxis: Axis = { from: -9, to: 9, breaks: [], smooth: true };

/** log N(z; 0, I). */
const standardNormalLog = <T>(a: Arithmetic<T>, z: readonly T[]): T =>
  a.sub(a.c((-z.length / 2) * Math.log(2 * Math.PI)), a.mul(a.c(0.5), squaredNorm(a, z)));

/** Independent variables: the product of laws with different variables. */
export function independent(...laws: readonly Law[]): Law {
  const densities = laws.flatMap((law) => (law.density === undefined ? [] : [law.density]));
  const variables = Object.assign({}, ...laws.map((law) => law.variables)) as Record<string, number>;
  const axes = densities.flatMap((density) => density.axes);
  return {
    name: laws.map((law) => law.name).join(', '),
    variables,
    sample: (random, n) => Object.assign({}, ...laws.map((law) => law.sample(random, n))) as Draws,
    ...(laws.some((law) => law.costly) ? { costly: true } : {}),
    ...(densities.length < laws.length || !canIntegrateOver(axes)
      ? {}
      : {
          density: {
            logDensity: (a, at) => [a.sum(densities.flatMap((density) => density.logDensity(a, at)))],
            axes,
          },
        }),
  };
}

/** noise ~ N(0, I_d). */
export function standardNormal(d: number, variable = 'noise'): Law {
  return {
    name: `${variable} ~ N(0, I)`,
    variables: { [variable]: d },
    sample: (random: Random, n: number) => ({ [variable]: random.normals(n * d) }),
    density: {
      logDensity: (a, at) => [standardNormalLog(a, at[variable])],
      axes: Array.from({ length: d }, () => standardNormalAxis),
    },
  };
}

/** x₀ ~ p0 and noise ~ N(0, I), independent: the pair behind x = x₀ + σ·noise. */
export const cleanAndNoise = (p0: Density): Law => independent(lawOf(p0, 'x0'), standardNormal(p0.dimension));

/**
 * A term of x seen through x = m·x₀ + σ·noise: it reads x0 and noise. The formula computes x with its rounding; m defaults to 1.
 */
export function throughNoise(term: Term, sigma: number, meanCoefficient = 1): Term {
  const x: PointFormula = (a, { x0, noise }) =>
    addVectors(a, meanCoefficient === 1 ? [...x0] : scaleVector(a, meanCoefficient, x0), scaleVector(a, sigma, noise));
  const xTensor = ({ x0, noise }: Batch): Tensor2D => x0.mul<Tensor2D>(meanCoefficient).add(noise.mul(sigma));
  const through =
    (formula: PointFormula): PointFormula =>
    (a, at) =>
      formula(a, { ...at, x: x(a, at) });
  return {
    size: term.size,
    formula: through(term.formula),
    tensor: (at) => term.tensor({ ...at, x: xTensor(at) }),
    ...(term.symbolic === undefined ? {} : { symbolic: through(term.symbolic) }),
  };
}

/** The density of a law at a point of plain numbers. */
export const densityAt = (
  density: NonNullable<Law['density']>,
  at: Readonly<Record<string, readonly number[]>>,
): number => Math.exp(density.logDensity(float64, at)[0]);

/** A vector of independent coordinates, each with the law of a density on the line: p over [d]. `breaks` are further kinks of the integrand. */
export function independentCoordinates(p: Density, d: number, variable: string, breaks: readonly number[] = []): Law {
  const axes = p.axes.map((axis) => ({
    ...axis,
    breaks: [...new Set([...axis.breaks, ...breaks])].filter((b) => b > axis.from && b < axis.to).sort((x, y) => x - y),
  }));
  return {
    name: `${variable} ~ ${p.name}${d === 1 ? '' : `, ${d} independent coordinates`}`,
    variables: { [variable]: d },
    sample: (random, n) => ({ [variable]: p.sample(random, n * d) }),
    density: {
      logDensity: (a, at) => [a.sum(at[variable].map((value) => p.logDensity(a, [value])))],
      axes: Array.from({ length: d }, () => axes[0]),
    },
  };
}

/** x₀ drawn from finitely many points [N][d] with the given probabilities. On the line, integrals are exact sums. */
export function pointMasses(points: readonly (readonly number[])[], weights: readonly number[], variable = 'x0'): Law {
  const d = points[0].length;
  return {
    name: `${variable} ~ ${points.length} points in ${d}-D`,
    variables: { [variable]: d },
    sample: (random, n) => ({
      [variable]: Float64Array.from(Array.from({ length: n }, () => points[pick(weights, random.uniform())]).flat()),
    }),
    ...(d > 1
      ? {}
      : {
          density: {
            logDensity: (a, at) => [logWeightAt(a, points.flat(), weights, at[variable][0])],
            axes: [
              {
                from: Math.min(...points.flat()),
                to: Math.max(...points.flat()),
                breaks: [],
                smooth: false,
                atoms: points.flat(),
              },
            ],
          },
        }),
  };
}

/** log wᵢ where x is the i-th point, −∞ elsewhere. */
function logWeightAt<T>(a: Arithmetic<T>, points: readonly number[], weights: readonly number[], x: T): T {
  const nowhere = a.c(-Infinity);
  return points.reduce((found, point, i) => {
    const here = a.c(point);
    return a.choose(x, here, a.choose(here, x, a.c(Math.log(weights[i])), found), found);
  }, nowhere);
}

/** A law with one outcome: for a side of an equation that holds no expectation. */
export const certain: Law = { ...pointMasses([[0]], [1], 'nothing'), name: 'nothing random' };
