import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdownToHtml } from '../../src/report/html.js';
import { code, displayMath, inlineMath, oneLine, plain, prose, table } from '../../src/report/markdown-text.js';

const md = markdownToHtml();

// Everything that Markdown, tables, HTML or LaTeX could take for more than a character, and pieces of real attacks.
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'`$|\\<>*_[](){}#-+=.!~&"\'%^:/@ \n\t0a',
        '  ',
        '$$',
        '```',
        '](',
        '<script>',
        '&lt;',
        '1. ',
        '---',
        '\\|',
      ),
      fc.constantFrom('javascript:alert(1)', '<img src=x onerror=alert(1)>', '中文', 'σ²', '\ud800', '\0'),
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.join(''));

/** The types of the tokens that a line of Markdown is made of, and its text. */
function read(markdown: string): { types: Set<string>; text: string } {
  const tokens = md.parse(markdown, {});
  const inline = tokens.flatMap(({ children }) => children ?? []);
  return {
    types: new Set([...tokens.map(({ type }) => type), ...inline.map(({ type }) => type)]),
    text: inline.map(({ content }) => content).join(''),
  };
}

/** The text of each body cell. */
function cellsOf(markdown: string): string[] {
  const tokens = md.parse(markdown, {});
  return tokens.flatMap(({ type }, index) =>
    type === 'td_open' ? [(tokens[index + 1]?.children ?? []).map(({ content }) => content).join('')] : [],
  );
}

describe('plain', () => {
  it('comes out as the same characters and nothing else', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { types, text: shown } = read(plain(text));
        expect(shown).toBe(oneLine(text));
        for (const type of types)
          expect(['paragraph_open', 'inline', 'paragraph_close', 'text', 'text_special']).toContain(type);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves ordinary text as it is', () => {
    expect(plain('Tweedie: σ = 0.4, E[x], 5-point (0.1.0) - done')).toBe(
      'Tweedie: σ = 0.4, E\\[x\\], 5-point (0.1.0) - done',
    );
  });
});

describe('prose', () => {
  it('typesets formulas and nothing else', () => {
    expect(prose('with $\\sigma > 0$ and *no* $p|q$')).toBe('with $\\sigma > 0$ and \\*no\\* $p\\vert q$');
    expect(prose('it costs $5 or 6$')).toBe('it costs $5 or 6$');
    expect(prose('US$5 and US$6, $')).toBe('US\\$5 and US\\$6, \\$');
  });

  it('lets neither HTML nor a link through', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const html = md.render(prose(text));
        expect(html).not.toMatch(/<(script|img|a)\b/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('table', () => {
  it('keeps hostile text in its cell', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(hostile, hostile, hostile), { minLength: 1, maxLength: 3 }), (rows) => {
        const markdown = table(
          [['One'], ['Two', 'right'], ['Three']],
          rows.map((row) => row.map(plain)),
        );
        expect(cellsOf(markdown)).toEqual(rows.flatMap((row) => row.map(oneLine)));
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps any LaTeX and any code in its cell', () => {
    fc.assert(
      fc.property(hostile, hostile, (latex, text) => {
        const cells = cellsOf(table([['Formula'], ['Code'], ['End']], [[inlineMath(latex), code(text), 'end']]));
        expect(cells).toHaveLength(3);
        expect(cells[2]).toBe('end');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('formulas', () => {
  it('writes bars as commands, which a cell keeps', () => {
    expect(inlineMath('\\|S\\|^2 = |x|y')).toBe('$\\Vert S\\Vert^2 = \\vert x\\vert y$');
    expect(inlineMath('\\begin{matrix} a \\\\| b \\end{matrix}')).toBe(
      '$\\begin{matrix} a \\\\\\vert b \\end{matrix}$',
    );
  });

  it('joins lines without losing what follows a comment', () => {
    expect(inlineMath('a % first\n  = 50\\% b')).toBe('$a = 50\\% b$');
    expect(displayMath('\n  a\n\n  = b\n')).toBe('$$\na\n= b\n$$');
  });

  it('shows as code what no dollars can hold', () => {
    expect(inlineMath('\\text{if $x$}')).toBe('`\\text{if $x$}`');
    expect(displayMath('x $$ y')).toBe('`x $$ y`');
    expect(inlineMath('x \\')).toBe('`x \\`');
  });
});
