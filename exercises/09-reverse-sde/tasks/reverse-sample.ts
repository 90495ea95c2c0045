import { affineChain } from '../../../src/grade/affine-chain.js';
import { cases } from '../../../src/grade/arbitraries.js';
import { task } from '../../../src/grade/exercise.js';
import { gaussianChecks } from '../../../src/grade/gaussian-checks.js';
import { grid } from '../../../src/grade/grid.js';
import { randomInput } from '../../../src/grade/inputs.js';
import { float64 } from '../../../src/oracle/arithmetic.js';
import { driftFactor, squaredDiffusion } from '../processes.js';
import { noisy, ofSteps, processes, type Run, run, running, sizes, words, mistakesFrom } from '../formulas.js';

export const reverseSampleTask = task<Run>({
  name: 'reverseSample',
  inputs: ['sde', 'score', 'start', 'options', 'random'],
  returns: ({ start }) => start.shape,
  answer: running(),
  properties: {
    random: {
      points: 2,
      replayed: { count: 16, cases: cases(sizes, run) },
      large: cases({ n: [16_384], d: [2] }, ({ n, tensor, affine, pick }): Run => {
        const row = tensor(2).data;
        return {
          sde: pick(processes),
          options: { steps: 3, tEnd: 0.2 },
          start: grid([n, 2], Array.from({ length: n }, () => row).flat()),
          random: randomInput,
          score: affine({ level: 't' }),
        };
      }),
      calls: 2,
      checks: (answers, { sde, score, start, options: { steps, tEnd } }) => {
        const dt = (1 - tEnd) / steps;
        const along = Array.from({ length: steps }, (_, k) => {
          const t = 1 - k * dt;
          const g2 = squaredDiffusion(float64, sde, t);
          return { drift: g2 * dt, level: t, own: -driftFactor(float64, sde, t) * dt, variance: g2 * dt };
        });
        return gaussianChecks(answers, affineChain(score, start.data.slice(0, 2), along));
      },
    },
  },
  mistakes: {
    ...mistakesFrom(ofSteps, running),
    ...mistakesFrom(noisy, running),
    'no-noise': {
      ...words('There is no noise at all.', '完全沒有雜訊。', 'Every step has fresh noise.', '每一步都有新的雜訊。'),
      answer: running({ drawn: 'never' }),
    },
    'flow-in-its-place': {
      ...words(
        'This is the probability flow: half the score, and no noise.',
        '這是機率流：一半的分數，沒有雜訊。',
        'Which of the two samplers is stochastic?',
        '兩種取樣法中哪一種是隨機的？',
      ),
      answer: running({ drawn: 'never', scoreFactor: 0.5 }),
    },
    'last-step-without-noise': {
      ...words(
        'The last step has no noise; here every step has.',
        '最後一步沒有雜訊；本題每一步都有。',
        'Is the last step different?',
        '最後一步不同嗎？',
      ),
      answer: running({ lastWithoutNoise: true }),
    },
    'same-noise-at-every-step': {
      ...words(
        'The noise is drawn once and used at every step.',
        '雜訊只抽了一次，每一步都用同一個。',
        'Each step needs fresh noise.',
        '每一步都要抽新的雜訊。',
      ),
      answer: running({ drawn: 'once' }),
    },
    'noise-shared-by-rows': {
      ...words(
        'All rows of the batch get the same noise.',
        '批次的每一列用了同一份雜訊。',
        'The noise has the shape of x.',
        '雜訊的形狀和 x 相同。',
      ),
      answer: running({ drawn: 'row' }),
    },
    'noise-shared-by-dimensions': {
      ...words(
        'All coordinates of a row get the same noise.',
        '同一列的每個座標用了同一個雜訊。',
        'The noise has the shape of x.',
        '雜訊的形狀和 x 相同。',
      ),
      answer: running({ drawn: 'column' }),
    },
    'one-step-too-few': {
      ...words('One step is missing.', '少了一步。', 'How often does the loop run?', '迴圈跑了幾次？'),
      answer: running({ more: -1 }),
    },
    'one-step-too-many': {
      ...words('There is one step too many.', '多了一步。', 'How often does the loop run?', '迴圈跑了幾次？'),
      answer: running({ more: 1 }),
    },
    'time-runs-upward': {
      ...words('Time runs from 0 upward.', '時間從 0 往上走。', 'The grid begins at t = 1.', '網格從 t = 1 開始。'),
      answer: running({ time: (k, dt) => (k + 1) * dt }),
    },
    'score-gets-the-index': {
      ...words(
        'The score is told the number of the step in place of t.',
        '分數收到的是步數，不是 t。',
        'The second argument of score is t.',
        'score 的第二個引數是 t。',
      ),
      answer: running({ toldAt: (k) => k }),
    },
    'end-ignored': {
      ...words(
        'The grid ends at 0 whatever tEnd is.',
        '不管 tEnd 是多少，網格都到 0。',
        'The last state belongs to tEnd.',
        '最後的狀態屬於 tEnd。',
      ),
      answer: running({ end: 0 }),
    },
    'stops-early': {
      ...words(
        'The grid ends at 0.05 whatever tEnd is.',
        '不管 tEnd 是多少，網格都到 0.05。',
        'The last state belongs to tEnd.',
        '最後的狀態屬於 tEnd。',
      ),
      answer: running({ end: 0.05 }),
    },
    'clamped-to-the-data': {
      ...words(
        'The state is clamped to [−1, 1] at every step.',
        '每一步都把狀態限制在 [−1, 1]。',
        'A sample may leave the range of the data.',
        '樣本可以離開資料的範圍。',
      ),
      answer: running({ clamped: true }),
    },
  },
});
