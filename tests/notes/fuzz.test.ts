import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkInput } from '../../bench/notes/fuzz-check.js';
import { kinds } from '../../bench/notes/fuzz-inputs.js';
import { corpus } from '../../bench/notes/fuzz-corpus.js';
import { readNotes } from '../../src/notes/notes.js';
import { withinSeconds } from '../../src/notes/numbers/time-limit.js';

// Whatever a file holds, the reader ends, throws nothing, and its places are those of the file. `npm run fuzz:notes` runs 100,000 of them.
const runs = 200;

describe('the reader of hostile files', () => {
  it.each(Object.entries(kinds(corpus())))('ends on %s, with every place right', (_, [share, inputs]) => {
    let number = 0;
    fc.assert(
      fc.property(inputs, (input) => checkInput(input, { repairs: false, reports: ++number % 20 === 0 })),
      { numRuns: Math.round((runs * share) / 20) },
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
    checkInput({ file: 'a.md', text, equations: [] }, { repairs: false, reports: true });
    const { user } = process.cpuUsage(began);
    expect(user / 1e6).toBeLessThan(10);
  });
});

it('gives a link up when its time is over, and says so', () => {
  const steps = Array.from({ length: 40 }, (_, i) => `$$a_{${i + 1}} := a_{${i}} + a_{${i}} a_{${i}}$$\n\n`);
  const began = process.cpuUsage();
  const { links } = withinSeconds(0.5, () => readNotes('a.md', `${steps.join('')}$$a_{40} = 3$$\n`));
  expect(process.cpuUsage(began).user / 1e6).toBeLessThan(8);
  expect(links.at(-1)).toMatchObject({ verdict: 'not-checked', severity: 'none', reason: 'limit' });
});
