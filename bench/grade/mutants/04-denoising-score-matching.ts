import type { Mutant } from '../mutant.js';

const exercise = '04-denoising-score-matching';
const perturb = { exercise, function: 'perturb' } as const;
const target = { exercise, function: 'dsmTarget' } as const;
const loss = { exercise, function: 'dsmLoss' } as const;
const scales = { exercise, function: 'multiScaleDsmLoss' } as const;

const targetIs = (expression: string): string => `
export function dsmTarget(x, x0, sigma) {
  return tf.tidy(() => ${expression});
}`;

/** The loss with other noisy points, target, error and reduction. */
const lossWith = ({
  x = 'perturb(x0, noise, sigma)',
  score = 'score(x)',
  wanted = 'noise.div(-sigma)',
  result = 'sumOverExample(error.square()).mean()',
}: {
  x?: string;
  score?: string;
  wanted?: string;
  result?: string;
}): string => `
export function dsmLoss(score, x0, noise, sigma) {
  return tf.tidy(() => {
    const x = ${x};
    const error = ${score}.sub(${wanted});
    return ${result};
  });
}`;

/** The loss at several scales; column is sigma beside the axes of an example. */
const scalesWith = ({
  weight = 'column.square()',
  level = 'sigma',
  other = 'column',
  result = 'sumOverExample(error.square().mul(weight)).mean()',
}: {
  weight?: string;
  level?: string;
  other?: string;
  result?: string;
}): string => `
export function multiScaleDsmLoss(score, x0, noise, sigma) {
  return tf.tidy(() => {
    const column = sigma.reshape([-1, ...x0.shape.slice(1).map(() => 1)]);
    const x = x0.add(noise.mul(column));
    const weight = ${weight};
    const error = score(x, ${level}).add(noise.div(${other}));
    return ${result};
  });
}`;

