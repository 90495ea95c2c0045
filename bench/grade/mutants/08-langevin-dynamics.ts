import type { Mutant } from '../mutant.js';

const exercise = '08-langevin-dynamics';
const schedule = { exercise, function: 'geometricSigmas' } as const;
const step = { exercise, function: 'langevinStep' } as const;
const sample = { exercise, function: 'langevinSample' } as const;
const annealed = { exercise, function: 'annealedLangevinSample' } as const;

const levels = (each: string, length = 'levels'): string => `
export function geometricSigmas(sigmaMax, sigmaMin, levels) {
  return tf.tensor1d(Array.from({ length: ${length} }, (_, i) => ${each}));
}`;

const stepIs = (expression: string): string => `
export function langevinStep(score, x, stepSize, noise) {
  return tf.tidy(() => ${expression});
}`;

/** The chain with another loop: `before` runs once, `noise` at every step, `next` is the new state from x and z. */
const chain = ({
  before = '',
  noise = 'random.normal(x.shape)',
  next = 'x.add(score(x).mul(stepSize)).add(z.mul(Math.sqrt(2 * stepSize)))',
}: {
  before?: string;
  noise?: string;
  next?: string;
}): string => `
export function langevinSample(score, start, stepSize, steps, random) {
  return tf.tidy(() => {
    let x = start;
    ${before}
    for (let k = 0; k < steps; k++) {
      const z = ${noise};
      x = ${next};
    }
    return x;
  });
}`;

/** The annealed chain with another step size, level, start of a level, or number of steps and levels. */
const annealing = ({
  size = '(stepSize * sigma ** 2) / last ** 2',
  level = 'sigma',
  begin = 'x',
  steps = 'stepsPerLevel',
  list = 'all',
  inner = 'langevinSample((y) => score(y, at), from, size, count, random)',
}: {
  size?: string;
  level?: string;
  begin?: string;
  steps?: string;
  list?: string;
  inner?: string;
}): string => `
export function annealedLangevinSample(score, start, sigmas, stepsPerLevel, stepSize, random) {
  return tf.tidy(() => {
    const all = sigmas.arraySync();
    const last = all[all.length - 1];
    let x = start;
    for (const sigma of ${list}) {
      const at = tf.fill([x.shape[0]], ${level});
      const size = ${size};
      const count = ${steps};
      const from = ${begin};
      x = ${inner};
    }
    return x;
  });
}`;

