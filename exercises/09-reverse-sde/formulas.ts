import { type Parts, type Sizes } from '../../src/grade/arbitraries.js';
import { lifted } from '../../src/grade/batch.js';
import { type Mistake } from '../../src/grade/exercise.js';
import type { Field } from '../../src/grade/fields.js';
import type { Formula } from '../../src/grade/formula.js';
import { grid, type Grid } from '../../src/grade/grid.js';
import { randomInput, type Input, type InputRecord, type RandomInput } from '../../src/grade/inputs.js';
import { type Arithmetic } from '../../src/oracle/arithmetic.js';
import { kernelVariance, meanCoefficient, squaredDiffusion, type Sde, type Ve, type Vp } from './processes.js';
import { runBack, stepsBack, type LoopOptions, type StepOptions } from './steps.js';

export interface AtTime extends Record<string, Input> {
  readonly sde: Sde;
  readonly x: Grid;
  readonly t: Grid;
}
export interface Kernel extends Record<string, Input> {
  readonly sde: Sde;
  readonly x0: Grid;
  readonly t: Grid;
}
export interface Prior extends Record<string, Input> {
  readonly sde: Sde;
  readonly shape: readonly number[];
  readonly random: RandomInput;
}
export interface Back extends AtTime {
  readonly score: Field;
  readonly dt: number;
  readonly noise: Grid;
}
export interface Flow extends AtTime {
  readonly score: Field;
  readonly dt: number;
}
export interface Run extends Record<string, Input> {
  readonly sde: Sde;
  readonly score: Field;
  readonly start: Grid;
  readonly options: InputRecord & { readonly steps: number; readonly tEnd: number };
  readonly random: RandomInput;
}
export interface FlowRun extends Record<string, Input> {
  readonly sde: Sde;
  readonly score: Field;
  readonly start: Grid;
  readonly options: InputRecord & { readonly steps: number; readonly tEnd: number };
}

/** Not the constants of the papers (0.1 and 20), which students write into the code. */
export const processes: readonly Sde[] = [
  { kind: 'vp', betaMin: 0.3, betaMax: 4 },
  { kind: 've', sigmaMin: 0.1, sigmaMax: 3 },
  { kind: 'vp', betaMin: 0.2, betaMax: 7 },
  { kind: 've', sigmaMin: 0.25, sigmaMax: 2 },
  { kind: 'vp', betaMin: 1.5, betaMax: 2.5 },
];
export const times = [0.4, 0.7, 0.15, 0.9, 0.3, 0.05];
export const sizes: Sizes = { n: [2, 1, 3, 4], d: [2, 1, 3] };
const timesOf = (n: number, pick: Parts['pick'], of: readonly number[] = times): Grid =>
  grid(
    [n],
    Array.from({ length: n }, () => pick(of)),
  );

export const atTime = ({ n, d, tensor, pick }: Parts): AtTime => ({
  sde: pick(processes),
  x: tensor(n, d),
  t: timesOf(n, pick),
});
export const kernel =
  (of: readonly number[], sdes: readonly Sde[] = processes) =>
  ({ n, d, tensor, pick }: Parts): Kernel => ({
    sde: pick(sdes),
    x0: tensor(n, d),
    t: timesOf(n, pick, of),
  });
const scored = (parts: Parts) => parts.pick([parts.network, parts.affine])({ level: 't' });
export const flow = (parts: Parts): Flow => ({
  ...atTime(parts),
  dt: parts.pick([0.02, 0.05, 0.01]),
  score: scored(parts),
});
export const back = (parts: Parts): Back => ({ ...flow(parts), noise: parts.tensor(parts.n, parts.d) });
export const flowRun =
  (steps: readonly number[]) =>
  (parts: Parts): FlowRun => ({
    sde: parts.pick(processes),
    options: { steps: parts.pick(steps), tEnd: parts.pick([0, 0.2, 0.05, 0.4]) },
    start: parts.tensor(parts.n, parts.d),
    score: scored(parts),
  });
