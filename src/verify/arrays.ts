import { dsmLosses } from '../../reference/objectives/losses.js';
import {
  perturbationKernelLogDensity,
  perturbationKernelScore,
} from '../../reference/objectives/perturbation-kernel.js';
import { neighbourField, type NeighbourCoefficients } from '../../reference/scores/neighbour-field.js';
import { tf, type Tensor, type Tensor2D } from '../tensorflow/tensorflow.js';
import { softplusNetwork, type ScoreField } from './fields.js';
import { kernelLogGradientTerm, kernelScoreTerm } from './noising.js';
import type { Term } from './term.js';
import { fieldTerm, squaredDistance } from './terms.js';

/** A field on arrays of one shape [...grid, channels]. */
export interface ArrayField {
  readonly shape: readonly number[];
  /** On TensorFlow.js as it stands: [n, ...shape] -> [n, ...shape]. */
  readonly onArrays: (x: Tensor) => Tensor;
  /** The same field on the entries written one after another: R^d -> R^d with d the number of entries. */
  readonly onVectors: ScoreField;
}

/** The number of entries of an array. */
export const entriesOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** S(X) = gain · softplus(own · X + side · (sum of neighbours)): on arrays by moving them, on vectors by a matrix. */
export function neighbourArrayField(shape: readonly number[], coefficients: NeighbourCoefficients): ArrayField {
  const { own, side, gain } = coefficients;
  const places = Array.from({ length: entriesOf(shape) }, (_, index) => placeOf(index, shape));
  const zeros = places.map(() => 0);
  const matrix = places.map((a) =>
    places.map((b) => (a.every((v, i) => v === b[i]) ? own : areNeighbours(a, b) ? side : 0)),
  );
  const gains = places.map((_, i) => places.map((__, j) => (i === j ? gain : 0)));
  return {
    shape,
    onArrays: neighbourField(coefficients),
    onVectors: softplusNetwork(matrix, zeros, gains, zeros),
  };
}

/** ∇_X log N(X; X₀, σ²I) by differentiating in the array X, the entries then written as a vector: reads x and x0. [d]. */
export function arrayKernelGradient(shape: readonly number[], sigma: number): Term {
  return {
    ...kernelLogGradientTerm(sigma, entriesOf(shape)),
    tensor: ({ x, x0 }) => {
      const clean = asArrays(x0, shape);
      return asVectors(tf.grad((array) => perturbationKernelLogDensity(array, clean, sigma).sum())(asArrays(x, shape)));
    },
  };
}

/** ‖S(X) − ∇_X log N(X; X₀, σ²I)‖², summed over all entries of the array: reads x and x0. [1]. */
export function arrayDsmLoss({ shape, onArrays, onVectors }: ArrayField, sigma: number): Term {
  return {
    ...squaredDistance(fieldTerm(onVectors), kernelScoreTerm(sigma, onVectors.dimension)),
    tensor: ({ x, x0 }) => {
      const noisy = asArrays(x, shape);
      return dsmLosses(onArrays(noisy), perturbationKernelScore(noisy, asArrays(x0, shape), sigma)).expandDims(1);
    },
  };
}

const asArrays = (rows: Tensor2D, shape: readonly number[]): Tensor => rows.reshape([rows.shape[0], ...shape]);

const asVectors = (arrays: Tensor): Tensor2D => arrays.reshape([arrays.shape[0], -1]);

/** The place of entry `index` of an array stored row by row. */
function placeOf(index: number, shape: readonly number[]): number[] {
  let rest = index;
  return shape
    .map((_, axis) => shape.length - 1 - axis)
    .map((axis) => {
      const coordinate = rest % shape[axis];
      rest = (rest - coordinate) / shape[axis];
      return coordinate;
    })
    .reverse();
}

/** True where two places lie next to each other on the grid, in the same channel (the last coordinate). */
function areNeighbours(a: readonly number[], b: readonly number[]): boolean {
  const steps = a.map((v, i) => Math.abs(v - b[i]));
  return steps[steps.length - 1] === 0 && steps.reduce((sum, step) => sum + step, 0) === 1;
}
