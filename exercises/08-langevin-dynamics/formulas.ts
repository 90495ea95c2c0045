import { type Parts, type Sizes } from '../../src/grade/arbitraries.js';
import { addScaled, lifted } from '../../src/grade/batch.js';
import { type Mistake } from '../../src/grade/exercise.js';
import type { Field } from '../../src/grade/fields.js';
import type { Formula } from '../../src/grade/formula.js';
import { grid, type Grid } from '../../src/grade/grid.js';
import { randomInput, type RandomInput } from '../../src/grade/inputs.js';
import type { Arithmetic } from '../../src/oracle/arithmetic.js';
import { chain, type Step } from './chain.js';
import type { Texts } from '../../src/grade/texts.js';

/** What geometricSigmas is asked. */
export interface Schedule extends Record<string, number> {
  readonly sigmaMax: number;
  readonly sigmaMin: number;
  readonly levels: number;
}

/** What langevinStep is asked. */
export interface OneStep extends Record<string, Grid | Field | number> {
  readonly score: Field;
  readonly x: Grid;
  readonly stepSize: number;
  readonly noise: Grid;
}

/** What langevinSample is asked. */
export interface Chain extends Record<string, Grid | Field | number | RandomInput> {
  readonly score: Field;
  readonly start: Grid;
  readonly stepSize: number;
  readonly steps: number;
  readonly random: RandomInput;
}

/** What annealedLangevinSample is asked. */
export interface Annealed extends Record<string, Grid | Field | number | RandomInput> {
  readonly score: Field;
  readonly start: Grid;
  readonly sigmas: Grid;
  readonly stepsPerLevel: number;
  readonly stepSize: number;
  readonly random: RandomInput;
}

/** Neither 1/2 nor 1, where a root and a square hide. */
const stepSizes = [0.3, 0.05, 0.12, 0.8];

/** Schedules with so many levels. */
export const schedule =
  (levels: readonly number[]) =>
  ({ pick }: Parts): Schedule => ({
    sigmaMax: pick([5, 20, 1.6]),
    sigmaMin: pick([0.1, 0.02, 0.4]),
    levels: pick(levels),
  });

/** The i-th of L levels, as `exponent` of the ratio sigmaMin/sigmaMax. */
export const levelsBy =
  (exponent: (i: number, levels: number) => number): Formula<Schedule> =>
  (a, { sigmaMax, sigmaMin, levels }) => {
    const ratio = a.log(a.div(a.c(sigmaMin), a.c(sigmaMax)));
    return Array.from({ length: levels }, (_, i) =>
      a.mul(a.c(sigmaMax), a.exp(a.mul(a.c(exponent(i, levels)), ratio))),
    );
  };
/** How far along the schedule level i of L is, from 0 to 1. */
export const along = (i: number, levels: number): number => (levels === 1 ? 0 : i / (levels - 1));

/** log σ interpolated between the ends. */
export const throughLogarithms: Formula<Schedule> = (a, { sigmaMax, sigmaMin, levels }) => {
  const [from, to] = [a.log(a.c(sigmaMax)), a.log(a.c(sigmaMin))];
  return Array.from({ length: levels }, (_, i) => a.exp(a.add(from, a.mul(a.c(along(i, levels)), a.sub(to, from)))));
};

/** Each level the one before times the same ratio. */
export const byMultiplication: Formula<Schedule> = (a, { sigmaMax, sigmaMin, levels }) => {
  const ratio = a.exp(a.mul(a.c(levels === 1 ? 0 : 1 / (levels - 1)), a.log(a.div(a.c(sigmaMin), a.c(sigmaMax)))));
  let sigma = a.c(sigmaMax);
  return Array.from({ length: levels }, (_, i) => (i === 0 ? sigma : (sigma = a.mul(sigma, ratio))));
};

/** A step with given noise. */
export const oneStep = (parts: Parts): OneStep => {
  const { n, d, tensor, pick } = parts;
  return {
    stepSize: pick(stepSizes),
    x: tensor(n, d),
    noise: tensor(n, d),
    score: pick([parts.network, parts.affine])(),
  };
};

/** A run of so many steps. */
export const chained =
  (steps: readonly number[]) =>
  (parts: Parts): Chain => {
    const { n, d, tensor, pick } = parts;
    return {
      stepSize: pick(stepSizes),
      steps: pick(steps),
      start: tensor(n, d),
      random: randomInput,
      score: pick([parts.affine, parts.network])(),
    };
  };

