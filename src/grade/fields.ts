import type { Arithmetic } from '../oracle/arithmetic.js';
import { program, type Program, type Signature } from '../sandbox/program.js';
import { tensor } from '../sandbox/tensor-value.js';
import type { Grid } from './grid.js';

/**
 * A function argument of a question (a score, a denoiser, a matrix) as plain data. It is written twice: as a program that the child runs on
 * TensorFlow.js and as a formula of the oracle.
 * - `affine` [A, b]: A x + b.
 * - `affine-level` [A, b, c]: A x + b + c·level.
 * - `linear` [A]: A v.
 * - `softplus` [W1, b1, W2, b2]: W2 softplus(W1 x + b1) + b2, whose second-order gradients TensorFlow.js has right.
 * - `softplus-level` [W1, u, b1, W2, b2]: the same with u·level added before the softplus: a score that depends on sigma or t.
 * - `mixing` [own, side, gain], numbers: gain · softplus(own·x + side·(sum of x along the first axis of an example)), in any shape.
 * - `mixing-level` [own, side, gain, slope]: the same with slope·level added before the softplus.
 */
export interface Field {
  readonly family: 'affine' | 'affine-level' | 'linear' | 'softplus' | 'softplus-level' | 'mixing' | 'mixing-level';
  /** How messages call it: `score`, `denoiser`, `matvec`. */
  readonly name: string;
  /** The shape of one example, [d] for vectors. */
  readonly example: readonly number[];
  /** How messages call the level: `sigma` or `t`. */
  readonly level?: string;
  readonly parameters: readonly Grid[];
}

/** A field evaluated by the oracle, example by example. */
export interface OracleField<T> {
  /** F(x, level): [d] -> [d]. */
  readonly at: (x: readonly T[], level?: T) => T[];
  /** ∂Fᵢ/∂xⱼ in closed form: [d] -> [d][d]. Vectors only. */
  readonly jacobian: (x: readonly T[], level?: T) => T[][];
}

/** The field with these parameters, all of them flat in order, as the oracle evaluates it. */
export function oracleField<T>(a: Arithmetic<T>, field: Field, parameters: readonly T[]): OracleField<T> {
  const parts = split(field, parameters);
  const product = (matrix: readonly T[], x: readonly T[]): T[] => {
    const width = x.length;
    const rows: T[] = [];
    for (let at = 0; at < matrix.length; at += width) rows.push(a.sum(x.map((xj, j) => a.mul(matrix[at + j], xj))));
    return rows;
  };
  switch (field.family) {
    case 'affine':
    case 'affine-level':
    case 'linear': {
      const [matrix, offset, slope] = parts;
      const d = field.example[0];
      return {
        at: (x, level) => {
          const linear = product(matrix, x);
          const moved = offset === undefined ? linear : linear.map((y, i) => a.add(y, offset[i]));
          return slope === undefined ? moved : moved.map((y, i) => a.add(y, a.mul(slope[i], present(level, field))));
        },
        jacobian: () => Array.from({ length: d }, (_, i) => matrix.slice(i * d, (i + 1) * d)),
      };
    }
    case 'softplus':
    case 'softplus-level': {
      const withLevel = field.family === 'softplus-level';
      const [w1, ...others] = parts;
      const slopes = withLevel ? others.shift() : undefined;
      const [b1, w2, b2] = others;
      const d = field.example[0];
      const hidden = (x: readonly T[], level?: T): T[] =>
        product(w1, x).map((h, k) => {
          const biased = a.add(h, b1[k]);
          return slopes === undefined ? biased : a.add(biased, a.mul(slopes[k], present(level, field)));
        });
      return {
        at: (x, level) =>
          product(
            w2,
            hidden(x, level).map((h) => a.softplus(h)),
          ).map((y, i) => a.add(y, b2[i])),
        jacobian: (x, level) => {
          const gates = hidden(x, level).map((h) => a.sigmoid(h));
          return Array.from({ length: d }, (_, i) =>
            Array.from({ length: d }, (_, j) =>
              a.sum(gates.map((gate, k) => a.mul(w2[i * gates.length + k], a.mul(gate, w1[k * d + j])))),
            ),
          );
        },
      };
    }
    case 'mixing':
    case 'mixing-level': {
      const [[own], [side], [gain], slope] = parts;
      const columns = field.example.slice(1).reduce((size, length) => size * length, 1);
      return {
        at: (x, level) => {
          const sums = Array.from({ length: columns }, (_, j) => a.sum(x.filter((_, i) => i % columns === j)));
          return x.map((xi, i) => {
            const mixed = a.add(a.mul(own, xi), a.mul(side, sums[i % columns]));
            const moved = slope === undefined ? mixed : a.add(mixed, a.mul(slope[0], present(level, field)));
            return a.mul(gain, a.softplus(moved));
          });
        },
        jacobian: () => {
          throw new Error('A mixing field has no Jacobian here. This is a bug in scorecheck.');
        },
      };
    }
  }
}

/** The field as a program for the child. */
export function fieldProgram(field: Field): Program {
  const parameters = field.parameters.map(({ shape, data }) => tensor(shape, data));
  const rows: Signature = ['n', ...field.example];
  const level = field.level === undefined ? {} : { [field.level]: ['n'] };
  const inputs = { [field.family === 'linear' ? 'v' : 'x']: rows, ...level };
  return program(field.name, { inputs, parameters }, (p, x, t) => {
    const column = [-1, ...field.example.map(() => 1)];
    const spread = () => p.op('reshape', [t], column);
    switch (field.family) {
      case 'affine':
      case 'affine-level':
      case 'linear': {
        const [matrix, offset, slope] = p.parameters;
        const linear = p.op('matMul', [x, matrix], [0, 1]);
        const moved = field.family === 'linear' ? linear : p.op('add', [linear, offset]);
        return field.family === 'affine-level' ? p.op('add', [moved, p.op('mul', [spread(), slope])]) : moved;
      }
      case 'softplus':
      case 'softplus-level': {
        const others = [...p.parameters];
        const w1 = others.shift()!;
        const slopes = field.family === 'softplus-level' ? others.shift() : undefined;
        const [b1, w2, b2] = others;
        const before = p.op('add', [p.op('matMul', [x, w1], [0, 1]), b1]);
        const moved = slopes === undefined ? before : p.op('add', [before, p.op('mul', [spread(), slopes])]);
        return p.op('add', [p.op('matMul', [p.op('softplus', [moved]), w2], [0, 1]), b2]);
      }
      case 'mixing':
      case 'mixing-level': {
        const [own, side, gain, slope] = p.parameters;
        const mixed = p.op('add', [p.op('mul', [x, own]), p.op('mul', [p.op('sum', [x], [1]), side])]);
        const moved = slope === undefined ? mixed : p.op('add', [mixed, p.op('mul', [spread(), slope])]);
        return p.op('mul', [p.op('softplus', [moved]), gain]);
      }
    }
  });
}

/** Flat parameters as one list per parameter of the field. */
function split<T>(field: Field, flat: readonly T[]): T[][] {
  let at = 0;
  return field.parameters.map(({ data }) => flat.slice(at, (at += data.length)));
}

function present<T>(level: T | undefined, { name }: Field): T {
  if (level === undefined) throw new Error(`The ${name} needs a level. This is a bug in scorecheck.`);
  return level;
}
