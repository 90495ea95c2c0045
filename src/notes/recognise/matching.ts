import { newBudget, renamings, type Budget } from './alike.js';
import type { Item, Part } from './items.js';
import { noRenaming, withLetter, type Renaming } from './renaming.js';

/** A statement whose letters are all said: what is given of them, and then the formula. */
export interface Complete {
  readonly given: readonly Item[];
  readonly parts: readonly Part[];
}

/** Where what is given stands in a document, and what the letters are called there. */
export interface Match {
  readonly renaming: Renaming;
  /** The items of the document that say what is given, right in front of the formula: from, and up to without. */
  readonly from: number;
  readonly to: number;
}

/** What may stand between what is given and the formula; other words might give something else. */
const then = /^(?:then|thus|hence|so|therefore|we|have|it|follows|that|this|gives|則|则|故|因此|所以|於是|于是)$/;

/** How the items of a document say a statement in the formula at `at`, what is given in front of it; undefined where they do not. */
export function matchAt(items: readonly Item[], at: number, { given, parts }: Complete): Match | undefined {
  const formula = items[at];
  if (formula.k !== 'formula') return undefined;
  const budget = newBudget();
  for (const renaming of partsAlike(parts, formula.parts(), noRenaming, budget)) {
    for (let to = at; to >= given.length; to--) {
      const [all] = itemsAlike(given, items.slice(to - given.length, to), renaming, budget);
      if (all !== undefined) return { renaming: all, from: to - given.length, to };
      const before = items[to - 1] as Item | undefined;
      if (before?.k !== 'word' || !then.test(before.text)) break;
    }
  }
  return undefined;
}

/** Whether a formula of a document is a statement, up to the names of its letters. */
export function isAlike(parts: readonly Part[], formula: Item): boolean {
  if (formula.k !== 'formula') return false;
  for (const _ of partsAlike(parts, formula.parts(), noRenaming, newBudget())) return true;
  return false;
}

function* itemsAlike(
  known: readonly Item[],
  found: readonly Item[],
  renaming: Renaming,
  budget: Budget,
): Generator<Renaming> {
  if (known.length === 0) {
    yield renaming;
    return;
  }
  const [a, b] = [known[0], found[0]];
  if (a.k === 'word') {
    if (b.k === 'word' && a.text === b.text) yield* itemsAlike(known.slice(1), found.slice(1), renaming, budget);
  } else if (b.k === 'formula') {
    for (const next of partsAlike(a.parts(), b.parts(), renaming, budget))
      yield* itemsAlike(known.slice(1), found.slice(1), next, budget);
  }
}

function* partsAlike(
  known: readonly Part[],
  found: readonly Part[],
  renaming: Renaming,
  budget: Budget,
): Generator<Renaming> {
  if (known.length !== found.length || known.length === 0) return;
  const [a, b] = [known[0], found[0]];
  const rest = function* (next: Renaming): Generator<Renaming> {
    if (known.length === 1) yield next;
    else yield* partsAlike(known.slice(1), found.slice(1), next, budget);
  };
  if (a.k === 'side') {
    if (b.k === 'side') for (const next of renamings(a.shape, b.shape, renaming, budget)) yield* rest(next);
  } else if (a.k === 'letter') {
    const next = b.k === 'letter' ? withLetter(renaming, a.text, b.text) : undefined;
    if (next) yield* rest(next);
  } else if (b.k === 'sign' && a.text === b.text) yield* rest(renaming);
}
