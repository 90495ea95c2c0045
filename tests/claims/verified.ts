import { beforeAll, describe, expect, it } from 'vitest';
import { loadDigits } from '../../reference/data/digits.js';
import { claims as all } from '../../src/claims/index.js';
import type { Claim } from '../../src/verify/claim.js';
import { verificationSchema, type ClaimResult } from '../../src/verify/result.js';
import { verify } from '../../src/verify/verify.js';
import { testSeed } from '../seed.js';

/** True of a claim with a setting on digits: these share the exact densities of the training images, so one process tests them all. */
export const usesDigits = ({ settings }: Claim): boolean => settings.some((setting) => setting.usesDigits);

/** Verifies these claims, quick, on the digits that the tests have, with the images of one batch; what is true of each is a test. */
export function testVerified(which: (claim: Claim) => boolean): void {
  const claims = all.filter(which);
  const results = new Map<string, ClaimResult>();
  beforeAll(async () => {
    const resources = { digits: loadDigits(process.env), trainingImages: 2000 };
    const verification = await verify(claims, {
      version: 'test',
      seed: testSeed,
      quick: true,
      variantsEverywhere: true,
      resources,
    });
    verificationSchema.parse(verification);
    for (const result of verification.claims) results.set(result.id, result);
  }, 600_000);

  describe.each(claims.map(({ id }) => id))('%s', (id) => {
    it('is supported in every setting', () => {
      const doubtful = results.get(id)?.settings.filter((setting) => setting.verdict !== 'supported');
      expect(doubtful).toEqual([]);
    });

    it('has every false variant with numbers refuted in every setting where it speaks', () => {
      const standing = results.get(id)?.falseVariants.filter((variant) => variant.kind === 'value' && !variant.refuted);
      expect(standing).toEqual([]);
    });

    it('fails as stated where an assumption is dropped', () => {
      expect(results.get(id)?.withoutAssumption.filter(({ shown }) => !shown)).toEqual([]);
    });
  });
}
