import type { Tensor1D, Tensor2D } from '../../src/tensorflow/tensorflow.js';
import type { DensityOnTensors } from './density.js';

/** Exp(rate) on x ≥ 0: log p = log r − r x, score −r. Points are taken to lie inside the support. */
export function exponentialDensity(rate: number): DensityOnTensors {
  return {
    logDensity: (x) => x.mul(-rate).add(Math.log(rate)).squeeze<Tensor1D>([1]),
    score: (x) => x.mul<Tensor2D>(0).sub(rate),
  };
}

/** Laplace(location, b): log p = −|x − m|/b − log 2b, score −sign(x − m)/b. */
export function laplaceDensity(location: number, b: number): DensityOnTensors {
  return {
    logDensity: (x) =>
      x
        .sub(location)
        .abs()
        .div(-b)
        .sub(Math.log(2 * b))
        .squeeze<Tensor1D>([1]),
    score: (x) => x.sub(location).sign().div(-b),
  };
}

/** Uniform on [from, to]: log p = −log(to − from), score 0. Points are taken to lie inside the support. */
export function uniformDensity(from: number, to: number): DensityOnTensors {
  return {
    logDensity: (x) =>
      x
        .mul(0)
        .sub(Math.log(to - from))
        .squeeze<Tensor1D>([1]),
    score: (x) => x.mul<Tensor2D>(0),
  };
}
