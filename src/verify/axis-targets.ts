import { noisedMixture } from '../../reference/densities/noised-mixture.js';
import type { ScoreAtNoise } from '../../reference/samplers/annealed-langevin.js';
import type { FieldInTime } from '../../reference/sdes/sde.js';
import type { Rows } from '../numerics/linear-algebra.js';
import type { LineMixture } from '../oracle/line-mixture.js';
import { tf, type Tensor2D } from '../tensorflow/tensorflow.js';
import { mixture, type GaussianMixture } from './densities.js';
import type { Diffusion } from './diffusions.js';

/** A direction of unit length and the law of the coordinate along it. */
export interface Axis {
  readonly direction: readonly number[];
  readonly law: LineMixture;
  /** Where the modes along it are parted; absent where it has one. */
  readonly valley?: number;
}

/**
 * A density whose coordinates along orthonormal directions are independent. The axes are no coordinate axes, so the covariances are full; yet
 * a sampler with isotropic noise acts on each axis alone, and the law of its result is known exactly, by quadrature on the line.
 */
export interface AxisTarget {
  readonly name: string;
  readonly dimension: number;
  readonly axes: readonly Axis[];
  readonly density: GaussianMixture;
}

/** The product of laws along orthonormal directions: one direction per coordinate. */
export function axisTarget(name: string, axes: readonly Axis[]): AxisTarget {
  const picks = axes.reduce<number[][]>(
    (rows, { law }) => rows.flatMap((row) => law.weights.map((_, k) => [...row, k])),
    [[]],
  );
  const coordinates = axes.map((_, i) => i);
  const along = (pick: readonly number[], of: (law: LineMixture, k: number) => number): number[] =>
    pick.map((k, a) => of(axes[a].law, k));
  const density = mixture({
    weights: picks.map((pick) => along(pick, (law, k) => law.weights[k]).reduce((product, w) => product * w, 1)),
    means: picks.map((pick) => {
      const means = along(pick, (law, k) => law.means[k]);
      return coordinates.map((i) => axes.reduce((sum, { direction }, a) => sum + direction[i] * means[a], 0));
    }),
    covariances: picks.map((pick): Rows => {
      const variances = along(pick, (law, k) => law.variances[k]);
      const entry = (i: number, j: number): number =>
        axes.reduce((sum, { direction }, a) => sum + direction[i] * direction[j] * variances[a], 0);
      return coordinates.map((i) => coordinates.map((j) => (i <= j ? entry(i, j) : entry(j, i))));
    }),
  });
  return { name, dimension: axes.length, axes, density };
}

const onTensors = ({ density }: AxisTarget) => {
  const { weights, means, covariances } = density.parameters;
  return noisedMixture(weights, means, covariances);
};

/** ∇log p_t(x), the score of the target carried through a diffusion, on TensorFlow.js. */
export function scoreInTime(target: AxisTarget, { reference }: Diffusion): FieldInTime {
  const noised = onTensors(target);
  return (x, t) => {
    const { meanCoefficient, std } = reference.perturbation(t);
    return noised.score(x, meanCoefficient, std);
  };
}

/** ∇log p_σ(x), the score of the target smoothed by σ, on TensorFlow.js. */
export function scoreAtNoise(target: AxisTarget): ScoreAtNoise {
  const noised = onTensors(target);
  return (x, sigma) => noised.score(x, sigma.onesLike(), sigma);
}

/** Points in R^d from coordinates along the axes: columns [axis][n] -> [n, d]. */
export function pointsFrom({ axes, dimension }: AxisTarget, columns: readonly ArrayLike<number>[]): Tensor2D {
  const n = columns[0].length;
  const values = new Float32Array(n * dimension);
  for (let row = 0; row < n; row++) {
    for (let i = 0; i < dimension; i++) {
      let sum = 0;
      for (let a = 0; a < axes.length; a++) sum += axes[a].direction[i] * columns[a][row];
      values[row * dimension + i] = sum;
    }
  }
  return tf.tensor2d(values, [n, dimension]);
}

/** Coordinates along the axes: row-major values [n·d] -> [axis][n]. */
export const alongAxes = ({ axes, dimension }: AxisTarget, values: ArrayLike<number>): Float64Array[] =>
  axes.map(({ direction }) =>
    Float64Array.from({ length: values.length / dimension }, (_, row) =>
      direction.reduce((sum, w, i) => sum + w * values[row * dimension + i], 0),
    ),
  );
