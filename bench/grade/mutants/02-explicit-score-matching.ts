import type { Mutant } from '../mutant.js';

const loss = { exercise: '02-explicit-score-matching', function: 'esmLoss' } as const;

/** The loss from difference = score(x) − trueScore. */
const from = (expression: string): string => `
export function esmLoss(score, x, trueScore) {
  return tf.tidy(() => {
    const difference = score(x).sub(trueScore);
    return ${expression};
  });
}`;

export const mutants: readonly Mutant[] = [
  {
    ...loss,
    id: 'M-ESM-01',
    verdict: 'legal',
    reason: 'The loss of the contract has no factor 1/2.',
    code: from('difference.square().sum(1).mean()'),
  },
  {
    ...loss,
    id: 'M-ESM-02',
    verdict: 'wrong',
    diagnosis: 'half-of-the-mean-over-dimensions',
    code: from('difference.square().mean().div(2)'),
  },
  {
    ...loss,
    id: 'M-ESM-04',
    verdict: 'wrong',
    diagnosis: 'norm-not-squared',
    code: from('difference.square().sum(1).sqrt().mean()'),
  },
  {
    ...loss,
    id: 'M-ESM-07',
    verdict: 'wrong',
    diagnosis: 'gradient-detached',
    code: from('tf.tensor(difference.dataSync(), difference.shape).square().sum(1).mean()'),
  },
  {
    ...loss,
    id: 'M-ESM-08',
    verdict: 'wrong',
    diagnosis: 'gradient-not-finite',
    code: from(`tf.norm(difference, 'euclidean', 1).square().mean()`),
  },
  {
    ...loss,
    id: 'M-ESM-09',
    verdict: 'legal',
    reason: 'The mean over all pairs of a sum of terms of one row each is the mean over the rows.',
    code: `
export function esmLoss(score, x, trueScore) {
  return tf.tidy(() => {
    const s = score(x);
    const own = s.square().sum(1, true);
    const rest = trueScore.square().sub(s.mul(trueScore).mul(2)).sum(1);
    return own.add(rest).mean();
  });
}`,
  },
  {
    ...loss,
    id: 'V-ESM-02',
    verdict: 'wrong',
    diagnosis: 'mean-over-dimensions',
    code: from('difference.square().mean()'),
  },
  {
    ...loss,
    id: 'V-ESM-03',
    verdict: 'legal',
    code: `
export function esmLoss(score, x, trueScore) {
  return tf.tidy(() => {
    const s = score(x);
    return s.square().sum(1).sub(s.mul(trueScore).sum(1).mul(2)).add(trueScore.square().sum(1)).mean();
  });
}`,
  },
];
