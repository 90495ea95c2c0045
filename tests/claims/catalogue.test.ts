import { describe, expect, it } from 'vitest';
import { claims } from '../../src/claims/index.js';

/** What the course claims, row by row: the false variants that belong to it, and whether it is tried on digits too. */
const rows: Readonly<Record<string, { readonly falsely: readonly string[]; readonly onDigits?: true }>> = {
  'score-is-log-gradient': { falsely: ['gradient-of-density', 'divided-twice'] },
  'score-points-uphill': { falsely: ['downhill'] },
  'score-ignores-normaliser': { falsely: ['gradient-of-density'], onDigits: true },
  'score-mean-zero': { falsely: ['under-the-noisy-law'] },
  'gibbs-force': { falsely: ['uphill', 'without-beta'] },
  'exponential-family': { falsely: ['on-the-whole-space', 'gradient-is-theta', 'score-is-x'] },
  'kl-needs-z': { falsely: ['kl-unchanged'] },
  debruijn: { falsely: ['sign', 'without-half'] },
  'esm-equals-ism': {
    falsely: [
      'ism-on-both-sides',
      'ism-expanded-as-esm',
      'divergence-without-two',
      'divergence-sign',
      'constant-subtracted',
    ],
  },
  'esm-ism-same-argmin': { falsely: ['ism-on-both-sides'] },
  'esm-expansion': { falsely: ['cross-term-sign', 'cross-term-without-two'] },
  parts: { falsely: ['no-minus'] },
  'ism-optimum-negative': { falsely: ['minimum-zero'] },
  'perturbed-marginal': { falsely: ['wrong-outer-measure'], onDigits: true },
  'empirical-marginal': { falsely: ['covariance-sigma'], onDigits: true },
  'dsm-target': { falsely: ['sign', 'sigma-not-squared', 'noise-over-variance', 'sigma-to-the-fourth'] },
  'dsm-forms': { falsely: ['weight-not-squared', 'half-for-weight'] },
  'dsm-any-shape': { falsely: ['sigma-times-side'] },
  'dsm-equals-esm': { falsely: ['no-minus', 'equal-losses', 'clean-density'], onDigits: true },
  'dsm-cross-term': { falsely: ['product-of-marginals', 'clean-point-unbound'] },
  'dsm-constant': { falsely: ['dimension-forgotten', 'sigma-to-the-fourth'] },
  'dsm-same-argmin': { falsely: ['target-sign'], onDigits: true },
  'joint-score': { falsely: ['gradient-in-x0', 'marginal'] },
  'noise-laplace': { falsely: ['gaussian-target'] },
  'noise-uniform-fails': { falsely: ['argmin-is-score'] },
  'dae-loss': { falsely: ['clean-input', 'posterior-median'], onDigits: true },
  tweedie: { falsely: ['sigma-not-squared', 'minus-the-score', 'without-sigma'], onDigits: true },
  'tweedie-vp': { falsely: ['not-rescaled'] },
  'tweedie-covariance': { falsely: ['minus-the-curvature', 'curvature-without-sigma'] },
  'dsm-is-dae': { falsely: ['divided-by-sigma-squared'], onDigits: true },
  wiener: { falsely: ['gain-with-sigma', 'loss-is-trace'], onDigits: true },
  'divergence-is-trace': { falsely: ['divergence-is-the-jacobian'] },
  'score-jacobian-hessian': { falsely: ['every-jacobian-symmetric'] },
  hutchinson: { falsely: ['uniform-probes', 'unit-sphere-probes'] },
  'hutchinson-proof': { falsely: ['trace-of-a-product'] },
  'hutchinson-variance': { falsely: ['not-symmetrised'] },
  'hutchinson-cost': { falsely: ['divergence-in-one-product', 'diagonal-is-free'] },
  'projection-energy': { falsely: ['divided-by-d', 'unit-sphere-probes'] },
  'sst-trace': { falsely: ['inner-product-inside'] },
  'vjp-form': { falsely: ['probe-depends-on-x'] },
  'ssm-equals-ism': { falsely: ['slope-without-two'] },
  'ssm-two-forms': { falsely: ['reduced-always-smaller'], onDigits: true },
  'multi-scale-weight': { falsely: ['weight-one', 'weight-fourth-power'], onDigits: true },
  'langevin-stationary': { falsely: ['noise-of-any-variance', 'noise-without-two', 'no-noise'] },
  'annealed-langevin': { falsely: ['constant-small-step', 'constant-large-step', 'one-level'] },
  'forward-ve': { falsely: ['standard-normal-at-the-end'] },
  'forward-vp': { falsely: ['alpha-squared', 'integral-without-half'] },
  'drift-diffusion': { falsely: ['g-for-g-squared', 'dt-squared'] },
  'fokker-planck': { falsely: ['without-half'] },
  'reverse-sde': {
    falsely: [
      'score-sign',
      'g-for-g-squared',
      'half-the-score-with-noise',
      'time-not-reversed',
      'no-noise',
      'score-of-the-clean-data',
    ],
  },
  'probability-flow': { falsely: ['without-half', 'any-start'] },
  'reverse-sampler-order': { falsely: ['euler-order-two', 'heun-order-three', 'one-percent-too-fast'] },
  'mnist-exact-score': { falsely: ['sigma-not-squared'], onDigits: true },
  'mnist-linear-bound': { falsely: ['bound-on-held-out-images'], onDigits: true },
  'mnist-memorisation': { falsely: ['best-on-every-image'], onDigits: true },
  'mnist-sampler': { falsely: ['labels-uniform', 'last-level-skipped'], onDigits: true },
};

/** These say nothing, or are no formula: no number refutes them, and the claim says why. */
const withoutNumbers = [
  'esm-ism-same-argmin: ism-on-both-sides',
  'dsm-cross-term: clean-point-unbound',
  'divergence-is-trace: divergence-is-the-jacobian',
  'exponential-family: on-the-whole-space',
];

describe('the catalogue of the course', () => {
  it('has a claim for each row, and a row for each claim', () => {
    expect(claims.map(({ id }) => id).sort()).toEqual(Object.keys(rows).sort());
  });

  it.each(Object.entries(rows))('%s has the false variants of its row, and its digits', (id, { falsely, onDigits }) => {
    const claim = claims.find((one) => one.id === id);
    const variants = new Map(claim?.falseVariants.map((variant) => [variant.id, variant.kind]));
    expect([...variants.keys()]).toEqual(expect.arrayContaining([...falsely]));
    for (const name of falsely) {
      expect([name, variants.get(name) === 'value']).toEqual([name, !withoutNumbers.includes(`${id}: ${name}`)]);
    }
    if (onDigits) expect(claim?.settings.some(({ usesDigits }) => usesDigits)).toBe(true);
  });
});
