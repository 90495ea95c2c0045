import { annealedLangevin, langevinStationary } from '../../src/claims/confusions.js';
import { affineChain } from '../../src/grade/affine-chain.js';
import { cases, type Parts, type Sizes } from '../../src/grade/arbitraries.js';
import { addScaled, lifted } from '../../src/grade/batch.js';
import { exercise, task, type Mistake } from '../../src/grade/exercise.js';
import type { Field } from '../../src/grade/fields.js';
import type { Formula } from '../../src/grade/formula.js';
import { gaussianChecks } from '../../src/grade/gaussian-checks.js';
import { grid, type Grid } from '../../src/grade/grid.js';
import { randomInput, type RandomInput } from '../../src/grade/inputs.js';
import type { Arithmetic } from '../../src/oracle/arithmetic.js';
import { chain, type Step } from './chain.js';

interface Schedule extends Record<string, number> {
  readonly sigmaMax: number;
  readonly sigmaMin: number;
  readonly levels: number;
}

interface OneStep extends Record<string, Grid | Field | number> {
  readonly score: Field;
  readonly x: Grid;
  readonly stepSize: number;
  readonly noise: Grid;
}

interface Chain extends Record<string, Grid | Field | number | RandomInput> {
  readonly score: Field;
  readonly start: Grid;
  readonly stepSize: number;
  readonly steps: number;
  readonly random: RandomInput;
}

interface Annealed extends Record<string, Grid | Field | number | RandomInput> {
  readonly score: Field;
  readonly start: Grid;
  readonly sigmas: Grid;
  readonly stepsPerLevel: number;
  readonly stepSize: number;
  readonly random: RandomInput;
}

/** Neither 1/2 nor 1, where a root and a square hide. */
const stepSizes = [0.3, 0.05, 0.12, 0.8];

const schedule =
  (levels: readonly number[]) =>
  ({ pick }: Parts): Schedule => ({
    sigmaMax: pick([5, 20, 1.6]),
    sigmaMin: pick([0.1, 0.02, 0.4]),
    levels: pick(levels),
  });

/** The i-th of L levels, as `exponent` of the ratio sigmaMin/sigmaMax. */
const levelsBy =
  (exponent: (i: number, levels: number) => number): Formula<Schedule> =>
  (a, { sigmaMax, sigmaMin, levels }) => {
    const ratio = a.log(a.div(a.c(sigmaMin), a.c(sigmaMax)));
    return Array.from({ length: levels }, (_, i) =>
      a.mul(a.c(sigmaMax), a.exp(a.mul(a.c(exponent(i, levels)), ratio))),
    );
  };
const along = (i: number, levels: number): number => (levels === 1 ? 0 : i / (levels - 1));

/** log σ interpolated between the ends. */
const throughLogarithms: Formula<Schedule> = (a, { sigmaMax, sigmaMin, levels }) => {
  const [from, to] = [a.log(a.c(sigmaMax)), a.log(a.c(sigmaMin))];
  return Array.from({ length: levels }, (_, i) => a.exp(a.add(from, a.mul(a.c(along(i, levels)), a.sub(to, from)))));
};

/** Each level the one before times the same ratio. */
const byMultiplication: Formula<Schedule> = (a, { sigmaMax, sigmaMin, levels }) => {
  const ratio = a.exp(a.mul(a.c(levels === 1 ? 0 : 1 / (levels - 1)), a.log(a.div(a.c(sigmaMin), a.c(sigmaMax)))));
  let sigma = a.c(sigmaMax);
  return Array.from({ length: levels }, (_, i) => (i === 0 ? sigma : (sigma = a.mul(sigma, ratio))));
};

const oneStep = (parts: Parts): OneStep => {
  const { n, d, tensor, pick } = parts;
  return {
    stepSize: pick(stepSizes),
    x: tensor(n, d),
    noise: tensor(n, d),
    score: pick([parts.network, parts.affine])(),
  };
};

const chained =
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

