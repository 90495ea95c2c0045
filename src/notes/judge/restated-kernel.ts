import type { Kernel } from '../meaning/bindings.js';
import { plainReading } from '../meaning/bindings.js';
import { factored, noising, withoutIdentity } from '../meaning/bind.js';
import { primal } from '../numbers/batch.js';
import { evaluate } from '../numbers/evaluate.js';
import type { Comparison, Question, Witness } from '../numbers/question.js';
import { newTrace, type Scope } from '../numbers/scope.js';
import { scopeFor } from '../numbers/scope-for.js';
import { CERTAIN, DIFFERENT, roundingError } from '../numbers/tolerance.js';
import { instances } from '../numbers/world.js';
import { keyOf, walk, type Expression } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import type { Case } from './case.js';

/**
 * A noising law stated once more in the same letters, x = x₀ + σε and then N(x; x₀, σ⁴ I): the comparison with the first statement where the two
 * differ. Other letters state another case, and are compared with nothing.
 */
export function differentKernel(left: Expression, right: Expression, c: Case): Comparison | undefined {
  const { bindings, relationSpan } = c;
  const stated = kernelIn(left, right, c);
  const before = bindings.kernels.filter(({ at }) => at <= relationSpan.start);
  const earlier = before.at(before.at(-1)?.at === ownPlace(c) ? -2 : -1);
  if (stated === undefined || earlier === undefined || !sameLetters(stated, earlier)) return undefined;
  // A new section may begin anew.
  if (/\n\s*#{1,6}\s|\\(?:sub)*section\b/.test(c.document.original.slice(earlier.at, ownPlace(c)))) return undefined;
  const trace = newTrace();
  const witnesses: Witness[] = [];
  try {
    for (const instance of instances.slice(0, 2)) {
      const nothing: Expression = { k: 'number', value: 0, start: 0, end: 0 };
      const question: Question = { lhs: nothing, rhs: nothing, bindings, at: c.at ?? c.rhs.start };
      const { scope } = scopeFor(question, instance, plainReading, trace);
      const [lhs, rhs] = [moments(earlier, scope), moments(stated, scope)];
      const residual = Math.max(...lhs.map((x, i) => Math.abs(x - rhs[i]) / Math.max(Math.abs(x), Math.abs(rhs[i]))));
      witnesses.push({ instance: instance.name, point: {}, lhs, rhs, residual, tolerance: roundingError(1, scope) });
    }
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
  if (!witnesses.every(({ residual, tolerance }) => residual >= Math.max(DIFFERENT, CERTAIN * tolerance)))
    return undefined;
  const residual = Math.max(...witnesses.map((w) => w.residual));
  return { outcome: 'different', residual, witnesses, trace, reading: plainReading, how: 'scale and variance of the noising law, as stated before and here' }; // prettier-ignore
}

/** Takes the law that an equation states out of what is known: it is a slip. */
export function forgetKernel(c: Case): void {
  const { kernels } = c.bindings;
  const at = kernels.findIndex((kernel) => kernel.at === ownPlace(c));
  if (at >= 0) kernels.splice(at, 1);
}

/** Where the binder notes the law of this equation. */
const ownPlace = ({ statement, lhs }: Case): number => Math.max(statement.at, lhs.start);

function kernelIn(left: Expression, right: Expression, { bindings }: Case): Omit<Kernel, 'at'> | undefined {
  const { clean, noisy } = bindings;
  if (left.k === 'name' && keyOf(left) === noisy) {
    const parts = noising(right, clean);
    const unit = parts && bindings.noises.find(({ key }) => key === keyOf(parts.noise))?.unit;
    return parts?.std !== undefined && unit !== false ? { scale: parts.scale, std: parts.std, variance: undefined } : undefined; // prettier-ignore
  }
  if (left.k !== 'call' || left.given.length !== 1 || right.k !== 'call' || right.of.name !== 'N') return undefined;
  const [mean, covariance] = right.params.length === 2 ? right.params : right.given;
  const scaled = mean && factored(mean, (name) => keyOf(name) === clean);
  const isPair = left.args[0].k === 'name' && keyOf(left.args[0]) === noisy;
  if (!isPair || scaled === undefined || covariance === undefined) return undefined;
  return { scale: scaled.rest, std: undefined, variance: withoutIdentity(covariance) };
}

/** The scale and the variance as numbers. Throws {@link Unreadable}. */
function moments({ scale, std, variance }: Omit<Kernel, 'at'>, scope: Scope): [number, number] {
  const number = (e: Expression | undefined): number => {
    if (e === undefined) return 1;
    const value = evaluate(e, scope);
    const x = value.k === 'scalar' ? primal(value.x) : undefined;
    if (typeof x !== 'number') throw new Unreadable('unsupported', 'Only noise of one variance is compared.', e);
    return x;
  };
  return [number(scale), std === undefined ? number(variance) : number(std) ** 2];
}

const sameLetters = (a: Omit<Kernel, 'at'>, b: Omit<Kernel, 'at'>): boolean => {
  const letters = ({ scale, std, variance }: Omit<Kernel, 'at'>): string =>
    [...new Set([scale, std, variance].flatMap((e) => (e ? [...walk(e)] : [])).flatMap((x) => (x.k === 'name' ? [keyOf(x)] : x.k === 'call' ? [keyOf(x.of)] : [])))].sort().join(' '); // prettier-ignore
  return letters(a) !== '' && letters(a) === letters(b);
};
