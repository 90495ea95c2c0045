import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coordinate, count, declared, duration, measured, percent } from '../../src/report/numbers.js';

const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A formatted number read back. */
function parsed(text: string): number {
  const plain = text.replaceAll('−', '-').replaceAll(',', '');
  const [mantissa = '', power = ''] =
    plain.includes('10') && /[⁻⁰-⁹¹²³]/.test(plain) ? plain.split(/×?10(?=[⁻⁰¹²³⁴-⁹])/) : [plain];
  const exponent = [...power].map((character) => (character === '⁻' ? '-' : digits.indexOf(character))).join('');
  return Number(`${/^-?$/.test(mantissa) ? `${mantissa}1` : mantissa}e${exponent === '' ? 0 : exponent}`);
}

const numbers = fc
  .tuple(fc.double({ min: -9.99, max: 9.99, noNaN: true }), fc.integer({ min: -300, max: 300 }))
  .map(([mantissa, exponent]) => mantissa * 10 ** exponent);

describe('measured', () => {
  it.each([
    [0.00000031, '3.1×10⁻⁷'],
    [-0.00000031, '−3.1×10⁻⁷'],
    [0.0131, '0.013'],
    [0.02, '0.020'],
    [1, '1.0'],
    [9.96, '10'],
    [1310, '1,300'],
    [9999, '1.0×10⁴'],
    [123456, '1.2×10⁵'],
    [0, '0'],
    [null, 'not finite'],
    [Infinity, 'not finite'],
  ])('%d reads %s', (value, text) => expect(measured(value)).toBe(text));

  it('is within half a unit of the second digit, and never longer than a cell', () => {
    fc.assert(
      fc.property(numbers, (value) => {
        const text = measured(value);
        // Half a unit in the second of two digits is 1/20 of a mantissa of 1; the last bits are the parser's rounding.
        expect(Math.abs(parsed(text) - value)).toBeLessThanOrEqual(Math.abs(value) * (1 / 20 + 1e-12));
        expect(text.length).toBeLessThanOrEqual('−1.0×10⁻³⁰⁰'.length);
      }),
    );
  });
});

describe('declared', () => {
  it.each([
    [0.02, '0.02'],
    [1e-6, '10⁻⁶'],
    [1.7e-8, '1.7×10⁻⁸'],
    [2e-8, '2×10⁻⁸'],
    [2, '2'],
    [100, '100'],
    [0, '0'],
  ])('%d reads %s', (value, text) => expect(declared(value)).toBe(text));

  it('says the same number as measured', () => {
    fc.assert(
      fc.property(numbers, (value) => {
        const exact = parsed(measured(value));
        expect(Math.abs(parsed(declared(value)) - exact)).toBeLessThanOrEqual(Math.abs(exact) * 1e-12);
      }),
    );
  });
});

describe('the other words for numbers', () => {
  it('tells times', () => {
    expect([9.4, 999.4, 999.6, 1234, 59_940, 59_960, 185_000].map(duration)).toEqual([
      '9 ms',
      '999 ms',
      '1.0 s',
      '1.2 s',
      '59.9 s',
      '1 min 0 s',
      '3 min 5 s',
    ]);
  });

  it('never rounds a share up to all', () => {
    expect([percent(0.999), percent(1), percent(0.7142)]).toEqual(['99 %', '100 %', '71 %']);
  });

  it('gives coordinates six digits and separates thousands', () => {
    expect([coordinate(-4.081632653), coordinate(0.1 + 0.2), coordinate(null), count(483328)]).toEqual([
      '−4.08163',
      '0.3',
      'not finite',
      '483,328',
    ]);
  });
});
