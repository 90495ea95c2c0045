import { cases } from '../../../src/grade/arbitraries.js';
import { lifted, mean } from '../../../src/grade/batch.js';
import { task } from '../../../src/grade/exercise.js';
import { type Trace, bilinear, ones, matrixOf, trace, quadratic, traceCase } from '../formulas.js';

export const hutchinsonTraceTask = task<Trace>({
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
});
