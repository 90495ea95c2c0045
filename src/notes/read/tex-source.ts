import type { Annotation, Extracted, Formula, Remark } from './formula.js';

const display = 'equation|align|gather|multline|eqnarray|flalign|alignat|displaymath|math';

/** The formulas of a LaTeX document; comments, verbatim text and the preamble are left out, `% scorecheck:` comments are annotations. */
export function extractTex(original: string): Extracted {
  const blank = (part: string): string => part.replace(/[^\n]/g, ' ');
  const annotations: Annotation[] = [];
  let text = original.replace(/\r|\0/g, ' ');
  text = text.replace(/(^|[^\\])%([^\n]*)/g, (whole: string, before: string, comment: string, at: number) => {
    const own = /^\s*scorecheck:?\s*(.*)$/.exec(comment);
    if (own) annotations.push({ text: own[1].trim(), start: at + before.length, end: at + whole.length });
    return before + ' '.repeat(whole.length - before.length);
  });
  text = text.replace(/\\begin\{(verbatim|lstlisting|minted|comment)\}[\s\S]*?\\end\{\1\}/g, blank);
  text = text.replace(/\\verb(\*?)([^A-Za-z\s*])[^\n]*?\2/g, blank);
  const begin = text.indexOf('\\begin{document}');
  const preamble = begin < 0 ? text : text.slice(0, begin);
  const formulas: Formula[] = [];
  const finder = new RegExp(`\\$\\$|\\$|\\\\\\[|\\\\\\(|\\\\begin\\{(?:${display})\\*?\\}|\\\\.`, 'g');
  finder.lastIndex = Math.max(0, begin);
  for (let match = finder.exec(text); match !== null; match = finder.exec(text)) {
    const open = match[0];
    const environment = open.startsWith('\\begin');
    const close =
      open === '$' || open === '$$'
        ? open
        : open === '\\['
          ? '\\]'
          : open === '\\('
            ? '\\)'
            : environment
              ? open.replace('begin', 'end')
              : undefined;
    if (close === undefined) continue;
    let at = text.indexOf(close, match.index + open.length);
    while (at >= 0 && close.startsWith('$') && text[at - 1] === '\\') at = text.indexOf(close, at + 1);
    if (at < 0) continue;
    formulas.push({
      start: environment ? match.index : match.index + open.length,
      end: environment ? at + close.length : at,
      display: open !== '$' && open !== '\\(',
    });
    finder.lastIndex = at + close.length;
  }
  return {
    text,
    formulas: formulas.filter(({ start, end }) => text.slice(start, end).trim() !== ''),
    annotations,
    frontMatter: '',
    remarks: inputs(text),
    preamble,
  };
}

/** Says at the first \input that what it brings, its macros above all, is not read here. */
function inputs(text: string): Remark[] {
  const match = /\\(?:input|include|subfile)\s*\{([^}\n]*)\}/.exec(text);
  if (match === null) return [];
  const start = match.index;
  return [{ start, end: start + match[0].length, text: `${match[1]} is not read with this file: name it as well. Macros that another file defines are not known here.` }];
} // prettier-ignore
