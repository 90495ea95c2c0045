import { float64, type Arithmetic } from '../oracle/arithmetic.js';
import { duals, type Duals } from '../oracle/duals.js';
import { runningError, tolerance, FLOAT32_ROUNDOFF, type Bounded } from '../oracle/running-error.js';
import { oracleField, type Field, type OracleField } from './fields.js';
import { isField, type Case } from './inputs.js';

/** What a formula may use beside the case. */
export interface Oracle<T> {
  /** A function argument of the case. */
  readonly field: (field: Field) => OracleField<T>;
  /** The next `count` numbers that `random.normal` gave, or would give, to the submission. */
  readonly normals: (count: number) => T[];
}

/** An answer of an exercise over any arithmetic: every number that the function returns, row by row. */
export type Formula<C> = <T>(a: Arithmetic<T>, c: C, on: Oracle<T>) => readonly T[];

/** Right numbers, and by how much rounding alone may move a float32 evaluation away from each. */
export interface Expected {
  readonly values: readonly number[];
  readonly tolerances: readonly number[];
}

/** The numbers of a stream, in order. */
export type Normals = (count: number) => readonly number[];
const noNormals: Normals = () => {
  throw new Error('A formula asked for random numbers that its task does not have. This is a bug in scorecheck.');
};

/** What a function has to answer. */
export interface Answering<C> {
  /** Absent where the contract leaves the numbers free: type, shape and randomness are judged alone. */
  readonly answer?: Formula<C>;
  /** Other right ways to compute it, for their rounding. */
  readonly alsoRight?: readonly Formula<C>[];
  /** Replaces the running-error bound where no bound of listed formulations covers what is right; the exercise says why. */
  readonly allowance?: (expected: Expected, c: C) => readonly number[];
}

/** The right formulations of a task; none where the contract leaves the numbers free. */
export const formulationsOf = ({ answer, alsoRight = [] }: Answering<Case>): Formula<Case>[] =>
  answer === undefined ? [] : [answer, ...alsoRight];

/** The right answer of a case with its tolerances. */
export function expectedOf(task: Answering<Case>, c: Case, normals?: () => Normals): Expected {
  const formulations = formulationsOf(task);
  if (formulations.length === 0) return { values: [], tolerances: [] };
  const expected = expectedValues(formulations, c, normals);
  return task.allowance === undefined ? expected : { ...expected, tolerances: task.allowance(expected, c) };
}

/** Smallest normal float32 number: what lies below may be flushed to zero. */
const UNDERFLOW = 2 ** -126;

/** The numbers of a formula in float64. */
export function valuesOf<C extends Case>(formula: Formula<C>, c: C, normals?: () => Normals): readonly number[] {
  return formula(float64, c, oracleOf(float64, normals));
}

/**
 * The values of the first formulation, and the largest running-error bound of all of them: every listed way to compute the answer passes,
 * whatever the order of its sums (docs/decisions/0004).
 */
export function expectedValues<C extends Case>(
  formulations: readonly Formula<C>[],
  c: C,
  normals: (() => Normals) | undefined = undefined,
): Expected {
  const values = valuesOf(formulations[0], c, normals);
  const bounds = formulations.map((formula) => formula(runningError, c, oracleOf(runningError, normals)));
  return { values, tolerances: widest(values, bounds) };
}

/**
 * Reverse mode multiplies and adds the same partial derivatives as the dual numbers of the oracle, but associates each path from its other
 * end, and sums over the batch in an order of its own: the bound is doubled for the products and once more for the sums.
 */
const REVERSE_MODE = 4;

/** Derivatives of the weighted sum of the answer in all parameters of the case's fields, in the order of the inputs. */
export function expectedGradient<C extends Case>(formulations: readonly Formula<C>[], c: C): Expected {
  const values = gradientOver(float64, formulations[0], c);
  const bounds = formulations.map((formula) =>
    gradientOver<Bounded>(runningError, formula, c).map(({ v, e }) => ({ v, e: REVERSE_MODE * e })),
  );
  return { values, tolerances: widest(values, bounds) };
}

function gradientOver<T>(a: Arithmetic<T>, formula: Formula<never>, c: Case): T[] {
  const fields = Object.values(c).filter(isField);
  const counts = fields.map(({ parameters }) => parameters.reduce((count, { data }) => count + data.length, 0));
  const directions = counts.reduce((sum, count) => sum + count, 0);
  const over = duals(a, directions);
  const [zero, one] = [a.c(0), a.c(1)];
  let at = 0;
  const known = new Map(
    fields.map((field) => {
      const flat = field.parameters.flatMap(({ data }) => data);
      const own = flat.map((value): Duals<T> => {
        const d = new Array<T>(directions).fill(zero);
        d[at++] = one;
        return { v: a.c(value), d };
      });
      return [field, oracleField(over, field, own)];
    }),
  );
  const on: Oracle<Duals<T>> = {
    // A field that a formula makes of its own depends on no parameter.
    field: (field) =>
      known.get(field) ??
      oracleField(
        over,
        field,
        field.parameters.flatMap(({ data }) => data.map((value) => over.c(value))),
      ),
    normals: noNormals as never,
  };
  const answers = formula(over, c as never, on);
  return Array.from({ length: directions }, (_, k) => a.sum(answers.map(({ d }) => d?.[k] ?? zero)));
}

function oracleOf<T>(a: Arithmetic<T>, normals: (() => Normals) | undefined): Oracle<T> {
  const stream = normals === undefined ? noNormals : normals();
  return {
    field: (field) =>
      oracleField(
        a,
        field,
        field.parameters.flatMap(({ data }) => data.map((value) => a.c(value))),
      ),
    normals: (count) => stream(count).map((value) => a.c(value)),
  };
}

function widest(values: readonly number[], formulations: readonly (readonly Bounded[])[]): number[] {
  return values.map((value, i) => {
    const widestBound = Math.max(...formulations.map((bounds) => tolerance(bounds[i])));
    // A bound that overflows on the way says nothing, and so refuses nothing.
    const bound = Number.isNaN(widestBound) ? Infinity : widestBound;
    // The answer itself is rounded once to float32, also where the formula has nothing to round.
    return bound + 2 * FLOAT32_ROUNDOFF * Math.abs(value) + UNDERFLOW;
  });
}
