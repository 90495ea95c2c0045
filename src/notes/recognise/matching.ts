import { inOrder, newBudget, renamings, type Budget } from './alike.js';
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

/** As many items as there are known ones. */
const itemsAlike = (
  known: readonly Item[],
  found: readonly Item[],
  renaming: Renaming,
  budget: Budget,
): Generator<Renaming> =>
  inOrder(known, found, renaming, function* (a, b, now) {
    if (a.k === 'formula') {
      if (b.k === 'formula') yield* partsAlike(a.parts(), b.parts(), now, budget);
    } else if (b.k === 'word' && a.text === b.text) yield now;
  });

/** A formula without parts is like no other. */
function* partsAlike(
  known: readonly Part[],
  found: readonly Part[],
  renaming: Renaming,
  budget: Budget,
): Generator<Renaming> {
  if (known.length !== found.length || known.length === 0) return;
  yield* inOrder(known, found, renaming, function* (a, b, now) {
    if (a.k === 'side') {
      if (b.k === 'side') yield* renamings(a.shape, b.shape, now, budget);
    } else if (a.k === 'letter') {
      const next = b.k === 'letter' ? withLetter(now, a.text, b.text) : undefined;
      if (next) yield next;
    } else if (b.k === 'sign' && a.text === b.text) yield now;
  });
}
