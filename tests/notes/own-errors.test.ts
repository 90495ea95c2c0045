import { describe, expect, it, vi } from 'vitest';
import type * as evaluating from '../../src/notes/numbers/evaluate.js';
import type * as parsing from '../../src/notes/read/parser.js';
import type * as repairing from '../../src/notes/repair/repair.js';
import type * as binding from '../../src/notes/meaning/bind.js';
import { checkInput } from '../../bench/notes/fuzz-check.js';
import { notesText, noPaint } from '../../src/report/notes-text.js';
import { readNotes } from '../../src/notes/notes.js';
import { summarise } from '../../src/notes/summarise.js';
import { keyOf, type Expression } from '../../src/notes/read/expression.js';

// Stages of the reader that fail over one letter as a mistake in their code would make them.

const fails = (e: Expression, letter: string): void => {
  if (e.k === 'name' && keyOf(e) === letter) throw new TypeError("Cannot read properties of undefined (reading 'x')");
};
vi.mock('../../src/notes/numbers/evaluate.js', async (original) => {
  const real = await original<typeof evaluating>();
  const evaluate: typeof real.evaluate = (e, scope) => {
    fails(e, 'Q');
    return real.evaluate(e, scope);
  };
  return { ...real, evaluate };
});
vi.mock('../../src/notes/read/parser.js', async (original) => {
  const real = await original<typeof parsing>();
  const parseSide: typeof real.parseSide = (tokens, context) => {
    if (tokens.some(({ text }) => text === 'V')) throw new TypeError('No such token');
    return real.parseSide(tokens, context);
  };
  return { ...real, parseSide };
});
vi.mock('../../src/notes/repair/repair.js', async (original) => {
  const real = await original<typeof repairing>();
  const repair: typeof real.repair = (link, ...others) => {
    if (link.lhs.text === 'x^\\top x') throw new TypeError('No such edit');
    return real.repair(link, ...others);
  };
  return { ...real, repair };
});
vi.mock('../../src/notes/meaning/bind.js', async (original) => {
  const real = await original<typeof binding>();
  const bind: typeof real.bind = (document) => {
    if (document.statements.some(({ sides }) => sides.some(({ text }) => text === 'B'))) throw new TypeError('No such role');
    return real.bind(document);
  };
  return { ...real, bind };
}); // prettier-ignore

const around = (formula: string): string => `Scores. $\\|x\\|^2 = x^T x$, ${formula}, and $2 x = x + x$.`;
const read = (formula: string): [string, string, string][] =>
  readNotes('a.md', around(formula)).links.map(({ verdict, severity, reason }) => [verdict, severity, reason]);
const holds = ['true', 'none', ''];
const own = ['not-checked', 'warning', 'internal'];

describe('an error of scorecheck itself', () => {
  it.each([
    ['where a side is computed', '$\\|Q\\|^2 = 2 \\|Q\\|^2$'],
    ['where a side is read', '$V = 2$'],
    ['where a formula without a relation is read', '$V + 2$'],
    ['where a change is sought', '$x^\\top x = 2 \\|x\\|^2$'],
  ])('%s leaves that one link unchecked', (_, formula) => {
    expect(read(formula)).toEqual([holds, own, holds]);
  });

  it('before any link is judged leaves the file unread', () => {
    expect(read('$B = 2$')).toEqual([own]);
  });

  it('is shown, asks to be reported, and is no finding', () => {
    const text = around('$\\|Q\\|^2 = 2 \\|Q\\|^2$');
    const file = summarise(readNotes('a.md', text));
    expect(file.links[1]).toMatchObject({ line: 1, lhs: '\\|Q\\|^2', fix: null });
    const shown = notesText({ version: '0', files: [file] }, new Map([['a.md', text]]), noPaint);
    expect(shown).toContain('This was not checked. An error of scorecheck, not of the document; please report it');
    expect(shown).toContain('TypeError: Cannot read properties of undefined');
  });

  it('is a failure to whoever looks for crashes', () => {
    const input = { file: 'a.md' as const, text: around('$\\|Q\\|^2 = 2 \\|Q\\|^2$'), equations: [] };
    expect(() => checkInput(input, { repairs: false, reports: false })).toThrow('An error of scorecheck');
  });
});
