import type { PointFormula } from '../oracle/arithmetic.js';
import { gradientOf } from '../oracle/dual.js';
import { tf, type Tensor2D } from '../tensorflow/tensorflow.js';
import type { Batch, Term } from './term.js';

/**
 * The gradient of a number per example in one of its variables, the others held fixed: [dimension of the variable]. Dual numbers in the
 * oracle, reverse mode on TensorFlow.js.
 */
export function gradientIn(variable: string, dimension: number, term: Term): Term {
  return {
    size: dimension,
    formula: gradientOf(variable, (a, at) => term.formula(a, at)[0]),
    tensor: (at) => tf.grad((v) => term.tensor({ ...at, [variable]: v as Tensor2D }).sum())(at[variable]) as Tensor2D,
  };
}

/** A term with some of its variables set to numbers: `where(term, { tau: [0.36] })` reads 0.36 where the term says tau. */
export function where(term: Term, values: Readonly<Record<string, readonly number[]>>): Term {
  const constants = Object.entries(values);
  const formula: PointFormula = (a, at) =>
    term.formula(a, { ...at, ...Object.fromEntries(constants.map(([name, v]) => [name, v.map((x) => a.c(x))])) });
  const tensor = (at: Batch): Tensor2D => {
    const [{ shape }] = Object.values(at);
    const rows = constants.map(([name, v]) => [name, tf.tile(tf.tensor2d([[...v]]), [shape[0], 1])] as const);
    return term.tensor({ ...at, ...Object.fromEntries(rows) });
  };
  return { size: term.size, formula, tensor };
}
