import type { NotesDocument, ReadStatement } from '../read/document.js';
import type { Link } from './link.js';

/** What the author says of the formula that follows a comment. */
interface Order {
  readonly kind: 'skip' | 'expect-false';
  readonly why: string;
  /** Offset behind the comment. */
  readonly after: number;
}

/** The orders of `<!-- scorecheck: skip -->` and `<!-- scorecheck: expect FALSE -->`. */
function ordersOf({ annotations }: NotesDocument): Order[] {
  return annotations.flatMap(({ text, end }): Order[] => {
    if (/^skip\b/i.test(text)) return [{ kind: 'skip', why: /reason="([^"]*)"/.exec(text)?.[1] ?? '', after: end }];
    if (/^expect\s+false\b/i.test(text)) return [{ kind: 'expect-false', why: '', after: end }];
    return [];
  });
}

/** How an equation is meant: `<!-- scorecheck: claim mode=up-to-constant -->` in front of it. */
export const claimModes = ['equal', 'up-to-constant', 'up-to-scale', 'up-to-positive-affine', 'definition'] as const;
export type ClaimMode = (typeof claimModes)[number];

/** The mode that the author states for the formula that begins at a place; the word itself where it is none of them. */
export function claimModeAt(
  { annotations, statements }: NotesDocument,
  at: number,
): ClaimMode | { readonly unknown: string } | undefined {
  for (const { text, end } of annotations) {
    const word = /^claim\b[^]*?\bmode=["']?([\w-]+)/i.exec(text)?.[1];
    if (word === undefined || nextFormula(statements, end) !== at) continue;
    return claimModes.find((mode) => mode === word) ?? { unknown: word };
  }
  return undefined;
}

/** The links with the author's orders followed: each holds for the formula that comes next. */
export function obeyed(links: readonly Link[], document: NotesDocument): Link[] {
  const orders = ordersOf(document);
  const statements = document.statements;
  return links.map((link) => {
    const order = orders.find(({ after }) => nextFormula(statements, after) === link.statement.at);
    if (order === undefined)
      return link.severity === 'error' && calledFalse(link, document)
        ? { ...link, severity: 'none', message: `False, as the text says. ${link.message}` }
        : link;
    if (order.kind === 'skip') {
      return {
        ...link,
        verdict: 'not-checked',
        severity: 'none',
        reason: 'skipped',
        message: order.why === '' ? 'Skipped by its author.' : `Skipped by its author: ${order.why}.`,
      };
    }
    if (link.severity === 'error')
      return { ...link, severity: 'none', message: `False, as its author says. ${link.message}` };
    if (link.verdict === 'true')
      return { ...link, severity: 'error', message: 'Its author expects this to be false; it is true.' };
    return link;
  });
}

/** Words in front of a formula, or at the head of its column, that call it false. */
const falseWords = /(?:\b(?:wrong|false|incorrect)\b|[✗✘❌]|錯誤|错误)/iu;

/** Whether the text itself calls an equation false: "Wrong: $…$", or a table with a column of false statements. */
function calledFalse({ statement, rhs }: Link, { original }: NotesDocument): boolean {
  const front = /(?:\b(?:wrong|false|incorrect)\s*[:：]|[✗✘❌]|[錯错][誤误]?\s*[:：])\s*$/iu;
  if (front.test(statement.label)) return true;
  const lines = original.slice(0, rhs.end).split('\n');
  const row = lines.length - 1;
  if (!/^\s*\|/.test(lines[row])) return false;
  let ruler = row - 1;
  while (ruler > 0 && !/^[\s|:-]+$/.test(lines[ruler])) {
    if (!/^\s*\|/.test(lines[ruler])) return false;
    ruler--;
  }
  const column = cells(lines[row]).length - 1;
  return ruler > 0 && falseWords.test(cells(lines[ruler - 1])[column] ?? '');
}

/** The cells of a row of a table, up to where it is cut off; bars in formulas are none of it. */
const cells = (line: string): string[] =>
  line
    .replace(/\\\|/g, '  ')
    .replace(/\$[^$]*(?:\$|$)/g, (formula) => formula.replaceAll('|', ' '))
    .split('|');

const nextFormula = (statements: readonly ReadStatement[], after: number): number | undefined =>
  statements.find(({ at }) => at >= after)?.at;
