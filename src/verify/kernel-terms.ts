import { tf } from '../tensorflow/tensorflow.js';
import { float64 } from '../oracle/arithmetic.js';
import type { TimeFormula } from '../oracle/diffusion.js';
import type { Diffusion } from './diffusions.js';
import type { Term } from './term.js';

/** The claimed law of x_t given x_0: mean α_t x_0 and variance v_t I. */
export interface KernelFormulas {
  readonly meanCoefficient: TimeFormula;
  readonly variance: TimeFormula;
}

/** (α_t, v_t) of the variable t, on TensorFlow.js as the reference of the diffusion has them: [2]. */
export const kernelTerm = (diffusion: Diffusion): Term => ({
  size: 2,
  formula: (a, { t }) => [diffusion.meanCoefficient(a, t[0]), diffusion.variance(a, t[0])],
  tensor: ({ t }) => {
    const { meanCoefficient, std } = diffusion.reference.perturbation(t.squeeze([1]));
    return tf.stack([meanCoefficient, std.square()], 1).as2D(t.shape[0], 2);
  },
});

/** (α_t, v_t) as claimed, of the variable t; TensorFlow.js is given the float64 values, rounded. [2]. */
export const claimedKernelTerm = ({ meanCoefficient, variance }: KernelFormulas): Term => ({
  size: 2,
  formula: (a, { t }) => [meanCoefficient(a, t[0]), variance(a, t[0])],
  tensor: ({ t }) =>
    tf.tensor2d(Array.from(t.dataSync(), (time) => [meanCoefficient(float64, time), variance(float64, time)])),
});
