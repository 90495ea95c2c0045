import { smoothedMixtureLog as smoothedLogOnTensors } from '../../reference/densities/smoothed-mixture.js';
import { smoothedMixtureLog } from '../oracle/smoothed-mixture.js';
import type { GaussianMixture } from './densities.js';
import type { Term } from './term.js';

/** log (p ∗ N(0, τI))(x) of the variables x and tau, the noise variance τ = σ²: [1]. Its derivative in τ is the heat flow of p. */
export function smoothedLogTerm({ parameters }: GaussianMixture): Term {
  const formula = smoothedMixtureLog(parameters);
  const onTensors = smoothedLogOnTensors(parameters.weights, parameters.means, parameters.covariances);
  return {
    size: 1,
    formula: (a, { x, tau }) => [formula(a, x, tau[0])],
    tensor: ({ x, tau }) => onTensors(x, tau).expandDims(1),
  };
}
