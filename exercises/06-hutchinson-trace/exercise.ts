import {
  divergenceIsTrace,
  hutchinson,
  hutchinsonCost,
  hutchinsonVariance,
  vjpForm,
} from '../../src/claims/confusions.js';
import { cases, type Parts } from '../../src/grade/arbitraries.js';
import { lifted, mean } from '../../src/grade/batch.js';
import { exercise, task } from '../../src/grade/exercise.js';
import type { Field, OracleField } from '../../src/grade/fields.js';
import type { Formula } from '../../src/grade/formula.js';
import { grid, type Grid } from '../../src/grade/grid.js';
import { randomInput, type RandomInput } from '../../src/grade/inputs.js';
import type { Arithmetic } from '../../src/oracle/arithmetic.js';
import { probeChecks } from './probe-checks.js';

interface Trace extends Record<string, Grid | Field> {
  readonly matvec: Field;
  readonly probes: Grid;
}

interface Divergence extends Record<string, Grid | Field> {
  readonly score: Field;
  readonly x: Grid;
  /** [m, n, d]. */
  readonly probes: Grid;
}

interface Drawn extends Record<string, readonly number[] | RandomInput> {
  readonly shape: readonly number[];
  readonly random: RandomInput;
}

/** vᵀ A w. */
function bilinear<T>(a: Arithmetic<T>, v: readonly T[], matrix: readonly (readonly T[])[], w: readonly T[]): T {
  return a.sum(v.map((vi, i) => a.mul(vi, a.sum(w.map((wj, j) => a.mul(matrix[i][j], wj))))));
}

const ones = <T>(a: Arithmetic<T>, { length }: readonly T[]): T[] => Array.from({ length }, () => a.c(1));

/** The matrix of a linear field, whatever the point. */
const matrixOf = <T>(a: Arithmetic<T>, field: OracleField<T>, d: number): T[][] =>
  field.jacobian(Array.from({ length: d }, () => a.c(0)));

/** What becomes of the products Σⱼ vⱼᵀAvⱼ. */
const trace =
  (
    each: <T>(a: Arithmetic<T>, v: readonly T[], matrix: readonly (readonly T[])[]) => T,
    reduce: <T>(a: Arithmetic<T>, terms: readonly T[], c: Trace) => T = mean,
  ): Formula<Trace> =>
  (a, c, on) => {
    const matrix = matrixOf(a, on.field(c.matvec), c.probes.shape[1]);
    return [
      reduce(
        a,
        lifted(a, c.probes).map((v) => each(a, v, matrix)),
        c,
      ),
    ];
  };

const quadratic = <T>(a: Arithmetic<T>, v: readonly T[], matrix: readonly (readonly T[])[]): T =>
  bilinear(a, v, matrix, v);

/** The probes of example i, m of them. */
const probesOf = <T>(a: Arithmetic<T>, { probes }: Divergence, i: number): T[][] => {
  const [m, n, d] = probes.shape;
  return Array.from({ length: m }, (_, j) =>
    probes.data.slice((j * n + i) * d, (j * n + i + 1) * d).map((value) => a.c(value)),
  );
};

const divergence =
  (
    each: <T>(a: Arithmetic<T>, v: readonly T[], jacobian: readonly (readonly T[])[], score: () => readonly T[]) => T,
    reduce: <T>(a: Arithmetic<T>, terms: readonly T[], c: Divergence) => T = mean,
  ): Formula<Divergence> =>
  (a, c, on) => {
    const field = on.field(c.score);
    return lifted(a, c.x).map((x, i) => {
      const jacobian = field.jacobian(x);
      return reduce(
        a,
        probesOf(a, c, i).map((v) => each(a, v, jacobian, () => field.at(x))),
        c,
      );
    });
  };

const traceCase = ({ d, tensor, linear, pick }: Parts): Trace => ({
  matvec: linear(),
  probes: tensor(pick([2, 3, 1, 5]), d),
});

const divergenceCase =
  (counts: readonly number[]) =>
  (parts: Parts): Divergence => {
    const { n, d, tensor, pick } = parts;
    const m = pick(counts);
    return { x: tensor(n, d), probes: tensor(m, n, d), score: pick([parts.network, parts.affine])() };
  };

