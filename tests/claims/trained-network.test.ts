import { beforeAll, describe, expect, it } from 'vitest';
import { loadDigits } from '../../reference/data/digits.js';
import { networkSamples } from '../../src/claims/figures/sampled-sheet.js';
import { mnistLinearBound } from '../../src/claims/mnist-linear-bound.js';
import { mnistMemorisation } from '../../src/claims/mnist-memorisation.js';
import { networkFolder } from '../../src/cli/training.js';
import { trainedNetwork, trainingSettings } from '../../src/training/trained-network.js';
import { settingsFor, type Claim, type Resources } from '../../src/verify/claim.js';
import { verifyClaim } from '../../src/verify/verify.js';
import { testSeed } from '../seed.js';

const digits = loadDigits(process.env);
const seed = 7; // that of the command line: one training serves both, and the next run of the tests
let resources: Resources;

// Kept in the cache folder as the native backend is: trained once on a machine, in less than a minute on two cores.
beforeAll(async () => {
  const { network } = await trainedNetwork({
    digits,
    folder: networkFolder(process.env),
    settings: { ...trainingSettings, seed },
  });
  resources = { digits, trainingImages: 1000, network };
}, 600_000);

/** A claim in the settings with the network alone. */
const onNetwork = (claim: Claim): Claim => ({
  ...claim,
  settings: claim.settings.filter(({ usesNetwork }) => usesNetwork),
});

describe('the trained network', () => {
  it.each([mnistLinearBound, mnistMemorisation].map((claim) => [claim.id, claim] as const))(
    'is as %s says: above the exact optimum on training images, below the linear denoisers on held-out ones',
    async (_, claim) => {
      const result = await verifyClaim(onNetwork(claim), {
        version: 'test',
        seed: testSeed,
        quick: true,
        variantsEverywhere: true,
        resources,
      });
      expect(result.settings.map(({ name, verdict }) => [name, verdict])).toEqual(
        onNetwork(claim).settings.map(({ name }) => [name, 'supported']),
      );
      expect(result.settings).toHaveLength(4);
    },
  );

  it('draws images that are no training images', () => {
    const [{ rows }] = networkSamples({ ...resources, trainingImages: 1000 }, testSeed);
    expect(rows.map(({ images }) => images.length)).toEqual([12, 12, 12, 12]);
    expect(rows[0].images.filter((image) => rows[1].images.includes(image))).toEqual([]);
  });

  it('is asked for only where there is one', () => {
    const without = { digits, trainingImages: 1000 };
    expect(settingsFor(mnistLinearBound, without).some(({ usesNetwork }) => usesNetwork)).toBe(false);
    const [setting] = onNetwork(mnistLinearBound).settings;
    expect(() => setting.prepare(without)).toThrow('Expected a trained network among the resources, found none.');
  });
});
