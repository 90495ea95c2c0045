import { isDensityName } from '../meaning/vocabulary.js';
import { keyOf, walk, type Expression, type Name, type Nabla } from '../read/expression.js';
import { compare } from './compare.js';
import { atOneTime, coefficientsIn, replaced, sameLetters } from './processes.js';
import type { Comparison, Question } from './question.js';
import type { Forward } from './reverse-sde.js';
import { newTrace } from './scope.js';

// dx = f dt + G dW moves its density by ∂ₜp = −∇·(f p) + ½ Δ(G² p), whatever p, f and G are at that time. So ∂ₜp in an equation is replaced by the right
// side, with the coefficients of the document's own equation, and the two sides are compared at one time, on any density and field.

/** Whether an equation is on how a density moves: it has ∂ₜ of p or of log p. */
export const movesDensity = (...sides: readonly Expression[]): boolean =>
  sides.some((side) => [...walk(side)].some((x) => densityMoved(x) !== undefined));

/**
 * Both sides by the processes of the document that have the coefficients of the equation, and no others. It is true by any of them, and false where there is
 * one and none makes it true.
 */
export function compareFokkerPlanck(question: Question, processes: readonly Forward[]): Comparison {
  let different: Comparison | undefined;
  let open: Comparison | undefined;
  for (const process of processes) {
    const sides = sidesBy(process, question);
    if (sides === undefined) continue;
    const found = compare({ ...question, ...sides }, undefined, HOW);
    if (found.outcome === 'equal') return found;
    if (found.outcome === 'open') open ??= found;
    // Without a coefficient of its own it may be on any process.
    else if (coefficientsIn(sides.lhs, sides.rhs).size > 0) different ??= found;
  }
  return (
    (open === undefined ? different : undefined) ??
    open ?? {
      outcome: 'open',
      reason: 'unbound',
      message: 'No stochastic equation of the document has the coefficients of this one.',
      span: question.rhs,
      trace: newTrace(),
    }
  );
}

const HOW = 'Fokker–Planck: ∂ₜp = −∇·(f p) + ½ Δ(g² p)';

/** The sides with ∂ₜp computed; undefined where the letters of the equation are not those of the process. */
function sidesBy({ drift, diffusion, state }: Forward, { lhs, rhs }: Question): Pick<Question, 'lhs' | 'rhs'> | undefined {
  const { start, end } = lhs;
  const moved = [lhs, rhs].flatMap((side) => [...walk(side)].flatMap((x) => densityMoved(x) ?? []));
  const points = moved.flatMap((p) => (p.k === 'call' ? p.args.filter((arg): arg is Name => arg.k === 'name' && arg.name !== 't') : []));
  const point: Name = points[0] ?? { ...state, name: 'x', sub: '' };
  const timeless = (e: Expression): Expression => atOneTime(e, point, point);
  const [drifted, diffused] = [drift, diffusion].map((e) => e && atOneTime(e, state, point));
  const plain = [lhs, rhs].map(timeless);
  const functions = functionsIn([drifted, diffused, ...plain]);
  const [f, g] = [drifted, diffused].map((e) => e && called(e, functions, point));
  const sides = plain.map((e) => called(e, functions, point));
  const densities = new Set(sides.flatMap((side) => [...walk(side)].flatMap((x) => (x.k === 'name' && isDensityName(x) ? [keyOf(x)] : x.k === 'call' && isDensityName(x.of) ? [keyOf(x.of)] : []))));
  if (densities.size !== 1 || !sameLetters(coefficientsIn(...sides), coefficientsIn(f, g))) return undefined;
  const product = (...factors: readonly Expression[]): Expression => ({ k: 'product', factors: factors.map((factor) => ({ via: '', factor })), start, end });
  const nabla = (form: Nabla['form'], of: Expression): Expression => ({ k: 'nabla', wrt: undefined, form, of, start, end });
  const number = (value: number): Expression => ({ k: 'number', value, start, end });
  const rate = (p: Expression): Expression => {
    const terms: { readonly sign: 1 | -1; readonly term: Expression; readonly signAt: number }[] = [];
    if (f) terms.push({ sign: -1, term: nabla('divergence', product(f, p)), signAt: start });
    if (g) terms.push({ sign: 1, term: product(number(0.5), nabla('laplacian', product(g, g, p))), signAt: start });
    return { k: 'sum', terms, start, end };
  };
  const computed = (side: Expression): Expression =>
    replaced(side, (x) => {
      const p = densityMoved(x);
      if (p === undefined) return undefined;
      const isLog = x.k === 'partial' && x.of !== p && withoutBrackets(x.of)?.k === 'fn';
      return isLog ? { k: 'fraction', above: rate(p), below: p, start, end } : rate(p);
    });
  return { lhs: computed(sides[0]), rhs: computed(sides[1]) };
} // prettier-ignore

/** The coefficients that are taken at the state somewhere, as g of g(x, t) is. */
const functionsIn = (parts: readonly (Expression | undefined)[]): ReadonlySet<string> =>
  new Set(
    parts.flatMap((e) =>
      e ? [...walk(e)].flatMap((x) => (x.k === 'call' && !isDensityName(x.of) ? [keyOf(x.of)] : [])) : [],
    ),
  );

/** The same functions at the state wherever their argument is left out. */
const called = (e: Expression, functions: ReadonlySet<string>, point: Name): Expression =>
  replaced(e, (x) =>
    x.k === 'name' && functions.has(keyOf(x))
      ? { k: 'call', of: x, args: [point], given: [], params: [], bars: false, start: x.start, end: x.end }
      : undefined,
  );

const withoutBrackets = (e: Expression | undefined): Expression | undefined =>
  e?.k === 'group' && e.given.length === 0 ? withoutBrackets(e.of) : e;

/** p of ∂ₜp and of ∂ₜ log p, where it is p_t or p(x, t) at a fixed x: at x_t the derivative may be meant along the path. */
function densityMoved(e: Expression): Expression | undefined {
  if (e.k !== 'partial' || e.wrt.length !== 1 || e.of === undefined) return undefined;
  const [variable] = e.wrt;
  if (variable.k !== 'name' || variable.name !== 't' || variable.sub !== '') return undefined;
  const inner = withoutBrackets(e.of);
  const p = inner?.k === 'fn' && inner.name === 'log' ? withoutBrackets(inner.of) : inner;
  if (p?.k === 'name') return p.name === 'p' && /^t?$/.test(p.sub) ? p : undefined;
  if (p?.k !== 'call' || p.of.name !== 'p' || !/^t?$/.test(p.of.sub) || p.given.length > 0) return undefined;
  return p.args.every((arg) => arg.k === 'name' && arg.sub === '') ? p : undefined;
}