export const run = (parts: Parts): Run => ({ ...flowRun([2, 3, 1, 4])(parts), random: randomInput });

export const isVp = (sde: Sde): sde is Vp => sde.kind === 'vp';

export const drifted =
  (factor: <T>(a: Arithmetic<T>, sde: Sde, t: T) => T): Formula<AtTime> =>
  (a, { sde, x, t }) =>
    lifted(a, x).flatMap((row, i) => row.map((value) => a.mul(factor(a, sde, a.c(t.data[i])), value)));

export const perTime =
  (value: <T>(a: Arithmetic<T>, sde: Sde, t: T) => T): Formula<AtTime> =>
  (a, { sde, t }) =>
    t.data.map((time) => value(a, sde, a.c(time)));

export const diffusion = <T>(a: Arithmetic<T>, sde: Sde, t: T): T => a.sqrt(squaredDiffusion(a, sde, t));

/** The kernel with another mean coefficient or variance. */
export const perturbed =
  ({
    coefficient = meanCoefficient,
    std = (a, sde, t) => a.sqrt(kernelVariance(a, sde, t)),
  }: {
    coefficient?: <T>(a: Arithmetic<T>, sde: Sde, t: T) => T;
    std?: <T>(a: Arithmetic<T>, sde: Sde, t: T) => T;
  } = {}): Formula<Kernel> =>
  (a, { sde, x0, t }) => {
    const at = t.data.map((time) => a.c(time));
    const mean = lifted(a, x0).flatMap((row, i) => row.map((value) => a.mul(coefficient(a, sde, at[i]), value)));
    return [...mean, ...at.map((time) => std(a, sde, time))];
  };

/** The kernel of another integral of β. */
export const integrated = (integral: <T>(a: Arithmetic<T>, sde: Vp, t: T) => T): Formula<Kernel> =>
  perturbed({
    coefficient: (a, sde, t) => (isVp(sde) ? a.exp(a.mul(a.c(-0.5), integral(a, sde, t))) : meanCoefficient(a, sde, t)),
    std: (a, sde, t) =>
      isVp(sde) ? a.sqrt(a.sub(a.c(1), a.exp(a.sub(a.c(0), integral(a, sde, t))))) : a.sqrt(kernelVariance(a, sde, t)),
  });

export const stepping =
  (options: StepOptions = {}): Formula<Back> =>
  (a, c, on) =>
    stepsBack(a, c, on.field(c.score), options);
export const flowing =
  (options: StepOptions = {}): Formula<Flow> =>
  (a, c, on) =>
    stepsBack(a, c, on.field(c.score), { scoreFactor: 0.5, ...options });
export const running =
  (options: LoopOptions = {}): Formula<Run> =>
  (a, c, on) =>
    runBack(a, c, { field: on.field(c.score), normals: on.normals }, options);
export const flowingAlong =
  (options: LoopOptions = {}): Formula<FlowRun> =>
  (a, c, on) =>
    runBack(a, c, { field: on.field(c.score), normals: on.normals }, { scoreFactor: 0.5, drawn: 'never', ...options });

type Words = Pick<Mistake<never>, 'says' | 'hint'>;
export const words = (en: string, zh: string, hintEn: string, hintZh: string): Words => ({
  says: { en, 'zh-TW': zh },
  hint: { en: hintEn, 'zh-TW': hintZh },
});
const derive: readonly [string, string] = [
  'Write the step again from x − (f − g² score) dt, term by term.',
  '請從 x − (f − g² score) dt 逐項重寫。',
];

