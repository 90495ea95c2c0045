import { bind } from '../meaning/bind.js';
import type { Link } from '../judge/link.js';
import type { ReadNotes } from '../notes.js';
import { readDocument } from '../read/document.js';
import { extractMarkdown } from '../read/markdown.js';
import { courseClaims } from './course-claims.js';
import { alike, printsOf, type Print } from './prints.js';

/** Names the claim, and its false variant, that a false link says: `dsm-forms/weight-sigma-squared`. */
export type KnownVariants = (link: Link, notes: ReadNotes) => string | undefined;

interface Variant {
  readonly name: string;
  readonly lhs: Print;
  readonly rhs: Print;
}

let variants: readonly Variant[] | undefined;

/** The sides of every false variant, computed when the first false link asks. */
function variantPrints(): readonly Variant[] {
  variants ??= courseClaims.flatMap(({ id, variants: own }) =>
    Object.entries(own).flatMap(([variant, statement]) => {
      const text = `$$${statement.replace(/\s*\n\s*/g, ' ')}$$\n\n$$x = x_0 + \\sigma \\varepsilon$$\n`;
      const document = readDocument(`${id}.md`, text, extractMarkdown(text));
      const bindings = bind(document);
      const [{ at }] = document.statements;
      return document.statements
        .filter((stated) => stated.at === at && !stated.sde)
        .flatMap(({ sides, relations }) =>
          relations.flatMap(({ relation }, i): Variant[] => {
            const [l, r] = [sides[i].tree, sides[i + 1]?.tree];
            const prints = relation === '=' && l && r ? printsOf(l, r, bindings, text.length, 0) : undefined;
            return prints ? [{ name: `${id}/${variant}`, lhs: prints[0], rhs: prints[1] }] : [];
          }),
        )
        .filter(({ lhs, rhs }) => lhs.length > 0 && !alike(lhs, rhs));
    }),
  );
  return variants;
}

/** The variants of the course's claims, by the values of their two sides. */
export const knownVariants: KnownVariants = ({ lhs, rhs }, { bindings }) => {
  const prints = lhs.tree && rhs.tree ? printsOf(lhs.tree, rhs.tree, bindings, rhs.start, 0) : undefined;
  if (prints === undefined || prints[0].length === 0) return undefined;
  return variantPrints().find((known) => alike(prints[0], known.lhs) && alike(prints[1], known.rhs))?.name;
};
