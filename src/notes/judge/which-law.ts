import { isDensityName, isProbe } from '../meaning/vocabulary.js';
import { withBinders } from '../meaning/bind.js';
import type { Bindings } from '../meaning/bindings.js';
import { keyOf, walk, type Expression } from '../read/expression.js';
import type { Case } from './case.js';
import { lettersOf } from './grounds.js';
import { isAlgebra, isComposite } from './asked-of-letters.js';

// Whether the document says which law a density is, and over what an average runs.

/** p(x | y) where no noising is stated and y is no usual name of noised data: it may be anything. Labels are compared under any law. */
export const isOfStranger = (x: Expression, { kernels, labels }: Bindings): boolean =>
  x.k === 'call' &&
  isDensityName(x.of) &&
  x.given.length > 0 &&
  kernels.length === 0 &&
  [...x.args, ...x.given].some((a) => a.k === 'name' && /^[yzuvw]$/i.test(a.name) && !labels.has(keyOf(a)));

/** ∫ p(y) N(x; y, σ²I) dy: y is the clean point, where the document states no noising in y. */
export const averagesLabel = (x: Expression, { labels, kernels }: Bindings): boolean =>
  kernels.length === 0 &&
  x.k === 'integral' &&
  x.vars.some((v) => labels.has(keyOf(v)) || v.name === 'y') &&
  [...walk(x.of)].some((y) => y.k === 'call' && y.of.name === 'N');

/** A formula in letters alone, without a density, a field or a function of the document. */
export const isClosedForm = (e: Expression): boolean =>
  isAlgebra(e) &&
  isComposite(e) &&
  [...walk(e)].some((x) => x.k === 'name') &&
  ![...walk(e)].some((x) => x.k === 'call' || (x.k === 'name' && isDensityName(x)));

/** A density without a condition, and a formula in letters that no formula of the document for a density has: a Gaussian that is spoken of, or any. */
export function isOfUnknownLaw(e: Expression, other: Expression, c: Case): boolean {
  const isLaw = (x: Expression): boolean =>
    (x.k === 'call' && isDensityName(x.of) && x.given.length === 0) || (x.k === 'name' && isDensityName(x));
  if (![...walk(e)].some(isLaw)) return false;
  const stated = [...c.bindings.definitions.values()].filter(({ density }) => density === true);
  const known = new Set(stated.flatMap(({ body, args }) => [...args, ...lettersOf(body, c)]));
  const isPoint = (key: string): boolean => /^[xyzuv](~|_|$)/.test(key);
  return stated.length === 0 || [...lettersOf(other, c)].some((key) => !known.has(key) && !isPoint(key));
}

/** Probes of another length or law than E[v vᵀ] = I, which only the words before a formula tell. */
export const lawInWords =
  /\bspher|unit (?:vector|length|norm|ball|circle)|normali[sz]ed|uniform(?:ly)? (?:on|in|over|distributed|law|random)|coordinate direction|basis vector|without replacement|球面|球上|單位|单位|均勻|均匀/i;

/** Whether every probe of the document that an average names has its law in a formula. */
export const averagesStated = (trees: readonly Expression[], { probeLaws }: Bindings): boolean =>
  trees.every((tree) =>
    [...walk(tree)].every((x) => x.k !== 'name' || !isProbe(keyOf(x)) || probeLaws.some(({ key }) => key === x.name)),
  );

/** Whether words between the law that is stated for a probe and the formula name a law: "for Gaussian v". */
export const lawMayHaveChanged = (trees: readonly Expression[], { bindings, document, lhs }: Case): boolean =>
  trees.some((tree) =>
    [...walk(tree)].some((x) => {
      const stated =
        x.k === 'name'
          ? bindings.probeLaws.filter(({ key, at }) => key === x.name && at < lhs.start).at(-1)
          : undefined;
      const sentence = stated && document.original.slice(stated.at, lhs.start).replace(/^[^$]*\$\$?[^.;。；\n]*/, '');
      return (
        sentence !== undefined &&
        /gauss|normal|rademacher|\bsigns?\b|spher|uniform|高斯|常態|正态|均勻|均匀|球面/i.test(sentence)
      );
    }),
  );

export const isAverage = (e: Expression): boolean =>
  [...walk(e)].some((x) => x.k === 'expect' && [...walk(x)].some((y) => y.k === 'name' && isProbe(keyOf(y))));

/** The noise and probes under averages without a subscript; undefined where there is no such average. */
export function bareDraws(e: Expression): string | undefined {
  const bare = [...walk(e)].filter(
    (x) => x.k === 'expect' && x.what === 'E' && x.binders.length + x.given.length === 0,
  );
  const drawn = bare.flatMap((x) =>
    [...walk(x)].flatMap((y) => (y.k === 'name' && isProbe(keyOf(y)) ? [keyOf(y)] : [])),
  );
  return bare.length === 0 ? undefined : [...new Set(drawn)].sort().join(' ');
}

/** ρ(x) of a regulariser: another letter than p and q that the document nowhere takes the logarithm of, averages or integrates over, or draws from. */
export function isNoDensity(x: Expression, { document }: Case): boolean {
  const head = x.k === 'call' ? x.of : x.k === 'name' ? x : undefined;
  if (head === undefined || !isDensityName(head) || /^[pq]/i.test(head.name)) return false;
  const has = (e: Expression): boolean => [...withBinders(e)].some((y) => y.k === 'name' ? keyOf(y) === keyOf(head) : y.k === 'call' && keyOf(y.of) === keyOf(head)); // prettier-ignore
  const isLaw = (e: Expression): boolean =>
    (e.k === 'fn' && e.name === 'log') || e.k === 'integral'
      ? has(e)
      : e.k === 'expect' && e.binders.some(({ law }) => law !== undefined && has(law));
  return !document.statements.some(
    ({ sides, relations }) =>
      sides.some(({ tree }) => tree !== undefined && [...withBinders(tree)].some(isLaw)) ||
      relations.some(
        ({ relation }, i) =>
          (relation === '~' || relation === 'propto') &&
          sides.slice(i, i + 2).some(({ tree }) => tree !== undefined && has(tree)),
      ),
  );
}

/** p_Y and p_X: how many densities are named after a variable. */
export const lawsOfVariables = (trees: readonly Expression[]): number =>
  new Set(
    trees.flatMap((tree) =>
      [...walk(tree)].flatMap((x) => {
        const head = x.k === 'name' ? x : x.k === 'call' ? x.of : undefined;
        return head !== undefined && isDensityName(head) && /^[A-Z]$/.test(head.sub) ? [keyOf(head)] : [];
      }),
    ),
  ).size;
