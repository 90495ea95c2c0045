import { courseClaims } from './course-claims.js';
import type { Question } from '../numbers/question.js';
import { scopeFor } from '../numbers/scope-for.js';
import { plainReading, type Bindings } from '../meaning/bindings.js';
import * as n from '../numbers/batch.js';
import { evaluate } from '../numbers/evaluate.js';
import type { Expression } from '../read/expression.js';
import type { Link } from '../judge/link.js';
import { readNotes, type ReadNotes } from '../notes.js';
import { newTrace } from '../numbers/scope.js';
import { entries } from '../numbers/value.js';
import { instances } from '../numbers/world.js';

/** Names the claim, and its false variant, that a false link says: `dsm-forms/weight-sigma-squared`. */
export type KnownVariants = (link: Link, notes: ReadNotes) => string | undefined;

interface Print {
  readonly name: string;
  readonly lhs: readonly number[];
  readonly rhs: readonly number[];
}

/** The values of a side on the two-dimensional instance: the same formula has the same print in any notation. */
function print(e: Expression, other: Expression, bindings: Bindings, at: number): readonly number[] | undefined {
  const question: Question = { lhs: e, rhs: other, bindings, at };
  try {
    const { scope } = scopeFor(question, instances[0], plainReading, newTrace());
    return entries(evaluate(e, scope)).flatMap((x) => {
      const value = n.primal(x);
      return typeof value === 'number' ? [value] : [...value];
    });
  } catch {
    return undefined;
  }
}

let prints: readonly Print[] | undefined;

/** Read once, when the first false link asks. */
function variantPrints(): readonly Print[] {
  prints ??= courseClaims.flatMap(({ id, variants }) =>
    Object.entries(variants).flatMap(([variant, statement]) => {
      const notes = readNotes(`${id}.md`, `$$${statement}$$\n\n$$x = x_0 + \\sigma \\varepsilon$$\n`, {
        repairs: false,
      });
      return notes.links.flatMap((link): Print[] => {
        const found = link.verdict === 'false' ? printsOf(link, notes) : undefined;
        return found ? [{ name: `${id}/${variant}`, ...found }] : [];
      });
    }),
  );
  return prints;
}

function printsOf(link: Link, { bindings }: ReadNotes): Omit<Print, 'name'> | undefined {
  if (link.lhs.tree === undefined || link.rhs.tree === undefined) return undefined;
  const lhs = print(link.lhs.tree, link.rhs.tree, bindings, link.rhs.start);
  const rhs = print(link.rhs.tree, link.lhs.tree, bindings, link.rhs.start);
  return lhs && rhs ? { lhs, rhs } : undefined;
}

const close = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((x, i) => Math.abs(x - b[i]) <= 1e-5 * (1e-6 + Math.abs(x)));

/** The variants of the course's claims, by the values of their two sides. */
export const knownVariants: KnownVariants = (link, notes) => {
  const mine = printsOf(link, notes);
  if (mine === undefined || mine.lhs.length === 0) return undefined;
  return variantPrints().find(({ lhs, rhs }) => close(lhs, mine.lhs) && close(rhs, mine.rhs))?.name;
};
