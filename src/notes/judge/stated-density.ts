import type { Bindings } from '../meaning/bindings.js';
import { CLEAN_LAW } from '../meaning/bindings.js';
import { definitionKey, isDensityName } from '../meaning/vocabulary.js';
import { keyOf, walk, type Call, type Expression, type Name } from '../read/expression.js';
import type { Case } from './case.js';

// "Let p(x) = N(x; μ, Σ)", "p(x) = e^{−U(x)}/Z", "p_T(x) = p(x)^{1/T}/Z_T": what a document says a density to be.

/** Whether an equation says what a density of one variable is: nothing in it is conditional, averaged or integrated, as in a theorem on densities. */
export function definesDensity(left: Expression, right: Expression): left is Call {
  if (
    left.k !== 'call' ||
    !isDensityName(left.of) ||
    left.args.length !== 1 ||
    left.given.length + left.params.length > 0
  )
    return false;
  return ![...walk(right)].some(
    (e) => e.k === 'expect' || e.k === 'integral' || (e.k === 'call' && e.given.length === 1) || e.k === 'nabla',
  );
}

/** log p(x) = −½ xᵀ A x + c of a p that nothing else is said of: p and its formula; undefined for other equations. */
export function densityOfLogarithm(
  left: Expression,
  right: Expression,
  { bindings }: Case,
): readonly [Call, Expression] | undefined {
  const of = left.k === 'fn' && left.name === 'log' ? (left.of.k === 'group' ? left.of.of : left.of) : undefined;
  if (of?.k !== 'call' || !definesDensity(of, right) || bindings.definitions.has(definitionKey(of.of)))
    return undefined;
  const known = [...walk(right)].some((e) => {
    const name = e.k === 'call' ? e.of : e.k === 'name' ? e : undefined;
    if (name === undefined) return false;
    return (
      isDensityName(name) || bindings.definitions.has(definitionKey(name)) || (bindings.energy && name.name === 'E')
    );
  });
  return known ? undefined : [of, { k: 'fn', name: 'exp', of: right, start: right.start, end: right.end }];
}

/**
 * Enters a density: a normal law of the clean variable takes the place of the course's mixture; U of e^{−U(x)}/Z is read off the density;
 * any other formula is what the name then stands for.
 */
export function registerDensity(left: Call, right: Expression, c: Case): void {
  const { bindings } = c;
  const at = c.at ?? c.rhs.start;
  const [point] = left.args;
  if (point.k !== 'name') return;
  const arg = keyOf(point);
  const isClean = namesClean(left.of, arg, bindings);
  const define = (key: string, args: readonly string[], body: Expression): void =>
    void bindings.definitions.set(key, { key, args, body, at, density: true });
  if (isClean && isNormalLaw(right)) {
    define(CLEAN_LAW, [arg], right);
    return;
  }
  const potential = potentialOf(left, right);
  if (potential !== undefined && !bindings.definitions.has(definitionKey(potential.of))) {
    const key = definitionKey(potential.of);
    bindings.definitions.set(key, { key, args: [arg], body: potential.body, at });
    return;
  }
  define(definitionKey(left.of), [arg], right);
  if (isClean) define(CLEAN_LAW, [arg], right);
}

/** x ~ N(μ, Σ) for the variable of the data: then p is that law's density. */
export function registerLaw(left: Expression, right: Expression, c: Pick<Case, 'bindings'>, at: number): void {
  const { bindings } = c;
  if (left.k !== 'name' || right.k !== 'call' || right.of.name !== 'N' || right.args.length !== 2) return;
  const arg = keyOf(left);
  if (arg !== (bindings.hasRoles ? bindings.clean : 'x') || right.given.length > 0 || right.params.length > 0) return;
  const density: Call = { ...right, args: [left], params: right.args };
  bindings.definitions.set(CLEAN_LAW, { key: CLEAN_LAW, args: [arg], body: density, at, density: true });
}