const annealed = (parts: Parts): Annealed => {
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

const grid2 = (values: readonly number[]): Grid => grid([values.length], values);

/** x + γ s(x) + √(2γ) z with other factors where a mistake has them. */
const step =
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

/** Mistakes of one step that a chain of steps has as well. */
const says = {
  noRoot: {
    says: {
      en: 'The noise is multiplied by 2 stepSize in place of its square root.',
      'zh-TW': '雜訊乘上了 2 stepSize，應該是它的平方根。',
    },
    hint: { en: 'Variances add up, standard deviations do not.', 'zh-TW': '可以相加的是變異數，不是標準差。' },
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
    hint: { en: 'Variances add up, standard deviations do not.', 'zh-TW': '可以相加的是變異數，不是標準差。' },
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

const double = <T>(a: Arithmetic<T>, gamma: T): T => a.mul(a.c(2), gamma);
const root = <T>(a: Arithmetic<T>, gamma: T): T => a.sqrt(gamma);
const same = <T>(_: Arithmetic<T>, gamma: T): T => gamma;
const none = <T>(a: Arithmetic<T>): T => a.c(0);

/** The steps of plain Langevin dynamics. */
const plainSteps = (c: Chain): Step[] =>
  Array.from({ length: c.steps }, () => ({ stepSize: c.stepSize, level: undefined }));

/** The steps of a schedule, with the rule for the step size of a level. */
const annealedSteps = (
  { sigmas, stepsPerLevel, stepSize }: Annealed,
  rule: (sigma: number, last: number) => number = (sigma, last) => (sigma / last) ** 2,
): Step[] => {
  const last = sigmas.data[sigmas.data.length - 1];
  return sigmas.data.flatMap((sigma) =>
    Array.from({ length: stepsPerLevel }, () => ({ stepSize: stepSize * rule(sigma, last), level: sigma })),
  );
};

type Options = Parameters<typeof chain>[3];
const plain =
  (options: Options = {}, steps: (c: Chain) => Step[] = plainSteps): Formula<Chain> =>
  (a, c, on) =>
    chain(a, { start: c.start, field: on.field(c.score), normals: on.normals }, steps(c), options);
const levelled =
  (options: Options = {}, steps: (c: Annealed) => Step[] = annealedSteps): Formula<Annealed> =>
  (a, c, on) =>
    chain(a, { start: c.start, field: on.field(c.score), normals: on.normals }, steps(c), options);

/** Mistakes of the noise and of the loop, for either sampler. */
const ofChains = <C>(make: (options: Options) => Formula<C>): Record<string, Mistake<C>> => ({
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

const chainSizes: Sizes = { n: [2, 3, 4], d: [2, 1, 3] };
const large: Sizes = { n: [16_384], d: [2] };
const repeated = (n: number, row: readonly number[]): Grid =>
  grid([n, row.length], Array.from({ length: n }, () => row).flat());

export default exercise({
  id: 'langevin-dynamics',
  number: '08',
  week: 8,
  title: { en: 'Langevin dynamics', 'zh-TW': 'Langevin 動力學' },
  claims: [annealedLangevin, langevinStationary],
  tasks: [
    task<Schedule>({
      name: 'geometricSigmas',
      inputs: ['sigmaMax', 'sigmaMin', 'levels'],
      returns: ({ levels }) => [levels],
      answer: levelsBy(along),
      alsoRight: [throughLogarithms, byMultiplication],
      properties: {
        value: { points: 1.5, count: 16, cases: cases({ n: [1], d: [1] }, schedule([2, 3, 5, 10])) },
        small: {
          points: 0.5,
          count: 2,
          cases: cases({ n: [1], d: [1] }, schedule([1])),
          reason: { en: 'One level has to be [sigmaMax].', 'zh-TW': '只有一層時應為 [sigmaMax]。' },
        },
      },
      mistakes: {
        'linear-spacing': {
          says: {
            en: 'The levels are spaced evenly; their ratio has to be constant.',
            'zh-TW': '各層等距；應該是等比。',
          },
          hint: { en: 'What is constant in a geometric sequence?', 'zh-TW': '等比數列裡什麼是固定的？' },
          answer: (a, { sigmaMax, sigmaMin, levels }) =>
            Array.from({ length: levels }, (_, i) =>
              a.add(a.c(sigmaMax), a.mul(a.c(along(i, levels)), a.sub(a.c(sigmaMin), a.c(sigmaMax)))),
            ),
        },
        'last-end-left-out': {
          says: {
            en: 'sigmaMin is not reached: the exponent runs over i/levels in place of i/(levels − 1).',
            'zh-TW': '沒有到達 sigmaMin：指數用了 i/levels，應為 i/(levels − 1)。',
          },
          hint: { en: 'levels points have levels − 1 gaps.', 'zh-TW': 'levels 個點之間有 levels − 1 個間隔。' },
          answer: levelsBy((i, levels) => i / levels),
        },
        'first-end-left-out': {
          says: { en: 'sigmaMax is left out.', 'zh-TW': '沒有包含 sigmaMax。' },
          hint: { en: 'Both ends belong to the levels.', 'zh-TW': '兩端都屬於這些層。' },
          answer: levelsBy((i, levels) => (i + 1) / levels),
        },
        ascending: {
          says: { en: 'The levels increase; they have to decrease.', 'zh-TW': '各層遞增；應該遞減。' },
          hint: { en: 'Annealing starts with the largest noise.', 'zh-TW': '退火從最大的雜訊開始。' },
          answer: levelsBy((i, levels) => 1 - along(i, levels)),
        },
        'one-level-divides-by-zero': {
          says: {
            en: 'For one level the exponent is 0/0.',
            'zh-TW': '只有一層時，指數成了 0/0。',
          },
          hint: { en: 'levels = 1 gives [sigmaMax].', 'zh-TW': 'levels = 1 時應為 [sigmaMax]。' },
          answer: levelsBy((i, levels) => i / (levels - 1)),
        },
      },
    }),

    task<OneStep>({
      name: 'langevinStep',
      inputs: ['score', 'x', 'stepSize', 'noise'],
      returns: ({ x }) => x.shape,
      answer: step(),
      properties: { value: { points: 2, count: 24, cases: cases({ n: [1, 2, 3, 4], d: [1, 2, 3, 5] }, oneStep) } },
      mistakes: {
        'noise-is-two-step-sizes': { ...says.noRoot, answer: step({ scale: double }) },
        'noise-without-two': { ...says.noTwo, answer: step({ scale: root }) },
        'noise-is-step-size': { ...says.plain, answer: step({ scale: same }) },
        'against-the-score': { ...says.sign, answer: step({ drift: (a, gamma) => a.sub(a.c(0), gamma) }) },
        'half-drift': { ...says.halfDrift, answer: step({ drift: (a, gamma) => a.mul(a.c(0.5), gamma) }) },
        'no-noise': { ...says.noNoise, answer: step({ scale: none }) },
        'noise-before-score': { ...says.noiseFirst, answer: step({ noiseFirst: true }) },
        'exact-for-the-normal': {
          ...says.exact,
          answer: (a, { x, stepSize, noise }) =>
            x.data.map((value, i) =>
              a.add(
                a.mul(a.exp(a.c(-stepSize)), a.c(value)),
                a.mul(a.sqrt(a.sub(a.c(1), a.exp(a.c(-2 * stepSize)))), a.c(noise.data[i])),
              ),
            ),
        },
      },
    }),

    task<Chain>({
      name: 'langevinSample',
      inputs: ['score', 'start', 'stepSize', 'steps', 'random'],
      returns: ({ start }) => start.shape,
      answer: plain(),
      properties: {
        random: {
          points: 3,
          replayed: { count: 16, cases: cases(chainSizes, chained([2, 3, 1, 4])) },
          large: cases(large, ({ n, tensor, affine, pick }): Chain => ({
            stepSize: pick([0.12, 0.3]),
            steps: pick([3, 2]),
            start: repeated(n, tensor(2).data),
            random: randomInput,
            score: affine(),
          })),
          calls: 2,
          checks: (answers, c) =>
            gaussianChecks(
              answers,
              affineChain(
                c.score,
                c.start.data.slice(0, 2),
                plainSteps(c).map(({ stepSize }) => ({ drift: stepSize, level: 0, own: 0, variance: 2 * stepSize })),
              ),
            ),
        },
      },
      mistakes: {
        ...ofChains(plain),
        'one-step-too-few': {
          says: { en: 'One step is missing.', 'zh-TW': '少了一步。' },
          hint: { en: 'How often does the loop run?', 'zh-TW': '迴圈跑了幾次？' },
          answer: plain({}, (c) => plainSteps(c).slice(1)),
        },
        'one-step-too-many': {
          says: { en: 'There is one step too many.', 'zh-TW': '多了一步。' },
          hint: { en: 'How often does the loop run?', 'zh-TW': '迴圈跑了幾次？' },
          answer: plain({}, (c) => [...plainSteps(c), ...plainSteps(c).slice(0, 1)]),
        },
        'starts-at-random': {
          says: {
            en: 'The chain starts from fresh noise in place of start.',
            'zh-TW': '鏈從新抽的雜訊開始，沒有用 start。',
          },
          hint: { en: 'start is the state before the first step.', 'zh-TW': 'start 是第一步之前的狀態。' },
          answer: plain({ restart: 'begin' }),
        },
      },
    }),

    task<Annealed>({
      name: 'annealedLangevinSample',
      inputs: ['score', 'start', 'sigmas', 'stepsPerLevel', 'stepSize', 'random'],
      returns: ({ start }) => start.shape,
      answer: levelled(),
      properties: {
        random: {
          points: 3,
          replayed: { count: 16, cases: cases(chainSizes, annealed) },
          large: cases(large, ({ n, tensor, affine }): Annealed => ({
            sigmas: grid2([0.9, 0.6]),
            stepsPerLevel: 2,
            stepSize: 0.05,
            start: repeated(n, tensor(2).data),
            random: randomInput,
            score: affine({ level: 'sigma' }),
          })),
          calls: 2,
          checks: (answers, c) =>
            gaussianChecks(
              answers,
              affineChain(
                c.score,
                c.start.data.slice(0, 2),
                annealedSteps(c).map(({ stepSize, level = 0 }) => ({
                  drift: stepSize,
                  level,
                  own: 0,
                  variance: 2 * stepSize,
                })),
              ),
            ),
        },
      },
      mistakes: {
        ...ofChains(levelled),
        'inverse-ratio': {
          says: {
            en: 'The step size is multiplied by sigma_last²/sigma_l²: the ratio is upside down.',
            'zh-TW': '步長乘上了 sigma_last²/sigma_l²：比值顛倒了。',
          },
          hint: { en: 'Where should steps be large?', 'zh-TW': '哪一層的步長應該大？' },
          answer: levelled({}, (c) => annealedSteps(c, (sigma, last) => (last / sigma) ** 2)),
        },
        'constant-step-size': {
          says: { en: 'The step size is the same at all levels.', 'zh-TW': '每一層的步長都一樣。' },
          hint: { en: 'Steps grow with sigma².', 'zh-TW': '步長與 sigma² 成正比。' },
          answer: levelled({}, (c) => annealedSteps(c, () => 1)),
        },
        'not-divided-by-last': {
          says: {
            en: 'The step size is stepSize · sigma_l²: the division by sigma_last² is missing.',
            'zh-TW': '步長是 stepSize · sigma_l²：少了除以 sigma_last²。',
          },
          hint: { en: 'At the last level the step size is stepSize itself.', 'zh-TW': '最後一層的步長就是 stepSize。' },
          answer: levelled({}, (c) => annealedSteps(c, (sigma) => sigma ** 2)),
        },
        'ratio-not-squared': {
          says: { en: 'The ratio of the sigmas is not squared.', 'zh-TW': 'sigma 的比值沒有平方。' },
          hint: { en: 'A step is a length squared per unit of score.', 'zh-TW': '步長的單位是長度的平方。' },
          answer: levelled({}, (c) => annealedSteps(c, (sigma, last) => sigma / last)),
        },
        'score-at-first-level': {
          says: {
            en: 'The score is always called with the first sigma.',
            'zh-TW': '呼叫分數時總是給第一個 sigma。',
          },
          hint: { en: 'Each level has its own score.', 'zh-TW': '每一層有自己的分數。' },
          answer: levelled({}, (c) => annealedSteps(c).map((each) => ({ ...each, level: c.sigmas.data[0] }))),
        },
        'score-at-last-level': {
          says: {
            en: 'The score is always called with the last sigma.',
            'zh-TW': '呼叫分數時總是給最後一個 sigma。',
          },
          hint: { en: 'Each level has its own score.', 'zh-TW': '每一層有自己的分數。' },
          answer: levelled({}, (c) =>
            annealedSteps(c).map((each) => ({ ...each, level: c.sigmas.data[c.sigmas.data.length - 1] })),
          ),
        },
        'restarted-at-each-level': {
          says: { en: 'Every level starts again from start.', 'zh-TW': '每一層都重新從 start 開始。' },
          hint: { en: 'A level goes on where the one before ended.', 'zh-TW': '每一層從上一層結束的地方繼續。' },
          answer: levelled({ restart: 'level' }),
        },
        'last-level-skipped': {
          says: { en: 'The last level is left out.', 'zh-TW': '漏了最後一層。' },
          hint: { en: 'How often does the outer loop run?', 'zh-TW': '外層迴圈跑了幾次？' },
          answer: levelled({}, (c) => annealedSteps(c).slice(0, -c.stepsPerLevel)),
        },
        'steps-shared-by-levels': {
          says: {
            en: 'stepsPerLevel steps are made in all; they are due at each level.',
            'zh-TW': '總共只走了 stepsPerLevel 步；應該每一層都走這麼多步。',
          },
          hint: { en: 'How many calls of the score are there?', 'zh-TW': '總共呼叫分數幾次？' },
          answer: levelled({}, (c) => {
            const each = Math.max(1, Math.floor(c.stepsPerLevel / c.sigmas.data.length));
            return annealedSteps({ ...c, stepsPerLevel: each });
          }),
        },
      },
    }),
  ],
});
