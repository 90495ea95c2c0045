import * as n from './batch.js';
import { EQUAL, DIFFERENT, newTrace, scopeFor, type Comparison, type Question, type Witness } from './compare.js';
import { plainReading } from '../meaning/bindings.js';
import { evaluate } from './evaluate.js';
import type { Arg, Expression } from '../read/expression.js';
import { keyOf } from '../read/expression.js';
import { WrongDimension } from './indices.js';
import { remembered } from './memory.js';
import { Unreadable } from '../read/problem.js';
import type { Scope } from './scope.js';
import { fieldKey } from '../meaning/vocabulary.js';
import { instances } from './world.js';

/** Points of the plane θ that determine a quadratic, and two more that check it. */
const design: readonly (readonly [number, number])[] = [[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [0.5, -0.7], [-0.6, 0.4]]; // prettier-ignore

interface Quadratic {
  readonly gradient: readonly [number, number];
  readonly hessian: readonly [number, number, number];
  readonly fits: boolean;
}

function quadratic(values: readonly number[]): Quadratic {
  const [f00, f10, fm0, f01, f0m, f11] = values;
  const gradient = [(f10 - fm0) / 2, (f01 - f0m) / 2] as const;
  const hxx = f10 + fm0 - 2 * f00;
  const hyy = f01 + f0m - 2 * f00;
  const hxy = f11 - f00 - gradient[0] - gradient[1] - hxx / 2 - hyy / 2;
  const at = ([x, y]: readonly [number, number]): number =>
    f00 + gradient[0] * x + gradient[1] * y + 0.5 * (hxx * x * x + hyy * y * y) + hxy * x * y;
  const size = Math.max(...values.map(Math.abs)) + 1e-12;
  return {
    gradient,
    hessian: [hxx, hxy, hyy],
    fits: [6, 7].every((i) => Math.abs(at(design[i]) - values[i]) < 1e-6 * size),
  };
}

function minimiser({ gradient: [gx, gy], hessian: [a, b, c] }: Quadratic): readonly [number, number] | undefined {
  const det = a * c - b * b;
  if (!(a > 1e-9) || !(det > 1e-12)) return undefined;
  return [-(c * gx - b * gy) / det, -(a * gy - b * gx) / det];
}

/** The loss at the first points of the design. */
function valuesOver(e: Expression, scope: Scope, count = design.length): number[] {
  return design.slice(0, count).map((theta, i) => {
    const at = (inner: Scope): number => {
      const value = evaluate(e, { ...inner, theta });
      const x = value.k === 'scalar' ? n.primal(value.x) : Number.NaN;
      if (typeof x !== 'number')
        throw new Unreadable('unsupported', 'A loss that depends on a point has no one minimum.', e);
      return x;
    };
    return scope.candidate === undefined ? remembered(`loss ${i}`, e, scope, at) : at(scope);
  });
}

/**
 * argmin A = argmin B: over a plane of fields S + θ₁φ₁ + θ₂φ₂ a loss quadratic in S is a quadratic, whose minimiser is computed. A = aB + b
 * with a > 0 gives the same argmin whatever the shape of A.
 */
export function compareArgmins(question: Question, left: Arg, right: Arg): Comparison {
  const trace = newTrace();
  const witnesses: Witness[] = [];
  let [equal, different] = [0, 0];
  try {
    for (const instance of instances.slice(0, question.quick === true ? 1 : 2)) {
      const { scope } = scopeFor({ ...question, lhs: left.of, rhs: right.of }, instance, plainReading, trace);
      const lessNodes = { ...scope, nodes: { ...scope.nodes, gaussian: Math.min(scope.nodes.gaussian, 25) } };
      const [a, b] = [valuesOver(left.of, lessNodes), valuesOver(right.of, lessNodes)];
      const fit = affine(a, b);
      const [minA, minB] = [quadratic(a), quadratic(b)].map((q) => (q.fits ? minimiser(q) : undefined));
      const distance =
        minA && minB ? Math.hypot(minA[0] - minB[0], minA[1] - minB[1]) / (1 + Math.hypot(...minA)) : Number.NaN;
      const residual = fit.slope > 0 && fit.residual < 1e-5 ? Math.min(fit.residual, EQUAL) : distance;
      witnesses.push({
        instance: instance.name,
        point: {},
        lhs: minA ? [...minA] : a.slice(0, 2),
        rhs: minB ? [...minB] : b.slice(0, 2),
        residual,
      });
      if (residual <= EQUAL || residual < 1e-5) equal++;
      else if (residual >= DIFFERENT) different++;
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { outcome: 'open', reason: error.reason, message: error.message, span: error.span, trace };
  }
  const residual = Math.max(...witnesses.map((w) => w.residual));
  const how = 'minimisers over a plane of fields';
  if (equal === witnesses.length) return { outcome: 'equal', residual, witnesses, trace, reading: plainReading, how };
  if (different === witnesses.length)
    return { outcome: 'different', residual, witnesses, trace, reading: plainReading, how };
  return {
    outcome: 'open',
    reason: 'undecided',
    message: 'The minimisers could not be told apart.',
    span: undefined,
    trace,
  };
}

/** a ≈ slope·b + offset, by least squares; the residual relative to the spread of a. */
export function affine(
  a: readonly number[],
  b: readonly number[],
): { slope: number; offset: number; residual: number } {
  const mean = (xs: readonly number[]): number => xs.reduce((t, x) => t + x, 0) / xs.length;
  const [ma, mb] = [mean(a), mean(b)];
  const sbb = b.reduce((t, x) => t + (x - mb) ** 2, 0);
  const sab = b.reduce((t, x, i) => t + (x - mb) * (a[i] - ma), 0);
  const spread = Math.sqrt(a.reduce((t, x) => t + (x - ma) ** 2, 0));
  const slope = sbb > 0 ? sab / sbb : 0;
  const offset = ma - slope * mb;
  const worst = Math.max(...a.map((x, i) => Math.abs(x - slope * b[i] - offset)));
  return { slope, offset, residual: worst / (spread + 1e-12) };
}

/** argmin_S A = f(x): the derivative of A at S = f along two directions is 0. */
export function compareMinimiser(question: Question, arg: Arg, candidate: Expression): Comparison {
  const trace = newTrace();
  const witnesses: Witness[] = [];
  let [equal, different] = [0, 0];
  const { bindings } = question;
  const key = (arg.wrt && fieldKey(arg.wrt)) ?? 'S';
  try {
    for (const instance of instances.slice(0, question.quick === true ? 1 : 2)) {
      const { scope } = scopeFor({ ...question, lhs: arg.of, rhs: arg.of }, instance, plainReading, trace);
      const argKey = bindings.hasRoles ? bindings.noisy : 'x';
      const inner: Scope = {
        ...scope,
        nodes: { ...scope.nodes, gaussian: Math.min(scope.nodes.gaussian, 25) },
        candidate: { key, arg: argKey, body: candidate },
      };
      const values = valuesOver(arg.of, inner);
      const q = quadratic(values);
      const best = q.fits ? minimiser(q) : undefined;
      if (best === undefined) throw new Unreadable('undecided', 'The loss is not quadratic in the field.', arg);
      const residual = Math.hypot(...best);
      witnesses.push({ instance: instance.name, point: {}, lhs: [...best], rhs: [0, 0], residual });
      if (residual < 1e-4) equal++;
      else if (residual >= 0.01) different++;
    }
  } catch (error) {
    if (error instanceof WrongDimension)
      return { outcome: 'open', reason: 'undecided', message: 'No instance fits.', span: undefined, trace };
    if (!(error instanceof Unreadable)) throw error;
    return { outcome: 'open', reason: error.reason, message: error.message, span: error.span, trace };
  }
  const residual = Math.max(...witnesses.map((w) => w.residual));
  const how = 'the derivative of the loss at the right side';
  if (equal === witnesses.length) return { outcome: 'equal', residual, witnesses, trace, reading: plainReading, how };
  if (different === witnesses.length)
    return { outcome: 'different', residual, witnesses, trace, reading: plainReading, how };
  return { outcome: 'open', reason: 'undecided', message: 'The minimum could not be placed.', span: undefined, trace };
}

/** A = B + C or A = C·B for a constant C that no parameter enters: the differences, or the ratios, agree over θ. */
export function compareUpToConstant(question: Question, mode: 'sum' | 'factor' | 'positive-affine'): Comparison {
  const trace = newTrace();
  const witnesses: Witness[] = [];
  let [equal, different] = [0, 0];
  try {
    for (const instance of instances.slice(0, question.quick === true ? 1 : 2)) {
      const { scope } = scopeFor(question, instance, plainReading, trace);
      const lean = {
        ...scope,
        constant: mode === 'factor' ? 1 : 0,
        nodes: { ...scope.nodes, gaussian: Math.min(scope.nodes.gaussian, 25) },
      };
      // A sieve needs no more points than show that the two differ: four do for a slope and an offset.
      const sieved = question.quick === true && mode === 'positive-affine';
      const few = sieved ? affine(valuesOver(question.lhs, lean, 4), valuesOver(question.rhs, lean, 4)) : undefined;
      const count = few !== undefined && (few.slope <= 0 || few.residual >= DIFFERENT) ? 4 : design.length;
      const [a, b] = [valuesOver(question.lhs, lean, count), valuesOver(question.rhs, lean, count)];
      let residual: number;
      if (mode === 'positive-affine') {
        const fit = affine(a, b);
        residual = fit.slope > 0 ? fit.residual : 1;
      } else {
        const values = a.map((x, i) => (mode === 'sum' ? x - b[i] : x / b[i]));
        const spread = Math.max(...values) - Math.min(...values);
        const size = mode === 'sum' ? Math.max(...a) - Math.min(...a) : Math.max(...values.map(Math.abs));
        residual = spread / (Math.abs(size) + 1e-12);
      }
      witnesses.push({ instance: instance.name, point: {}, lhs: a.slice(0, 3), rhs: b.slice(0, 3), residual });
      if (residual < 1e-5) equal++;
      else if (residual >= DIFFERENT) different++;
    }
  } catch (error) {
    if (error instanceof WrongDimension)
      return { outcome: 'open', reason: 'undecided', message: 'No instance fits.', span: undefined, trace };
    if (!(error instanceof Unreadable)) throw error;
    return { outcome: 'open', reason: error.reason, message: error.message, span: error.span, trace };
  }
  const residual = Math.max(...witnesses.map((w) => w.residual));
  const how = {
    sum: 'up to a constant',
    factor: 'up to a constant factor',
    'positive-affine': 'up to a positive factor and a constant',
  }[mode];
  if (equal === witnesses.length) return { outcome: 'equal', residual, witnesses, trace, reading: plainReading, how };
  if (different === witnesses.length)
    return { outcome: 'different', residual, witnesses, trace, reading: plainReading, how };
  return {
    outcome: 'open',
    reason: 'undecided',
    message: 'The constant could not be told from a function.',
    span: undefined,
    trace,
  };
}

export { keyOf };
