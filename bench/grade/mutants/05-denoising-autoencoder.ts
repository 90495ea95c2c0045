import type { Mutant } from '../mutant.js';

const exercise = '05-denoising-autoencoder';
const denoiser = { exercise, function: 'denoiserFromScore' } as const;
const score = { exercise, function: 'scoreFromDenoiser' } as const;
const loss = { exercise, function: 'daeLoss' } as const;
const posterior = { exercise, function: 'posteriorMean' } as const;

const denoising = (expression: string): string => `
export function denoiserFromScore(score, sigma) {
  return (x) => tf.tidy(() => ${expression});
}`;

/** The loss from the noisy x. */
const from = (expression: string): string => `
export function daeLoss(denoiser, x0, noise, sigma) {
  return tf.tidy(() => {
    const x = x0.add(noise.mul(sigma));
    return ${expression};
  });
}`;

export const mutants: readonly Mutant[] = [
  { ...denoiser, id: 'M-DAE-03', verdict: 'wrong', diagnosis: 'without-sigma', code: denoising('x.add(score(x))') },
  {
    exercise,
    id: 'M-DAE-04',
    verdict: 'outside',
    reason: 'The denoiser of the contract gets the noisy x alone: there is no clean point to add to.',
  },
  {
    ...score,
    id: 'M-DAE-06',
    verdict: 'wrong',
    diagnosis: 'wrong-sign',
    code: `
export function scoreFromDenoiser(denoiser, sigma) {
  return (x) => tf.tidy(() => x.sub(denoiser(x)).div(sigma ** 2));
}`,
  },
  {
    ...denoiser,
    id: 'M-DAE-07',
    verdict: 'legal',
    reason: 'The contract scales nothing: x = x0 + sigma noise, and alpha is 1.',
    code: denoising('x.add(score(x).mul(sigma ** 2))'),
  },
  {
    ...loss,
    id: 'M-DAE-09',
    verdict: 'wrong',
    diagnosis: 'noisy-target',
    code: from('denoiser(x).sub(x).square().sum(1).mean()'),
  },
  {
    ...loss,
    id: 'M-DAE-10',
    verdict: 'wrong',
    diagnosis: 'divided-by-the-variance',
    code: from('denoiser(x).sub(x0).square().sum(1).mean().div(sigma ** 2)'),
  },
  {
    ...denoiser,
    id: 'M-DAE-11',
    verdict: 'wrong',
    diagnosis: 'clipped',
    code: denoising('x.add(score(x).mul(sigma ** 2)).clipByValue(-1, 1)'),
  },
  {
    ...posterior,
    id: 'M-DAE-13',
    verdict: 'wrong',
    code: `
export function posteriorMean(x, mixture, sigma) {
  return tf.tidy(() => {
    const [k, d] = mixture.means.shape;
    const own = mixture.covariances.mul(tf.eye(d)).sum([1, 2]).mul(mixture.weights).sum().div(d);
    return x.mul(own).div(own.add(sigma ** 2));
  });
}`,
  },
  {
    ...loss,
    id: 'V-DAE-02',
    verdict: 'wrong',
    diagnosis: 'half',
    code: from('denoiser(x).sub(x0).square().sum(1).mean().mul(0.5)'),
  },
];
