import { forwardVe, forwardVp, probabilityFlow, reverseSamplerOrder, reverseSde } from '../../src/claims/confusions.js';
import { affineChain } from '../../src/grade/affine-chain.js';
import { cases } from '../../src/grade/arbitraries.js';
import { exercise, task } from '../../src/grade/exercise.js';
import { gaussianChecks } from '../../src/grade/gaussian-checks.js';
import { grid } from '../../src/grade/grid.js';
import { randomInput } from '../../src/grade/inputs.js';
import { float64 } from '../../src/oracle/arithmetic.js';
import { exactFlow } from './exact-flow.js';
import {
  driftFactor,
  integratedBeta,
  kernelVariance,
  meanCoefficient,
  sigmaAt,
  squaredDiffusion,
} from './processes.js';
import { stepsBack } from './steps.js';
import {
  allowed,
  type AtTime,
  atTime,
  type Back,
  back,
  diffusion,
  drifted,
  type Flow,
  flow,
  flowing,
  flowingAlong,
  flowMistakes,
  type FlowRun,
  integrated,
  isVp,
  type Kernel,
  kernel,
  noisy,
  ofSteps,
  perTime,
  perturbed,
  type Prior,
  processes,
  type Run,
  run,
  running,
  scaledPrior,
  sizes,
  stepping,
  words,
  times,
  mistakesFrom,
  flowRun,
} from './formulas.js';

