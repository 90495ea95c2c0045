import type { Link } from '../judge/link.js';
import type { Bindings } from '../meaning/bindings.js';
import { knownPrints } from './known-prints.js';
import { alike, printsOf } from './prints.js';

/** The claim, and its false variant, that a false link says by the values of its two sides: `dsm-forms/weight-sigma-squared`. */
export function knownVariant({ lhs, rhs }: Link, bindings: Bindings): string | undefined {
  const prints = lhs.tree && rhs.tree ? printsOf(lhs.tree, rhs.tree, bindings, rhs.start, 0) : undefined;
  if (prints === undefined || prints[0].length === 0) return undefined;
  return knownPrints.find((known) => alike(prints[0], known.lhs) && alike(prints[1], known.rhs))?.name;
}
