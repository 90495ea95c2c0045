import type { Bindings } from './bindings.js';
import type { ReadStatement } from '../read/document.js';
import { keyOf, walk, type Expression, type Name } from '../read/expression.js';
import { isDensityName, isMatrixName, isPointName } from './vocabulary.js';

// p(x | y) need not be about noise: y may be a class, a caption, or a measurement A x + n. Then Bayes' rule is all that is known of the two.

interface Conditional {
  readonly sub: string;
  readonly of: Name;
  readonly given: Name;
}

/** Every p_sub(a | b) of two points. */
function conditionals(everything: readonly Expression[]): Conditional[] {
  return everything.flatMap((e): Conditional[] => {
    if (e.k !== 'call' || !isDensityName(e.of) || e.args.length !== 1 || e.given.length !== 1) return [];
    const [of, given] = [e.args[0], e.given[0]];
    return of.k === 'name' && given.k === 'name' && isPointName(of) && isPointName(given)
      ? [{ sub: e.of.sub, of, given }]
      : [];
  });
}

/** What is plainly no noise: the y of p_t(x | y) and of p(x_t | y), where x is what noise is added to, and of y = A x + n. */
export function labelsIn(everything: readonly Expression[], statements: readonly ReadStatement[]): Bindings['labels'] {
  const all = conditionals(everything);
  const found = new Set<string>();
  for (const { sub, of, given } of all)
    if (given.name === 'y' && given.sub === '' && (of.sub === 't' || (of.name === 'x' && /^(t|sigma)/.test(sub))))
      found.add(keyOf(given));
  for (const { sides, relations } of statements) {
    const [left, right] = [sides[0]?.tree, sides[1]?.tree];
    if (left?.k !== 'name' || !isPointName(left) || relations[0]?.relation !== '=' || right?.k !== 'sum') continue;
    const names = right.terms.map(({ term }) => [...walk(term)].filter((e): e is Name => e.k === 'name'));
    const isMeasured = names.some((each) => each.some(isMatrixName) && each.some((e) => isPointName(e)));
    if (isMeasured) found.add(keyOf(left));
    // y = x + σz is noise after all.
    else if (names.every((each) => each.some(isPointName) || each.length > 0)) found.delete(keyOf(left));
  }
  return withPartners(found, all);
}

/** Further variables that stand in p(a | b) with the clean or the noisy one, and are neither. */
export function labelsBeside(
  everything: readonly Expression[],
  labels: Bindings['labels'],
  { clean, noisy }: Pick<Bindings, 'clean' | 'noisy'>,
): Bindings['labels'] {
  const all = conditionals(everything);
  const found = new Set(labels.keys());
  const isRole = (key: string): boolean => key === clean || key === noisy;
  for (const { of, given } of all)
    for (const [a, b] of [
      [of, given],
      [given, of],
    ])
      // prettier-ignore
      if (isRole(keyOf(a)) && !isRole(keyOf(b)) && b.name === 'y' && b.sub === '') found.add(keyOf(b));
  return withPartners(found, all);
}

function withPartners(found: ReadonlySet<string>, all: readonly Conditional[]): Bindings['labels'] {
  return new Map(
    [...found].map((label) => {
      const partners = new Set(
        all.flatMap(({ of, given }) =>
          keyOf(given) === label ? [keyOf(of)] : keyOf(of) === label ? [keyOf(given)] : [],
        ),
      );
      return [label, partners.size === 1 ? [...partners][0] : undefined];
    }),
  );
}
