import { cases, type Parts } from '../../src/grade/arbitraries.js';
import { lifted, mean, sumOfSquares } from '../../src/grade/batch.js';
import { type Mistake } from '../../src/grade/exercise.js';
import type { Field } from '../../src/grade/fields.js';
import type { Formula } from '../../src/grade/formula.js';
import type { Grid } from '../../src/grade/grid.js';
import { sumOverBatch, times } from '../../src/grade/loss-laws.js';
import type { Arithmetic } from '../../src/oracle/arithmetic.js';

/** What both losses are asked: probes [m, n, d]. */
export interface Sliced extends Record<string, Grid | Field> {
  readonly score: Field;
  readonly x: Grid;
  /** [m, n, d]. */
  readonly probes: Grid;
}

/** What one probe v says at one example: the two parts of the loss, and what wrong ones are made of. */
interface Slice<T> {
  readonly v: readonly T[];
  readonly s: readonly T[];
  /** vᵀ s. */
  readonly projection: T;
  /** vᵀ J v. */
  readonly curvature: T;
}

const dotted = <T>(a: Arithmetic<T>, x: readonly T[], y: readonly T[]): T => a.sum(x.map((xi, i) => a.mul(xi, y[i])));

/** The slices of the batch: n lists of m. */
export function slices<T>(
  a: Arithmetic<T>,
  c: Sliced,
  field: { at: (x: readonly T[]) => T[]; jacobian: (x: readonly T[]) => T[][] },
  probe: (v: readonly T[], all: readonly (readonly T[])[], row: number) => readonly T[] = (v) => v,
): Slice<T>[][] {
  const [m, n, d] = c.probes.shape;
  const flat = c.probes.data.map((value) => a.c(value));
  const vector = (j: number, i: number): T[] => flat.slice((j * n + i) * d, (j * n + i + 1) * d);
  return lifted(a, c.x).map((x, i) => {
    const s = field.at(x);
    const jacobian = field.jacobian(x);
    return Array.from({ length: m }, (_, j) => {
      const batch = Array.from({ length: n }, (__, k) => vector(j, k));
      const v = probe(vector(j, i), batch, i);
      const turned = jacobian.map((row) => dotted(a, row, v));
      return { v, s, projection: dotted(a, v, s), curvature: dotted(a, v, turned) };
    });
  });
}

/** The mean over probes and examples of a term of each slice. */
export const averaged =
  (term: <T>(a: Arithmetic<T>, slice: Slice<T>) => T): Formula<Sliced> =>
  (a, c, on) => [
    mean(
      a,
      slices(a, c, on.field(c.score)).flatMap((row) => row.map((slice) => term(a, slice))),
    ),
  ];

/** square + k vᵀJv. */
export const withCurvature =
  (square: <T>(a: Arithmetic<T>, slice: Slice<T>) => T, k = 2): (<T>(a: Arithmetic<T>, slice: Slice<T>) => T) =>
  (a, slice) =>
    a.add(square(a, slice), a.mul(a.c(k), slice.curvature));

type Square = <T>(a: Arithmetic<T>, slice: Slice<T>) => T;

/** (vᵀ S)². */
export const projected: Square = (a, { projection }) => a.mul(projection, projection);

/** ‖S‖². */
export const energy: Square = (a, { s }) => sumOfSquares(a, s);

/** The probes of a batch scaled to length 1 along the batch, or along the vector. */
const normalised =
  (square: Square, along: 'batch' | 'vector'): Formula<Sliced> =>
  (a, c, on) => {
    const probe =
      <T>(b: Arithmetic<T>) =>
      (v: readonly T[], all: readonly (readonly T[])[]): T[] =>
        v.map((vi, k) => b.div(vi, b.sqrt(sumOfSquares(b, along === 'batch' ? all.map((each) => each[k]) : v))));
    const rows = slices(a, c, on.field(c.score), probe(a));
    return [
      mean(
        a,
        rows.flatMap((row) => row.map((slice) => withCurvature(square)(a, slice))),
      ),
    ];
  };

