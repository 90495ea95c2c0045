import { Unreadable } from '../read/problem.js';
import * as n from './batch.js';
import type { Question, Witness } from './question.js';
import type { Scope } from './scope.js';
import { differenceError, quadratureError, roundingError } from './tolerance.js';
import { entries, shape, type Value } from './value.js';

/** Both sides of an equation on an instance. */
export interface Sides {
  readonly lhs: Value;
  readonly rhs: Value;
}

/** The values at one point of the batch. */
type At = (value: Value, point: number) => readonly number[];

/**
 * The point where two sides differ most beside what quadrature and rounding leave there; `coarse` are the sides by a coarser rule, where one was
 * needed at all, and `steps` by one
 * with longer steps alone. Throws {@link Unreadable} where the shapes differ (ill-typed) or a side has no finite value (diverges).
 */
export function witnessOf(
  { lhs, rhs }: Sides,
  coarse: Sides | undefined,
  steps: Sides | undefined,
  scope: Scope,
  points: ReadonlyMap<string, Value>,
  question: Question,
): Witness {
  const span = { start: question.lhs.start, end: question.rhs.end };
  if (lhs.k !== rhs.k && !isZero(lhs) && !isZero(rhs))
    throw new Unreadable('ill-typed', `The left side is ${shape(lhs)}, the right side ${shape(rhs)}.`, span);
  const count = Math.max(entries(lhs).length, entries(rhs).length);
  const at: At = (value, point) => {
    const list = entries(value);
    return Array.from({ length: count }, (_, i) => numberAt(list[list.length === 1 ? 0 : i], point, scope.batch));
  };
  const all = Array.from({ length: scope.batch }, (_, point) => [at(lhs, point), at(rhs, point)] as const);
  if (!all.flat(2).every(Number.isFinite))
    throw new Unreadable('diverges', 'A side has no finite value on an instance.', span);
  const size = Math.max(...all.flat(2).map(Math.abs));
  const { trace } = scope;
  const summed = Math.max(trace.size, size);
  const rounding = 2 * roundingError(summed, scope);
  let worst: { point: number; residual: number; tolerance: number } | undefined;
  all.forEach(([l, r], point) => {
    const less = coarse && [at(coarse.lhs, point), at(coarse.rhs, point)];
    const between = steps && [at(steps.lhs, point), at(steps.rhs, point)];
    // Near a zero of both sides the size elsewhere is the measure.
    const scale = Math.max(...l.map(Math.abs), ...r.map(Math.abs), 1e-3 * size);
    let [difference, allowed] = [0, rounding];
    l.forEach((x, i) => {
      const left = less ? quadratureError(x, less[0][i], between?.[0][i], summed, scope.rule) : 0;
      const right = less ? quadratureError(r[i], less[1][i], between?.[1][i], summed, scope.rule) : 0;
      const differences =
        less && trace.differences ? differenceError(x, less[0][i]) + differenceError(r[i], less[1][i]) : 0;
      if (!Number.isFinite(left + right)) throw new Unreadable('diverges', 'A side has no finite value by a coarser rule.', span); // prettier-ignore
      difference = Math.max(difference, Math.abs(x - r[i]));
      allowed = Math.max(allowed, rounding + left + right + differences);
    });
    // Two sides that are 0 but for rounding have no size of their own: what was summed is the measure.
    const measure = scale <= allowed ? Math.max(summed, 1e-300) : scale;
    const here = { point, residual: difference / measure, tolerance: allowed / measure };
    if (worst === undefined || here.residual * worst.tolerance > worst.residual * here.tolerance) worst = here;
  });
  const { point, residual, tolerance } = worst ?? { point: 0, residual: 0, tolerance: 0 };
  return {
    instance: scope.instance.name,
    point: Object.fromEntries([...points].map(([key, value]) => [key, entries(value).map((x) => numberAt(x, point, scope.batch))])), // prettier-ignore
    lhs: entries(lhs).map((x) => numberAt(x, point, scope.batch)),
    rhs: entries(rhs).map((x) => numberAt(x, point, scope.batch)),
    residual,
    tolerance,
  };
}

const isZero = (v: Value): boolean => v.k === 'scalar' && v.x === 0;

/** The plain value at a point; one drawn further out stands for a run of points. */
function numberAt(x: n.Num, point: number, batch: number): number {
  const plain = n.primal(x);
  return typeof plain === 'number' ? plain : plain[Math.floor((point * plain.length) / batch)];
}
