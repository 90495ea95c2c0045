import { fieldKey, isDensityName, isPointName, isScalarName } from '../meaning/vocabulary.js';
import type { ReadStatement } from '../read/document.js';
import type { Expression } from '../read/expression.js';
import type { Relation } from '../read/statements.js';
import { headOf, type Case } from './case.js';

// "Where p = 0", "if σ < 1": an equation that says which points or numbers are spoken of claims nothing of all of them.

/** Words that make any equation behind them a condition. */
const hypothetical =
  /(?:^|[\s,.;:(（，。；：])(?:if|iff|when|whenever|wherever|unless|until|once|provided)(?: and only if)?(?: that| we have| also)?\s*$|(?:若|如果|當|当|除非|只要|倘若)\s*$/i;
/** Words behind which an equation is asked for, unless it defines something. */
const assumed =
  /(?:^|[\s,.;:(（，。；：])(?:suppose|assume|assuming|require|requires|let|(?:we |one )?(?:set|setting|solve|solving))(?: that| we have| also)?\s*$|(?:假設|假设|假定|設|设|令|解)\s*$/i;
/** Words that restrict points where an equation of a name and a number follows. */
const placing =
  /(?:^|[\s,.;:(（，。；：])(?:where|at|for|with|on|in|outside of|away from|from|mode|modes|maximum|minimum|point|points)(?: which| the set)?,?\s*$|(?:在|處|处|點|点)[，,]?\s*$/i;

/** The same words behind it: "p = 0 on the boundary". */
const placed =
  /^\s*(?:\$|\\\))\s*(?:where|at|on|outside|away from|for(?! (?:all|any|every|each))|when|if|only|在|處|处)(?![a-z])/i;

/** Whether a link restricts what is spoken of: `\gamma > 0`, and what stands behind "if" or "at"; behind "let", what defines nothing. */
export function isCondition(
  left: Expression,
  right: Expression,
  relation: Relation,
  c: Case,
  defines: boolean,
): boolean {
  if (isBound(left, right, relation)) return true;
  if (!c.first) return false;
  const { label } = c.statement;
  if (hypothetical.test(label) || (assumed.test(label) && !defines)) return true;
  const behind = c.document.original.slice(c.rhs.end, c.rhs.end + 40);
  const isNumber = left.k === 'name' && isScalarName(left);
  return (placing.test(label) || (placed.test(behind) && !isNumber)) && right.k === 'number' && isPlace(left);
}

/** Whether the sentence begins with a condition: "when x = μ, the score vanishes: ∇ log p(x) = 0". */
export function underCondition({ document, statement }: Case): boolean {
  const before = document.statements.filter(({ at }) => at < statement.at).at(-1);
  if (before === undefined || before.display || !(hypothetical.test(before.label) || placesPoints(before)))
    return false;
  const end = Math.max(...before.sides.map((side) => side.end));
  return !/[.。;；!?]|\n\s*\n/.test(document.original.slice(end, statement.at).replace(/^[\s.,，]*\$[,，]?/, ''));
}

/** "At x = μ", "where p = 0": not "with v ~ N(0, I)" and "with x = x₀ + σz", which say what the letters are. */
function placesPoints({ label, sides, relations }: ReadStatement): boolean {
  const [left, right] = sides.map(({ tree }) => tree);
  return (
    placing.test(label) &&
    relations[0]?.relation !== '~' &&
    left !== undefined &&
    isPlace(left) &&
    (right?.k === 'number' || right?.k === 'name')
  );
}

/** A condition on a number. */
const isBound = (left: Expression, right: Expression, relation: Relation): boolean =>
  ['<', '>', '<=', '>=', '!='].includes(relation) &&
  ((left.k === 'name' && isScalarName(left) && right.k === 'number') ||
    (right.k === 'name' && isScalarName(right) && left.k === 'number'));

/** What a set of points is given by: a coordinate, a density or a field, and its gradient at a mode. */
function isPlace(e: Expression): boolean {
  if (e.k === 'nabla') return e.form === 'gradient';
  const head = headOf(e);
  return (
    head !== undefined && (isDensityName(head) || isPointName(head) || isScalarName(head) || fieldKey(head) === 'S')
  );
}