/** Mistakes that both losses share; `square` is the first term of the loss. */
export const shared = (square: Square): Record<string, Mistake<Sliced>> => {
  const right = averaged(withCurvature(square));
  return {
    half: {
      says: {
        en: 'The whole loss has a factor 1/2 that the formula of the exercise does not have.',
        'zh-TW': '整個損失多了一個題目公式裡沒有的 1/2。',
      },
      hint: { en: 'Compare with the formula in the README.', 'zh-TW': '請和 README 的公式比較。' },
      answer: times(() => 0.5, right),
    },
    'two-forgotten': {
      says: {
        en: 'The factor 2 in front of vᵀ∇(vᵀ score) is missing.',
        'zh-TW': 'vᵀ∇(vᵀ score) 前面少了 2。',
      },
      hint: {
        en: 'Integration by parts turns −2 s·∇log p into +2 ∇·s.',
        'zh-TW': '分部積分把 −2 s·∇log p 變成 +2 ∇·s。',
      },
      answer: averaged(withCurvature(square, 1)),
    },
    'curvature-sign': {
      says: {
        en: 'vᵀ∇(vᵀ score) enters with a minus sign.',
        'zh-TW': 'vᵀ∇(vᵀ score) 的正負號相反。',
      },
      hint: {
        en: 'A score that pulls towards the data has a negative divergence, and a low loss.',
        'zh-TW': '把點拉向資料的分數散度為負，損失應該低。',
      },
      answer: averaged(withCurvature(square, -2)),
    },
    'derivative-in-the-probe': {
      says: {
        en: 'The derivative is taken in v in place of x: it gives vᵀ score.',
        'zh-TW': '微分是對 v 而不是對 x，得到的是 vᵀ score。',
      },
      hint: { en: 'In which variable is the derivative taken?', 'zh-TW': '是對哪個變數微分？' },
      answer: averaged((a, slice) => a.add(square(a, slice), a.mul(a.c(2), slice.projection))),
    },
    'sum-over-batch': sumOverBatch(times(({ x }) => x.shape[0], right)),
    'sum-over-probes': {
      says: {
        en: 'The loss is summed over the probes; it has to be the mean.',
        'zh-TW': '損失對探測向量相加了，應該取平均。',
      },
      hint: { en: 'More probes estimate the same loss.', 'zh-TW': '探測向量再多，估計的還是同一個損失。' },
      answer: times(({ probes }) => probes.shape[0], right),
    },
    'first-probe-only': {
      says: { en: 'Only the first probe is used.', 'zh-TW': '只用了第一個探測向量。' },
      hint: { en: 'probes holds m vectors for each example.', 'zh-TW': 'probes 對每個樣本都有 m 個向量。' },
      answer: (a, c, on) => [
        mean(
          a,
          slices(a, c, on.field(c.score)).map(([slice]) => withCurvature(square)(a, slice)),
        ),
      ],
    },
    'probes-normalised-over-the-batch': {
      says: {
        en: 'The probes are scaled along the batch: E[vvᵀ] is I/n then.',
        'zh-TW': '探測向量沿批次軸縮放了，這樣 E[vvᵀ] 就成了 I/n。',
      },
      hint: { en: 'Use the probes as they are given.', 'zh-TW': '請直接使用給定的探測向量。' },
      answer: normalised(square, 'batch'),
    },
    'probes-of-length-one': {
      says: {
        en: 'The probes are scaled to length 1: E[vvᵀ] is I/d then.',
        'zh-TW': '探測向量被縮放成長度 1，這樣 E[vvᵀ] 就成了 I/d。',
      },
      hint: { en: 'Use the probes as they are given.', 'zh-TW': '請直接使用給定的探測向量。' },
      answer: normalised(square, 'vector'),
    },
    'curvature-detached': {
      says: {
        en: 'The value is right, but the gradient lacks that of vᵀ∇(vᵀ score): trained with it, the score goes to 0.',
        'zh-TW': '數值正確，但梯度少了 vᵀ∇(vᵀ score) 的部分：用它訓練，分數會趨近 0。',
      },
      hint: {
        en: 'Keep the second term differentiable: dataSync() cuts the gradient (in PyTorch detach(), and a grad without create_graph=True).',
        'zh-TW':
          '第二項也要可以微分：dataSync() 會切斷梯度（PyTorch 裡是 detach() 和沒有 create_graph=True 的 grad）。',
      },
      gradient: averaged(square),
    },
  };
};

/** A score with a few probes per example. */
export const sliced =
  (counts: readonly number[]) =>
  (parts: Parts): Sliced => {
    const { n, d, tensor, pick } = parts;
    const m = pick(counts);
    return { x: tensor(n, d), probes: tensor(m, n, d), score: pick([parts.network, parts.affine])() };
  };

/** What is judged, and its points, in both tasks. */
export const properties = {
  value: { points: 3, count: 24, cases: cases({ n: [2, 3, 4, 5], d: [2, 1, 3, 5] }, sliced([2, 3, 4])) },
  small: { points: 0.5, count: 6, cases: cases({ n: [1, 2], d: [1, 2] }, sliced([1, 2])) },
  gradient: { points: 1.5, count: 4, cases: cases({ n: [2, 1], d: [2, 3] }, sliced([2])) },
};
