import type { Span } from './span.js';
import type { Token } from './lexer.js';

/** The relations that the reader knows. */
export type Relation = '=' | ':=' | '=:' | '<' | '>' | '<=' | '>=' | '!=' | '~=' | '~' | 'propto' | 'in' | 'gets';

/** Sides of a chain as tokens, and what stands between them. `sides[0]` is empty where the statement begins with a relation. */
export interface Statement {
  readonly sides: readonly (readonly Token[])[];
  readonly relations: readonly { readonly relation: Relation; readonly span: Span }[];
  /** `S: R^d -> R^d` states no equation. */
  readonly mapping: boolean;
  /** The last words of text before it inside the same formula. */
  readonly label: string;
}

const relations: Readonly<Record<string, Relation>> = {
  '=': '=', '<': '<', '>': '>', lt: '<', gt: '>', le: '<=', leq: '<=', leqslant: '<=', ge: '>=', geq: '>=', geqslant: '>=', ne: '!=', neq: '!=',
  approx: '~=', simeq: '~=', cong: '~=', sim: '~', propto: 'propto', in: 'in', equiv: '=', triangleq: ':=', coloneqq: ':=', coloneq: ':=', eqqcolon: '=:',
  doteq: ':=', gets: 'gets',
}; // prettier-ignore
const connectors = new Set(
  'Rightarrow rightarrow Longrightarrow longrightarrow implies iff Leftrightarrow because therefore leftarrow Leftarrow to mapsto xrightarrow longmapsto leadsto hookrightarrow'.split(
    ' ',
  ),
);
/** Upright words that stand in front of what they act on, with or without brackets. */
const functionWords = new Set(
  'tr Tr trace Trace argmin argmax KL Cov Var sign sgn vec diag div det const constant const. exp log d'.split(' '),
);
const binary = new Set(['+', '-', 'minus', 'cdot', 'times', '/', 'pm']);

/** Splits the tokens of a formula at commas, words, arrows and ends of lines that stand outside of all brackets. */
export function statementsOf(tokens: readonly Token[]): Statement[] {
  const statements: Statement[] = [];
  let sides: Token[][] = [[]];
  let found: { relation: Relation; span: Span }[] = [];
  let mapping = false;
  let label = '';
  let depth = 0;
  // Relations inside of a norm part nothing; a single bar that has no partner opens none.
  const paired = barsOutside(tokens) % 2 === 0;
  let norm = false;
  const flush = (nextLabel = ''): void => {
    const empty = sides.every((side) => side.length === 0);
    if (!empty) {
      // A relation without a right side, as in `x = \text{words}`, states nothing on its right.
      while (sides.length > 1 && (sides.at(-1)?.length ?? 0) === 0) {
        sides.pop();
        found.pop();
      }
      statements.push({ sides, relations: found, mapping, label });
      label = nextLabel;
    } else if (nextLabel !== '') label = nextLabel;
    sides = [[]];
    found = [];
    mapping = false;
  };
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    depth = Math.max(0, depth + change(token));
    // KL(p ‖ q): a bar inside of brackets opens no norm outside of them.
    if (paired && depth === 0 && isNormBar(token)) norm = !norm;
    const side = sides[sides.length - 1];
    if (depth > 0 || norm || (change(token) < 0 && depth === 0)) {
      side.push(token);
      continue;
    }
    const next = tokens[i + 1];
    if (token.kind === 'char' && token.text === ':' && next?.text === '=') {
      found.push({ relation: ':=', span: { start: token.start, end: next.end } });
      sides.push([]);
      i++;
    } else if (token.text === '=' && next?.text === ':' && next.kind === 'char') {
      found.push({ relation: '=:', span: { start: token.start, end: next.end } });
      sides.push([]);
      i++;
    } else if (token.kind === 'char' && token.text === ':') {
      if (side.length > 0 && sides.length === 1) mapping = true;
      else flush();
    } else if (isRelation(token)) {
      // `\Rightarrow =` and `= =`: the connector said nothing.
      found.push({ relation: relations[token.text], span: token });
      sides.push([]);
    } else if (token.kind === 'command' && connectors.has(token.text)) {
      if (mapping) side.push(token);
      else {
        flush();
        i = skipArrowLabel(tokens, i, token.text);
      }
    } else if (token.kind === 'text') {
      if (
        isWord(token.text) &&
        (functionWords.has(token.text.trim()) ||
          (side.length === 0 ? actsAsName(next) : actsAsName(next) || joinsSum(side)))
      )
        side.push(token);
      else flush(token.text);
    } else if (token.kind === 'char' && /^[,，。；;、．]$/u.test(token.text)) flush();
    else if (token.kind === 'char' && token.text === '.') {
      if (next === undefined || next.kind === 'newline' || next.kind === 'space' || next.kind === 'text') flush();
      else side.push(token);
    } else if (token.kind === 'newline' || token.kind === 'space') {
      const last = side.at(-1);
      const goesOn =
        next !== undefined &&
        (isRelation(next) ||
          isBinary(next) ||
          next.kind === 'newline' ||
          next.kind === 'space' ||
          next.kind === 'text' ||
          (next.text === ':' && tokens[i + 2]?.text === '='));
      if (!goesOn && !(last === undefined || isBinary(last))) flush();
    } else if (token.kind === 'command' && token.text === '#') flush();
    else side.push(token);
  }
  flush();
  return statements;
}

const isNormBar = (token: Token): boolean => token.kind === 'command' && token.text === '|';

/** How many norms open or close outside of all brackets. */
function barsOutside(tokens: readonly Token[]): number {
  let depth = 0;
  let bars = 0;
  for (const token of tokens) {
    depth = Math.max(0, depth + change(token));
    if (depth === 0 && isNormBar(token)) bars++;
  }
  return bars;
}

const isRelation = (token: Token): boolean =>
  (token.kind === 'command' && token.text in relations && token.text !== 'lt') ||
  (token.kind === 'char' && ['=', '<', '>'].includes(token.text));

const isBinary = (token: Token): boolean =>
  (token.kind === 'char' || token.kind === 'command') && binary.has(token.text);

/** One Latin word: a name such as Loss, score or const; sentences and other scripts are prose. */
const isWord = (text: string): boolean => /^\s*(?:[A-Za-z]+|const\.)\s*$/.test(text);

const actsAsName = (next: Token | undefined): boolean =>
  next !== undefined &&
  (['(', '[', '_', '^', '{'].includes(next.text) || isRelation(next) || (next.kind === 'char' && next.text === ':'));

const joinsSum = (side: readonly Token[]): boolean => {
  const last = side.at(-1);
  return last !== undefined && isBinary(last);
};

function change(token: Token): number {
  if (token.kind === 'char') {
    if (token.text === '(' || token.text === '[' || token.text === '{') return 1;
    if (token.text === ')' || token.text === ']' || token.text === '}') return -1;
  } else if (token.kind === 'command') {
    if (token.text === '{' || token.text === 'langle' || token.text.startsWith('begin:')) return 1;
    if (token.text === '}' || token.text === 'rangle' || token.text.startsWith('end:')) return -1;
  }
  return 0;
}

function skipArrowLabel(tokens: readonly Token[], i: number, arrow: string): number {
  if (arrow !== 'xrightarrow') return i;
  let depth = 0;
  for (let j = i + 1; j < tokens.length; j++) {
    if (tokens[j].text === '{' || tokens[j].text === '[') depth++;
    else if (tokens[j].text === '}' || tokens[j].text === ']') depth--;
    else if (depth === 0) return j - 1;
    if (depth === 0 && tokens[j].text === '}') return j;
  }
  return tokens.length - 1;
}
