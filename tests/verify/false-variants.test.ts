import { describe, expect, it } from 'vitest';
import { loadDigits } from '../../reference/data/digits.js';
import { claim } from '../../src/verify/claim.js';
import type { FalseVariantResult } from '../../src/verify/result.js';
import { verifyClaim, type VerifyOptions } from '../../src/verify/verify.js';

const resources = { digits: loadDigits({}), trainingImages: 10 };

/** A statement on a number, k = 2, that is measured without randomness. */
const two = claim<{ k: number }, 'none', { k: number }>({
  id: 'two',
  title: 'A number is two',
  source: 'test',
  kind: 'cost',
  statement: 'k = 2',
  assumptions: { none: 'None.' },
  sides: ({ k }) => ({ k }),
  measurements: ({ k }) => [
    {
      name: 'number',
      measure: () => ({
        method: 'cost',
        compared: 'k against 2',
        residual: Math.abs(k - 2),
        tolerance: 0,
        resolution: 0,
        scale: 2,
        verdict: k === 2 ? 'supported' : 'refuted',
      }),
    },
  ],
  settings: { a: { k: 2 }, b: { k: 2 }, c: { k: 2 }, d: { k: 2 } },
  discrepancy: 0.1,
  falseVariants: {
    three: { mistake: 'It is three.', statement: 'k = 3', sides: () => ({ k: 3 }), silentIn: { b: 'not here' } },
    four: { mistake: 'It is four.', statement: 'k = 4', sides: () => ({ k: 4 }) },
    'true-in-d': { mistake: 'None in d.', statement: 'k = 5', sides: ({ k }) => ({ k }), silentIn: { d: 'true' } },
  },
});

const variantsOf = async (options: Partial<VerifyOptions>): Promise<FalseVariantResult[]> =>
  (await verifyClaim(two, { version: 'test', seed: 1, quick: true, resources, ...options })).falseVariants;
const triedIn = ({ evidence }: FalseVariantResult): string[] => evidence.map(({ setting }) => setting);

describe('a false variant', () => {
  it.each([{ quick: false }, { quick: true, variantsEverywhere: true }])(
    'is tried in every setting where it speaks: %o',
    async (options) => {
      const [three, four, stands] = await variantsOf(options);
      expect(triedIn(three)).toEqual(['a', 'c', 'd']);
      expect(triedIn(four)).toEqual(['a', 'b', 'c', 'd']);
      expect(three.untriedIn).toBeUndefined();
      expect([three.refuted, four.refuted, stands.refuted]).toEqual([true, true, false]);
    },
  );

  it('is tried in one setting by a quick run, which names the others, and four neighbouring seeds try them all', async () => {
    const runs = await Promise.all([-1, 0, 1, 2].map((seed) => variantsOf({ seed })));
    for (const [place, speaking] of [
      ['a', 'c', 'd'],
      ['a', 'b', 'c', 'd'],
      ['a', 'b', 'c'],
    ].entries()) {
      const results = runs.map((variants) => variants[place]);
      expect(new Set(results.flatMap(triedIn))).toEqual(new Set(speaking));
      for (const result of results) {
        expect(result.evidence).toHaveLength(1);
        expect([...triedIn(result), ...(result.untriedIn ?? [])].sort()).toEqual(speaking);
      }
    }
    expect(runs.map((variants) => variants.map(({ refuted }) => refuted))).toEqual(runs.map(() => [true, true, false]));
  });
});
