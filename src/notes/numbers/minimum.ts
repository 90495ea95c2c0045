import { fieldKey } from '../meaning/vocabulary.js';
import { keyOf, walk, type Arg, type Expression, type Name } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import type { Scope } from './scope.js';
import { minimiser, quadratic, valuesOver } from './theta-plane.js';
import { CERTAIN, DIFFERENT } from './tolerance.js';
import { scalar, type Value } from './value.js';

/**
 * min over all fields S (or denoisers h) of a loss: its value at the score, or at E[x₀ | x], where that is the minimiser by the test of argmin: the
 * minimiser on a plane of fields through it lies within δ = DIFFERENT/CERTAIN of it. The value then lies within ½ δ² of its curvature above the
 * least one, 2e-8 of the loss. Throws {@link Unreadable} where another field is best, or none is known.
 */
export function minimumValue(e: Arg, scope: Scope): Value {
  const key = e.wrt && fieldKey(e.wrt);
  if (e.what !== 'min' || key === undefined || e.wrt?.sub === 'theta')
    throw new Unreadable('unsupported', `${e.what} is compared with another ${e.what} only.`, e);
  const { bindings } = scope;
  const arg = bindings.hasRoles ? bindings.noisy : 'x';
  const free = { ...scope, candidate: { key, arg, body: bestField(key, e, scope) }, plane: undefined };
  const values = valuesOver(e.of, free);
  const q = quadratic(values);
  const best = q.fits ? minimiser(q) : undefined;
  if (best === undefined || Math.hypot(...best) > DIFFERENT / CERTAIN)
    throw new Unreadable('undecided', 'The field that makes this least is not known to the reader.', e);
  scope.trace.averages = true;
  return scalar(values[0]);
}

/** ∇ log p of the law that the loss averages over, or E[x₀ | x]. */
function bestField(key: string, e: Arg, { bindings }: Scope): Expression {
  const span = { start: e.start, end: e.end };
  const name = (word: string, sub: string): Name => ({ k: 'name', name: word, sub, font: '', star: false, ...span });
  const { clean, noisy, hasRoles } = bindings;
  const [x, x0] = [noisy, clean].map((whole) => name(whole.split('_')[0], whole.split('_').slice(1).join('_')));
  if (key === 'h') return { k: 'expect', what: 'E', binders: [], of: x0, given: [x], subscript: undefined, ...span };
  // E_{p_0} of a document with noise averages over clean points.
  const overClean = [...walk(e.of)].some((part) => part.k === 'expect' && part.binders.some(({ law }) => law?.k === 'name' && /^(0|data)$/.test(law.sub))); // prettier-ignore
  const p = name('p', !hasRoles ? '' : overClean ? '0' : 'sigma');
  const at = hasRoles ? (overClean ? noisy : keyOf(x)) : 'x';
  const point = name(at.split('_')[0], at.split('_').slice(1).join('_'));
  const density: Expression = { k: 'call', of: p, args: [point], given: [], params: [], bars: false, ...span };
  return { k: 'nabla', wrt: undefined, form: 'gradient', of: { k: 'fn', name: 'log', of: density, ...span }, ...span };
}
