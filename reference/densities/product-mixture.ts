import { tf, type Tensor1D, type Tensor2D } from '../../src/tensorflow/tensorflow.js';
import type { DensityOnTensors } from './density.js';

/** Σ wₖ Πⱼ pₖⱼ(xⱼ): a mixture whose components have independent coordinates. weights [K], factors [K][d] densities on the line. */
export function productMixtureDensity(
  weights: readonly number[],
  factors: readonly (readonly DensityOnTensors[])[],
): DensityOnTensors {
  const column = (x: Tensor2D, j: number): Tensor2D => x.slice([0, j], [-1, 1]);
  const logits = (x: Tensor2D): Tensor2D =>
    tf.stack(
      factors.map((row, k) =>
        tf.addN(row.map((factor, j) => factor.logDensity(column(x, j)))).add(Math.log(weights[k])),
      ),
      1,
    ) as Tensor2D;
  return {
    logDensity: (x) => tf.logSumExp<Tensor1D>(logits(x), 1),
    score: (x) => {
      const responsibilities = logits(x).softmax(1);
      const scores = factors.map((row, k) =>
        tf
          .concat<Tensor2D>(
            row.map((factor, j) => factor.score(column(x, j))),
            1,
          )
          .mul<Tensor2D>(column(responsibilities, k)),
      );
      return tf.addN(scores);
    },
  };
}
