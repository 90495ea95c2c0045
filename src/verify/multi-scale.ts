import { multiScaleDsmLosses } from '../../reference/objectives/multi-scale.js';
import { tf, type Rank } from '../tensorflow/tensorflow.js';
import { throughNoise } from './laws.js';
import { kernelScoreTerm } from './noising.js';
import { times, type Term } from './term.js';
import { energyOf } from './terms.js';

/**
 * σᵏ‖0 − ∇ₓ log N(x; x₀, σ²I)‖² at x = x₀ + σ·noise, the weighted loss of S = 0 at one noise scale: the oracle goes by x and x₀, the reference by the
 * noise. Reads x0 and noise. [1].
 */
export function powerWeightedLoss(sigma: number, power: number, d: number): Term {
  return {
    ...times(sigma ** power, energyOf(throughNoise(kernelScoreTerm(sigma, d), sigma))),
    tensor: ({ noise }) => {
      const scales = tf.fill<Rank.R1>([noise.shape[0]], sigma);
      return multiScaleDsmLosses(noise.mul(0), noise, scales, (s) => s.pow(power)).expandDims(1);
    },
  };
}
