import { createRequire } from 'node:module';
import katex from 'katex';
import type katexPlugin from '@vscode/markdown-it-katex';
import createMarkdownIt, { type MarkdownIt } from 'markdown-it';
import type { Verification } from '../verify/result.js';
import type { Pictures } from './figures.js';
import { accessible } from './html-structure.js';
import { inlinePicture } from './html-picture.js';
import { page } from './page.js';
import { theoryMarkdown } from './theory-markdown.js';

/**
 * The theory report as one HTML file that loads nothing: formulas typeset by KaTeX, its fonts and all figures inside, no scripts.
 * It is made from the same Markdown as theory.md.
 */
export function theoryHtml(
  verification: Verification,
  pictures: Pictures,
  { times = true }: { readonly times?: boolean } = {},
): string {
  const references = new Map(verification.figures.map((figure, index) => [`figure-${index + 1}`, figure]));
  const referenceOf = new Map([...references].map(([reference, figure]) => [figure, reference]));
  const markdown = theoryMarkdown(verification, { figures: (figure) => referenceOf.get(figure) ?? '', times });
  const md = markdownToHtml();
  md.renderer.rules['image'] = (tokens, index) => {
    const token = tokens[index];
    const reference = String(token?.attrGet('src') ?? '');
    const figure = references.get(reference);
    const picture = figure === undefined ? undefined : pictures.get(figure.id);
    const title = md.utils.escapeHtml(token?.content ?? '');
    if (figure === undefined || picture === undefined) return title;
    return inlinePicture(figure, picture, reference, (text) => md.renderInline(text), md.utils.escapeHtml);
  };
  return page({ title: 'Theory report', body: md.render(markdown) });
}

// A CommonJS module compiled from an ES one: Node and Vitest disagree on what its default import is, require leaves no doubt.
const { default: formulas } = createRequire(import.meta.url)('@vscode/markdown-it-katex') as typeof katexPlugin;

/** Markdown alone: formulas are the caller's. Raw HTML comes out as text. */
export const plainMarkdown = (): MarkdownIt =>
  new createMarkdownIt({ html: false, linkify: false, typographer: false });

/** Markdown without raw HTML, with formulas, anchors and the structure that assistive technology needs. */
export function markdownToHtml(): MarkdownIt {
  const md = plainMarkdown();
  md.use(formulas, { throwOnError: false, katex: quietKatex });
  accessible(md);
  return md;
}

// Unicode such as a Chinese character in \text is no reason to warn in the terminal.
const quietKatex: typeof katex = {
  ...katex,
  renderToString: (latex, options) => katex.renderToString(latex, { ...options, strict: 'ignore', trust: false }),
};
