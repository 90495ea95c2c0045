import { linkOf, proseLinkOf, type Link } from '../judge/link.js';
import type { NotesDocument, ReadStatement, Side } from '../read/document.js';
import { walk, type Expression } from '../read/expression.js';
import { lex } from '../read/lexer.js';
import { completeStatements, outlineOf, type KnownStatement } from './complete.js';
import { itemsOf, type Item } from './items.js';
import { matchAt, type Match } from './matching.js';
import { lettersOf, type Renaming } from './renaming.js';

type FormulaItem = Extract<Item, { k: 'formula' }>;

/**
 * The links with those decided that a whole formula decides by being, up to the names of its letters, the statement of a claim or of a false variant. It has
 * to be the complete statement, what is given of the letters has to stand in front of it, and nothing else in the document may say what they are.
 */
export function recognised(links: readonly Link[], document: NotesDocument): Link[] {
  const known = completeStatements(document.original);
  if (known.size === 0) return [...links];
  const isCandidate = (statements: readonly ReadStatement[]): boolean => known.has(outlineOf(statements));
  const formulas = new Map<number, ReadStatement[]>();
  for (const statement of document.statements)
    formulas.set(statement.at, [...(formulas.get(statement.at) ?? []), statement]);
  if (![...formulas.values()].some(isCandidate)) return [...links];
  const items = itemsOf(document);
  const out = [...links];
  items.forEach((formula, at) => {
    if (formula.k !== 'formula' || formula.statements.length === 0 || !isCandidate(formula.statements)) return;
    const own = links.filter(({ statement }) => formula.statements.includes(statement));
    if (own.some(isDecidedOtherwise)) return;
    const found = whichOf(known.get(outlineOf(formula.statements)) ?? [], items, at, document);
    if (found === undefined) return;
    const open = own.filter(({ verdict }) => verdict === 'not-checked');
    const decided = found.known.isVariant ? open.slice(0, 1) : open;
    if (decided.length === 0 && (found.known.isVariant || !own.some(({ verdict }) => verdict === 'true')))
      out.push(verdictOf(openLink(formula.statements, own), found, formula, document));
    for (const link of decided) out[out.indexOf(link)] = verdictOf(link, found, formula, document);
  });
  return out.sort((a, b) => a.statement.at - b.statement.at);
}

/** Numbers come first, and so does the author who skips a formula. */
const isDecidedOtherwise = ({ verdict, severity, reason }: Link): boolean =>
  verdict === 'false' || severity === 'error' || reason === 'skipped' || reason === 'limit';

interface Found {
  readonly known: KnownStatement;
  readonly match: Match;
}

function whichOf(
  list: readonly KnownStatement[],
  items: readonly Item[],
  at: number,
  document: NotesDocument,
): Found | undefined {
  for (const known of list) {
    const match = matchAt(items, at, known);
    if (match === undefined || redefines(document, items, at, match)) continue;
    const { inside, around } = surroundings(document.original, items, at, match);
    if (marks.test(inside) || rebinding.test(around)) continue;
    if (known.isVariant && (doubtful.test(around) || signs.test(around))) continue;
    return { known, match };
  }
  return undefined;
}

/** Whether another formula of the document, a comment of its author included, says what one of the letters is. */
function redefines(document: NotesDocument, items: readonly Item[], at: number, { renaming, from, to }: Match): boolean {
  const own = new Set([...items.slice(from, to), items[at]].flatMap((item) => (item.k === 'formula' ? item.statements : [])));
  const defining = new Set(['=', ':=', '=:', '~', 'in', 'gets', '~=', 'propto']);
  return document.statements.some(
    (statement) =>
      !own.has(statement) &&
      statement.relations.some(({ relation }) => defining.has(relation)) &&
      statement.sides.slice(0, -1).some((side) => headsOf(side).some((letter) => renaming.back.has(letter))),
  );
} // prettier-ignore

/** The letters that a left side may define: that of its head, or else all of them. */
function headsOf({ tree, tokens }: Side): readonly string[] {
  if (tree === undefined) return tokens.flatMap(({ kind, text }) => (kind === 'letter' ? [text] : []));
  const names = (e: Expression): string[] =>
    e.k === 'name' ? [e.name] : e.k === 'call' ? [e.of.name] : e.k === 'differential' ? [e.of.name] : [];
  const head = names(tree);
  return (head.length > 0 ? head : [...walk(tree)].flatMap(names)).flatMap(lettersOf);
}

