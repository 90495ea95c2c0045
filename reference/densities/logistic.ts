import type { Tensor1D, Tensor2D } from '../../src/tensorflow/tensorflow.js';
import type { DensityOnTensors } from './density.js';

/** The logistic law: log p = log σ(u) + log σ(−u) − log s, score (1 − 2σ(u))/s with u = (x − m)/s. */
export function logisticDensity(location: number, scale: number): DensityOnTensors {
  const standard = (x: Tensor2D): Tensor2D => x.sub<Tensor2D>(location).div(scale);
  return {
    logDensity: (x) => {
      const u = standard(x);
      return u.logSigmoid().add(u.neg().logSigmoid()).sub(Math.log(scale)).squeeze<Tensor1D>([1]);
    },
    score: (x) => standard(x).sigmoid().mul<Tensor2D>(-2).add<Tensor2D>(1).div(scale),
  };
}

/**
 * The law of x₀ + e, x₀ logistic and e uniform on [−a, a]: p = (F(x + a) − F(x − a))/(2a), written with
 * σ(A) − σ(B) = σ(A) σ(−B) (1 − e^(B − A)) so that nothing cancels in the tails; score (1 − σ(A) − σ(B))/s.
 */
export function uniformlySmoothedLogisticDensity(location: number, scale: number, halfWidth: number): DensityOnTensors {
  const upper = (x: Tensor2D): Tensor2D => x.sub<Tensor2D>(location - halfWidth).div(scale);
  const lower = (x: Tensor2D): Tensor2D => x.sub<Tensor2D>(location + halfWidth).div(scale);
  return {
    logDensity: (x) =>
      upper(x)
        .logSigmoid()
        .add(lower(x).neg().logSigmoid())
        .add(Math.log(-Math.expm1((-2 * halfWidth) / scale) / (2 * halfWidth)))
        .squeeze<Tensor1D>([1]),
    score: (x) => upper(x).sigmoid().add<Tensor2D>(lower(x).sigmoid()).mul<Tensor2D>(-1).add<Tensor2D>(1).div(scale),
  };
}
