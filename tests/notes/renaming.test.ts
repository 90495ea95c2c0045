import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readNotes } from '../../src/notes/notes.js';

// How a formula is written must not decide whether it is true: other letters, spaces, delimiters, fractions, quotes and lists.

/** A formula in x (noisy), y (clean) and s (level), true or false as written. */
const links: readonly (readonly [boolean, string, string])[] = [
  [true, '\\nabla_{X} \\log p(X | Y)', '\\frac{Y - X}{T^2}'],
  [false, '\\nabla_{X} \\log p(X | Y)', '\\frac{X - Y}{T^2}'],
  [false, '\\nabla_{X} \\log p(X | Y)', '\\frac{Y - X}{T}'],
  [true, '\\| X - Y \\|^2', '\\left( X - Y \\right)^\\top \\left( X - Y \\right)'],
  [false, '\\| X - Y \\|^2', '\\| X \\|^2 - \\| Y \\|^2'],
];
const letters = fc.constantFrom(
  ['y', 'x', '\\tau'],
  ['\\tilde x', 'x', '\\sigma'],
  ['x_t', 'x_0', '\\sigma_t'],
  ['\\mathbf{x}', '\\mathbf{x}_0', '\\sigma'],
  ['\\tilde{\\boldsymbol{x}}', '\\boldsymbol{x}', '\\rho'],
);
const spelling = fc.record({
  space: fc.constantFrom(' ', '\\, ', '\\; ', '  '),
  fraction: fc.constantFrom('\\frac', '\\dfrac', '\\tfrac'),
  left: fc.constantFrom(['\\left(', '\\right)'], ['\\bigl(', '\\bigr)'], ['(', ')']),
  bars: fc.constantFrom(['\\| ', ' \\|'], ['\\lVert ', '\\rVert'], ['\\left\\| ', ' \\right\\|']),
  transpose: fc.constantFrom('\\top', 'T', '{\\mathsf T}', '\\intercal'),
  around: fc.constantFrom(
    (f: string) => `$${f}$`,
    (f: string) => `$$\n${f}\n$$`,
    (f: string) => `> $$\n> ${f}\n> $$`,
    (f: string) => `- one:\n\n  $$${f}$$`,
    (f: string) => `\\[ ${f} \\]`,
    (f: string) => `\\begin{align*}\n${f.replace(' = ', ' &= ')}\n\\end{align*}`,
    (f: string) => `| a | b |\n| --- | --- |\n| 1 | $${f.replace(/\|/g, '\\|').replace(/\\\\\|/g, '\\|')}$ |`,
  ),
});

it('judges an equation alike in other letters and spellings', () => {
  fc.assert(
    fc.property(fc.constantFrom(...links), letters, spelling, ([isTrue, lhs, rhs], [noisy, clean, level], how) => {
      let open = true;
      const put = (text: string): string =>
        text
          .replace(/\\\|/g, () => ((open = !open), how.bars[open ? 1 : 0]))
          .replace(/\\left\(/g, how.left[0])
          .replace(/\\right\)/g, how.left[1])
          .replace(/\\frac/g, how.fraction)
          .replace(/\\top/g, how.transpose)
          .replace(/ /g, how.space)
          .replace(/X/g, noisy)
          .replace(/Y/g, clean)
          .replace(/T(?=\^2|\})/g, level);
      const text = `Denoising score matching. $${noisy} = ${clean} + ${level} z$, $z \\sim \\mathcal N(0, I)$.\n\n${how.around(`${put(lhs)} = ${put(rhs)}`)}\n`;
      const judged = readNotes('a.md', text, { repairs: false }).links.filter(
        ({ rhs: side }) => side.start > text.indexOf('\n'),
      );
      expect(judged.length, text).toBeGreaterThan(0);
      for (const { severity, verdict } of judged)
        if (isTrue) expect(severity, text).not.toBe('error');
        else expect(verdict, text).not.toBe('true');
    }),
    { numRuns: 60 },
  );
});
