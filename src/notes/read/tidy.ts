import type { Token } from './lexer.js';

// What only shapes the page says nothing: it goes before the parser sees it.

const silent = new Set(
  (
    'left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm displaystyle textstyle scriptstyle limits nolimits ' +
    'nonumber notag mathop mathbin mathrel mathord mathopen mathclose boxed underbrace overbrace underline overline# cal rm bf it bm# hfill hline ' +
    'noindent centering protect ensuremath mathstrut strut allowbreak break nobreak medspace thinspace negthinspace hphantom#'
  ).split(' '),
);
const sizes = new Set(
  'left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm'.split(' '),
);
const withArgument = new Set(
  'tag label color hspace vspace phantom hphantom vphantom mspace kern eqref ref cite footnote textcircled class'.split(
    ' ',
  ),
);
const layouts = new Set(
  'aligned align align* alignat alignat* equation equation* split multline multline* gather gather* gathered eqnarray eqnarray* flalign flalign*'.split(
    ' ',
  ),
);

/** The tokens without layout: sizes, labels, boxes, alignment; `\quad` becomes a space that may part two statements. */
export function tidy(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  let matrices = 0;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token.kind === 'char' && token.text === '&' && matrices === 0) continue;
    if (token.kind !== 'command') {
      out.push(token);
      continue;
    }
    const [verb, name] = token.text.split(':');
    if (name !== undefined && (verb === 'begin' || verb === 'end')) {
      if (layouts.has(name)) {
        if (verb === 'begin') i = skipColumns(tokens, i, name);
        if (verb === 'end') out.push({ ...token, kind: 'newline', text: '\\\\' });
        continue;
      }
      matrices += verb === 'begin' ? 1 : -1;
      out.push(token);
      if (verb === 'begin' && name === 'array') i = skipGroup(tokens, i);
    } else if (token.text === 'quad' || token.text === 'qquad') out.push({ ...token, kind: 'space' });
    else if (token.text === 'underbrace' || token.text === 'overbrace') {
      // \underbrace{X}_{words}: the words go.
      const close = matching(tokens, i + 1);
      out.push(...tidy(tokens.slice(i + 1, close + 1)));
      i = close;
      if (['_', '^'].includes(tokens[i + 1]?.text ?? '')) i = skipGroup(tokens, i + 1);
    } else if (token.text === 'boxed' && tokens[i + 1]?.text === '{') {
      const close = matching(tokens, i + 1);
      out.push(...tidy(tokens.slice(i + 2, close)));
      i = close;
    } else if (token.text === 'overset' || token.text === 'stackrel') i = skipGroup(tokens, i);
    else if (token.text === 'textcolor') i = skipGroup(tokens, i);
    else if (withArgument.has(token.text)) i = skipGroup(tokens, i);
    else if (sizes.has(token.text) && tokens[i + 1] !== undefined && tokens[i + 1].text !== '.') {
      // The delimiter stands where its size begins: what is put in front of a bracket goes in front of \\left.
      out.push({ ...tokens[i + 1], start: Math.min(token.start, tokens[i + 1].start) });
      i++;
    } else if (silent.has(token.text)) {
      if ((token.text === 'left' || token.text === 'right') && tokens[i + 1]?.text === '.') i++;
    } else out.push(token);
  }
  return out;
}

/** The index of the brace that closes the one at `open`; `open` itself where there is none. */
export function matching(tokens: readonly Token[], open: number): number {
  if (tokens[open]?.text !== '{' || tokens[open].kind !== 'char') return open;
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (tokens[i].kind !== 'char') continue;
    if (tokens[i].text === '{') depth++;
    else if (tokens[i].text === '}' && --depth === 0) return i;
  }
  return tokens.length - 1;
}

function skipGroup(tokens: readonly Token[], i: number): number {
  return tokens[i + 1]?.text === '{' ? matching(tokens, i + 1) : i + 1;
}

function skipColumns(tokens: readonly Token[], i: number, name: string): number {
  return name.startsWith('alignat') ? skipGroup(tokens, i) : i;
}