export const mutants: readonly Mutant[] = [
  {
    ...schedule,
    id: 'M-SCH-01',
    verdict: 'wrong',
    diagnosis: 'linear-spacing',
    code: levels('levels === 1 ? sigmaMax : sigmaMax + ((sigmaMin - sigmaMax) * i) / (levels - 1)'),
  },
  {
    ...schedule,
    id: 'M-SCH-02',
    verdict: 'wrong',
    diagnosis: 'last-end-left-out',
    code: levels('sigmaMax * (sigmaMin / sigmaMax) ** (i / levels)'),
  },
  {
    ...schedule,
    id: 'M-SCH-05',
    verdict: 'wrong',
    diagnosis: 'one-level-divides-by-zero',
    code: levels('sigmaMax * (sigmaMin / sigmaMax) ** (i / (levels - 1))'),
  },
  {
    ...schedule,
    id: 'M-SCH-07',
    verdict: 'wrong',
    code: levels('i === levels ? 0 : sigmaMax * (sigmaMin / sigmaMax) ** (i / Math.max(1, levels - 1))', 'levels + 1'),
  },
  {
    ...schedule,
    id: 'M-SCH-09',
    verdict: 'legal',
    reason: 'Repeated multiplication in float32 is within the rounding of the sequence; no level is lost.',
    code: `
export function geometricSigmas(sigmaMax, sigmaMin, levels) {
  const ratio = levels === 1 ? 1 : Math.fround((sigmaMin / sigmaMax) ** (1 / (levels - 1)));
  const sigmas = new Float32Array(levels);
  sigmas[0] = sigmaMax;
  for (let i = 1; i < levels; i++) sigmas[i] = sigmas[i - 1] * ratio;
  return tf.tensor1d(sigmas);
}`,
  },
  {
    ...schedule,
    id: 'V-SCH-01',
    verdict: 'legal',
    code: `
export function geometricSigmas(sigmaMax, sigmaMin, levels) {
  if (levels === 1) return tf.tensor1d([sigmaMax]);
  return tf.tidy(() => tf.linspace(Math.log(sigmaMax), Math.log(sigmaMin), levels).exp());
}`,
  },
  { exercise, id: 'V-SCH-03', verdict: 'outside', reason: 'The contract prints the order: decreasing.' },
  {
    ...sample,
    id: 'M-ULA-02',
    verdict: 'wrong',
    diagnosis: 'noise-is-step-size',
    code: chain({ next: 'x.add(score(x).mul(stepSize)).add(z.mul(stepSize))' }),
  },
  {
    ...step,
    id: 'M-ULA-05',
    verdict: 'wrong',
    diagnosis: 'against-the-score',
    code: stepIs('x.sub(score(x).mul(stepSize)).add(noise.mul(Math.sqrt(2 * stepSize)))'),
  },
  {
    ...sample,
    id: 'M-ULA-06',
    verdict: 'wrong',
    diagnosis: 'same-noise-at-every-step',
    code: chain({ before: 'const once = random.normal(x.shape);', noise: 'once' }),
  },
  {
    ...sample,
    id: 'M-ULA-07',
    verdict: 'wrong',
    diagnosis: 'noise-shared-by-rows',
    code: chain({ noise: 'random.normal([1, x.shape[1]])' }),
  },
  {
    ...sample,
    id: 'M-ULA-08',
    verdict: 'wrong',
    diagnosis: 'noise-shared-by-dimensions',
    code: chain({ noise: 'random.normal([x.shape[0], 1])' }),
  },
  {
    ...sample,
    id: 'M-ULA-09',
    verdict: 'wrong',
    diagnosis: 'noise-before-score',
    code: chain({
      next: '((y) => y.add(score(y).mul(stepSize)))(x.add(z.mul(Math.sqrt(2 * stepSize))))',
    }),
  },
  {
    ...sample,
    id: 'M-ULA-11',
    verdict: 'wrong',
    diagnosis: 'last-step-without-noise',
    code: chain({ noise: 'k < steps - 1 ? random.normal(x.shape) : tf.zerosLike(x)' }),
  },
  {
    ...step,
    id: 'M-ULA-13',
    verdict: 'wrong',
    diagnosis: 'exact-for-the-normal',
    code: stepIs('x.mul(Math.exp(-stepSize)).add(noise.mul(Math.sqrt(1 - Math.exp(-2 * stepSize))))'),
  },
  {
    ...sample,
    id: 'M-ULA-14',
    verdict: 'wrong',
    diagnosis: 'noise-not-gaussian',
    code: chain({ noise: 'random.rademacher(x.shape)' }),
  },
  {
    ...sample,
    id: 'M-ULA-16',
    verdict: 'wrong',
    code: chain({ noise: "tf.randomNormal(x.shape, 0, 1, 'float32', 42)" }),
  },
  { exercise, id: 'M-ULA-17', verdict: 'outside', reason: 'No function takes a seed.' },
  {
    ...sample,
    id: 'M-ULA-19',
    verdict: 'wrong',
    diagnosis: 'clamped-to-the-data',
    code: chain({
      next: 'x.add(score(x).mul(stepSize)).add(z.mul(Math.sqrt(2 * stepSize))).clipByValue(0, 1)',
    }),
  },
  {
    ...sample,
    id: 'M-ULA-21',
    verdict: 'wrong',
    diagnosis: 'variance-of-samples',
    code: chain({ next: 'x.add(score(x).mul(stepSize)).add(z.mul(0.9 * Math.sqrt(2 * stepSize)))' }),
  },
  {
    ...sample,
    id: 'M-API-09',
    verdict: 'wrong',
    code: chain({
      before: 'const kept = (globalThis.kept ??= tf.keep(tf.randomNormal([1 << 16, 4])));',
      noise: 'kept.slice([0, 0], x.shape)',
    }),
  },
  {
    ...annealed,
    id: 'M-ALD-02',
    verdict: 'wrong',
    diagnosis: 'inverse-ratio',
    code: annealing({ size: '(stepSize * last ** 2) / sigma ** 2' }),
  },
  {
    ...annealed,
    id: 'M-ALD-03',
    verdict: 'wrong',
    diagnosis: 'constant-step-size',
    code: annealing({ size: 'stepSize' }),
  },
  {
    ...annealed,
    id: 'M-ALD-05',
    verdict: 'wrong',
    diagnosis: 'not-divided-by-last',
    code: annealing({ size: 'stepSize * sigma ** 2' }),
  },
  {
    ...annealed,
    id: 'M-ALD-07',
    verdict: 'wrong',
    diagnosis: 'score-at-first-level',
    code: annealing({ level: 'all[0]' }),
  },
  {
    ...annealed,
    id: 'M-ALD-08',
    verdict: 'wrong',
    diagnosis: 'restarted-at-each-level',
    code: annealing({ begin: 'start' }),
  },
  {
    ...annealed,
    id: 'M-ALD-09',
    verdict: 'wrong',
    diagnosis: 'half-drift',
    code: annealing({ inner: 'langevinSample((y) => score(y, at).mul(0.5), from, size, count, random)' }),
  },
  {
    ...annealed,
    id: 'M-ALD-10',
    verdict: 'wrong',
    diagnosis: 'steps-shared-by-levels',
    code: annealing({ steps: 'Math.max(1, Math.floor(stepsPerLevel / all.length))' }),
  },
  {
    ...annealed,
    id: 'M-ALD-13',
    verdict: 'wrong',
    diagnosis: 'last-level-skipped',
    code: annealing({ list: 'all.slice(0, -1)' }),
  },
  {
    ...sample,
    id: 'V-ULA-02',
    verdict: 'legal',
    code: chain({
      before: 'const all = random.normal([x.shape[0], steps, x.shape[1]]);',
      noise: 'all.slice([0, k, 0], [-1, 1, -1]).squeeze([1])',
    }),
  },
  {
    ...sample,
    id: 'V-DSM-08',
    verdict: 'legal',
    code: chain({
      noise:
        'random.uniform(x.shape).mul(-1).add(1).log().mul(-2).sqrt().mul(random.uniform(x.shape).mul(2 * Math.PI).cos())',
    }),
  },
  { exercise, id: 'V-ULA-03', verdict: 'outside', reason: 'The contract prints the step: unadjusted Langevin.' },
  { exercise, id: 'V-ULA-05', verdict: 'outside', reason: 'The contract names the result: the last state.' },
  { exercise, id: 'V-ALD-01', verdict: 'outside', reason: 'The contract prints one of the two forms.' },
  { exercise, id: 'V-ALD-02', verdict: 'outside', reason: 'The contract has no denoising at the end.' },
  ...['M-PCS-02', 'M-PCS-03', 'M-PCS-04', 'M-PCS-07', 'M-PCS-08', 'V-PCS-01', 'V-PCS-02'].map((id): Mutant => ({
    exercise,
    id,
    verdict: 'outside',
    reason: 'No exercise has a corrector.',
  })),
];
