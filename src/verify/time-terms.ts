import { noisedMixture } from '../../reference/densities/noised-mixture.js';
import { divergence as divergenceOnTensors } from '../../reference/scores/divergence.js';
import { dot, squaredNorm, type Arithmetic, type Point, type PointFormula } from '../oracle/arithmetic.js';
import { dual, gradientOf } from '../oracle/dual.js';
import { noisedMixtureLog } from '../oracle/noised-mixture.js';
import type { Tensor1D, Tensor2D } from '../tensorflow/tensorflow.js';
import type { GaussianMixture } from './densities.js';
import type { Diffusion } from './diffusions.js';
import { gradientIn } from './gradients.js';
import type { Term } from './term.js';

const column = (values: Tensor1D): Tensor2D => values.expandDims(1);
const timesOf = (t: Tensor2D): Tensor1D => t.squeeze([1]);

/** Mixture and diffusion: log p_t on TensorFlow.js and its score, [n, d] and [n] each. */
function onTensors({ parameters }: GaussianMixture, { reference }: Diffusion) {
  const noised = noisedMixture(parameters.weights, parameters.means, parameters.covariances);
  const at = (x: Tensor2D, t: Tensor1D) => {
    const { meanCoefficient, std } = reference.perturbation(t);
    return [x, meanCoefficient, std] as const;
  };
  return {
    logDensity: (x: Tensor2D, t: Tensor1D) => noised.logDensity(...at(x, t)),
    score: (x: Tensor2D, t: Tensor1D) => noised.score(...at(x, t)),
  };
}

/** log p_t(x) of the variables x and t: [1]. */
function noisedLogTerm(p: GaussianMixture, diffusion: Diffusion): Term {
  const formula = noisedMixtureLog(p.parameters, diffusion);
  const { logDensity } = onTensors(p, diffusion);
  return {
    size: 1,
    formula: (a, { x, t }) => [formula(a, x, t[0])],
    tensor: ({ x, t }) => column(logDensity(x, timesOf(t))),
  };
}

/** ∂ log p_t(x)/∂t of the variables x and t: [1]. */
export const timeDerivativeTerm = (p: GaussianMixture, diffusion: Diffusion): Term =>
  gradientIn('t', 1, noisedLogTerm(p, diffusion));

/** Weights of the three parts of the right side of the Fokker-Planck equation. */
export interface FokkerPlanckWeights {
  readonly drift: number;
  readonly diffusion: number;
  /** True where the drift is taken out of the divergence: f·∇p in place of ∇·(f p). */
  readonly driftOutside?: boolean;
}

/**
 * [−k ∇·(f p) + c g² Δp] / p of the variables x and t, with f = a(t) x: −k (d a + a x·s) + c g² (∇·s + ‖s‖²), s = ∇log p_t. [1].
 */
export function fokkerPlanckTerm(p: GaussianMixture, diffusion: Diffusion, weights: FokkerPlanckWeights): Term {
  const logDensity = noisedMixtureLog(p.parameters, diffusion);
  const s = gradientOf('x', (a, { x, t }) => logDensity(a, x, t[0]));
  const { score } = onTensors(p, diffusion);
  const d = p.dimension;
  const flux = weights.driftOutside ? 0 : d;
  return {
    size: 1,
    formula: (a, { x, t }) => {
      const field = s(a, { x, t });
      const curvature = a.add(a.sum(x.map((_, k) => slopeOf(a, s, { x, t }, k))), squaredNorm(a, field));
      const drift = a.mul(diffusion.driftCoefficient(a, t[0]), a.add(a.c(flux), dot(a, x, field)));
      const spread = a.mul(diffusion.squaredDiffusion(a, t[0]), curvature);
      return [a.add(a.mul(a.c(-weights.drift), drift), a.mul(a.c(weights.diffusion), spread))];
    },
    tensor: ({ x, t }) => {
      const time = timesOf(t);
      const field = score(x, time);
      const { reference } = diffusion;
      const curvature = divergenceOnTensors((y) => score(y, time), x).add<Tensor1D>(field.square().sum(1));
      const slope = reference.drift(x.onesLike(), time).slice<Tensor2D>([0, 0], [-1, 1]).squeeze<Tensor1D>([1]);
      const drift = x.mul(field).sum<Tensor1D>(1).add<Tensor1D>(flux).mul<Tensor1D>(slope);
      const spread = reference.diffusionCoefficient(time).square().mul<Tensor1D>(curvature);
      return column(drift.mul<Tensor1D>(-weights.drift).add(spread.mul(weights.diffusion)));
    },
  };
}

/** ∂Fₖ/∂xₖ with t held fixed. */
function slopeOf<T>(a: Arithmetic<T>, field: PointFormula, { x, t }: Point<T>, k: number): T {
  const over = dual(a);
  const lifted = {
    x: x.map((v, i) => ({ v, d: a.c(i === k ? 1 : 0) })),
    t: t.map((v) => ({ v, d: a.c(0) })),
  };
  return field(over, lifted)[k].d;
}
