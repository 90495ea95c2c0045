import { bind } from '../meaning/bind.js';
import { readDocument } from '../read/document.js';
import { extractMarkdown } from '../read/markdown.js';
import type { courseClaims } from './course-claims.js';
import { alike, printsOf, type Print } from './prints.js';

/** An equation of a false variant: its name and the values of its two sides. */
export interface VariantPrint {
  readonly name: string;
  readonly lhs: Print;
  readonly rhs: Print;
}

/** So many digits tell formulas apart to the 1e-5 that {@link alike} asks for. */
const DIGITS = 9;

/** The sides of every equation of every false variant, to 9 digits: what known-prints.ts holds. */
export function variantPrints(claims: typeof courseClaims): VariantPrint[] {
  return claims.flatMap(({ id, variants }) =>
    Object.entries(variants).flatMap(([variant, { statement }]) => equationsOf(`${id}/${variant}`, statement)),
  );
}

function equationsOf(name: string, statement: string): VariantPrint[] {
  const text = `$$${statement.replace(/\s*\n\s*/g, ' ')}$$\n\n$$x = x_0 + \\sigma \\varepsilon$$\n`;
  const document = readDocument(`${name}.md`, text, extractMarkdown(text));
  const bindings = bind(document);
  const [{ at }] = document.statements;
  const rounded = (print: Print): Print => print.map((x) => Number(x.toPrecision(DIGITS)));
  return document.statements
    .filter((stated) => stated.at === at && !stated.sde)
    .flatMap(({ sides, relations }) =>
      relations.flatMap(({ relation }, i): VariantPrint[] => {
        const [l, r] = [sides[i].tree, sides[i + 1]?.tree];
        const prints = relation === '=' && l && r ? printsOf(l, r, bindings, text.length, 0) : undefined;
        return prints ? [{ name, lhs: rounded(prints[0]), rhs: rounded(prints[1]) }] : [];
      }),
    )
    .filter(({ lhs, rhs }) => [...lhs, ...rhs].every(Number.isFinite) && lhs.length > 0 && !alike(lhs, rhs));
}
