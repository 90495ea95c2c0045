import type { Mutant } from '../mutant.js';

const exercise = '07-sliced-score-matching';
const plain = { exercise, function: 'ssmLoss' } as const;
const reduced = { exercise, function: 'ssmLossVarianceReduced' } as const;

/** The loss from `projections` [m, n] of the score. */
const ssm = (expression: string): string => `
export function ssmLoss(score, x, probes) {
  return tf.tidy(() => {
    const projections = score(x).expandDims(0).mul(probes).sum(2);
    return ${expression};
  });
}`;

export const mutants: readonly Mutant[] = [
  {
    ...plain,
    id: 'M-SSM-01',
    verdict: 'wrong',
    diagnosis: 'two-forgotten',
    code: ssm('projections.square().mean().add(curvature(score, x, probes))'),
  },
  {
    ...plain,
    id: 'M-SSM-03',
    verdict: 'wrong',
    diagnosis: 'curvature-sign',
    code: ssm('projections.square().mean().sub(curvature(score, x, probes).mul(2))'),
  },
  {
    ...plain,
    id: 'M-SSM-07',
    verdict: 'wrong',
    diagnosis: 'projections-averaged-first',
    code: ssm('projections.mean(0).square().mean().add(curvature(score, x, probes).mul(2))'),
  },
  { exercise, id: 'M-SSM-08', verdict: 'outside', reason: 'The loss is one number: a mean has no order of its terms.' },
  { exercise, id: 'M-SSM-09', verdict: 'outside', reason: 'x is [n, d] in this exercise.' },
  {
    ...plain,
    id: 'M-SSM-10',
    verdict: 'wrong',
    diagnosis: 'derivative-in-the-probe',
    code: ssm(
      'projections.square().mean().add(tf.grad((v) => score(x).expandDims(0).mul(v).sum())(probes).mul(probes).sum(2).mean().mul(2))',
    ),
  },
  {
    ...plain,
    id: 'M-SSM-11',
    verdict: 'wrong',
    diagnosis: 'probes-normalised-over-the-batch',
    code: `
export function ssmLoss(score, x, probes) {
  return tf.tidy(() => {
    const v = probes.div(probes.square().sum(1, true).sqrt());
    const projections = score(x).expandDims(0).mul(v).sum(2);
    return projections.square().mean().add(curvature(score, x, v).mul(2));
  });
}`,
  },
  {
    ...plain,
    id: 'M-SSM-12',
    verdict: 'wrong',
    diagnosis: 'curvature-detached',
    code: ssm('projections.square().mean().add(tf.scalar(2 * curvature(score, x, probes).dataSync()[0]))'),
  },
  { exercise, id: 'M-SSM-14', verdict: 'outside', reason: 'The probes are given; no function draws any.' },
  {
    ...reduced,
    id: 'M-SSM-reduced-mean',
    verdict: 'wrong',
    diagnosis: 'energy-averaged-over-dimensions',
    code: `
export function ssmLossVarianceReduced(score, x, probes) {
  return tf.tidy(() => score(x).square().mean().add(curvature(score, x, probes).mul(2)));
}`,
  },
  {
    exercise,
    id: 'V-SSM-02',
    verdict: 'outside',
    reason: 'The formula has one v in both terms.',
  },
  {
    ...plain,
    id: 'V-SSM-05',
    verdict: 'legal',
    code: ssm('projections.square().mean(0).mean().add(curvature(score, x, probes).mul(2))'),
  },
  {
    exercise,
    id: 'V-SSM-04',
    verdict: 'outside',
    reason: 'The score is handed in as a function, however it was made.',
  },
];