export default exercise({
  id: 'reverse-sde',
  number: '09',
  week: 8,
  title: { en: 'Reverse-time SDE and probability flow', 'zh-TW': '反向 SDE 與機率流' },
  claims: [forwardVe, forwardVp, probabilityFlow, reverseSamplerOrder, reverseSde],
  tasks: [
    task<AtTime>({
      name: 'drift',
      inputs: ['sde', 'x', 't'],
      returns: ({ x }) => x.shape,
      answer: drifted(driftFactor),
      properties: { value: { points: 0.5, count: 16, cases: cases(sizes, atTime) } },
      mistakes: {
        'half-missing': {
          ...words('The factor 1/2 is missing.', '少了 1/2。', 'f = −β(t) x/2.', 'f = −β(t) x/2。'),
          answer: drifted((a, sde, t) => a.mul(a.c(2), driftFactor(a, sde, t))),
        },
        sign: {
          ...words(
            'The sign is wrong: the forward process shrinks x.',
            '正負號相反：前向過程會縮小 x。',
            'f = −β(t) x/2.',
            'f = −β(t) x/2。',
          ),
          answer: drifted((a, sde, t) => a.sub(a.c(0), driftFactor(a, sde, t))),
        },
        've-drifts-too': {
          ...words(
            'The VE process has a drift here; it has none.',
            '這裡的 VE 過程有漂移項；它沒有。',
            'In which of the two does the mean stay?',
            '哪一種過程的平均不變？',
          ),
          answer: drifted((a, sde, t) =>
            isVp(sde) ? driftFactor(a, sde, t) : a.mul(a.c(-0.5), squaredDiffusion(a, sde, t)),
          ),
        },
      },
    }),

    task<AtTime>({
      name: 'diffusionCoefficient',
      inputs: ['sde', 't'],
      returns: ({ t }) => t.shape,
      answer: perTime(diffusion),
      properties: { value: { points: 1, count: 16, cases: cases(sizes, atTime) } },
      mistakes: {
        squared: {
          ...words('This is g², not g.', '這是 g²，不是 g。', 'The coefficient of dW is g.', 'dW 的係數是 g。'),
          answer: perTime(squaredDiffusion),
        },
        've-is-sigma': {
          ...words(
            'For VE this is sigma(t): the factor sqrt(2 log(sigmaMax/sigmaMin)) is missing.',
            'VE 時這是 sigma(t)：少了 sqrt(2 log(sigmaMax/sigmaMin))。',
            'g² is the derivative of sigma² in t.',
            'g² 是 sigma² 對 t 的導數。',
          ),
          answer: perTime((a, sde, t) => (isVp(sde) ? diffusion(a, sde, t) : sigmaAt(a, sde, t))),
        },
        've-without-two': {
          ...words(
            'For VE the factor 2 under the root is missing.',
            'VE 時根號裡少了 2。',
            'Differentiate the square.',
            '要把平方微分。',
          ),
          answer: perTime((a, sde, t) =>
            isVp(sde) ? diffusion(a, sde, t) : a.sqrt(a.mul(a.c(0.5), squaredDiffusion(a, sde, t))),
          ),
        },
        've-common-logarithm': {
          ...words(
            'For VE the logarithm is to the base 10.',
            'VE 時用了以 10 為底的對數。',
            'Which logarithm does a derivative give?',
            '微分得到的是哪一種對數？',
          ),
          answer: perTime((a, sde, t) =>
            isVp(sde) ? diffusion(a, sde, t) : a.mul(a.c(1 / Math.sqrt(Math.LN10)), diffusion(a, sde, t)),
          ),
        },
        've-linear': {
          ...words(
            'For VE sigma(t) is interpolated linearly.',
            'VE 時 sigma(t) 用了線性內插。',
            'sigma(t) is geometric in t.',
            'sigma(t) 對 t 是等比的。',
          ),
          answer: perTime((a, sde, t) => {
            if (isVp(sde)) return diffusion(a, sde, t);
            const sigma = a.add(a.c(sde.sigmaMin), a.mul(t, a.sub(a.c(sde.sigmaMax), a.c(sde.sigmaMin))));
            return a.mul(sigma, a.sqrt(a.c(2 * Math.log(sde.sigmaMax / sde.sigmaMin))));
          }),
        },
        've-ends-swapped': {
          ...words(
            'For VE sigmaMin and sigmaMax are exchanged.',
            'VE 時 sigmaMin 和 sigmaMax 對調了。',
            'Where is the noise largest?',
            '雜訊在哪一端最大？',
          ),
          answer: perTime((a, sde, t) => diffusion(a, sde, isVp(sde) ? t : a.sub(a.c(1), t))),
        },
      },
    }),

    task<Kernel>({
      name: 'perturbationKernel',
      inputs: ['sde', 'x0', 't'],
      returns: ({ x0, t }) => ({ mean: x0.shape, std: t.shape }),
      answer: perturbed(),
      // The contract allows a relative error of 1e-3, and no more where the formula as it is printed loses more.
      allowance: allowed(1e-3),
      properties: {
        value: { points: 1.5, count: 20, cases: cases(sizes, kernel([...times, 1])) },
        small: {
          points: 0.5,
          count: 10,
          // Where β(0) is small, B is some 40 roundings of 1 − exp(−B).
          cases: cases(sizes, kernel([1e-5, 2e-5, 3e-5], [processes[0], processes[2], processes[1]])),
          reason: {
            en: 'At small t the standard deviation is wrong: 1 − exp(−B) loses its digits in float32.',
            'zh-TW': 't 很小時標準差錯誤：1 − exp(−B) 在 float32 下失去有效位數。',
          },
        },
      },
      mistakes: {
        'variance-for-std': {
          ...words(
            'std holds the variance.',
            'std 裡放的是變異數。',
            'A standard deviation is a root.',
            '標準差要開根號。',
          ),
          answer: perturbed({ std: kernelVariance }),
        },
        'std-one-minus-mean': {
          ...words(
            'For VP std is 1 − the mean coefficient.',
            'VP 時 std 用了 1 − 平均係數。',
            'Variances add up to 1, not standard deviations.',
            '加起來等於 1 的是變異數。',
          ),
          answer: perturbed({
            std: (a, sde, t) =>
              isVp(sde) ? a.sub(a.c(1), meanCoefficient(a, sde, t)) : a.sqrt(kernelVariance(a, sde, t)),
          }),
        },
        'beta-not-integrated': {
          ...words(
            'For VP β(t)·t stands in place of the integral of β.',
            'VP 時用了 β(t)·t，應該是 β 的積分。',
            'β changes between 0 and t.',
            'β 在 0 到 t 之間會變。',
          ),
          answer: integrated((a, sde, t) =>
            a.mul(a.add(a.c(sde.betaMin), a.mul(t, a.sub(a.c(sde.betaMax), a.c(sde.betaMin)))), t),
          ),
        },
        'beta-constant': {
          ...words(
            'For VP β is taken as the constant betaMin.',
            'VP 時把 β 當成常數 betaMin。',
            'β grows to betaMax.',
            'β 會增加到 betaMax。',
          ),
          answer: integrated((a, sde, t) => a.mul(a.c(sde.betaMin), t)),
        },
        'beta-max-for-difference': {
          ...words(
            'For VP betaMax stands where betaMax − betaMin belongs.',
            'VP 時該用 betaMax − betaMin 的地方用了 betaMax。',
            'Integrate betaMin + t (betaMax − betaMin).',
            '請積分 betaMin + t (betaMax − betaMin)。',
          ),
          answer: integrated((a, sde, t) =>
            a.add(a.mul(a.c(sde.betaMin), t), a.mul(a.c(0.5 * sde.betaMax), a.mul(t, t))),
          ),
        },
        'constants-of-the-paper': {
          ...words(
            'For VP betaMin and betaMax are 0.1 and 20 whatever is given.',
            'VP 時不管給什麼，betaMin 和 betaMax 都用 0.1 和 20。',
            'Use the numbers of sde.',
            '請用 sde 裡的數。',
          ),
          answer: integrated((a, sde, t) => integratedBeta(a, { ...sde, betaMin: 0.1, betaMax: 20 }, t)),
        },
        'mean-coefficient-squared': {
          ...words(
            'For VP the mean lacks the 1/2 in the exponent.',
            'VP 時平均的指數少了 1/2。',
            'The drift is −β x/2.',
            '漂移項是 −β x/2。',
          ),
          answer: perturbed({
            coefficient: (a, sde, t) => a.mul(meanCoefficient(a, sde, t), meanCoefficient(a, sde, t)),
          }),
        },
        've-without-sigma-zero': {
          ...words(
            'For VE std is sigma(t): sigma(0)² is not subtracted.',
            'VE 時 std 是 sigma(t)：沒有減去 sigma(0)²。',
            'At t = 0 nothing has been added yet.',
            't = 0 時還沒有加任何雜訊。',
          ),
          answer: perturbed({
            std: (a, sde, t) => (isVp(sde) ? a.sqrt(kernelVariance(a, sde, t)) : sigmaAt(a, sde, t)),
          }),
        },
        've-linear': {
          ...words(
            'For VE sigma(t) is interpolated linearly.',
            'VE 時 sigma(t) 用了線性內插。',
            'sigma(t) is geometric in t.',
            'sigma(t) 對 t 是等比的。',
          ),
          answer: perturbed({
            std: (a, sde, t) => {
              if (isVp(sde)) return a.sqrt(kernelVariance(a, sde, t));
              const sigma = a.add(a.c(sde.sigmaMin), a.mul(t, a.sub(a.c(sde.sigmaMax), a.c(sde.sigmaMin))));
              return a.sqrt(a.sub(a.mul(sigma, sigma), a.c(sde.sigmaMin ** 2)));
            },
          }),
        },
        've-mean-shrunk': {
          ...words(
            'For VE the mean is shrunk as for VP.',
            'VE 時平均像 VP 一樣縮小了。',
            'VE has no drift.',
            'VE 沒有漂移項。',
          ),
          answer: perturbed({
            coefficient: (a, sde, t) =>
              isVp(sde) ? meanCoefficient(a, sde, t) : a.sqrt(a.sub(a.c(1), kernelVariance(a, sde, t))),
          }),
        },
      },
    }),

    task<Prior>({
      name: 'prior',
      inputs: ['sde', 'shape', 'random'],
      returns: ({ shape }) => shape,
      answer: (a, { sde, shape }, on) => {
        const scale = a.c(isVp(sde) ? 1 : sde.sigmaMax);
        return on.normals(shape.reduce((size, length) => size * length, 1)).map((z) => a.mul(scale, z));
      },
      properties: {
        random: {
          points: 0.5,
          replayed: {
            count: 10,
            cases: cases({ n: [2, 1, 3], d: [2, 1] }, ({ n, d, pick }): Prior => ({
              sde: pick(processes),
              shape: [n, d],
              random: randomInput,
            })),
          },
          large: cases({ n: [16_384], d: [2] }, ({ n, d, pick }): Prior => ({
            sde: pick([processes[1], processes[3]]),
            shape: [n, d],
            random: randomInput,
          })),
          calls: 2,
          checks: (answers, { sde }) => {
            const v = isVp(sde) ? 1 : sde.sigmaMax ** 2;
            return gaussianChecks(answers, {
              mean: [0, 0],
              covariance: [
                [v, 0],
                [0, v],
              ],
            });
          },
        },
      },
      mistakes: {
        'always-standard': scaledPrior(() => 1, 'The prior is N(0, I) for VE as well.', 'VE 時先驗也用了 N(0, I)。'),
        'variance-for-sigma': scaledPrior(
          (sde) => sde.sigmaMax ** 2,
          'For VE the noise is multiplied by sigmaMax²: sigmaMax is a standard deviation.',
          'VE 時雜訊乘上了 sigmaMax²；sigmaMax 是標準差。',
        ),
        'root-of-sigma': scaledPrior(
          (sde) => Math.sqrt(sde.sigmaMax),
          'For VE the noise is multiplied by sqrt(sigmaMax).',
          'VE 時雜訊乘上了 sqrt(sigmaMax)。',
        ),
        'sigma-min': scaledPrior((sde) => sde.sigmaMin, 'For VE the noise has sigmaMin.', 'VE 時雜訊用了 sigmaMin。'),
      },
    }),

    task<Back>({
      name: 'reverseStep',
      inputs: ['sde', 'score', 'x', 't', 'dt', 'noise'],
      returns: ({ x }) => x.shape,
      answer: stepping(),
      properties: { value: { points: 2, count: 24, cases: cases(sizes, back) } },
      mistakes: {
        ...mistakesFrom(ofSteps, stepping),
        ...mistakesFrom(noisy, stepping),
        'no-noise': {
          ...words(
            'The noise is missing.',
            '少了雜訊。',
            'The reverse SDE has noise of its own.',
            '反向 SDE 自己也有雜訊。',
          ),
          answer: stepping({ noiseScale: 'none' }),
        },
        'discrete-process': {
          ...words(
            'This is the step of a discrete process with β in place of β dt.',
            '這是離散過程的一步，用了 β 而不是 β dt。',
            'β(t) is a rate; a step of length dt uses β dt.',
            'β(t) 是速率；長度 dt 的一步要用 β dt。',
          ),
          answer: stepping({ ancestral: true }),
        },
        'score-divided-by-std': {
          ...words(
            'The score is divided by the standard deviation of the kernel: it is a score already, not a noise prediction.',
            '分數又除以了核的標準差：它已經是分數，不是雜訊的預測。',
            'What does score return?',
            'score 回傳的是什麼？',
          ),
          answer: (a, c, on) => {
            const field = on.field(c.score);
            return stepsBack(a, c, {
              ...field,
              at: (x, t) => {
                const std = t === undefined ? a.c(1) : a.sqrt(kernelVariance(a, c.sde, t));
                return field.at(x, t).map((s) => a.div(s, std));
              },
            });
          },
        },
      },
    }),

    task<Run>({
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
          ...words(
            'There is no noise at all.',
            '完全沒有雜訊。',
            'Every step has fresh noise.',
            '每一步都有新的雜訊。',
          ),
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
    }),

    task<Flow>({
      name: 'probabilityFlowStep',
      inputs: ['sde', 'score', 'x', 't', 'dt'],
      returns: ({ x }) => x.shape,
      answer: flowing(),
      properties: { value: { points: 1.5, count: 20, cases: cases(sizes, flow) } },
      mistakes: flowMistakes(flowing),
    }),

    task<FlowRun>({
      name: 'probabilityFlowSample',
      inputs: ['sde', 'score', 'start', 'options'],
      returns: ({ start }) => start.shape,
      answer: flowingAlong(),
      properties: {
        order: {
          points: 2,
          count: 10,
          // The VE process has no drift, so most cases are of the other.
          cases: cases({ n: [2], d: [2, 1] }, (parts): FlowRun => ({
            ...flowRun([32])(parts),
            sde: parts.pick([processes[0], processes[1], processes[2]]),
          })),
          doubled: (c) => ({ ...c, options: { ...c.options, steps: 2 * c.options.steps } }),
          exact: exactFlow,
        },
      },
      mistakes: {
        ...flowMistakes(flowingAlong),
        'time-runs-upward': {
          ...words('Time runs from 0 upward.', '時間從 0 往上走。', 'The grid begins at t = 1.', '網格從 t = 1 開始。'),
          answer: flowingAlong({ time: (k, dt) => (k + 1) * dt }),
        },
        'end-ignored': {
          ...words(
            'The grid ends at 0 whatever tEnd is.',
            '不管 tEnd 是多少，網格都到 0。',
            'The last state belongs to tEnd.',
            '最後的狀態屬於 tEnd。',
          ),
          answer: flowingAlong({ end: 0 }),
        },
        'score-gets-the-index': {
          ...words(
            'The score is told the number of the step in place of t.',
            '分數收到的是步數，不是 t。',
            'The second argument of score is t.',
            'score 的第二個引數是 t。',
          ),
          answer: flowingAlong({ toldAt: (k) => k }),
        },
      },
    }),
  ],
});