/** A case in so many dimensions that d vector-Jacobian products, or a Jacobian, are out of the question. */
const longCase = ({ tensor, mixing, pick }: Parts): Divergence => {
  const d = pick([20_000, 15_000]);
  const score = mixing([d]);
  const signs = tensor(64).data.map((value) => (value < 0 ? -1 : 1));
  return {
    score,
    x: grid(
      [1, d],
      Array.from({ length: d }, (_, i) => signs[i % 61] / 10),
    ),
    probes: grid(
      [2, 1, d],
      Array.from({ length: 2 * d }, (_, i) => signs[i % 64]),
    ),
  };
};

export default exercise({
  id: 'hutchinson-trace',
  number: '06',
  week: 8,
  title: { en: 'Hutchinson’s estimate of a trace', 'zh-TW': 'Hutchinson 跡估計' },
  claims: [divergenceIsTrace, hutchinson, hutchinsonCost, hutchinsonVariance, vjpForm],
  tasks: [
    task<Trace>({
      name: 'hutchinsonTrace',
      inputs: ['matvec', 'probes'],
      returns: () => [],
      answer: trace(quadratic),
      properties: {
        value: { points: 2, count: 24, cases: cases({ n: [1], d: [1, 2, 3, 5] }, traceCase) },
      },
      mistakes: {
        'sum-over-probes': {
          says: {
            en: 'The products vᵀAv are summed over the probes; they have to be averaged.',
            'zh-TW': 'vᵀAv 對探測向量相加了，應該取平均。',
          },
          hint: { en: 'More probes estimate the same trace.', 'zh-TW': '探測向量再多，估計的還是同一個跡。' },
          answer: trace(quadratic, (a, terms) => a.sum(terms)),
        },
        'mean-over-dimensions': {
          says: {
            en: 'The products are averaged over the dimensions as well: the estimate is the trace divided by d.',
            'zh-TW': '乘積也對維度取了平均：估計值成了跡除以 d。',
          },
          hint: { en: 'vᵀAv is a sum over the coordinates.', 'zh-TW': 'vᵀAv 是各座標的和。' },
          answer: trace(quadratic, (a, terms, c) => a.div(mean(a, terms), a.c(c.probes.shape[1]))),
        },
        'left-probe-forgotten': {
          says: {
            en: 'The entries of Av are summed; the product with v on the left is missing.',
            'zh-TW': '直接把 Av 的各分量相加了，左邊少乘了 v。',
          },
          hint: { en: 'E[Av] is 0 for probes of mean 0.', 'zh-TW': '探測向量平均為 0 時，E[Av] 也是 0。' },
          answer: trace((a, v, matrix) => bilinear(a, ones(a, v), matrix, v)),
        },
        'probes-averaged-first': {
          says: {
            en: 'The probes are averaged before the product: the mean of vᵀAv is not the product of the means.',
            'zh-TW': '先把探測向量平均才相乘：vᵀAv 的平均不等於平均的乘積。',
          },
          hint: { en: 'One number for each probe, then their mean.', 'zh-TW': '每個探測向量先得到一個數，再取平均。' },
          answer: (a, c, on) => {
            const probes = lifted(a, c.probes);
            const middle = probes[0].map((_, i) =>
              mean(
                a,
                probes.map((v) => v[i]),
              ),
            );
            return [quadratic(a, middle, matrixOf(a, on.field(c.matvec), middle.length))];
          },
        },
        'all-pairs': {
          says: {
            en: 'Every probe is multiplied with every other one: the matrix V A Vᵀ is summed in place of its diagonal.',
            'zh-TW': '每個探測向量都和其他的相乘了：加的是整個矩陣 V A Vᵀ，而不是它的對角線。',
          },
          hint: { en: 'Multiply entry by entry, and sum over the last axis.', 'zh-TW': '逐項相乘，再沿最後一軸相加。' },
          answer: (a, c, on) => {
            const probes = lifted(a, c.probes);
            const total = probes[0].map((_, i) => a.sum(probes.map((v) => v[i])));
            const matrix = matrixOf(a, on.field(c.matvec), total.length);
            return [a.div(quadratic(a, total, matrix), a.c(probes.length))];
          },
        },
        'first-probe-only': {
          says: { en: 'Only the first probe is used.', 'zh-TW': '只用了第一個探測向量。' },
          hint: { en: 'probes holds m vectors.', 'zh-TW': 'probes 裡有 m 個向量。' },
          answer: trace(quadratic, (_, terms) => terms[0]),
        },
        'divided-by-one-less': {
          says: {
            en: 'The sum is divided by m − 1; the mean of m numbers divides by m.',
            'zh-TW': '總和除以了 m − 1；m 個數的平均應除以 m。',
          },
          hint: { en: 'This is a mean, not a sample variance.', 'zh-TW': '這是平均，不是樣本變異數。' },
          answer: trace(quadratic, (a, terms) => a.div(a.sum(terms), a.c(terms.length - 1))),
        },
        'probes-normalised': {
          says: {
            en: 'The probes are scaled to length 1, and E[vvᵀ] is I/d then.',
            'zh-TW': '探測向量被縮放成長度 1，這樣 E[vvᵀ] 就成了 I/d。',
          },
          hint: { en: 'Use the probes as they are given.', 'zh-TW': '請直接使用給定的探測向量。' },
          answer: trace((a, v, matrix) => a.div(quadratic(a, v, matrix), a.sum(v.map((vi) => a.mul(vi, vi))))),
        },
      },
    }),

    task<Divergence>({
      name: 'hutchinsonDivergence',
      inputs: ['score', 'x', 'probes'],
      returns: ({ x }) => [x.shape[0]],
      answer: divergence((a, v, jacobian) => bilinear(a, v, jacobian, v)),
      properties: {
        value: {
          points: 2.5,
          count: 24,
          cases: cases({ n: [2, 3, 4, 5], d: [2, 1, 3, 5] }, divergenceCase([2, 3, 4])),
        },
        small: { points: 0.5, count: 6, cases: cases({ n: [1, 3], d: [1, 2] }, divergenceCase([1, 2])) },
        gradient: {
          points: 1,
          count: 4,
          cases: cases({ n: [1], d: [2, 3] }, divergenceCase([2, 3])),
          reason: {
            en: 'The value is right but its derivatives in the parameters of the score are not: nothing can be trained with it.',
            'zh-TW': '數值正確，但對分數參數的微分不對，所以無法用來訓練。',
          },
        },
        cost: {
          points: 1,
          count: 1,
          cases: cases({ n: [1], d: [1] }, longCase),
          milliseconds: 4_000,
          id: 'cost-grows-with-d',
          problem: ({ programs }, { x, probes }) => {
            const [m, n] = probes.shape;
            const products = programs[0].productRows / n;
            const allowed = 2 * m + 1;
            return products <= allowed
              ? undefined
              : {
                  en: `${products} vector-Jacobian products for m = ${m} probes in d = ${x.shape[1]}; at most ${allowed} are allowed.`,
                  'zh-TW': `m = ${m} 個探測向量、d = ${x.shape[1]} 時用了 ${products} 次向量雅可比乘積，最多允許 ${allowed} 次。`,
                };
          },
          reason: {
            en: 'The estimate has to cost the same in any dimension: that is what it is for.',
            'zh-TW': '不論維度多少，估計的成本都應相同，這正是它的用處。',
          },
        },
      },
      mistakes: {
        'sum-over-probes': {
          says: {
            en: 'The products are summed over the m probes; they have to be averaged.',
            'zh-TW': '乘積對 m 個探測向量相加了，應該取平均。',
          },
          hint: { en: 'More probes estimate the same divergence.', 'zh-TW': '探測向量再多，估計的還是同一個散度。' },
          answer: divergence(
            (a, v, jacobian) => bilinear(a, v, jacobian, v),
            (a, terms) => a.sum(terms),
          ),
        },
        'mean-over-dimensions': {
          says: {
            en: 'The products are averaged over the dimensions; they have to be summed.',
            'zh-TW': '乘積對維度取了平均，應該相加。',
          },
          hint: { en: 'vᵀJv is a sum over the coordinates.', 'zh-TW': 'vᵀJv 是各座標的和。' },
          answer: divergence((a, v, jacobian) => a.div(bilinear(a, v, jacobian, v), a.c(v.length))),
        },
        'left-probe-forgotten': {
          says: {
            en: 'The entries of vᵀ∇score are summed; the second product with v is missing.',
            'zh-TW': '直接把 vᵀ∇score 的各分量相加了，少了第二次乘以 v。',
          },
          hint: { en: 'The estimate is quadratic in v.', 'zh-TW': '這個估計是 v 的二次式。' },
          answer: divergence((a, v, jacobian) => bilinear(a, v, jacobian, ones(a, v))),
        },
        'right-probe-forgotten': {
          says: {
            en: 'The Jacobian is multiplied by v once and summed over the components of the score.',
            'zh-TW': '雅可比只乘了一次 v，就對分數的各分量相加了。',
          },
          hint: { en: 'The estimate is quadratic in v.', 'zh-TW': '這個估計是 v 的二次式。' },
          answer: divergence((a, v, jacobian) => bilinear(a, ones(a, v), jacobian, v)),
        },
        'exact-divergence': {
          says: {
            en: 'This is the exact divergence: the probes are not used, and the cost grows with d.',
            'zh-TW': '這是精確的散度：沒有用到探測向量，而且成本隨 d 增長。',
          },
          hint: { en: 'Which number do these probes give?', 'zh-TW': '這些探測向量給出的數是多少？' },
          answer: divergence((a, _, jacobian) => a.sum(jacobian.map((row, i) => row[i]))),
        },
        'derivative-in-the-probe': {
          says: {
            en: 'This is vᵀ score: the derivative was taken in v, not in x.',
            'zh-TW': '這是 vᵀ score：微分是對 v，不是對 x。',
          },
          hint: { en: 'In which variable is the derivative taken?', 'zh-TW': '是對哪個變數微分？' },
          answer: divergence((a, v, _, score) => a.sum(score().map((s, i) => a.mul(s, v[i])))),
        },
        'first-probe-only': {
          says: { en: 'Only the first probe is used.', 'zh-TW': '只用了第一個探測向量。' },
          hint: { en: 'probes holds m vectors for each example.', 'zh-TW': 'probes 對每個樣本都有 m 個向量。' },
          answer: divergence(
            (a, v, jacobian) => bilinear(a, v, jacobian, v),
            (_, terms) => terms[0],
          ),
        },
        'sum-over-batch': {
          says: {
            en: 'Every entry is the sum over the batch.',
            'zh-TW': '每一項都是整個批次的和。',
          },
          hint: { en: 'One number for each example.', 'zh-TW': '每個樣本一個數。' },
          answer: (a, c, on) => {
            const each = divergence((b, v, jacobian) => bilinear(b, v, jacobian, v))(a, c, on);
            const total = a.sum(each);
            return each.map(() => total);
          },
        },
      },
    }),

    task<Drawn>({
      name: 'drawProbes',
      inputs: ['shape', 'random'],
      returns: ({ shape }) => shape,
      properties: {
        small: {
          points: 1,
          count: 6,
          cases: cases({ n: [1], d: [1] }, ({ pick }): Drawn => {
            return { shape: pick([[3], [1, 2], [4, 1], [2, 3, 5], [1, 1, 1]]), random: randomInput };
          }),
          reason: {
            en: 'The tensor has not the shape that was asked for.',
            'zh-TW': '張量的形狀和要求的不同。',
          },
        },
        random: {
          points: 2,
          calls: 2,
          large: cases({ n: [1], d: [3] }, ({ d }): Drawn => ({ shape: [4, 8192, d], random: randomInput })),
          checks: (answers, { shape }) => probeChecks(answers, shape),
          reason: {
            en: 'The estimate is unbiased only for E[vvᵀ] = I and independent probes.',
            'zh-TW': '只有 E[vvᵀ] = I 且探測向量互相獨立時，估計才不偏。',
          },
        },
      },
      mistakes: {},
    }),
  ],
});
