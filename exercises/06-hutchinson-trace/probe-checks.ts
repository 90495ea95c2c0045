import type { Texts } from '../../src/grade/texts.js';
import { drawsOver, type MeanCheck } from '../../src/grade/random-checks.js';

type Named = Pick<MeanCheck, 'id' | 'says' | 'hint'>;

/**
 * What E[vvᵀ] = I, E[(uᵀv)⁴] ≤ 3 and independence say about probes [m, n, d] of several calls. The variances follow from the contract: with
 * E[vᵢ²] = 1 and fourth moments of at most 3, Var vᵢ² ≤ 2 and E[vᵢ²vⱼ²] ≤ 5/3 (the fourth moments along eᵢ ± eⱼ add up to it).
 */
export function probeChecks(answers: readonly (readonly number[])[], shape: readonly number[]): MeanCheck[] {
  const d = shape[shape.length - 1];
  const rows = answers.map((data) => Array.from({ length: data.length / d }, (_, r) => data.slice(r * d, (r + 1) * d)));
  const all = rows.flat();
  const law = lawOf(all);
  const over = (f: (v: readonly number[]) => number): Float64Array => drawsOver(all, f);
  const rest = { allowance: 1e-4, discrepancy: 0.1 };
  const checks: MeanCheck[] = [];
  for (let i = 0; i < d; i++) {
    checks.push({ ...(law ?? otherLaw), draws: over((v) => v[i] * v[i] - 1), variance: 2, ...rest });
    for (let j = 0; j < i; j++) {
      checks.push({ ...(law ?? crossed), draws: over((v) => v[i] * v[j]), variance: 5 / 3, ...rest });
    }
  }
  // Differences of two probes have mean 0 whatever the law; two of them, from other probes each, have a product of variance at most 2 · 2.
  const apart = (pairs: readonly (readonly [readonly number[], readonly number[]])[]): Float64Array =>
    Float64Array.from({ length: Math.floor(pairs.length / 2) }, (_, k) => {
      const [[a, c], [b, e]] = [pairs[2 * k], pairs[2 * k + 1]];
      return (a[0] - b[0]) * (c[0] - e[0]);
    });
  const [first, second] = rows;
  const length = shape[shape.length - 2];
  const neighbours = pairsOf(first.filter((_, r) => r % length < length - (length % 2)));
  const acrossAxes = pairsOf(
    Array.from({ length: first.length - (first.length % (2 * length)) }, (_, r) => {
      const block = Math.floor(r / (2 * length)) * 2 * length;
      const within = r - block;
      return first[block + (within % 2) * length + Math.floor(within / 2)];
    }),
  );
  const acrossCalls = first.map((v, r) => [v, second[r]] as const);
  const independent = { variance: 4, allowance: 1e-4, discrepancy: 0.2 };
  return [
    ...checks,
    { ...shared, draws: apart(neighbours), ...independent },
    { ...shared, draws: apart(acrossAxes), ...independent },
    { ...frozen, draws: apart(acrossCalls), ...independent },
    // Gaussian probes have the largest eighth moment of the named laws: Var (uᵀv)⁴ = 105 − 9 = 96.
    {
      ...heavy,
      draws: over((v) => fourth(v[0]) - 3),
      variance: 1.25 * 96,
      allowance: 0.01,
      discrepancy: 1.5,
      side: 'above',
    },
    {
      ...heavy,
      draws: over((v) => {
        let sum = 0;
        for (let i = 0; i < d; i++) sum += v[i];
        return fourth(sum) / (d * d) - 3;
      }),
      variance: 1.25 * 96,
      allowance: 0.01,
      discrepancy: 1.5,
      side: 'above',
    },
  ];
}

/** y⁴. */
const fourth = (y: number): number => y * y * y * y;

const pairsOf = (rows: readonly (readonly number[])[]): (readonly [readonly number[], readonly number[]])[] =>
  Array.from({ length: Math.floor(rows.length / 2) }, (_, k) => [rows[2 * k], rows[2 * k + 1]]);

