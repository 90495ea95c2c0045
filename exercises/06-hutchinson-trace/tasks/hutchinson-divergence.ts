import { cases } from '../../../src/grade/arbitraries.js';
import { task } from '../../../src/grade/exercise.js';
import { type Divergence, bilinear, ones, divergence, divergenceCase, longCase } from '../formulas.js';

export const hutchinsonDivergenceTask = task<Divergence>({
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
});
