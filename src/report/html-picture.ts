import type { Figure } from '../verify/result.js';
import type { Picture } from './figures.js';
import { prose } from './markdown-text.js';

/** A picture inside the page: SVG as elements, so that the page's colours reach it; PNG as a data URI, with its rows labelled. */
export function inlinePicture(
  figure: Figure,
  picture: Picture,
  prefix: string,
  renderInline: (markdown: string) => string,
  escape: (text: string) => string,
): string {
  const label = escape(figure.title);
  if (picture.type === 'svg') return inlineSvg(picture.svg, prefix, label);
  const source = `data:image/png;base64,${picture.png.toString('base64')}`;
  const labels =
    figure.kind === 'digits' ? figure.rows.map((row) => `<span>${renderInline(prose(row.label))}</span>`) : [];
  // The caption lists the rows too; who listens to the page hears them once.
  return `<span class="sheet"><span class="rows" aria-hidden="true">${labels.join('')}</span><img src="${source}" alt="${label}"></span>`;
}

/** Ids get the figure's own prefix: several figures share one page, and each calls its first clip path clip0. */
const inlineSvg = (svg: string, prefix: string, label: string): string =>
  svg
    .replace(/^<\?xml[^>]*>\s*/, '')
    .replace(/\b(id="|url\(#)((?:clip|gradient)_?\d+)/g, `$1${prefix}-$2`)
    .replace(/^<svg\b/, `<svg role="img" aria-label="${label}"`);
