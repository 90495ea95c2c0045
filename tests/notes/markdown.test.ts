import { describe, expect, it } from 'vitest';
import { extractMarkdown } from '../../src/notes/read/markdown.js';
import { extractTex } from '../../src/notes/read/tex-source.js';
import { mojibakeIn } from '../../src/notes/read/mojibake.js';

const formulas = (text: string): string[] =>
  extractMarkdown(text).formulas.map(({ start, end }) => text.slice(start, end).trim());

describe('extractMarkdown', () => {
  it('finds every kind of delimiter, where it stands', () => {
    const text =
      'a $x=1$ b \\(y=2\\) c\n\n$$z=3$$\n\n\\[\nu=4\n\\]\n\n```math\nv=5\n```\n\n\\begin{align}\nw&=6\n\\end{align}\n';
    expect(formulas(text)).toEqual(['x=1', 'y=2', 'z=3', 'u=4', 'v=5', '\\begin{align}\nw&=6\n\\end{align}']);
  });

  it('reads no formula in code, in comments or in front matter', () => {
    expect(
      formulas('---\ntitle: $a=1$\n---\n`$b=2$` \n\n```\n$c=3$\n```\n\n<!-- $d=4$ -->\n\n    $e=5$\n\n$f=6$'),
    ).toEqual(['f=6']);
  });

  it('takes prices for prices', () => {
    expect(formulas('It costs $5 and $6, or $7.')).toEqual([]);
  });

  it.each([
    ['quotes', '> text\n>\n> $$\n> x = \n> 2\n> $$\n'],
    ['lists', '- item\n\n  $$\n  x =\n  2\n  $$\n'],
    ['a heading, emphasis, a link and Windows line ends', '# Title\r\n\r\n**$x =\r\n2$** [a](b)\r\n'],
  ])('keeps the places inside of %s, and blanks the marks out', (_, text) => {
    const { formulas: found, text: same } = extractMarkdown(text);
    expect(same.length).toBe(text.length);
    expect(found.map(({ start, end }) => same.slice(start, end).replace(/\s+/g, ''))).toEqual(['x=2']);
    expect(text.slice(found[0].start, found[0].end)).toContain('x =');
  });

  it('counts Chinese characters and emoji as an editor does', () => {
    const text = '中文😀 **粗體** $x=1$，\n| 表 | $y=2$ |\n|---|---|\n| 格 | $z=3$ |\n';
    expect(formulas(text)).toEqual(['x=1', 'y=2', 'z=3']);
  });

  it('reads norms in the cells of a table, where a bar has a backslash', () => {
    const text = '| a | $\\|u\\|$ and $v\\|$ | b |\n|---|---|---|\n| c | d \\| $2 \\\\|w\\\\|$ | $z=3$ |\n';
    expect(formulas(text)).toEqual(['\\|u\\|', 'v\\|', '2 \\\\|w\\\\|', 'z=3']);
  });

  it('reports TeX outside of formulas', () => {
    expect(extractMarkdown('\\Rightarrow we need $x=1$').remarks.map(({ start }) => start)).toEqual([0]);
    expect(extractMarkdown('<!-- scorecheck: let \\sigma = 1 -->\n\n$x=1$').remarks).toEqual([]);
  });
});

// Minutes, where each comment without an end is looked for anew.
it.each([
  ['<!-- ', false],
  ['a <!-- ', false],
  ['<!-- scorecheck: skip -->\n', true],
])('reads 1.9 MB of comments such as %j in one pass', (comment, closed) => {
  const count = Math.floor(1.9e6 / comment.length);
  expect(extractMarkdown(comment.repeat(count)).annotations).toHaveLength(closed ? count : 0);
});

it('extractTex leaves out comments, verbatim text and the preamble', () => {
  const text =
    '\\newcommand{\\a}{$x$}\n\\begin{document}\n$a=1$ % $b=2$\n\\begin{verbatim}$c=3$\\end{verbatim}\n\\[d=4\\] 5\\% $e=6$\n\\end{document}';
  expect(extractTex(text).formulas.map(({ start, end }) => text.slice(start, end))).toEqual(['a=1', 'd=4', 'e=6']);
});

it('mojibakeIn knows UTF-8 read as Windows-1254, and leaves accents alone', () => {
  expect(mojibakeIn('ç›®æ ‡å‡½æ•°ï¼šä» KL åˆ° Score Matching, æ•°æ®')?.text).toContain('wrong encoding');
  expect(mojibakeIn('Où est l’élève ? À côté, naïf: Ångström, Ærø; 分数匹配 — “ok”')).toBeUndefined();
});

it('says that what \\input brings into a LaTeX file is not read', () => {
  const { remarks } = extractTex('% \\input{not}\n\\begin{document}\n\\input{part}\n$x = x$\\end{document}');
  expect(remarks.map(({ start, text }) => [start, text.slice(0, 16)])).toEqual([[31, 'part is not read']]);
});
