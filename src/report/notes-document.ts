import type { NotesSource } from '../notes/source.js';
import { plainMarkdown } from './html.js';
import { tableAlone } from './html-structure.js';

/** A document as HTML, each formula by `show`: Markdown by its rules with raw HTML as text, LaTeX as it stands. */
export function documentHtml(
  { text, isTex, formulas }: NotesSource,
  show: (number: number) => string,
  escape: (text: string) => string,
): string {
  let marked = '';
  let at = 0;
  formulas.forEach(({ start, end }, number) => {
    const [from, to] = withDelimiters(text, start, end);
    if (from < at) return;
    marked += unmarked(text.slice(at, from)) + mark(number);
    at = to;
  });
  marked += unmarked(text.slice(at));
  const html = isTex ? `<pre class="tex">${escape(marked)}</pre>` : markdown().render(withoutFrontMatter(marked));
  return html.replace(new RegExp(`${opens}(\\d+)${closes}`, 'g'), (_, number: string) => show(Number(number)));
}

// Two characters that no text has: Unicode keeps them for private use, and those of the document go.
const opens = '\uE000';
const closes = '\uE001';
const mark = (number: number): string => `${opens}${number}${closes}`;
const unmarked = (text: string): string => text.replace(/[\uE000\uE001]/g, '\uFFFD');

const delimiters = [
  ['$$', '$$'],
  ['$`', '`$'],
  ['$', '$'],
  ['\\(', '\\)'],
  ['\\[', '\\]'],
] as const;

/** An environment and a fenced block have none. */
function withDelimiters(text: string, start: number, end: number): [number, number] {
  for (const [open, close] of delimiters)
    if (text.startsWith(open, start - open.length) && text.startsWith(close, end))
      return [start - open.length, end + close.length];
  return [start, end];
}

const withoutFrontMatter = (text: string): string =>
  text.replace(/^\uFEFF?---[ \t]*\r?\n[\s\S]*?\n(?:---|\.\.\.)[ \t]*\r?(?:\n|$)/, '');

function markdown(): ReturnType<typeof plainMarkdown> {
  const md = plainMarkdown();
  const { escapeHtml } = md.utils;
  // Read as HTML, so that what the reader left out is left out here, and shown as text; comments are for scorecheck.
  md.set({ html: true });
  md.renderer.rules['html_block'] = md.renderer.rules['html_inline'] = (tokens, i) =>
    escapeHtml((tokens[i]?.content ?? '').replace(/<!--[\s\S]*?(?:-->|$)/g, ''));
  // Nothing is loaded: of a picture its words are shown.
  md.renderer.rules['image'] = (tokens, i) => `<em>[${escapeHtml(tokens[i]?.content ?? '')}]</em>`;
  const fence = md.renderer.rules['fence'];
  md.renderer.rules['fence'] = (tokens, i, ...rest) => {
    const content = tokens[i]?.content.trim() ?? '';
    return content.startsWith(opens) ? `<p>${content}</p>\n` : (fence?.(tokens, i, ...rest) ?? '');
  };
  tableAlone(md);
  md.core.ruler.push('headings', ({ tokens }) => {
    // Below the title of the file, and no level is left out.
    let before = 2;
    for (const token of tokens) {
      if (token.type === 'heading_open') before = Math.min(6, before + 1, Number(token.tag.slice(1)) + 2);
      if (token.type === 'heading_open' || token.type === 'heading_close') token.tag = `h${before}`;
    }
  });
  md.core.ruler.push('links', ({ tokens }) => {
    // A button has no place inside of a link.
    for (const { children } of tokens)
      if (children?.some(({ type }) => type === 'link_open') && children.some(({ content }) => content.includes(opens)))
        for (const child of children) if (child.type.startsWith('link_')) child.tag = 'span';
  });
  return md;
}
