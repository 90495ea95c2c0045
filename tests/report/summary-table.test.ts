import { describe, expect, it } from 'vitest';
import { summaryTable } from '../../src/report/summary-table.js';
import { fixture } from './fixture.js';

/** Columns on a terminal: a Chinese character takes two. */
const columns = (line: string): number =>
  [...line].reduce((sum, character) => sum + (/\p{Script=Han}/u.test(character) ? 2 : 1), 0);

const colour = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
const lines = (text: string): string[] => text.replace(colour, '').trimEnd().split('\n');

describe('summaryTable', () => {
  it('has a row per claim and the totals', () => {
    const text = lines(summaryTable(fixture(), 120));
    expect(text.slice(3, 6)).toEqual([
      expect.stringMatching(
        /esm-equals-ism .*✓ supported .*symbolic, quadrature × 2, sequential mean .* 3\/3 .* 1\.4 s/,
      ),
      expect.stringMatching(/dsm-target .*✗ refuted .*pointwise × 2 .* 1\/2 .* 728 ms/),
      expect.stringMatching(/tweedie .*\? inconclusive .*sequential mean .* 1 min 1 s/),
    ]);
    expect(text.slice(-3)).toEqual([
      '3 claims: 1 supported, 1 refuted, 1 inconclusive; 4 of 5 false variants refuted',
      'error budget 10⁻⁶, 3.4×10⁻⁷ spent on 58 random comparisons',
      'backend wasm · data: drawn digits, not MNIST · seed 7 · quick run · 1 min 3 s',
    ]);
  });

  it.each([80, 90, 120])('fits into %d columns', (width) => {
    for (const line of lines(summaryTable(fixture(), width))) expect(columns(line)).toBeLessThanOrEqual(width);
  });

  it('keeps its columns with Chinese characters', () => {
    const base = fixture();
    const claims = base.claims.map((claim, index) => ({ ...claim, id: `分數匹配-${index}` }));
    const table = lines(summaryTable({ ...base, claims }, 120))
      .slice(0, -3)
      .filter((line) => line !== '');
    expect(new Set(table.map((line) => columns(line))).size).toBe(1);
  });
});