/** The wrong law that the numbers show, where they show one. */
function lawOf(rows: readonly (readonly number[])[]): Named | undefined {
  const sample = rows.slice(0, 2000);
  const numbers = sample.flat();
  const every = (test: (v: number) => boolean): boolean => numbers.every(test);
  const [d] = [sample[0].length];
  const lengths = sample.map((v) => Math.hypot(...v));
  const largest = numbers.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  if (every((v) => v === numbers[0]))
    return named('constant-probes', 'All entries are the same number.', '所有分量都是同一個數。');
  if (every((v) => v === 0 || v === 1)) {
    return named('zero-or-one', 'The entries are 0 or 1; signs are −1 or 1.', '分量是 0 或 1；正負號應該是 −1 或 1。');
  }
  if (every((v) => v === -1 || v === 0 || v === 1) && numbers.includes(0)) {
    return named(
      'with-zeros',
      'The entries are −1, 0 or 1: a rounding gives zeros too.',
      '分量是 −1、0 或 1：四捨五入也會得到 0。',
    );
  }
  if (d > 1 && lengths.every((length) => Math.abs(length - 1) < 1e-3)) {
    return named(
      'unit-sphere',
      'The probes lie on the sphere of radius 1: E[vvᵀ] is I/d there.',
      '探測向量落在半徑 1 的球面上，那裡的 E[vvᵀ] 是 I/d。',
    );
  }
  if (largest <= 1 && largest > 0.99) {
    return named(
      'uniform-below-one',
      'The entries are uniform on (−1, 1), with variance 1/3.',
      '分量在 (−1, 1) 上均勻分布，變異數是 1/3。',
    );
  }
  if (largest <= 2 && largest > 1.9) {
    return named(
      'truncated-normal',
      'The entries are normal numbers cut off at 2, with variance 0.77.',
      '分量是在 2 處截斷的常態數，變異數是 0.77。',
    );
  }
  return undefined;
}

const hint: Texts = {
  en: 'Which length must v have so that E[vᵢ²] = 1?',
  'zh-TW': 'v 的長度應該是多少，才能使 E[vᵢ²] = 1？',
};
const named = (id: string, en: string, zh: string): Named => ({ id, says: { en, 'zh-TW': zh }, hint });

const otherLaw = named('second-moment-not-one', 'The mean square of an entry is not 1.', '分量的均方不是 1。');
const crossed: Named = {
  id: 'entries-correlated',
  says: {
    en: 'Entries of one probe are correlated: E[vᵢvⱼ] is not 0.',
    'zh-TW': '同一個探測向量的分量有相關：E[vᵢvⱼ] 不是 0。',
  },
  hint: { en: 'Draw every entry by itself.', 'zh-TW': '每個分量都要各自抽。' },
};
const shared: Named = {
  id: 'probes-shared',
  says: { en: 'Probes of one call are not independent.', 'zh-TW': '同一次呼叫的探測向量並不獨立。' },
  hint: {
    en: 'Every example and every probe needs draws of its own.',
    'zh-TW': '每個樣本、每個探測向量都要有自己的亂數。',
  },
};
const frozen: Named = {
  id: 'probes-frozen',
  says: { en: 'Two calls give the same probes.', 'zh-TW': '兩次呼叫給出相同的探測向量。' },
  hint: { en: 'Draw from random at every call.', 'zh-TW': '每次呼叫都要從 random 抽。' },
};
const heavy: Named = {
  id: 'fourth-moment-too-large',
  says: {
    en: 'The fourth moment is above 3: the estimate is noisier than with Gaussian probes.',
    'zh-TW': '四次矩大於 3：估計比用高斯探測向量更不穩定。',
  },
  hint: {
    en: 'Gaussian, Rademacher or spherical probes stay below it.',
    'zh-TW': '高斯、Rademacher 或球面探測向量都不會超過。',
  },
};
