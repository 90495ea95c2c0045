import type { Expect, Integral } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import { expectation, integral } from './expectation.js';
import { isOutermost, remembered } from './memory.js';
import type { Scope } from './scope.js';
import { entries, scalar, type Value } from './value.js';

/** An expectation or an integral: once for all places where it stands, and for several parameters at once where those are wanted. */
export function drawn(e: Expect | Integral, scope: Scope): Value {
  const { plane, theta } = scope;
  const alone = (own: Scope): Value => (e.k === 'expect' ? expectation(e, own) : integral(e, own));
  const single = { ...scope, plane: undefined };
  if (!isOutermost(scope)) return alone(single);
  if (plane === undefined || (e.k === 'expect' && e.what !== 'E')) return remembered('drawn', e, single, alone);
  try {
    const all = remembered(`drawn for ${plane.length}`, e, { ...scope, theta: [] }, alone);
    return scalar(entries(all)[plane.indexOf(theta)]);
  } catch (error) {
    // What cannot be computed for all at once, a vector for one, may still be for one.
    if (!(error instanceof Unreadable)) throw error;
    return remembered('drawn', e, single, alone);
  }
}