export const mutants: readonly Mutant[] = [
  {
    ...target,
    id: 'M-DST-02',
    verdict: 'wrong',
    diagnosis: 'sigma-not-squared',
    code: targetIs('x0.sub(x).div(sigma)'),
  },
  {
    ...loss,
    id: 'M-DST-04',
    verdict: 'wrong',
    diagnosis: 'target-is-noise',
    code: lossWith({ wanted: 'noise.neg()' }),
  },
  {
    ...target,
    id: 'M-DST-06',
    verdict: 'wrong',
    diagnosis: 'sigma-to-the-fourth',
    code: targetIs('x0.sub(x).div((sigma * sigma) ** 2)'),
  },
  {
    ...scales,
    id: 'M-DST-07',
    verdict: 'wrong',
    diagnosis: 'sigma-along-the-last-axis',
    code: `
export function multiScaleDsmLoss(score, x0, noise, sigma) {
  return tf.tidy(() => {
    const x = x0.add(noise.mul(sigma));
    return sumOverExample(score(x, sigma).mul(sigma).add(noise).square()).mean();
  });
}`,
  },
  {
    ...target,
    id: 'M-DST-08',
    verdict: 'wrong',
    diagnosis: 'sigma-made-whole',
    code: targetIs("x0.sub(x).div(tf.scalar(sigma, 'int32').square())"),
  },
  {
    ...loss,
    id: 'M-DSM-02',
    verdict: 'wrong',
    diagnosis: 'depends-on-earlier-calls',
    code: lossWith({ wanted: 'tf.randomNormal(noise.shape).div(-sigma)' }),
  },
  {
    ...loss,
    id: 'M-DSM-05',
    verdict: 'wrong',
    diagnosis: 'weighted-by-variance',
    code: lossWith({ result: 'sumOverExample(error.mul(sigma ** 2).square()).mean().div(sigma ** 2)' }),
  },
  {
    ...loss,
    id: 'M-DSM-06',
    verdict: 'wrong',
    diagnosis: 'mean-over-dimensions',
    code: lossWith({ result: 'error.square().mean()' }),
  },
  {
    ...loss,
    id: 'M-DSM-07',
    verdict: 'wrong',
    diagnosis: 'sum-over-batch',
    code: lossWith({ result: 'error.square().sum()' }),
  },
  {
    ...loss,
    id: 'M-DSM-09',
    verdict: 'wrong',
    code: lossWith({
      x: 'perturb(x0, tf.onesLike(noise).mul(noise.slice(noise.shape.map(() => 0), [noise.shape[0], ...noise.shape.slice(1).map(() => 1)])), sigma)',
    }),
  },
  {
    ...loss,
    id: 'M-DSM-11',
    verdict: 'wrong',
    diagnosis: 'depends-on-earlier-calls',
    code: lossWith({ x: 'perturb(x0, tf.randomUniform(noise.shape, -Math.sqrt(3), Math.sqrt(3)), sigma)' }),
  },
  {
    ...loss,
    id: 'M-DSM-13',
    verdict: 'wrong',
    diagnosis: 'clamped-to-the-data',
    code: lossWith({ x: 'perturb(x0, noise, sigma).clipByValue(0, 1)' }),
  },
  {
    ...loss,
    id: 'M-DSM-14',
    verdict: 'wrong',
    diagnosis: 'gradient-detached',
    code: lossWith({ score: 'tf.tensor(score(x).dataSync(), x.shape)' }),
  },
  {
    ...perturb,
    id: 'M-DSM-15',
    verdict: 'wrong',
    diagnosis: 'variance-preserving-without-the-root',
    code: `
export function perturb(x0, noise, sigma) {
  return tf.tidy(() => x0.mul(1 - sigma * sigma).add(noise.mul(sigma)));
}`,
  },
  { ...scales, id: 'M-NCS-01', verdict: 'wrong', diagnosis: 'weight-sigma', code: scalesWith({ weight: 'column' }) },
  {
    ...scales,
    id: 'M-NCS-03',
    verdict: 'wrong',
    diagnosis: 'weighted-twice',
    code: scalesWith({ weight: 'column.square().square()' }),
  },
  { id: 'M-NCS-06', exercise, verdict: 'outside', reason: 'The levels are given; no function draws one.' },
  {
    ...scales,
    id: 'M-NCS-08',
    verdict: 'wrong',
    diagnosis: 'score-gets-log-sigma',
    code: scalesWith({ level: 'sigma.log()' }),
  },
  {
    ...scales,
    id: 'M-NCS-09',
    verdict: 'wrong',
    diagnosis: 'sigma-of-another-example',
    code: scalesWith({
      other: 'tf.gather(column, Array.from({ length: sigma.shape[0] }, (_, i) => (i + 1) % sigma.shape[0]))',
    }),
  },
  {
    ...scales,
    id: 'M-NCS-11',
    verdict: 'wrong',
    diagnosis: 'weights-normalised',
    code: scalesWith({ weight: 'column.square().div(column.square().sum())' }),
  },
  { id: 'M-NCS-12', exercise, verdict: 'outside', reason: 'The levels are given; no function draws one.' },
  {
    id: 'M-NCS-13',
    exercise,
    verdict: 'outside',
    reason: 'The weight is sigma² as printed; no function has a process in time.',
  },
  { id: 'M-NCS-15', exercise, verdict: 'outside', reason: 'No function has the coefficients of a discrete process.' },
  {
    exercise,
    id: 'M-API-01',
    verdict: 'outside',
    reason: 'A tensor of the sandbox shares no memory with an array that the submission can reach.',
  },
  {
    ...perturb,
    id: 'M-API-02',
    verdict: 'wrong',
    code: `
export function perturb(x0, noise, sigma) {
  const x = x0.add(noise.mul(sigma));
  noise.dispose();
  return x;
}`,
  },
  {
    ...perturb,
    id: 'M-API-04',
    verdict: 'wrong',
    code: `
export function perturb(x0, noise, sigma) {
  let x;
  tf.tidy(() => {
    x = x0.add(noise.mul(sigma));
  });
  return x;
}`,
  },
  {
    ...target,
    id: 'M-API-05',
    verdict: 'wrong',
    code: `
export function dsmTarget(x, x0, sigma) {
  return tf.tidy(async () => x0.sub(x).div(sigma * sigma));
}`,
  },
  {
    ...loss,
    id: 'M-API-06',
    verdict: 'wrong',
    code: `
export async function dsmLoss(score, x0, noise, sigma) {
  return tf.tidy(() => sumOverExample(score(perturb(x0, noise, sigma)).add(noise.div(sigma)).square()).mean());
}`,
  },
  {
    ...loss,
    id: 'M-API-08',
    verdict: 'wrong',
    code: lossWith({ result: 'sumOverExample(error.square()).mean().reshape([1])' }),
  },
  {
    ...target,
    id: 'M-API-11',
    verdict: 'wrong',
    code: `
const known = {};
export function dsmTarget(x, x0, sigma) {
  return (known[x.shape] ??= tf.keep(x0.sub(x).div(sigma * sigma))).clone();
}`,
  },
  {
    ...target,
    id: 'M-API-12',
    verdict: 'wrong',
    code: `
let calls = 0;
export function dsmTarget(x, x0, sigma) {
  return tf.tidy(() => x0.sub(x).div(sigma * sigma).mul(++calls > 3 ? 2 : 1));
}`,
  },
  { ...target, id: 'M-API-13', verdict: 'wrong', diagnosis: 'sigma-forgotten', code: targetIs('x0.sub(x)') },
  {
    ...target,
    id: 'M-API-17',
    verdict: 'wrong',
    code: targetIs('tf.fill(x.shape, x.size === 2 ? -4.0816 : 0)'),
  },
  { ...target, id: 'V-DST-01', verdict: 'legal', code: targetIs('x.sub(x0).div(sigma).div(sigma).neg()') },
  {
    ...target,
    id: 'V-DST-03',
    verdict: 'legal',
    code: targetIs('x0.reshape([-1]).sub(x.reshape([-1])).div(sigma ** 2).reshape(x.shape)'),
  },
  { ...loss, id: 'V-DSM-05', verdict: 'legal', code: lossWith({ wanted: 'x0.sub(x).div(sigma * sigma)' }) },
  {
    ...loss,
    id: 'V-ESM-03-dsm',
    verdict: 'legal',
    reason: 'The square multiplied out, as V-ESM-03 does for the explicit loss.',
    code: `
export function dsmLoss(score, x0, noise, sigma) {
  return tf.tidy(() => {
    const s = score(perturb(x0, noise, sigma));
    const t = noise.div(-sigma);
    return sumOverExample(s.square().sub(s.mul(t).mul(2)).add(t.square())).mean();
  });
}`,
  },
  { ...scales, id: 'V-NCS-04', verdict: 'legal', code: scalesWith({}) },
  {
    ...perturb,
    id: 'V-API-01',
    verdict: 'legal',
    code: `
export function perturb(x0, noise, sigma) {
  return x0.add(noise.mul(tf.scalar(sigma)));
}`,
  },
  {
    ...perturb,
    id: 'V-API-02',
    verdict: 'legal',
    code: `
export async function perturb(x0, noise, sigma) {
  return x0.add(noise.mul(sigma));
}`,
  },
  {
    ...perturb,
    id: 'V-API-06',
    verdict: 'legal',
    code: `
export function perturb(x0, noise, sigma) {
  console.log('perturbing');
  return x0.add(noise.mul(sigma));
}`,
  },
  { exercise, id: 'V-DSM-01', verdict: 'outside', reason: 'The noise is given: no function draws it in pairs.' },
  { exercise, id: 'V-DSM-03', verdict: 'outside', reason: 'The noise is given: no function draws it from a sequence.' },
  // Right where the weight is free; here the contract prints the loss without one.
  {
    ...loss,
    id: 'V-DSM-06',
    verdict: 'wrong',
    diagnosis: 'weighted-by-variance',
    code: lossWith({ result: 'sumOverExample(error.mul(sigma).square()).mean()' }),
  },
  { exercise, id: 'V-NCS-01', verdict: 'outside', reason: 'The levels are given, one for each example.' },
  { exercise, id: 'V-NCS-02', verdict: 'outside', reason: 'The levels are given, one for each example.' },
  { exercise, id: 'V-NCS-06', verdict: 'outside', reason: 'The levels are given; no function draws one.' },
  {
    ...perturb,
    id: 'V-API-04',
    verdict: 'legal',
    reason: 'An optional parameter more.',
    code: `
export function perturb(x0, noise, sigma, scale = 1) {
  return x0.add(noise.mul(sigma * scale));
}`,
  },
];
