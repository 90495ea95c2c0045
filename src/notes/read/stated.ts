import type { Extracted } from './formula.js';

/** LaTeX that the author states outside of the text: `let` in comments and front matter, with where it begins to hold. */
export function statedLatex({
  annotations,
  frontMatter,
}: Pick<Extracted, 'annotations' | 'frontMatter'>): { readonly latex: string; readonly at: number }[] {
  const own = annotations.flatMap(({ text, end }) => {
    const body = /^let\s+([\s\S]+)$/.exec(text)?.[1];
    return body === undefined ? [] : body.split(';').map((latex) => ({ latex: latex.trim(), at: end }));
  });
  const list = /^\s*scorecheck:[\s\S]*?^\s+let:\s*([\s\S]*?)(?=^\s*\w+:|$(?![\s\S]))/m.exec(frontMatter)?.[1] ?? '';
  const quoted = [...list.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g)].map(([, double, single]) => ({
    latex: (double ?? single ?? '').replaceAll('\\\\', '\\'),
    at: 0,
  }));
  return [...quoted, ...own];
}
