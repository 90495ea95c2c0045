import type { Backend } from '../tensorflow/tensorflow.js';
import { BUDGET_SHARES, COMPARISON_RATE, RUN_FALSE_FAIL_RATE } from './budget.js';
import type { Resources } from './claim.js';
import type { ClaimResult, Verification } from './result.js';

/** Results of claims, in the order of the report -> the whole, with what it spent of the error budget. */
export function summary(
  claims: readonly ClaimResult[],
  options: {
    readonly version: string;
    readonly seed: number;
    readonly quick: boolean;
    readonly resources: Resources;
    /** What computed them; this process need not have loaded it. */
    readonly backend: Backend;
  },
  milliseconds: number,
): Verification {
  const evidence = claims.flatMap((claim) => [
    ...claim.settings.flatMap((setting) => setting.evidence),
    ...claim.falseVariants.flatMap((variant) => variant.evidence),
  ]);
  const random = evidence.filter((item) => item.comparisons !== undefined);
  const comparisons = random.reduce((sum, item) => sum + (item.comparisons ?? 0), 0);
  if (comparisons > BUDGET_SHARES) {
    throw new Error(
      `Expected at most ${BUDGET_SHARES} random comparisons in a run, found ${comparisons}. This is a bug in scorecheck; please report it.`,
    );
  }
  const { digits } = options.resources;
  const values = claims.flatMap((claim) => claim.falseVariants.filter((variant) => variant.kind === 'value'));
  return {
    version: options.version,
    backend: options.backend,
    data: { name: digits.name, source: digits.source, digest: digits.digest, images: options.resources.trainingImages },
    seed: options.seed,
    quick: options.quick,
    budget: { falseFailRate: RUN_FALSE_FAIL_RATE, randomChecks: comparisons, spent: comparisons * COMPARISON_RATE },
    summary: {
      supported: claims.filter((claim) => claim.verdict === 'supported').length,
      refuted: claims.filter((claim) => claim.verdict === 'refuted').length,
      inconclusive: claims.filter((claim) => claim.verdict === 'inconclusive').length,
      falseVariants: values.length,
      falseVariantsRefuted: values.filter((variant) => variant.refuted).length,
      withoutRandomness: evidence.length === 0 ? 1 : 1 - random.length / evidence.length,
    },
    claims: [...claims],
    figures: [],
    answers: [],
    milliseconds,
  };
}
