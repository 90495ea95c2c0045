import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNotes } from '../../src/notes/notes.js';

// Whatever a file holds, the reader ends, throws nothing, and its spans are those of the file. `npm run fuzz:notes` runs more of them.
const runs = Number(process.env['FUZZ_RUNS'] ?? 300);

const pieces = [
  '$', '$$', '\\[', '\\]', '\\(', '\\)', '{', '}', '(', ')', '[', ']', '\\|', '|', '_', '^', '&', '\\\\', '=', ':=', '\\sim', '+', '-', '\\cdot', '/', ',',
  'E', 'x', 'x_0', 'S(x)', 'p(x|x_0)', '\\nabla', '\\nabla_x \\log', '\\int', 'dx', '\\frac', '\\frac{1}{2}', '\\sqrt', '\\mathbb{E}', '\\mathbb', '\\sum_{i=1}^d',
  '\\text{', '\\begin{bmatrix}', '\\end{bmatrix}', '\\begin{align}', '\\end{align}', '\\left', '\\right.', '\\sigma^2', '\\mathcal{N}(0, I)', 'L_{ISM}', '\\argmin',
  '\\dots', '2', "'", '\n', '\n\n', '> ', '- ', '`', '```\n', '<!-- scorecheck: skip -->', '。', '中文', '😀', '\u0000', '\r\n', '\u2028', '\\newcommand{\\a}{\\a\\a}', '\\a', '%',
  '\\tilde', '\\operatorname*{arg\\,min}', '\\partial', '\\partial_x', '\\langle', '\\rangle', '\\boxed{', '\\underbrace{', '#', '~', '\\', '\\tag{1}', 'dX_t', 'dt', 'dW_t',
]; // prettier-ignore

const check = (file: string, text: string): void => {
  const { links, repairs, document } = readNotes(file, text, { repairs: false });
  for (const { lhs, rhs, span } of links) {
    for (const side of [lhs, rhs])
      expect(text.slice(side.start, side.end).replace(/[\r\0]/g, ' ')).toBe(side.text.replace(/[\r\0]/g, ' '));
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeLessThanOrEqual(text.length);
  }
  for (const { start, end } of document.remarks) expect(start >= 0 && end <= text.length).toBe(true);
  expect(repairs.size).toBe(0);
};

describe('the reader of hostile files', () => {
  it('ends on any string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => check('a.md', text)),
      { numRuns: runs },
    );
  });

  it('ends on any mixture of its own words, in Markdown and in LaTeX', () => {
    const words = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((list) => list.join(' '));
    fc.assert(
      fc.property(words, fc.constantFrom('a.md', 'a.tex'), (text, file) => check(file, text)),
      { numRuns: runs },
    );
    fc.assert(
      fc.property(words, (text) => check('a.md', `$$${text}$$`)),
      { numRuns: runs },
    );
  });

  it.each([
    ['deep nesting', `$$${'('.repeat(5000)}x${')'.repeat(5000)} = 1$$`],
    ['deep braces', `$$${'{'.repeat(50_000)}x = 1$$`],
    ['deep fractions', `$$x = ${'\\frac{1}{'.repeat(300)}2${'}'.repeat(300)}$$`],
    ['macros without end', '$$\\newcommand{\\a}{\\b\\b}\\newcommand{\\b}{\\c\\c}\\newcommand{\\c}{\\a\\a} \\a = 1$$'],
    ['a long formula', `$$x = ${'x + '.repeat(30_000)}1$$`],
    ['many expectations', `$$${'E_{x \\sim p(x)} '.repeat(40)} \\|S(x)\\|^2 = 1$$`],
    ['many gradients', `$$${'\\nabla \\cdot \\nabla '.repeat(30)} \\log p(x) = 1$$`],
    ['many quotes', `${'> '.repeat(2000)}$x=1$`],
    ['many dollars', '$'.repeat(20_000)],
    ['a huge power', '$\\sigma^{99999999999} = e^{e^{e^{99}}}$'],
  ])('ends soon on %s', (_, text) => {
    const began = process.cpuUsage();
    check('a.md', text);
    const { user } = process.cpuUsage(began);
    expect(user / 1e6).toBeLessThan(10);
  });
});
