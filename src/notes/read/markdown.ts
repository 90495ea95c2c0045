import createMarkdownIt, { type MarkdownIt } from 'markdown-it';
import type { StateBlock, StateInline, Token } from 'markdown-it';
import type { Annotation, Extracted, Formula, Remark } from './formula.js';
import type { Span } from './span.js';

// markdown-it knows what is code, a quote, a list, a comment; two rules of our own know what is mathematics. It gives offsets within lines
// only for blocks, so those of inline formulas are found again in the lines they come from.

interface Found {
  readonly start: number;
  readonly end: number;
  readonly display: boolean;
}

const opening =
  /^(\$\$|\\\[|\\begin\{(?:align|equation|gather|multline|eqnarray|flalign|alignat|displaymath|math)\*?\})/;

function closingOf(open: string): string {
  if (open === '$$') return '$$';
  if (open === '\\[') return '\\]';
  return open.replace('begin', 'end');
}

/** A block that starts with $$, \[ or a display environment and ends with its partner, over any lines between. */
function mathBlock(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = state.bMarks[startLine] + state.tShift[startLine];
  const open = opening.exec(state.src.slice(start, state.eMarks[startLine]))?.[1];
  if (open === undefined) return false;
  const close = closingOf(open);
  for (let line = startLine; line < endLine; line++) {
    const from = line === startLine ? start + open.length : state.bMarks[line] + state.tShift[line];
    // A block of a quote or a list ends where its container does.
    if (line > startLine && state.sCount[line] < state.blkIndent && !state.isEmpty(line)) return false;
    const at = indexOfUnescaped(state.src, close, from, state.eMarks[line]);
    if (at < 0) continue;
    const rest = state.src.slice(at + close.length, state.eMarks[line]).trim();
    // Words behind the formula: a paragraph, for the inline rule.
    if (rest !== '' && !/^[.,;。，；]?(\s*\{#[^}]*\}|\s*\([^)]*\))?$/.test(rest)) return false;
    if (silent) return true;
    const token = state.push('math_block', '', 0);
    const environment = open.startsWith('\\begin');
    token.map = [startLine, line + 1];
    token.meta = {
      start: environment ? start : start + open.length,
      end: environment ? at + close.length : at,
      display: true,
    } satisfies Found;
    token.hidden = true;
    state.line = line + 1;
    return true;
  }
  return false;
}

function indexOfUnescaped(text: string, mark: string, from: number, to: number): number {
  for (let at = text.indexOf(mark, from); at >= 0 && at + mark.length <= to; at = text.indexOf(mark, at + 1)) {
    if (mark !== '$$' || text[at - 1] !== '\\') return at;
  }
  return -1;
}

/** $…$, $$…$$, \(…\) and \[…\] within a paragraph. */
function mathInline(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state;
  const char = src[pos];
  if (char !== '$' && char !== '\\') return false;
  const pairs: readonly (readonly [string, string, boolean])[] = [
    ['$$', '$$', true],
    ['$`', '`$', false],
    ['$', '$', false],
    ['\\(', '\\)', false],
    ['\\[', '\\]', true],
  ];
  for (const [open, close, display] of pairs) {
    if (!src.startsWith(open, pos)) continue;
    let at = -1;
    for (let i = pos + open.length; i < posMax; i++) {
      if (src.startsWith(close, i)) {
        at = i;
        break;
      }
      if (src[i] === '\\') i++;
    }
    if (at <= pos + open.length) continue;
    const inside = src.slice(pos + open.length, at);
    if (open === '$' && !isInlineMath(inside, src[at + 1] ?? '')) continue;
    if (inside.trim() === '') continue;
    if (!silent) {
      const token = state.push('math_inline', '', 0);
      token.meta = { start: pos + open.length, end: at, display } satisfies Found;
      token.content = inside;
    }
    state.pos = at + close.length;
    return true;
  }
  return false;
}

/** `$5 and $6` is money: no digit behind the closing dollar, and no blank line or lone prose inside. */
const isInlineMath = (inside: string, after: string): boolean =>
  !/[0-9]/.test(after) && !/\n\s*\n/.test(inside) && !/^\d+([.,]\d+)? (and|or|to|bis|und) /.test(inside);

/** Quotes and lists in each other, in levels of markdown-it (a list and its item are two); what is deeper is left out, and said. */
const deepest = 100;

function reader(): MarkdownIt {
  const md = new createMarkdownIt({ html: true, linkify: false, typographer: false, maxNesting: deepest });
  md.block.ruler.before('code', 'math_block', mathBlock, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
  md.inline.ruler.before('escape', 'math_inline', mathInline);
  return md;
}

/** The formulas of a Markdown document with their exact places, its comments for scorecheck, and its front matter. */
export function extractMarkdown(original: string): Extracted {
  // Same length, so that offsets stay: carriage returns and NUL are blanks to Markdown.
  let text = original.replace(/\r|\0/g, ' ');
  const front = /^\uFEFF?---[ \t]*\n([\s\S]*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text);
  const frontMatter = front?.[1] ?? '';
  if (front) text = front[0].replace(/[^\n]/g, ' ') + text.slice(front[0].length);
  const lines = lineStarts(text);
  const formulas: Formula[] = [];
  const comments: Span[] = [];
  const masks: Span[] = [];
  const cursors = new Map<number, number>();
  const tooDeep: Remark[] = [];
  let row: [number, number] | null = null;
  for (const token of reader().parse(text, {})) {
    // The cells of a table have no lines of their own, its rows have.
    if (token.type === 'tr_open') row = token.map;
    if (token.type === 'inline' && token.map === null) token.map = row;
    if (token.nesting === 1 && token.level + 1 >= deepest && token.map)
      tooDeep.push(notRead({ start: lines[token.map[0]], end: lines[token.map[1]] ?? text.length }));
    if (token.type === 'math_block') {
      const found = token.meta as unknown as Found;
      formulas.push(found);
      masks.push(...prefixes(text, lines, token.map ?? [0, 0], found));
    } else if (token.type === 'fence' && /^(math|latex-math|tex-math)\b/.test(token.info.trim()) && token.map) {
      const [first, last] = token.map;
      const start = lines[first + 1] ?? text.length;
      const end = Math.max(start, (lines[last - 1] ?? text.length) - 1);
      formulas.push({ start, end, display: true });
      masks.push(...prefixes(text, lines, token.map, { start, end }));
    } else if (token.type === 'html_block' && token.map) {
      comments.push({ start: lines[token.map[0]], end: lines[token.map[1]] ?? text.length });
    } else if (token.type === 'inline' && token.map) {
      const place = placer(text, lines, token, cursors);
      for (const child of token.children ?? []) {
        if (child.type === 'math_inline') {
          const found = child.meta as unknown as Found;
          const start = place(found.start);
          // A bar at the end stands behind its backslash.
          const last = place(found.end - 1);
          const end = last + (text.startsWith('\\|', last) && token.content[found.end - 1] === '|' ? 2 : 1);
          formulas.push({ start, end, display: found.display });
          masks.push(...prefixesBetween(text, lines, { start, end }, found, place));
        }
      }
      if (token.content.includes('<!--'))
        comments.push({ start: place(0), end: place(Math.max(0, token.content.length - 1)) + 1 });
    }
  }
  formulas.sort((a, b) => a.start - b.start);
  const annotations = comments.flatMap((span) => annotationsIn(text, span));
  return {
    text: masked(text, masks),
    formulas,
    annotations,
    frontMatter,
    remarks: [...tooDeep.slice(0, 1), ...undelimited(text, formulas)],
    preamble: '',
  };
}

const notRead = (span: Span): Remark => ({
  ...span,
  text: 'Quotes and lists are nested too deep here: what stands in the deepest is not read. Nest them less deep.',
});

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Offset in the content of an inline token -> offset in the text: each line of it stands, cut, in a line of the text. */
function placer(
  text: string,
  lines: readonly number[],
  token: Token,
  cursors: Map<number, number>,
): (offset: number) => number {
  const [first] = token.map ?? [0, 0];
  const starts: { content: number; text: number; escapes: readonly number[] }[] = [];
  let content = 0;
  token.content.split('\n').forEach((line, i) => {
    const from = lines[first + i] ?? text.length;
    const to = lines[first + i + 1] ?? text.length;
    const after = cursors.get(first + i) ?? from;
    let at = text.indexOf(line, Math.max(from, after));
    let escapes: readonly number[] = [];
    if (at < 0 || at >= to) {
      // A table unescapes \|: its backslashes are put back.
      const cell = line.includes('|') ? escapedCell(line, text, Math.max(from, after), to) : undefined;
      at = cell?.at ?? Math.min(to, Math.max(from, after));
      escapes = cell?.escapes ?? [];
    }
    cursors.set(first + i, at + line.length + escapes.length);
    starts.push({ content, text: at, escapes });
    content += line.length + 1;
  });
  return (offset) => {
    let k = starts.length - 1;
    while (k > 0 && starts[k].content > offset) k--;
    const within = offset - starts[k].content;
    const put = starts[k].escapes.filter((bar) => bar < within).length;
    return Math.min(text.length, starts[k].text + within + put);
  };
}

/** Where the content of a cell stands in a row, and which of its bars have a backslash there. */
function escapedCell(
  content: string,
  text: string,
  from: number,
  to: number,
): { readonly at: number; readonly escapes: readonly number[] } | undefined {
  for (let at = text.indexOf(content[0], from); at >= 0 && at < to; at = text.indexOf(content[0], at + 1)) {
    const escapes: number[] = [];
    let fits = true;
    for (let i = 0; fits && i < content.length; i++) {
      if (content[i] === '|' && text.startsWith('\\|', at + i + escapes.length)) escapes.push(i);
      fits = text[at + i + escapes.length] === content[i];
    }
    if (fits) return { at, escapes };
  }
  return undefined;
}

/** What stands in front of the lines of a block: indents, > and list marks. */
function prefixes(
  text: string,
  lines: readonly number[],
  [first, last]: readonly [number, number],
  found: Span,
): Span[] {
  const masks: Span[] = [];
  for (let line = first + 1; line < last; line++) {
    const start = lines[line];
    if (start >= found.end) break;
    const marks = /^[ \t]*(?:>[ \t]?)+/.exec(text.slice(start, lines[line + 1] ?? text.length));
    if (marks) masks.push({ start, end: Math.min(found.end, start + marks[0].length) });
  }
  return masks;
}

function prefixesBetween(
  text: string,
  lines: readonly number[],
  { start, end }: Span,
  found: Span,
  place: (offset: number) => number,
): Span[] {
  if (!text.slice(start, end).includes('\n')) return [];
  const kept = new Set<number>();
  for (let offset = found.start; offset < found.end; offset++) kept.add(place(offset));
  return lines.flatMap((line) => {
    if (line <= start || line >= end) return [];
    let to = line;
    while (to < end && !kept.has(to) && text[to] !== '\n') to++;
    return to > line ? [{ start: line, end: to }] : [];
  });
}

function masked(text: string, masks: readonly Span[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of masks.toSorted((a, b) => a.start - b.start)) {
    const from = Math.max(start, at);
    if (end <= from) continue;
    parts.push(text.slice(at, from), text.slice(from, end).replace(/[^\n]/g, ' '));
    at = end;
  }
  return parts.join('') + text.slice(at);
}

/** Every HTML comment that ends, once through the text: a pattern would look for the end of each anew where there is none. */
function commentsOf(text: string): Span[] {
  const comments: Span[] = [];
  for (let start = text.indexOf('<!--'); start >= 0; start = text.indexOf('<!--', start)) {
    const close = text.indexOf('-->', start + 4);
    if (close < 0) break;
    comments.push({ start, end: close + 3 });
    start = close + 3;
  }
  return comments;
}

function annotationsIn(text: string, { start: from, end: to }: Span): Annotation[] {
  return commentsOf(text.slice(from, to)).flatMap(({ start, end }) => {
    const said = /^<!--\s*scorecheck:?\s*([\s\S]*)-->$/.exec(text.slice(from + start, from + end))?.[1];
    return said === undefined ? [] : [{ text: said.trim(), start: from + start, end: from + end }];
  });
}

/** Raw TeX outside of all delimiters, and display math whose backslashes Markdown has eaten. */
function undelimited(text: string, formulas: readonly Formula[]): Remark[] {
  const remarks: Remark[] = [];
  // What an author says to the reader, in comments and front matter, is no text.
  const front = /^---\n[\s\S]*?\n---/.exec(text)?.[0].length ?? 0;
  const unseen = [{ start: 0, end: front }, ...commentsOf(text).filter(({ start }) => start >= front)];
  const within = (at: number): boolean =>
    formulas.some(({ start, end }) => start - 2 <= at && at < end + 2) ||
    unseen.some(({ start, end }) => start <= at && at < end);
  for (const match of text.matchAll(
    /\\(?:Rightarrow|frac|nabla|mathbb|sigma|theta|int|sum|log|dots|bar|tilde|cdot)\b/g,
  )) {
    if (!within(match.index) && !/`[^`\n]*$/.test(text.slice(text.lastIndexOf('\n', match.index) + 1, match.index))) {
      remarks.push({
        start: match.index,
        end: match.index + match[0].length,
        text: `${match[0]} stands outside of $…$: it is read as text.`,
      });
    }
  }
  for (const match of text.matchAll(/^[ \t]*\[[ \t]*\n[\s\S]{0,400}?\n[ \t]*\][ \t]*$/gm)) {
    if (!within(match.index))
      remarks.push({
        start: match.index,
        end: match.index + match[0].length,
        text: 'A lone [ … ]: the backslashes of \\[ … \\] may be lost.',
      });
  }
  return remarks.slice(0, 20);
}
