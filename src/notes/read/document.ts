import type { Expression } from './expression.js';
import type { Annotation, Extracted, Formula, Remark } from './formula.js';
import { lex, MAX_TOKENS, type Token } from './lexer.js';
import { expandMacros, macrosOf, type Macro } from './macros.js';
import { mojibakeIn } from './mojibake.js';
import { parseSide } from './parser.js';
import { isOnLine } from './one-variable.js';
import type { ReadingContext } from './cursor.js';
import { problemOf, Unreadable } from './problem.js';
import type { Span } from './span.js';
import { statedLatex } from './stated.js';
import { statementsOf, type Relation } from './statements.js';
import { tidy } from './tidy.js';

/** One side of an equation as it was read. */
export interface Side extends Span {
  /** As it stands in the file. */
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly tree: Expression | undefined;
  readonly problem: Unreadable | undefined;
}

/** A chain of sides in one formula. */
export interface ReadStatement {
  readonly sides: readonly Side[];
  readonly relations: readonly { readonly relation: Relation; readonly span: Span }[];
  /** It begins with a relation: the chain before goes on. */
  readonly continues: boolean;
  readonly mapping: boolean;
  /** Words before it in the same formula, or else the text between the last formula and this one. */
  readonly label: string;
  /** The headings and text before, for the names of losses. */
  readonly context: string;
  readonly at: number;
  readonly display: boolean;
  readonly sde: boolean;
  /** Said in a comment or in front matter: it binds, and is not judged. */
  readonly stated: boolean;
  /** A sum may go on from this display to the next, or from the one before to this: what it says alone is not sure. */
  readonly isCut?: boolean;
}

/** A document with its formulas parsed. */
export interface NotesDocument {
  readonly path: string;
  readonly original: string;
  readonly statements: readonly ReadStatement[];
  readonly annotations: readonly Annotation[];
  readonly frontMatter: string;
  readonly remarks: readonly Remark[];
  readonly energy: boolean;
  /** It is about functions of one real variable. */
  readonly line: boolean;
  /** Every formula with its LaTeX, free of the marks of quotes and lists; and the macros of the document. For those who show it. */
  readonly formulas: readonly (Formula & { readonly latex: string })[];
  readonly macros: ReadonlyMap<string, Macro>;
  /** Reads LaTeX as a side of an equation of this document; its spans are those of `text`. */
  readonly readSide: (text: string, sde: boolean) => Side;
}

/** No file longer than this is read, in characters. */
export const MAX_LENGTH = 2_000_000;
/** No more statements than this are judged in a file. */
const MAX_STATEMENTS = 5_000;

