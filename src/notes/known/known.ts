import type { Link } from '../judge/link.js';
import type { Bindings } from '../meaning/bindings.js';
import { knownPrints } from './known-prints.js';
import { alike, printsOf } from './prints.js';

/** Names the claim, and its false variant, that a false link says: `dsm-forms/weight-sigma-squared`. */
export type KnownVariants = (link: Link, bindings: Bindings) => string | undefined;

/** The variants of the course's claims, by the values of their two sides. */
export const knownVariants: KnownVariants = ({ lhs, rhs }, bindings) => {
  const prints = lhs.tree && rhs.tree ? printsOf(lhs.tree, rhs.tree, bindings, rhs.start, 0) : undefined;
  if (prints === undefined || prints[0].length === 0) return undefined;
  return knownPrints.find((known) => alike(prints[0], known.lhs) && alike(prints[1], known.rhs))?.name;
};
