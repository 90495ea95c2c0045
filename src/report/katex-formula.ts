import katex from 'katex';

/** Environments of LaTeX that KaTeX has under another name. */
const alike: Readonly<Record<string, string>> = { multline: 'gather', flalign: 'align', displaymath: 'gather' };

/** Longer formulas are shown as they stand. */
const MAX_CHARACTERS = 20_000;

/** LaTeX of a stranger as HTML and MathML, or escaped as it stands where KaTeX cannot: nothing trusted, expansions and sizes capped. */
export function formulaHtml(
  latex: string,
  { display = false, macros = {} }: { readonly display?: boolean; readonly macros?: Readonly<Record<string, string>> },
  escape: (text: string) => string,
): string {
  const plain = latex
    .replace(/\\(?:label|tag\*?)\s*\{[^{}]*\}/g, '')
    .replace(/\\(begin|end)\{eqnarray(\*?)\}/g, (_, verb: string) => (verb === 'begin' ? '\\begin{array}{rcl}' : '\\end{array}'))
    .replace(/\{(multline|flalign|displaymath)(\*?)\}/g, (_, name: string, star: string) => `{${alike[name]}${star}}`); // prettier-ignore
  try {
    if (plain.length > MAX_CHARACTERS) throw new RangeError('too long');
    return katex.renderToString(plain, {
      displayMode: display,
      macros: { ...macros },
      throwOnError: true,
      trust: false,
      // Unicode such as a Chinese character in \text is no reason to warn in the terminal.
      strict: 'ignore',
      // What is not trusted is named in the colour of the text: red on a coloured ground is hard to read.
      errorColor: 'currentColor',
      maxExpand: 200,
      maxSize: 20,
    });
  } catch {
    return `<code>${escape(latex.trim())}</code>`;
  }
}

/** Why KaTeX cannot set a formula of our own or of an instructor's; undefined where it can. */
export function formulaProblem(latex: string): string | undefined {
  try {
    katex.renderToString(latex, { displayMode: true, throwOnError: true, strict: 'ignore' });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^KaTeX parse error: |\u0332/g, '') : String(error);
  }
}