/** Parses every formula of a document. Never throws for what a document holds. */
export function readDocument(path: string, original: string, extracted: Extracted): NotesDocument {
  const { text, formulas } = extracted;
  const macros = preambleMacros(extracted);
  const remarks: Remark[] = [...extracted.remarks];
  const damage = mojibakeIn(original);
  if (damage) remarks.push(damage);
  const energy =
    /e\s*\^\s*\{?\s*-\s*(\\beta|\\frac\{1\}\{[^}]*\}|\\lambda)?\s*E\b|energy|能量|能量函数|Energie/i.test(text) &&
    /\bE\s*(_\{?\\theta\}?)?\s*\(/.test(text);
  const line = isOnLine(text);
  const statements: ReadStatement[] = [];
  const readSide = (latex: string, sde: boolean): Side => {
    const span = { start: 0, end: latex.length };
    try {
      // A sum that goes on in the next display carries the dollars along.
      const plain = latex.replace(/\$|\n\s*>/g, (part) => ' '.repeat(part.length));
      const tokens = tidy(expandMacros(lex(plain, span), new Map(macros)));
      return parsed(tokens, latex, { energy, sde, line });
    } catch (error) {
      return { text: latex, tokens: [], tree: undefined, problem: problemOf(error, span), ...span };
    }
  };
  for (const { latex, at } of statedLatex(extracted)) {
    const own = latex.slice(0, 2_000);
    for (const statement of statementsOf(tidy(lex(own, { start: 0, end: own.length })))) {
      const sides = statement.sides.map((side) => ({
        ...parsed(side, own, { energy, sde: false, line }),
        start: at,
        end: at,
      }));
      statements.push({
        ...statement,
        sides,
        continues: false,
        label: '',
        context: '',
        at,
        display: false,
        sde: false,
        stated: true,
      });
    }
  }
  let carried: Token[] | undefined;
  let cutBefore = false;
  let isFull = false;
  formulas.forEach((formula, i) => {
    if (statements.length >= MAX_STATEMENTS) {
      if (!isFull) remarks.push({ start: formula.start, end: formula.end, text: tooMany(formulas.length - i) });
      isFull = true;
      return;
    }
    let tokens: Token[];
    try {
      const raw = lex(text, formula);
      if (raw.length > MAX_TOKENS)
        throw new Unreadable('limit', `A formula of more than ${MAX_TOKENS} tokens.`, formula);
      tokens = tidy(expandMacros(raw, macros));
    } catch (error) {
      const problem = problemOf(error, formula);
      if (problem.reason === 'limit')
        remarks.push({ start: formula.start, end: formula.end, text: `This formula is not read: ${problem.message}` });
      statements.push(unreadable(original, formula, problem));
      return;
    }
    if (carried) tokens = [...carried, ...tokens];
    carried = undefined;
    // A display that begins with + or − goes on with the sum of the display before.
    const next = formulas[i + 1];
    const goesOn = next !== undefined && formula.display && next.display && isBridge(text.slice(formula.end, next.start)) ? signed(text.slice(next.start, next.end)) : 'no'; // prettier-ignore
    if (goesOn === 'surely') {
      carried = tokens;
      return;
    }
    const isCut = goesOn === 'perhaps' || cutBefore;
    cutBefore = goesOn === 'perhaps';
    const start = tokens[0]?.start ?? formula.start;
    const before = prose(behindFormula(original.slice(Math.max(0, formulas[i - 1]?.end ?? 0, start - 600), start)));
    const context = prose(original.slice(Math.max(0, start - 1200), start));
    statementsOf(tokens).forEach((statement, k) => {
      const sde = isSde(statement.sides.flat());
      const sides = statement.sides.map((side) => parsed(side, original, { energy, sde, line }));
      const continues = sides.length > 1 && sides[0].tokens.length === 0;
      statements.push({
        sides,
        relations: statement.relations,
        continues,
        mapping: statement.mapping,
        label: statement.label !== '' ? statement.label : k === 0 ? before : '',
        context,
        at: start,
        display: formula.display,
        sde,
        stated: false,
        isCut,
      });
    });
  });
  return {
    path,
    original,
    statements,
    annotations: extracted.annotations,
    frontMatter: extracted.frontMatter,
    remarks,
    energy,
    line,
    formulas: formulas.map((formula) => ({ ...formula, latex: text.slice(formula.start, formula.end) })),
    macros,
    readSide,
  };
}

/** A document of which nothing could be read: its first line stands for it. */
export function unreadDocument(path: string, original: string, problem: Unreadable): NotesDocument {
  const empty: Extracted = { text: '', formulas: [], remarks: [], annotations: [], frontMatter: '', preamble: '' };
  const end = original.indexOf('\n');
  const span = { start: 0, end: end < 0 ? original.length : end };
  return { ...readDocument(path, original, empty), statements: [unreadable(original, span, problem)] };
}

/** Whether a display that begins with a sign goes on with the sum before; −a = b may be an equation of its own. */
function signed(latex: string): 'surely' | 'perhaps' | 'no' {
  const [, sign] = /^\s*([+-])/.exec(latex) ?? [];
  if (sign === undefined) return 'no';
  return sign === '-' && latex.includes('=') ? 'perhaps' : 'surely';
}

const isBridge = (between: string): boolean => /^[\s$>]*(?:\\\]|\\\[|\s|[$>])*$/.test(between);

function preambleMacros(extracted: Extracted): Map<string, Macro> {
  const macros = new Map<string, Macro>();
  macrosOf(extracted.preamble.slice(0, 200_000), macros);
  // macros: in front matter, as MyST and Quarto have them: `  "\\E": "\\mathbb{E}"`.
  for (const match of extracted.frontMatter.matchAll(/^\s+["']?\\+([A-Za-z]+)["']?\s*:\s*["']?(.+?)["']?\s*$/gm)) {
    const body = match[2].replaceAll('\\\\', '\\');
    const arity = Math.max(0, ...[...body.matchAll(/#(\d)/g)].map(([, digit]) => Number(digit)));
    macros.set(match[1], { arity, optional: undefined, body: lex(body, { start: 0, end: body.length }) });
  }
  return macros;
}

function parsed(tokens: readonly Token[], original: string, context: ReadingContext): Side {
  const trimmed = trim(tokens);
  if (trimmed.length === 0)
    return {
      text: '',
      tokens: [],
      tree: undefined,
      problem: undefined,
      start: tokens[0]?.start ?? 0,
      end: tokens[0]?.start ?? 0,
    };
  const start = Math.min(...trimmed.map((token) => token.start));
  const end = Math.max(...trimmed.map((token) => token.end));
  const base = { text: original.slice(start, end), tokens: trimmed, start, end };
  try {
    return { ...base, tree: parseSide(trimmed, context), problem: undefined };
  } catch (error) {
    return { ...base, tree: undefined, problem: problemOf(error, base) };
  }
}

/** Without breaks at the ends, and without a label such as ⟨p⟩ in front. */
function trim(tokens: readonly Token[]): readonly Token[] {
  let [from, to] = [0, tokens.length];
  const blank = (token: Token | undefined): boolean => token?.kind === 'newline' || token?.kind === 'space';
  while (from < to && blank(tokens[from])) from++;
  while (to > from && blank(tokens[to - 1])) to--;
  const label = tokens.slice(from, from + 4);
  if (
    label[0]?.text === 'langle' &&
    label[1]?.kind === 'letter' &&
    label[2]?.text === 'rangle' &&
    label[3] !== undefined
  )
    from += 3;
  return tokens.slice(from, to);
}

function isSde(tokens: readonly Token[]): boolean {
  const d = (i: number, next: RegExp): boolean => tokens[i]?.text === 'd' && next.test(tokens[i + 1]?.text ?? '');
  const differential = (i: number): boolean =>
    d(i, /^[WwBXxYyZz]$|^mathbf$|^bar$|^boldsymbol$|^tilde$/) ||
    (tokens[i]?.text === 'd' && tokens[i + 1]?.text === '}' && /^[WwBXxt]|mathbf|bar/.test(tokens[i + 2]?.text ?? ''));
  const time = tokens.some(
    (_, i) => d(i, /^t$/) || (tokens[i].text === 'd' && tokens[i + 1]?.text === '}' && tokens[i + 2]?.text === 't'),
  );
  // dx = g dW has no dt.
  const dressed = /^(?:[{}]|mathbf|boldsymbol|bm|mathrm|bar|overline|tilde)$/;
  const wiener = tokens.some(
    ({ text }, i) =>
      text === 'd' && /^[WwB]$/.test(tokens.slice(i + 1, i + 6).find((t) => !dressed.test(t.text))?.text ?? ''),
  );
  return (
    (time || wiener) &&
    tokens.some((_, i) => differential(i)) &&
    !tokens.some(({ text }) => text === 'int' || text === 'partial')
  );
}

/** The text behind a formula, without the mark that closes it. */
const behindFormula = (text: string): string => text.replace(/^\s*(?:\$\$?|\\\)|\\\]|```)/, '');

/** Text without formulas, markup and blanks. */
function prose(text: string): string {
  return text
    .replace(/\$[^$]*\$/g, ' ')
    .replace(/[*_`>#$\\[\]]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

const tooMany = (left: number): string =>
  `No more than ${MAX_STATEMENTS} formulas of a file are read: this one and what follows, ${left} in all, are not. Split the file.`;

function unreadable(original: string, span: Span, problem: Unreadable): ReadStatement {
  const side: Side = { text: original.slice(span.start, span.end), tokens: [], tree: undefined, problem, ...span };
  return {
    sides: [side],
    relations: [],
    continues: false,
    mapping: false,
    label: '',
    context: '',
    at: span.start,
    display: true,
    sde: false,
    stated: false,
  };
}