/** Words around a formula that ask for it, suppose it, or deny it. */
const doubtful =
  /(?<![a-z])(?:if|iff|suppose|assume|assuming|not|never|no|nor|cannot|wrong|wrongly|false|falsely|incorrect|mistakes?|mistaken|errors?|erroneous|instead|would|unless|except|only|when|whenever|why|whether|unlike|contrary|fails?|refuted?|counterexamples?|exercises?|quiz|problems?|questions?|show|prove|disprove|find|claimed|myth|backwards?|revers\w*|provided)(?![a-z])|若|如果|假設|假设|不|沒|没|錯|错|誤|误|非|否|嗎|吗|除非|當|当|練習|练习|習題|习题|反例|反向|證明|证明/iu;
const signs = /~~|<(?:s|del|strike)\b|[❌✗✘?？]/u;

/** Words behind a formula that say of its letters what was not given. */
const rebinding =
  /\f.*(?<![a-z])(?:where|wherein|here|with|denot\w+|being|let|means?|stands?|now)(?![a-z])|\f.*(?:其中|此處|此处|這裡|这里|表示)/isu;

/** What a formula may wear that does not get into its tree: a question mark over the sign, words under a brace, a stroke. */
const marks =
  /\?|\\(?:not|overset|underset|stackrel|underbrace|overbrace|xcancel|bcancel|cancel|sout|st|textcolor|color|tag|footnote|phantom|hphantom|vphantom)(?![a-z])/;

/** So many characters behind a formula may still speak of it. */
const FAR = 300;

/** The formula with what is given of it, and the headings, its paragraph and what is said behind it, with a form feed in the place of the formula. */
function surroundings(text: string, items: readonly Item[], at: number, { from, to }: Match): { inside: string; around: string } {
  const { start, end } = items[at];
  const [first, last] = to > from ? [items[from].start, items[to - 1].end] : [start, start];
  const paragraph = Math.max(0, text.lastIndexOf('\n\n', first));
  const headings = [...text.slice(0, paragraph).matchAll(/^(?:#{1,6} .*|title:.*|.+(?=\n(?:===|---)))$/gm)].map(([line]) => line);
  const around = [...headings, text.slice(paragraph, first), text.slice(last, start), '\f', text.slice(end, end + FAR)];
  return { inside: text.slice(first, last) + text.slice(start, end), around: around.join('\n') };
} // prettier-ignore

/** A link for a formula that states a law or an order, which is none by itself: that of its last statement without one. */
function openLink(statements: readonly ReadStatement[], own: readonly Link[]): Link {
  const free = statements.filter((statement) => !own.some((link) => link.statement === statement));
  const statement = free.findLast(({ sides }) => sides.length > 1) ?? free.at(-1) ?? statements[statements.length - 1];
  const [lhs, rhs] = statement.sides;
  if (rhs === undefined) return proseLinkOf(lhs, statement);
  return linkOf({ lhs, rhs, relation: statement.relations[0]?.relation ?? 'prose', relationSpan: statement.relations[0]?.span, statement }); // prettier-ignore
}

function verdictOf(link: Link, { known, match }: Found, formula: FormulaItem, document: NotesDocument): Link {
  const { name, isVariant, mend } = known;
  const claim = name.replace(/\/.*/, '');
  if (!isVariant)
    return { ...link, verdict: 'true', reason: '', message: `This is the claim \`${claim}\`; \`scorecheck verify\` checks it.` }; // prettier-ignore
  const latex = document.original.slice(formula.start, formula.end);
  const start = formula.start + (latex.length - latex.trimStart().length);
  const text = mend === undefined ? undefined : renamed(mend, match.renaming);
  return {
    ...link,
    verdict: 'false',
    severity: 'error',
    reason: '',
    message: `This is \`${name}\`, which the claim \`${claim}\` is mistaken for; \`scorecheck verify\` refutes it.`,
    recognised: {
      name,
      mend: text === undefined ? undefined : { text, start, end: start + latex.trim().length },
    },
  };
}

/** LaTeX in the letters of a document. */
function renamed(latex: string, { forth }: Renaming): string {
  const plain = latex.replace(/\s*\n\s*/g, ' ').trim();
  let text = '';
  let at = 0;
  for (const token of lex(plain, { start: 0, end: plain.length })) {
    const other = token.kind === 'letter' ? forth.get(token.text) : undefined;
    if (other === undefined || other === token.text) continue;
    text += `${plain.slice(at, token.start)}${other.length > 1 ? `\\${other} ` : other}`;
    at = token.end;
  }
  return (text + plain.slice(at)).replace(/(\\[a-z]+) +(?=[^a-zA-Z\s])/gi, '$1');
}
