import type { MarkdownIt, StateCore, Token } from 'markdown-it';
import { headingAnchors } from './outline.js';

/**
 * Gives the page what Markdown has no words for: anchors of headings, row headers, tables and formulas that scroll by
 * themselves, figures with captions, badges of verdicts, and a landmark for the contents.
 */
export function accessible(md: MarkdownIt): void {
  md.core.ruler.push('anchors', anchors);
  md.core.ruler.push('badges', badges);
  md.core.ruler.push('figures', figures);
  md.core.ruler.push('contents', contents);
  md.core.ruler.push('cells', cells);
  tableAlone(md);
  const mathBlock = md.renderer.rules['math_block'];
  md.renderer.rules['math_block'] = (...rest) =>
    `<div class="equation" tabindex="0" role="group" aria-label="Formula">${mathBlock?.(...rest) ?? ''}</div>\n`;
}

/** Tables scroll by themselves, and have a name. */
export function tableAlone(md: MarkdownIt): void {
  md.renderer.rules['table_open'] = (tokens, index) =>
    `<div class="scroll" tabindex="0" role="group" aria-label="Table: ${md.utils.escapeHtml(headings(tokens, index))}"><table>\n`;
  md.renderer.rules['table_close'] = () => '</table></div>\n';
}

function anchors({ tokens }: StateCore): void {
  const anchorFor = headingAnchors();
  tokens.forEach((token, index) => {
    if (token.type === 'heading_open') token.attrSet('id', anchorFor(textOf(tokens[index + 1])));
  });
}

/** **✓ supported** -> a badge. Text of the data cannot make one: its asterisks are escaped. */
function badges({ tokens }: StateCore): void {
  for (const { children } of tokens) {
    children?.forEach((token, index) => {
      const mark = /^([✓✗?]) (not )?(supported|refuted|inconclusive)$/.exec(children[index + 1]?.content ?? '');
      if (token.type !== 'strong_open' || mark === null) return;
      token.attrSet('class', `badge ${mark[1] === '✓' ? 'good' : mark[1] === '✗' ? 'bad' : 'open'}`);
    });
  }
}

/** A paragraph that is an image, and the one after it -> figure and caption. */
function figures({ tokens }: StateCore): void {
  // From the end, since the close of the figure moves behind its caption.
  for (let at = tokens.length - 6; at >= 0; at--) {
    const [open, inline, close, caption, , captionClose] = tokens.slice(at, at + 6);
    const isImage =
      open?.type === 'paragraph_open' && inline?.children?.length === 1 && inline.children[0]?.type === 'image';
    if (!isImage || caption?.type !== 'paragraph_open' || close === undefined || captionClose === undefined) continue;
    open.tag = close.tag = 'figure';
    caption.tag = captionClose.tag = 'figcaption';
    tokens.splice(at + 2, 4, ...tokens.slice(at + 3, at + 6), close);
  }
}

function contents(state: StateCore): void {
  const { tokens } = state;
  const heading = tokens.findIndex(
    ({ type }, index) => type === 'heading_open' && textOf(tokens[index + 1]) === 'Contents',
  );
  if (heading < 0) return;
  const end = tokens.findIndex(
    ({ type, level }, index) => index > heading && type === 'bullet_list_close' && level === 0,
  );
  if (end < 0) return;
  const open = new state.Token('nav_open', 'nav', 1);
  open.attrSet('aria-labelledby', 'contents');
  open.block = true;
  const close = new state.Token('nav_close', 'nav', -1);
  close.block = true;
  tokens.splice(end + 1, 0, close);
  tokens.splice(heading, 0, open);
}

/** The first cell of a row says what the row is about; the style sheet keeps short cells on one line and gives formulas and long sentences room. */
function cells({ tokens }: StateCore): void {
  tokens.forEach((token, index) => {
    if (token.type === 'th_open') token.attrSet('scope', 'col');
    if (token.type !== 'td_open') return;
    const inline = tokens[index + 1];
    const { length } = textOf(inline);
    const short = length <= longestShortCell;
    const formula = inline?.children?.length === 1 && inline.children[0]?.type === 'math_inline';
    if (short) token.attrSet('class', 'short');
    else if (formula) token.attrSet('class', 'formula');
    else if (length > longestNarrowCell) token.attrSet('class', 'long');
    // A formula is no name that assistive technology could read out for the row.
    if (tokens[index - 1]?.type !== 'tr_open' || formula) return;
    token.tag = 'th';
    token.attrSet('scope', 'row');
    const close = tokens.slice(index).find(({ type }) => type === 'td_close');
    if (close !== undefined) close.tag = 'th';
  });
}

// A verdict, a number, a method: "? inconclusive", "3.1×10⁻⁷", "sequential mean".
const longestShortCell = 16;

// Three lines of a narrow column; a longer sentence gets a wider one.
const longestNarrowCell = 60;

function headings(tokens: readonly Token[], table: number): string {
  const end = tokens.findIndex(({ type }, index) => index > table && type === 'thead_close');
  const inside = tokens.slice(table, end);
  return inside.flatMap((token, index) => (token.type === 'th_open' ? [textOf(inside[index + 1])] : [])).join(', ');
}

const textOf = (inline: Token | undefined): string => inline?.children?.map(({ content }) => content).join('') ?? '';
