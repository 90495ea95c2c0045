import { nearest } from '../grade/nearest.js';
import { WrongUse } from './failure.js';

/** The item that `id` names, or WrongUse with the nearest names. */
export function named<T extends { readonly id: string }>(items: readonly T[], id: string, what: string): T {
  const found = items.find((item) => item.id === id);
  if (found !== undefined) return found;
  const near = nearest(
    id,
    items.map((item) => item.id),
  );
  const hint = near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
  throw new WrongUse(`Expected the id of a ${what}, got "${id}".${hint} \`scorecheck ${what}s\` lists them all.`);
}
