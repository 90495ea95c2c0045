import type { Link } from '../judge/link.js';
import type { NotesDocument } from '../read/document.js';
import { falseVariants, outlineOf } from './complete.js';
import { itemsOf, type Item } from './items.js';
import { isAlike } from './matching.js';

/** The false variant of the course that the formula of a link is, as a whole and up to the names of its letters, whatever is given of them. */
export function variantSaidIn(document: NotesDocument): (link: Link) => string | undefined {
  let items: readonly Item[] | undefined;
  return ({ statement }) => {
    items ??= itemsOf(document);
    const formula = items.find((item) => item.k === 'formula' && item.statements.includes(statement));
    if (formula?.k !== 'formula') return undefined;
    return falseVariants()
      .get(outlineOf(formula.statements))
      ?.find(({ parts }) => isAlike(parts, formula))?.name;
  };
}