/** Mistakes of one step that a run of steps has as well. */
export const ofSteps: Readonly<Record<string, { words: Words; options: StepOptions }>> = {
  'score-sign': {
    words: words(
      'The score enters with the wrong sign: the step goes away from the data.',
      '分數的正負號相反：步伐遠離資料。',
      ...derive,
    ),
    options: { scoreFactor: -1 },
  },
  'g-not-squared': {
    words: words('The score is multiplied by g in place of g².', '分數乘上了 g，應該是 g²。', ...derive),
    options: { plainG: true },
  },
  'forward-drift': {
    words: words('The drift keeps the direction of the forward process.', '漂移項仍是前向過程的方向。', ...derive),
    options: { driftSign: 1 },
  },
  'coefficients-at-the-end': {
    words: words(
      'Score and coefficients are taken at t − dt; Euler’s step takes them at t.',
      '分數和係數取在 t − dt；Euler 法應取在 t。',
      'At which end of the step is x known?',
      '這一步的哪一端的 x 是已知的？',
    ),
    options: { atEnd: true },
  },
};

export const noisy: Readonly<Record<string, { words: Words; options: StepOptions }>> = {
  'half-score-full-noise': {
    words: words(
      'The score has the factor 1/2 of the probability flow, and the noise is there as well.',
      '分數用了機率流的 1/2，卻又加了雜訊。',
      'The 1/2 belongs to the flow, which has no noise.',
      '1/2 屬於沒有雜訊的機率流。',
    ),
    options: { scoreFactor: 0.5 },
  },
  'noise-g-squared': {
    words: words(
      'The noise is multiplied by g² sqrt(dt); g sqrt(dt) is due.',
      '雜訊乘上了 g² sqrt(dt)，應該是 g sqrt(dt)。',
      ...derive,
    ),
    options: { noiseScale: 'g² sqrt dt' },
  },
  'noise-dt': {
    words: words(
      'The noise is multiplied by g dt; g sqrt(dt) is due.',
      '雜訊乘上了 g dt，應該是 g sqrt(dt)。',
      'Which variance has dW over a time dt?',
      '時間 dt 內 dW 的變異數是多少？',
    ),
    options: { noiseScale: 'g dt' },
  },
};

export const mistakesFrom = <C>(
  list: Readonly<Record<string, { words: Words; options: StepOptions }>>,
  make: (options: StepOptions) => Formula<C>,
): Record<string, Mistake<C>> =>
  Object.fromEntries(
    Object.entries(list).map(([id, { words: said, options }]) => [id, { ...said, answer: make(options) }]),
  );

export const flowMistakes = <C>(make: (options: StepOptions) => Formula<C>): Record<string, Mistake<C>> => ({
  'half-missing': {
    ...words(
      'The factor 1/2 of the score is missing: this is the drift of the SDE, without its noise.',
      '分數少了 1/2：這是 SDE 的漂移項，只是沒有雜訊。',
      'The flow has half the score term of the reverse SDE.',
      '機率流的分數項是反向 SDE 的一半。',
    ),
    answer: make({ scoreFactor: 1 }),
  },
  'score-sign': { ...ofSteps['score-sign'].words, answer: make({ scoreFactor: -0.5 }) },
  'g-not-squared': { ...ofSteps['g-not-squared'].words, answer: make({ plainG: true }) },
  'forward-drift': { ...ofSteps['forward-drift'].words, answer: make({ driftSign: 1 }) },
});

/** A share of each value; numbers below the smallest normal float32 may be flushed to zero. */
export const allowed =
  (share: number) =>
  ({ values }: { values: readonly number[] }): number[] =>
    values.map((value) => Math.max(share * Math.abs(value), 2 ** -126));

/** A prior whose VE noise has another scale. */
export function scaledPrior(scale: (sde: Ve) => number, en: string, zh: string): Mistake<Prior> {
  return {
    ...words(en, zh, 'Which law has x at t = 1?', 't = 1 時 x 的分布是什麼？'),
    answer: (a, { sde, shape }, on) =>
      on
        .normals(shape.reduce((size, length) => size * length, 1))
        .map((z) => a.mul(a.c(isVp(sde) ? 1 : scale(sde)), z)),
  };
}