/** A schedule of a few levels, with a few steps each. */
export const annealed = (parts: Parts): Annealed => {
  const { n, d, tensor, pick } = parts;
  return {
    sigmas: grid2(pick([[1.5, 0.6, 0.3], [2, 0.5], [0.7], [1.2, 0.8, 0.6, 0.4]])),
    stepsPerLevel: pick([2, 1, 3]),
    stepSize: pick([0.05, 0.02]),
    start: tensor(n, d),
    random: randomInput,
    score: parts.network({ level: 'sigma' }),
  };
};

/** Numbers as a vector. */
export const grid2 = (values: readonly number[]): Grid => grid([values.length], values);

/** x + γ s(x) + √(2γ) z with other factors where a mistake has them. */
export const step =
  ({
    drift = (_, gamma) => gamma,
    scale = (a, gamma) => a.sqrt(a.mul(a.c(2), gamma)),
    noiseFirst = false,
  }: {
    drift?: <T>(a: Arithmetic<T>, gamma: T) => T;
    scale?: <T>(a: Arithmetic<T>, gamma: T) => T;
    noiseFirst?: boolean;
  } = {}): Formula<OneStep> =>
  (a, { x, score, stepSize, noise }, on) => {
    const gamma = a.c(stepSize);
    const draws = lifted(a, noise);
    const field = on.field(score);
    return lifted(a, x).flatMap((row, i) => {
      const noised = addScaled(a, row, scale(a, gamma), draws[i]);
      if (noiseFirst) return addScaled(a, noised, drift(a, gamma), field.at(noised));
      return addScaled(a, noised, drift(a, gamma), field.at(row));
    });
  };

/** What tells the noise of a step from its square. */
const variancesAdd: Texts = {
  en: 'Variances add up, standard deviations do not.',
  'zh-TW': '可以相加的是變異數，不是標準差。',
};

/** Mistakes of one step that a chain of steps has as well. */
export const says = {
  noRoot: {
    says: {
      en: 'The noise is multiplied by 2 stepSize in place of its square root.',
      'zh-TW': '雜訊乘上了 2 stepSize，應該是它的平方根。',
    },
    hint: variancesAdd,
  },
  noTwo: {
    says: {
      en: 'The noise is multiplied by sqrt(stepSize): the 2 is missing, and the temperature is halved.',
      'zh-TW': '雜訊乘上了 sqrt(stepSize)：少了 2，溫度減半。',
    },
    hint: { en: 'Which variance does the noise of one step have?', 'zh-TW': '一步的雜訊變異數是多少？' },
  },
  plain: {
    says: {
      en: 'The noise is multiplied by stepSize, without a square root.',
      'zh-TW': '雜訊乘上了 stepSize，沒有開根號。',
    },
    hint: variancesAdd,
  },
  sign: {
    says: { en: 'The step goes against the score, away from the data.', 'zh-TW': '步伐與分數的方向相反，遠離資料。' },
    hint: { en: 'The score points uphill in the density.', 'zh-TW': '分數指向密度上升的方向。' },
  },
  halfDrift: {
    says: {
      en: 'The drift is stepSize/2 · score while the noise is that of stepSize: two ways of writing the step are mixed.',
      'zh-TW': '漂移是 stepSize/2 · score，雜訊卻是 stepSize 的：兩種寫法混在一起了。',
    },
    hint: {
      en: 'Either both have the half or neither has it; here neither.',
      'zh-TW': '要嘛兩者都有一半，要嘛都沒有；本題都沒有。',
    },
  },
  noNoise: {
    says: { en: 'There is no noise: this is gradient ascent.', 'zh-TW': '沒有雜訊：這是梯度上升。' },
    hint: { en: 'Without noise every chain ends in a mode.', 'zh-TW': '沒有雜訊，每條鏈都會停在眾數。' },
  },
  noiseFirst: {
    says: {
      en: 'The noise is added before the score is evaluated; the score belongs at x itself.',
      'zh-TW': '先加了雜訊才計算分數；分數應該在 x 上取值。',
    },
    hint: { en: 'Both terms of the step start from the same x.', 'zh-TW': '一步的兩項都從同一個 x 出發。' },
  },
  exact: {
    says: {
      en: 'This is the exact transition for a standard normal target; it does not look at the score.',
      'zh-TW': '這是標準常態目標的精確轉移，沒有用到分數。',
    },
    hint: { en: 'The step has to work for any score.', 'zh-TW': '這一步要對任何分數都成立。' },
  },
} as const;

/** 2γ. */
export const double = <T>(a: Arithmetic<T>, gamma: T): T => a.mul(a.c(2), gamma);

/** √γ. */
export const root = <T>(a: Arithmetic<T>, gamma: T): T => a.sqrt(gamma);

/** γ. */
export const same = <T>(_: Arithmetic<T>, gamma: T): T => gamma;

