import { withWord, type Renaming } from './renaming.js';
import type { Shape } from './shape.js';

/** More comparisons of parts than any statement of the course needs: a longer search finds nothing. */
const MAX_STEPS = 20_000;

/** Counts the steps of one search. */
export interface Budget {
  left: number;
}
export const newBudget = (): Budget => ({ left: MAX_STEPS });

/** The renamings, each an extension of `renaming`, in which `found` is `known`. */
export function* renamings(known: Shape, found: Shape, renaming: Renaming, budget: Budget): Generator<Renaming> {
  if (--budget.left < 0 || known.op !== found.op || known.parts.length !== found.parts.length) return;
  if (known.name !== undefined && found.name !== undefined) {
    const base = withWord(renaming, known.name.name, found.name.name);
    const both = base && withWord(base, known.name.sub, found.name.sub);
    if (both) yield both;
    return;
  }
  yield* known.anyOrder
    ? inAnyOrder(known.parts, found.parts, renaming, budget)
    : inOrder(known.parts, found.parts, renaming, (a, b, now) => renamings(a, b, now, budget));
}

/** The renamings in which each of `found` is the one of `known` at its place; `alike` says in which one of them is. */
export function* inOrder<Known, Found>(
  known: readonly Known[],
  found: readonly Found[],
  renaming: Renaming,
  alike: (known: Known, found: Found, renaming: Renaming) => Iterable<Renaming>,
): Generator<Renaming> {
  if (known.length === 0) {
    yield renaming;
    return;
  }
  for (const next of alike(known[0], found[0], renaming)) yield* inOrder(known.slice(1), found.slice(1), next, alike);
}

function* inAnyOrder(
  known: readonly Shape[],
  found: readonly Shape[],
  renaming: Renaming,
  budget: Budget,
): Generator<Renaming> {
  if (known.length === 0) {
    yield renaming;
    return;
  }
  for (const [i, part] of found.entries())
    for (const next of renamings(known[0], part, renaming, budget))
      yield* inAnyOrder(
        known.slice(1),
        found.filter((_, j) => j !== i),
        next,
        budget,
      );
}
