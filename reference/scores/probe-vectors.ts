import type { Random } from '../../src/numerics/random.js';
import { tf, type Tensor2D } from '../../src/tensorflow/tensorflow.js';

/** n independent probe vectors v in R^d with E[vvᵀ] = I: [n, d]. */
export type ProbeVectors = (random: Random, n: number, d: number) => Tensor2D;

/** v ~ N(0, I). */
export const gaussianProbes: ProbeVectors = (random, n, d) =>
  tf.tensor2d(Float32Array.from(random.normals(n * d)), [n, d]);

/** Independent signs: each coordinate is −1 or 1 with probability ½. */
export const rademacherProbes: ProbeVectors = (random, n, d) =>
  tf.tensor2d(
    Float32Array.from({ length: n * d }, () => (random.uniform() < 0.5 ? -1 : 1)),
    [n, d],
  );

/** v uniform on the sphere of radius √d: a Gaussian vector scaled to that length. On the unit sphere E[vvᵀ] would be I/d. */
export const sphereProbes: ProbeVectors = (random, n, d) => {
  const gaussian = gaussianProbes(random, n, d);
  return gaussian.div<Tensor2D>(gaussian.square().sum(1, true).sqrt()).mul(Math.sqrt(d));
};