/** 0, whatever the step size. */
export const none = <T>(a: Arithmetic<T>): T => a.c(0);

/** The steps of plain Langevin dynamics. */
export const plainSteps = (c: Chain): Step[] =>
  Array.from({ length: c.steps }, () => ({ stepSize: c.stepSize, level: undefined }));

/** The steps of a schedule, with the rule for the step size of a level. */
export const annealedSteps = (
  { sigmas, stepsPerLevel, stepSize }: Annealed,
  rule: (sigma: number, last: number) => number = (sigma, last) => (sigma / last) ** 2,
): Step[] => {
  const last = sigmas.data[sigmas.data.length - 1];
  return sigmas.data.flatMap((sigma) =>
    Array.from({ length: stepsPerLevel }, () => ({ stepSize: stepSize * rule(sigma, last), level: sigma })),
  );
};

type Options = Parameters<typeof chain>[3];

/** langevinSample by its steps, with what a mistake changes in the chain. */
export const plain =
  (options: Options = {}, steps: (c: Chain) => Step[] = plainSteps): Formula<Chain> =>
  (a, c, on) =>
    chain(a, { start: c.start, field: on.field(c.score), normals: on.normals }, steps(c), options);
/** annealedLangevinSample by its steps, with what a mistake changes in the chain. */
export const levelled =
  (options: Options = {}, steps: (c: Annealed) => Step[] = annealedSteps): Formula<Annealed> =>
  (a, c, on) =>
    chain(a, { start: c.start, field: on.field(c.score), normals: on.normals }, steps(c), options);

/** Mistakes of the noise and of the loop, for either sampler. */
export const ofChains = <C>(make: (options: Options) => Formula<C>): Record<string, Mistake<C>> => ({
  'noise-is-two-step-sizes': { ...says.noRoot, answer: make({ scale: double }) },
  'noise-without-two': { ...says.noTwo, answer: make({ scale: root }) },
  'noise-is-step-size': { ...says.plain, answer: make({ scale: same }) },
  'against-the-score': { ...says.sign, answer: make({ drift: (a, gamma) => a.sub(a.c(0), gamma) }) },
  'half-drift': { ...says.halfDrift, answer: make({ drift: (a, gamma) => a.mul(a.c(0.5), gamma) }) },
  'no-noise': { ...says.noNoise, answer: make({ scale: none }) },
  'noise-before-score': { ...says.noiseFirst, answer: make({ noiseFirst: true }) },
  'last-step-without-noise': {
    says: { en: 'The last step has no noise; here every step has.', 'zh-TW': '最後一步沒有雜訊；本題每一步都有。' },
    hint: { en: 'Is the last step different from the others?', 'zh-TW': '最後一步和其他步不同嗎？' },
    answer: make({ lastWithoutNoise: true }),
  },
  'same-noise-at-every-step': {
    says: { en: 'The noise is drawn once and used at every step.', 'zh-TW': '雜訊只抽了一次，每一步都用同一個。' },
    hint: { en: 'Each step needs fresh noise.', 'zh-TW': '每一步都要抽新的雜訊。' },
    answer: make({ noise: 'once' }),
  },
  'noise-shared-by-rows': {
    says: { en: 'All rows of the batch get the same noise.', 'zh-TW': '批次的每一列用了同一份雜訊。' },
    hint: { en: 'The noise has the shape of x.', 'zh-TW': '雜訊的形狀和 x 相同。' },
    answer: make({ noise: 'row' }),
  },
  'noise-shared-by-dimensions': {
    says: { en: 'All coordinates of a row get the same noise.', 'zh-TW': '同一列的每個座標用了同一個雜訊。' },
    hint: { en: 'The noise has the shape of x.', 'zh-TW': '雜訊的形狀和 x 相同。' },
    answer: make({ noise: 'column' }),
  },
  'clamped-to-the-data': {
    says: { en: 'The state is clamped to [0, 1] after every step.', 'zh-TW': '每一步之後把狀態限制在 [0, 1]。' },
    hint: { en: 'A chain may leave the range of the data.', 'zh-TW': '鏈可以離開資料的範圍。' },
    answer: make({ clamped: true }),
  },
});

/** Sizes of a batch whose chain is replayed number by number. */
export const chainSizes: Sizes = { n: [2, 3, 4], d: [2, 1, 3] };

/** One batch whose rows are so many independent chains. */
export const large: Sizes = { n: [16_384], d: [2] };

/** The same row n times, [n, d]. */
export const repeated = (n: number, row: readonly number[]): Grid =>
  grid([n, row.length], Array.from({ length: n }, () => row).flat());
