import type { Mutant } from '../mutant.js';

const exercise = '09-reverse-sde';
const diffusion = { exercise, function: 'diffusionCoefficient' } as const;
const kernel = { exercise, function: 'perturbationKernel' } as const;
const prior = { exercise, function: 'prior' } as const;
const step = { exercise, function: 'reverseStep' } as const;
const sample = { exercise, function: 'reverseSample' } as const;
const flowStep = { exercise, function: 'probabilityFlowStep' } as const;
const flow = { exercise, function: 'probabilityFlowSample' } as const;

const ratio = 'Math.log(sde.sigmaMax / sde.sigmaMin)';
const diffusionOfVe = (expression: string): string => `
export function diffusionCoefficient(sde, t) {
  return tf.tidy(() => (sde.kind === 'vp' ? beta(sde, t).sqrt() : ${expression}));
}`;

/** The kernel with other expressions in B = \`integral\` and t. */
const kernelWith = ({
  integral = 't.mul(sde.betaMin).add(t.square().mul((sde.betaMax - sde.betaMin) / 2))',
  std = 'integral.neg().expm1().neg().sqrt()',
  ve = `t.mul(2 * ${ratio}).expm1().sqrt().mul(sde.sigmaMin)`,
  veMean = 'x0.clone()',
}: {
  integral?: string;
  std?: string;
  ve?: string;
  veMean?: string;
}): string => `
export function perturbationKernel(sde, x0, t) {
  return tf.tidy(() => {
    if (sde.kind === 've') {
      const std = ${ve};
      return { mean: ${veMean}, std };
    }
    const integral = ${integral};
    const m = integral.mul(-0.5).exp();
    return { mean: x0.mul(column(m)), std: ${std} };
  });
}`;

/** The reverse step with other drift, noise and time. */
const stepWith = ({
  change = 'drift(sde, x, t).sub(s.mul(g.square()))',
  noised = 'noise.mul(g).mul(Math.sqrt(dt))',
  at = 't',
}: {
  change?: string;
  noised?: string;
  at?: string;
}): string => `
export function reverseStep(sde, score, x, time, dt, noise) {
  return tf.tidy(() => {
    const t = ${at.replaceAll('t', 'time')};
    const g = column(diffusionCoefficient(sde, t));
    const s = score(x, t);
    return x.sub(${change}.mul(dt)).add(${noised});
  });
}`;

/** A loop with another grid, noise, level and state. */
const loop = (
  name: string,
  {
    end = 'tEnd',
    count = 'steps',
    noise = 'random.normal(x.shape)',
    time = '1 - k * dt',
    told = 'score',
    after = 'x',
    before = '',
    next = 'reverseStep(sde, told, x, t, dt, z)',
  }: {
    end?: string;
    count?: string;
    noise?: string;
    time?: string;
    told?: string;
    after?: string;
    before?: string;
    next?: string;
  },
): string => `
export function ${name}(sde, score, start, { steps, tEnd }, random) {
  return tf.tidy(() => {
    const dt = (1 - ${end}) / steps;
    let x = start;
    ${before}
    for (let k = 0; k < ${count}; k++) {
      const t = tf.fill([x.shape[0]], ${time});
      const told = ${told};
      const z = ${noise};
      x = ${next};
      x = ${after};
    }
    return x;
  });
}`;
const reverse = (parts: Parameters<typeof loop>[1]): string => loop('reverseSample', parts);
const along = (parts: Parameters<typeof loop>[1]): string =>
  loop('probabilityFlowSample', { noise: 'undefined', next: 'probabilityFlowStep(sde, told, x, t, dt)', ...parts });

const heun = (weight: number): string => `
export function probabilityFlowSample(sde, score, start, { steps, tEnd }) {
  return tf.tidy(() => {
    const dt = (1 - tEnd) / steps;
    let x = start;
    for (let k = 0; k < steps; k++) {
      const at = (j) => tf.fill([x.shape[0]], 1 - j * dt);
      const first = probabilityFlowStep(sde, score, x, at(k), dt).sub(x);
      const second = probabilityFlowStep(sde, score, x.add(first), at(k + 1), dt).sub(x.add(first));
      x = x.add(first.add(second).mul(${weight}));
    }
    return x;
  });
}`;