/** p = N(μ, Σ), the argument left out. */
export const isBareLaw = (left: Expression, right: Expression): left is Name =>
  left.k === 'name' &&
  isDensityName(left) &&
  right.k === 'call' &&
  right.of.name === 'N' &&
  right.args.length === 2 &&
  right.given.length + right.params.length === 0;

/** Enters p = N(μ, Σ) as p(x) = N(x; μ, Σ) of the variable that p has in the document. */
export function registerBareLaw(left: Name, right: Expression, c: Case): void {
  if (right.k !== 'call') return;
  const { hasRoles, clean, noisy } = c.bindings;
  const key = !hasRoles ? 'x' : /^(0|data)$/.test(left.sub) ? clean : noisy;
  const [name, sub = ''] = key.split('_');
  const x: Name = { ...left, name, sub };
  const call: Call = { ...right, of: left, args: [x], params: [], given: [] };
  registerDensity(call, { ...right, args: [x], params: right.args }, c);
}

const namesClean = ({ name, sub }: Name, arg: string, { hasRoles, clean }: Bindings): boolean =>
  /^p~?$/i.test(name) && (/^(0|data)$/.test(sub) || (sub === '' && (!hasRoles || arg === clean)));

const isNormalLaw = (e: Expression): boolean =>
  e.k === 'call' && e.of.name === 'N' && e.args.length === 1 && (e.params.length === 2 || e.given.length === 2);

const exponentOf = (e: Expression): Expression | undefined =>
  e.k === 'power' && e.base.k === 'name' && e.base.name === 'e'
    ? e.exponent
    : e.k === 'fn' && e.name === 'exp'
      ? e.of
      : undefined;

/** p = e^{cU}/Z: U = log(Z p)/c, for a U that the document says nothing else of. */
function potentialOf(p: Call, right: Expression): { readonly of: Name; readonly body: Expression } | undefined {
  const span = { start: right.start, end: right.end };
  const product = (...list: Expression[]): Expression => ({
    k: 'product',
    factors: list.map((factor) => ({ via: '', factor })),
    ...span,
  });
  const over = (above: Expression, below: Expression): Expression => ({ k: 'fraction', above, below, ...span });
  let exponent: Expression | undefined;
  let scaled: Expression = p;
  if (right.k === 'fraction') {
    exponent = exponentOf(right.above);
    scaled = product(right.below, p);
  } else if (right.k === 'product' && right.factors.every(({ via }) => via !== '/')) {
    const list = right.factors.map(({ factor }) => factor);
    const at = list.findIndex((factor) => exponentOf(factor) !== undefined);
    if (at >= 0) {
      exponent = exponentOf(list[at]);
      scaled = over(p, product(...list.filter((_, i) => i !== at)));
    }
  } else exponent = exponentOf(right);
  if (exponent === undefined) return undefined;
  const inner = exponent.k === 'group' ? exponent.of : exponent;
  const sign = inner.k === 'sum' && inner.terms.length === 1 ? inner.terms[0].sign : 1;
  const term = inner.k === 'sum' && inner.terms.length === 1 ? inner.terms[0].term : inner;
  const factors = term.k === 'product' ? term.factors.map(({ factor }) => factor) : [term];
  const calls = factors.filter(
    (factor): factor is Call => factor.k === 'call' && /^([fgUVuHW]|phi|psi)$/.test(factor.of.name),
  );
  const rest = factors.filter((factor) => !calls.includes(factor as Call));
  if (calls.length !== 1 || (term.k === 'product' && term.factors.some(({ via }) => via === '/'))) return undefined;
  const log: Expression = {
    k: 'fn',
    name: 'log',
    of: { k: 'group', open: '(', of: scaled, given: [], ...span },
    ...span,
  };
  const signed: Expression = sign === 1 ? log : { k: 'sum', terms: [{ sign: -1, term: log, signAt: -1 }], ...span };
  return { of: calls[0].of, body: rest.length === 0 ? signed : over(signed, product(...rest)) };
}
