import {
  daeLosses,
  dsmLosses,
  esmLosses as esmLossesOnTensors,
  ismLosses as ismLossesOnTensors,
} from '../../reference/objectives/losses.js';
import { divergence as divergenceOnTensors } from '../../reference/scores/divergence.js';
import { squaredNorm, subtract, type Arithmetic, type Formula } from '../oracle/arithmetic.js';
import { divergence as divergenceFormula, gradient } from '../oracle/dual.js';
import { symbolicGradient } from '../oracle/symbolic.js';
import { tf, type Tensor1D, type Tensor2D } from '../tensorflow/tensorflow.js';
import type { Density } from './densities.js';
import type { ScoreField } from './fields.js';
import type { Term } from './term.js';

const asColumn = (values: Tensor1D): Tensor2D => values.expandDims(1);

/** A number per example from a vector formula of one variable and the reference's [n, d] -> [n]. */
export function scalarTerm(
  variable: string,
  formula: <T>(a: Arithmetic<T>, x: readonly T[]) => T,
  tensor: (x: Tensor2D) => Tensor1D,
): Term {
  return {
    size: 1,
    formula: (a, at) => [formula(a, at[variable])],
    tensor: (at) => asColumn(tensor(at[variable])),
  };
}

/** A vector per example: a field evaluated at the variable. */
export function fieldTerm(
  field: { dimension: number; formula: Formula; tensor: (x: Tensor2D) => Tensor2D },
  variable = 'x',
): Term {
  return {
    size: field.dimension,
    formula: (a, at) => field.formula(a, at[variable]),
    tensor: (at) => field.tensor(at[variable]),
  };
}

/** s(x) = ∇ log p(x) in closed form, [d]. */
export function scoreTerm(p: Density, variable = 'x'): Term {
  return {
    size: p.dimension,
    formula: (a, at) => p.score(a, at[variable]),
    tensor: (at) => p.reference.score(at[variable]),
  };
}

/** ∇ log p(x) by differentiating log p: dual numbers in the oracle, reverse mode on TensorFlow.js, and computer algebra. [d]. */
export function logGradientTerm(p: Density, variable = 'x'): Term {
  const byDuals = gradient(p.logDensity);
  const names = Array.from({ length: p.dimension }, (_, i) => `${variable}_${i + 1}`);
  const symbolic = p.symbolicLogDensity && symbolicGradient(p.symbolicLogDensity(variable), names);
  return {
    size: p.dimension,
    formula: (a, at) => byDuals(a, at[variable]),
    tensor: (at) => tf.grad((x) => p.reference.logDensity(x as Tensor2D).sum())(at[variable]) as Tensor2D,
    ...(symbolic === undefined ? {} : { symbolic }),
  };
}

/** log p(x). */
export const logDensityTerm = (p: Density, variable = 'x'): Term =>
  scalarTerm(variable, p.logDensity, (x) => p.reference.logDensity(x));

/** p(x). */
export const densityTerm = (p: Density, variable = 'x'): Term =>
  scalarTerm(
    variable,
    (a, x) => a.exp(p.logDensity(a, x)),
    (x) => p.reference.logDensity(x).exp(),
  );

/** ‖S(x) − s(x)‖². */
export const esmLosses = (s: ScoreField, p: Density, variable = 'x'): Term =>
  scalarTerm(
    variable,
    (a, x) => squaredNorm(a, subtract(a, s.formula(a, x), p.score(a, x))),
    (x) => esmLossesOnTensors(s.tensor(x), p.reference.score(x)),
  );

/** ‖S(x)‖² + 2 ∇·S(x). */
export const ismLosses = (s: ScoreField, variable = 'x'): Term =>
  scalarTerm(
    variable,
    (a, x) => a.add(squaredNorm(a, s.formula(a, x)), a.mul(a.c(2), divergenceFormula(s.formula)(a, x))),
    (x) => ismLossesOnTensors(s.tensor, x),
  );

/** ‖s(x)‖², whose mean is the Fisher information of p under translation. */
export const scoreEnergy = (p: Density, variable = 'x'): Term =>
  scalarTerm(
    variable,
    (a, x) => squaredNorm(a, p.score(a, x)),
    (x) => p.reference.score(x).square().sum(1),
  );

/** ‖S(x)‖². */
export const fieldEnergy = (s: ScoreField, variable = 'x'): Term =>
  scalarTerm(
    variable,
    (a, x) => squaredNorm(a, s.formula(a, x)),
    (x) => s.tensor(x).square().sum(1),
  );

/** ∇·S(x). */
export const divergenceTerm = (s: ScoreField, variable = 'x'): Term =>
  scalarTerm(variable, divergenceFormula(s.formula), (x) => divergenceOnTensors(s.tensor, x));

/** u·v of two vector terms. */
export function innerProduct(u: Term, v: Term): Term {
  return {
    size: 1,
    formula: (a, at) => {
      const right = v.formula(a, at);
      return [a.sum(u.formula(a, at).map((ui, i) => a.mul(ui, right[i])))];
    },
    tensor: (at) => u.tensor(at).mul(v.tensor(at)).sum(1, true),
  };
}

/** ‖u‖² of a vector term. */
export const energyOf = (u: Term): Term => innerProduct(u, u);

/** ‖u − v‖² of two vector terms: the loss of u as an estimate of v. */
export function squaredDistance(u: Term, v: Term): Term {
  return {
    size: 1,
    formula: (a, at) => [squaredNorm(a, subtract(a, u.formula(a, at), v.formula(a, at)))],
    tensor: (at) => asColumn(dsmLosses(u.tensor(at), v.tensor(at))),
  };
}

/** ‖h(x) − x₀‖² of two vector terms, as the denoising autoencoder's loss. */
export function denoisingLoss(denoised: Term, clean: Term): Term {
  return {
    ...squaredDistance(denoised, clean),
    tensor: (at) => asColumn(daeLosses(denoised.tensor(at), clean.tensor(at))),
  };
}

/** The product of a number per example with a term. */
export function productTerm(factor: Term, term: Term): Term {
  return {
    size: term.size,
    formula: (a, at) => {
      const [k] = factor.formula(a, at);
      return term.formula(a, at).map((value) => a.mul(k, value));
    },
    tensor: (at) => term.tensor(at).mul(factor.tensor(at)),
  };
}

/** A term divided by a number per example. */
export function ratioTerm(term: Term, divisor: Term): Term {
  return {
    size: term.size,
    formula: (a, at) => {
      const [k] = divisor.formula(a, at);
      return term.formula(a, at).map((value) => a.div(value, k));
    },
    tensor: (at) => term.tensor(at).div(divisor.tensor(at)),
  };
}

/** The variable itself: [d]. */
export const variableTerm = (variable: string, d: number): Term => ({
  size: d,
  formula: (_, at) => [...at[variable]],
  tensor: (at) => at[variable],
});

/** eᵘ of a term u, coordinate by coordinate. */
export const expOf = (u: Term): Term => ({
  size: u.size,
  formula: (a, at) => u.formula(a, at).map((value) => a.exp(value)),
  tensor: (at) => u.tensor(at).exp(),
});