export const mutants: readonly Mutant[] = [
  {
    ...kernel,
    id: 'M-VPK-02',
    verdict: 'wrong',
    diagnosis: 'beta-not-integrated',
    code: kernelWith({ integral: 't.mul(sde.betaMax - sde.betaMin).add(sde.betaMin).mul(t)' }),
  },
  {
    ...kernel,
    id: 'M-VPK-03',
    verdict: 'wrong',
    code: kernelWith({ std: 'tf.sub(1, m.square())' }),
  },
  {
    ...kernel,
    id: 'M-VPK-05',
    verdict: 'wrong',
    diagnosis: 'std-one-minus-mean',
    code: kernelWith({ std: 'integral.mul(-0.5).expm1().neg()' }),
  },
  {
    ...kernel,
    id: 'M-VPK-06',
    verdict: 'wrong',
    diagnosis: 'beta-max-for-difference',
    code: kernelWith({ integral: 't.mul(sde.betaMin).add(t.square().mul(sde.betaMax / 2))' }),
  },
  {
    ...kernel,
    id: 'M-VPK-07',
    verdict: 'wrong',
    diagnosis: 'constants-of-the-paper',
    code: kernelWith({ integral: 't.mul(0.1).add(t.square().mul(19.9 / 2))' }),
  },
  {
    ...kernel,
    id: 'M-VPK-08',
    verdict: 'wrong',
    diagnosis: 'variance-for-std',
    code: kernelWith({
      std: 'integral.neg().expm1().neg()',
      ve: `t.mul(2 * ${ratio}).expm1().mul(sde.sigmaMin ** 2)`,
    }),
  },
  {
    ...kernel,
    id: 'M-VPK-11',
    verdict: 'wrong',
    diagnosis: 'beta-constant',
    code: kernelWith({ integral: 't.mul(sde.betaMin)' }),
  },
  {
    ...kernel,
    id: 'M-VPK-12',
    verdict: 'wrong',
    code: kernelWith({ std: 'tf.sub(1, integral.neg().exp()).sqrt()' }),
  },
  {
    ...kernel,
    id: 'M-VPK-15',
    verdict: 'wrong',
    code: kernelWith({}).replace('x0.mul(column(m))', 'x0.mul(m)'),
  },
  {
    ...diffusion,
    id: 'M-VEK-01',
    verdict: 'wrong',
    diagnosis: 've-is-sigma',
    code: diffusionOfVe('sigma(sde, t)'),
  },
  {
    ...kernel,
    id: 'M-VEK-04',
    verdict: 'wrong',
    diagnosis: 've-without-sigma-zero',
    code: kernelWith({ ve: 'sigma(sde, t)' }),
  },
  {
    ...kernel,
    id: 'M-VEK-05',
    verdict: 'wrong',
    diagnosis: 've-linear',
    code: kernelWith({
      ve: 't.mul(sde.sigmaMax - sde.sigmaMin).add(sde.sigmaMin).square().sub(sde.sigmaMin ** 2).sqrt()',
    }),
  },
  {
    ...diffusion,
    id: 'M-VEK-06',
    verdict: 'wrong',
    diagnosis: 've-ends-swapped',
    code: diffusionOfVe(`sigma(sde, tf.sub(1, t)).mul(Math.sqrt(2 * ${ratio}))`),
  },
  {
    exercise,
    id: 'M-VEK-07',
    verdict: 'outside',
    reason: 'sigma(t) is geometric between two ends; the sigma^t process is another.',
  },
  {
    ...kernel,
    id: 'M-VEK-10',
    verdict: 'wrong',
    diagnosis: 've-mean-shrunk',
    code: kernelWith({ veMean: 'x0.mul(column(tf.sub(1, std.square()).sqrt()))' }),
  },
  {
    ...diffusion,
    id: 'M-VEK-12',
    verdict: 'wrong',
    diagnosis: 've-common-logarithm',
    code: diffusionOfVe('sigma(sde, t).mul(Math.sqrt(2 * Math.log10(sde.sigmaMax / sde.sigmaMin)))'),
  },
  {
    ...step,
    id: 'M-RES-01',
    verdict: 'wrong',
    diagnosis: 'score-sign',
    code: stepWith({ change: 'drift(sde, x, t).add(s.mul(g.square()))' }),
  },
  {
    ...step,
    id: 'M-RES-02',
    verdict: 'wrong',
    diagnosis: 'half-score-full-noise',
    code: stepWith({ change: 'drift(sde, x, t).sub(s.mul(g.square()).mul(0.5))' }),
  },
  {
    ...step,
    id: 'M-RES-03',
    verdict: 'wrong',
    diagnosis: 'g-not-squared',
    code: stepWith({ change: 'drift(sde, x, t).sub(s.mul(g))' }),
  },
  {
    ...step,
    id: 'M-RES-05',
    verdict: 'wrong',
    diagnosis: 'noise-g-squared',
    code: stepWith({ noised: 'noise.mul(g.square()).mul(Math.sqrt(dt))' }),
  },
  {
    ...step,
    id: 'M-RES-07',
    verdict: 'wrong',
    diagnosis: 'forward-drift',
    code: stepWith({ change: 'drift(sde, x, t).neg().sub(s.mul(g.square()))' }),
  },
  {
    ...step,
    id: 'M-RES-10',
    verdict: 'wrong',
    diagnosis: 'coefficients-at-the-end',
    code: stepWith({}).replace('const t = time;', 'const t = time.sub(dt);'),
  },
  {
    ...step,
    id: 'M-RES-13',
    verdict: 'wrong',
    code: stepWith({ noised: 'noise.slice([0, 0], [1, -1]).mul(g).mul(Math.sqrt(dt))' }),
  },
  { ...step, id: 'M-RES-14', verdict: 'wrong', diagnosis: 'no-noise', code: stepWith({ noised: '0' }) },
  {
    ...step,
    id: 'M-RES-16',
    verdict: 'wrong',
    code: `
export function reverseStep(sde, score, x, t, dt, noise) {
  return tf.tidy(() => {
    const g = column(diffusionCoefficient(sde, t));
    const b = g.square();
    return x.add(score(x, t).mul(b)).div(tf.sub(1, b).sqrt()).add(noise.mul(g).mul(Math.sqrt(dt)));
  });
}`,
  },
  {
    ...step,
    id: 'M-RES-17',
    verdict: 'wrong',
    diagnosis: 'score-divided-by-std',
    code: stepWith({
      change: 'drift(sde, x, t).sub(s.div(column(perturbationKernel(sde, x, t).std)).mul(g.square()))',
    }),
  },
  {
    ...prior,
    id: 'M-RSS-02',
    verdict: 'wrong',
    diagnosis: 'root-of-sigma',
    code: `
export function prior(sde, shape, random) {
  return tf.tidy(() => random.normal(shape).mul(sde.kind === 'vp' ? 1 : Math.sqrt(sde.sigmaMax)));
}`,
  },
  {
    ...prior,
    id: 'M-RSS-04',
    verdict: 'wrong',
    diagnosis: 'variance-of-samples',
    code: `
export function prior(sde, shape, random) {
  return tf.tidy(() => random.normal(shape).mul(sde.kind === 'vp' ? 1 : 25));
}`,
  },
  { ...sample, id: 'M-RSS-05', verdict: 'wrong', diagnosis: 'one-step-too-few', code: reverse({ count: 'steps - 1' }) },
  {
    ...sample,
    id: 'M-RSS-08',
    verdict: 'wrong',
    diagnosis: 'last-step-without-noise',
    code: reverse({ noise: 'k === steps - 1 ? tf.zerosLike(x) : random.normal(x.shape)' }),
  },
  {
    ...sample,
    id: 'M-RSS-09',
    verdict: 'wrong',
    diagnosis: 'time-runs-upward',
    code: reverse({ time: '(k + 1) * dt' }),
  },
  {
    ...sample,
    id: 'M-RSS-10',
    verdict: 'wrong',
    diagnosis: 'score-gets-the-index',
    code: reverse({ told: '(y, u) => score(y, tf.fill([y.shape[0]], k))' }),
  },
  { exercise, id: 'M-RSS-12', verdict: 'outside', reason: 'The process ends at t = 1 always; no function has a T.' },
  { ...sample, id: 'M-RSS-13', verdict: 'wrong', diagnosis: 'stops-early', code: reverse({ end: '0.05' }) },
  {
    ...sample,
    id: 'M-RSS-15',
    verdict: 'wrong',
    diagnosis: 'same-noise-at-every-step',
    code: reverse({ before: 'const once = random.normal(x.shape);', noise: 'once' }),
  },
  {
    exercise,
    id: 'M-RSS-16',
    verdict: 'outside',
    reason: 'The start is handed in, so it shares no draw with the steps.',
  },
  {
    ...sample,
    id: 'M-RSS-18',
    verdict: 'wrong',
    diagnosis: 'no-noise',
    code: reverse({ noise: 'tf.zerosLike(x)' }),
  },
  {
    ...sample,
    id: 'M-RSS-19',
    verdict: 'wrong',
    diagnosis: 'flow-in-its-place',
    code: reverse({ noise: 'undefined', next: 'probabilityFlowStep(sde, told, x, t, dt)' }),
  },
  {
    ...sample,
    id: 'M-RSS-20',
    verdict: 'wrong',
    diagnosis: 'clamped-to-the-data',
    code: reverse({ after: 'x.clipByValue(-1, 1)' }),
  },
  { exercise, id: 'M-RSS-21', verdict: 'outside', reason: 'The grid is uniform; none is handed in.' },
  {
    ...flowStep,
    id: 'M-PFO-01',
    verdict: 'wrong',
    diagnosis: 'half-missing',
    code: `
export function probabilityFlowStep(sde, score, x, t, dt) {
  return tf.tidy(() => {
    const g = column(diffusionCoefficient(sde, t));
    return x.sub(drift(sde, x, t).sub(score(x, t).mul(g.square())).mul(dt));
  });
}`,
  },
  {
    ...flow,
    id: 'M-PFO-04',
    verdict: 'wrong',
    code: along({ after: 'x.add(tf.randomNormal(x.shape).mul(Math.sqrt(dt)))' }),
  },
  { ...flow, id: 'M-PFO-06', verdict: 'wrong', code: heun(1) },
  {
    ...prior,
    id: 'M-PFO-08',
    verdict: 'wrong',
    diagnosis: 'always-standard',
    code: `
export function prior(sde, shape, random) {
  return random.normal(shape);
}`,
  },
  { exercise, id: 'M-PFO-10', verdict: 'outside', reason: 'No function gives a likelihood.' },
  { exercise, id: 'M-PFO-12', verdict: 'outside', reason: 'No function gives a likelihood.' },
  {
    ...flow,
    id: 'M-PFO-13',
    verdict: 'wrong',
    diagnosis: 'time-runs-upward',
    code: along({ time: '(k + 1) * dt' }),
  },
  {
    exercise,
    id: 'M-PFO-14',
    verdict: 'outside',
    reason:
      'One step too few is an error of order dt, and the contract accepts any scheme of order 1: whether it halves within 20 % depends on the score.',
  },
  { ...flow, id: 'V-RSS-01', verdict: 'legal', reason: 'Heun’s scheme for the flow.', code: heun(0.5) },
  { exercise, id: 'V-RES-03', verdict: 'outside', reason: 'The contract prints the Euler–Maruyama step.' },
  { exercise, id: 'V-RES-04', verdict: 'outside', reason: 'The contract names one tensor as the result.' },
  {
    ...step,
    id: 'V-RES-01',
    verdict: 'legal',
    code: stepWith({}).replace('x.sub(', 'x.add(').replace('.mul(dt))', '.mul(-dt))'),
  },
  { ...kernel, id: 'V-VPK-03', verdict: 'legal', code: kernelWith({}) },
  {
    ...kernel,
    id: 'V-VPK-01',
    verdict: 'legal',
    reason: 'A quadrature that is fine enough: the midpoint of beta is exact for it.',
    code: kernelWith({}).replace(/(integral = )[^;]*;/, '$1beta(sde, t.div(2)).mul(t);'),
  },
  // Published as well; here the contract prints the other one.
  {
    ...kernel,
    id: 'V-VEK-01',
    verdict: 'wrong',
    code: `
export function perturbationKernel(sde, x0, t) {
  return tf.tidy(() => {
    if (sde.kind === 've') return { mean: x0.clone(), std: sigma(sde, t) };
    const integral = t.mul(sde.betaMin).add(t.square().mul((sde.betaMax - sde.betaMin) / 2));
    return { mean: x0.mul(column(integral.mul(-0.5).exp())), std: integral.neg().expm1().neg().sqrt() };
  });
}`,
  },
  {
    ...kernel,
    id: 'V-API-04-field',
    verdict: 'legal',
    reason: 'A field more in the record.',
    code: `
export function perturbationKernel(sde, x0, t) {
  return tf.tidy(() => {
    const vp = sde.kind === 'vp';
    const integral = vp ? t.mul(sde.betaMin).add(t.square().mul((sde.betaMax - sde.betaMin) / 2)) : t;
    const variance = vp
      ? integral.neg().expm1().neg()
      : t.mul(2 * Math.log(sde.sigmaMax / sde.sigmaMin)).expm1().mul(sde.sigmaMin ** 2);
    const mean = vp ? x0.mul(column(integral.mul(-0.5).exp())) : x0.clone();
    return { mean, std: variance.sqrt(), variance };
  });
}`,
  },
  {
    exercise,
    id: 'V-PFO-02',
    verdict: 'legal',
    function: 'probabilityFlowSample',
    reason: 'Steps in sigma (VE) and in sigma/alpha (VP), on the grid that the contract prints, which is uniform in t.',
    code: `
export function probabilityFlowSample(sde: Sde, score: Score, start: tf.Tensor2D, { steps, tEnd }: { steps: number; tEnd: number }): tf.Tensor2D {
  return tf.tidy(() => {
    const mean = (t: number): number =>
      sde.kind === 've' ? 1 : Math.exp(-0.5 * (sde.betaMin * t + 0.5 * (sde.betaMax - sde.betaMin) * t * t));
    const deviation = (t: number): number =>
      sde.kind === 've' ? sde.sigmaMin * (sde.sigmaMax / sde.sigmaMin) ** t : Math.sqrt(1 - mean(t) ** 2);
    let x = start;
    for (let k = 0; k < steps; k++) {
      const [t, next] = [1 - (k * (1 - tEnd)) / steps, 1 - ((k + 1) * (1 - tEnd)) / steps];
      const noise = score(x, tf.fill<tf.Rank.R1>([x.shape[0]], t)).mul(-deviation(t));
      const change = deviation(next) / mean(next) - deviation(t) / mean(t);
      x = x.div(mean(t)).add(noise.mul(change)).mul(mean(next)) as tf.Tensor2D;
    }
    return x;
  });
}`,
  },
  { exercise, id: 'V-RSS-03', verdict: 'outside', reason: 'The contract prints the grid: uniform.' },
  {
    exercise,
    id: 'V-RSS-04',
    verdict: 'outside',
    reason: 'The contract asks for noise at every step; M-RSS-18 and its like show that it is looked at.',
  },
  {
    exercise,
    id: 'V-RSS-06',
    verdict: 'outside',
    reason: 'The contract prints the prior, and it is not given the data.',
  },
  { exercise, id: 'V-RSS-08', verdict: 'outside', reason: 'The result is the last state; nothing is clipped.' },
  { exercise, id: 'V-RSS-09', verdict: 'outside', reason: 'No function of the contract has a corrector.' },
];
