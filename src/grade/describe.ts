import type { Compared } from './compare.js';
import type { Texts } from './texts.js';
import { isGrid, type Case, type Input } from './inputs.js';

/** What explains a failing task, in one sentence, with a hint where there is one. */
export interface Diagnosis {
  /** Name of a mistake of the exercise, or of a description such as `constant-factor`. */
  readonly id: string;
  readonly sentence: Texts;
  readonly hint?: Texts;
}

/** Answers with their right values, one entry per question. */
interface Pair {
  readonly case: Case;
  readonly expected: readonly number[];
  readonly tolerances: readonly number[];
  readonly got: readonly number[];
  readonly wrong: boolean;
}

/**
 * The closest description in numbers of answers that no known mistake explains, in sentences about `subject`; empty where there is none.
 */
export function describe(compared: readonly Compared[], subject: Texts = everyAnswer): Diagnosis[] {
  const values = compared.filter(({ gradient }) => !gradient);
  const pairs = values.flatMap(({ case: c, expected, got, fault }): Pair[] =>
    got === undefined
      ? []
      : [{ case: c, expected: expected.values, tolerances: expected.tolerances, got, wrong: fault !== undefined }],
  );
  const wrong = pairs.filter((pair) => pair.wrong);
  const overall =
    sameSign(wrong, pairs, subject) ??
    alwaysTheSame(pairs, subject) ??
    factor(pairs, subject) ??
    transposed(pairs) ??
    shifted(pairs) ??
    upToAConstant(pairs, subject) ??
    gradientOnly(compared);
  if (overall !== undefined) return [overall];
  return onlyWhere(values, compared);
}

const everyAnswer: Texts = { en: 'Every answer', 'zh-TW': '每個答案' };

const close = (a: number, b: number, allowed: number): boolean => Math.abs(a - b) <= allowed;

/** Every answer is k times the right one, within rounding. */
function isMultiple({ expected, got, tolerances }: Pair, k: number): boolean {
  return expected.every((value, i) => close(got[i], k * value, (1 + Math.abs(k)) * 4 * tolerances[i]));
}

/** One number in every answer, whatever is asked. */
function alwaysTheSame(pairs: readonly Pair[], subject: Texts): Diagnosis | undefined {
  const numbers = new Set(pairs.flatMap(({ got }) => got));
  if (numbers.size !== 1 || new Set(pairs.flatMap(({ expected }) => expected)).size < 2) return undefined;
  const [value] = [...numbers].map((each) => Number(each.toPrecision(4)));
  return {
    id: 'always-the-same',
    sentence: {
      en: `${subject.en} is ${value}, whatever the input is.`,
      'zh-TW': `不管輸入是什麼，${subject['zh-TW']}都是 ${value}。`,
    },
  };
}

function sameSign(wrong: readonly Pair[], pairs: readonly Pair[], subject: Texts): Diagnosis | undefined {
  if (wrong.length === 0 || !pairs.every((pair) => isMultiple(pair, -1))) return undefined;
  return {
    id: 'sign',
    sentence: {
      en: `${subject.en} has the wrong sign and the right size.`,
      'zh-TW': `${subject['zh-TW']}的大小正確，但正負號相反。`,
    },
  };
}

/** Numbers of a case that a wrong factor can depend on. */
function quantities(c: Case): Record<string, number> {
  const found: Record<string, number> = {};
  const batch = Object.values(c).find((input): input is Extract<Input, { shape: unknown }> => isGrid(input));
  if (batch !== undefined && batch.shape.length > 0) {
    const [n] = batch.shape;
    found['n'] = n;
    if (batch.data.length > n) found['d'] = batch.data.length / n;
  }
  for (const [name, input] of Object.entries(c)) if (typeof input === 'number') found[name] = input;
  return found;
}

const powers = [-4, -3, -2, -1, -0.5, 0.5, 1, 2, 3, 4];

/** A factor that is the same everywhere, or a constant times a power of one quantity of the case. */
function factor(pairs: readonly Pair[], subject: Texts): Diagnosis | undefined {
  const factors = pairs.flatMap((pair) => {
    const largest = pair.expected.reduce(
      (best, value, i) => (Math.abs(value) > Math.abs(pair.expected[best]) ? i : best),
      0,
    );
    const value = pair.expected[largest];
    return Math.abs(value) > 1e3 * pair.tolerances[largest] ? [{ pair, k: pair.got[largest] / value }] : [];
  });
  if (factors.length < 2 || !factors.every(({ pair, k }) => isMultiple(pair, k))) return undefined;
  const spreadOf = (ks: readonly number[]): number => {
    const middle = [...ks].sort((a, b) => a - b)[Math.floor(ks.length / 2)];
    return Math.max(...ks.map((k) => Math.abs(k / middle - 1)));
  };
  const plain = factors.map(({ k }) => k);
  if (plain.every((k) => Math.abs(k - 1) < 1e-4)) return undefined;
  const shown = (k: number): string => String(Number(k.toPrecision(4)));
  if (spreadOf(plain) < 1e-3) {
    const k = shown(plain[0]);
    return {
      id: 'constant-factor',
      sentence: {
        en: `${subject.en} is ${k} times the right one.`,
        'zh-TW': `${subject['zh-TW']}是正確答案的 ${k} 倍。`,
      },
    };
  }
  for (const name of new Set(factors.flatMap(({ pair }) => Object.keys(quantities(pair.case))))) {
    for (const power of powers) {
      const rest = factors.map(({ pair, k }) => k / (quantities(pair.case)[name] ?? NaN) ** power);
      if (!(spreadOf(rest) < 1e-3)) continue;
      const k = Math.abs(rest[0] - 1) < 1e-3 ? '' : `${shown(rest[0])} `;
      return {
        id: `factor-${name}^${power}`,
        sentence: {
          en: `${subject.en} is ${k}${name}^${power} times the right one.`,
          'zh-TW': `${subject['zh-TW']}是正確答案的 ${k}${name}^${power} 倍。`,
        },
      };
    }
  }
  // One number is a multiple of any other.
  if (factors.every(({ pair }) => pair.got.length === 1)) return undefined;
  return {
    id: 'factor-per-question',
    sentence: {
      en: `${subject.en} is a multiple of the right one, by a factor that differs from question to question.`,
      'zh-TW': `${subject['zh-TW']}是正確答案的倍數，但倍數隨問題而變。`,
    },
  };
}

/** Square answers with rows and columns exchanged. */
function transposed(pairs: readonly Pair[]): Diagnosis | undefined {
  const wrong = pairs.filter((pair) => pair.wrong);
  const turned = wrong.every(({ case: c, expected, got, tolerances }) => {
    const { n, d } = quantities(c);
    return (
      n !== undefined &&
      d !== undefined &&
      n * d === expected.length &&
      expected.every((value, i) => close(got[(i % d) * n + Math.floor(i / d)], value, 4 * tolerances[i]))
    );
  });
  return wrong.length > 0 && turned
    ? { id: 'transposed', sentence: { en: 'Rows and columns are exchanged.', 'zh-TW': '列與行對調了。' } }
    : undefined;
}

/** Sequences that are right one place further. */
function shifted(pairs: readonly Pair[]): Diagnosis | undefined {
  const wrong = pairs.filter((pair) => pair.wrong && pair.expected.length > 2);
  const by = (step: number): boolean =>
    wrong.length > 0 &&
    wrong.every(({ expected, got, tolerances }) =>
      expected.every(
        (_, i) => expected[i + step] === undefined || close(got[i], expected[i + step], 4 * tolerances[i]),
      ),
    );
  if (!by(1) && !by(-1)) return undefined;
  return {
    id: 'shifted-by-one',
    sentence: { en: 'The answer is shifted by one step.', 'zh-TW': '答案差了一步。' },
  };
}

/** Answers that differ from the right ones by one number. */
function upToAConstant(pairs: readonly Pair[], subject: Texts): Diagnosis | undefined {
  const offsets = pairs.flatMap(({ expected, got }) => got.map((value, i) => value - expected[i]));
  const allowed = pairs.flatMap(({ tolerances }) => tolerances.map((tolerance) => 4 * tolerance));
  if (pairs.length < 2 || offsets.length < 4 || offsets.every((offset, i) => Math.abs(offset) <= allowed[i]))
    return undefined;
  const [first] = offsets;
  const middle = [...offsets].sort((a, b) => a - b)[Math.floor(offsets.length / 2)];
  if (!offsets.every((offset, i) => close(offset, middle, allowed[i] + allowed[0]))) return undefined;
  const shown = Number(first.toPrecision(4));
  return {
    id: 'up-to-a-constant',
    sentence: {
      en: `${subject.en} is right up to a constant: it is ${Math.abs(shown)} too ${first > 0 ? 'large' : 'small'}.`,
      'zh-TW': `${subject['zh-TW']}只差一個常數：${first > 0 ? '大' : '小'}了 ${Math.abs(shown)}。`,
    },
  };
}

/** Values are right and derivatives are not. */
function gradientOnly(compared: readonly Compared[]): Diagnosis | undefined {
  const faulty = compared.filter(({ fault }) => fault !== undefined);
  if (faulty.length === 0 || !faulty.every(({ gradient }) => gradient)) return undefined;
  const { fault, got } = faulty[0];
  if (fault?.kind === 'gradient-missing' || (got !== undefined && got.every((value) => value === 0))) {
    return {
      id: 'gradient-detached',
      sentence: {
        en: 'The values are right, but nothing reaches the parameters of the score: its numbers were cut off from them on the way.',
        'zh-TW': '數值正確，但梯度傳不到分數的參數：數字在途中和參數斷開了。',
      },
      hint: {
        en: 'dataSync() and arraySync() cut the gradient (in PyTorch detach() and numpy()).',
        'zh-TW': 'dataSync() 和 arraySync() 會切斷梯度（PyTorch 裡是 detach() 和 numpy()）。',
      },
    };
  }
  if (fault?.kind === 'not-finite') {
    return {
      id: 'gradient-not-finite',
      sentence: {
        en: 'The values are right, but the gradient is not a finite number.',
        'zh-TW': '數值正確，但梯度不是有限的數。',
      },
      hint: {
        en: 'The gradient of a norm (tf.norm(x), sqrt of a sum) is NaN at x = 0; that of the sum of squares is 0.',
        'zh-TW': '範數（tf.norm(x)、平方和的根號）在 x = 0 的梯度是 NaN；平方和的梯度是 0。',
      },
    };
  }
  return {
    id: 'gradient-wrong',
    sentence: {
      en: 'The values are right, but a part of the gradient is missing or wrong.',
      'zh-TW': '數值正確，但梯度有一部分缺失或錯誤。',
    },
  };
}

/** The feature that all wrong answers have and no right one has. */
function onlyWhere(values: readonly Compared[], compared: readonly Compared[]): Diagnosis[] {
  const features: readonly [string, Texts, (each: Compared) => boolean][] = [
    [
      'only-far',
      { en: 'Wrong only far from the data.', 'zh-TW': '只有遠離資料時才錯。' },
      ({ property }) => property === 'far',
    ],
    [
      'only-d-above-1',
      { en: 'Wrong only for d > 1.', 'zh-TW': '只有 d > 1 時才錯。' },
      ({ case: c }) => quantities(c)['d'] > 1,
    ],
    [
      'only-n-above-1',
      { en: 'Wrong only for n > 1.', 'zh-TW': '只有 n > 1 時才錯。' },
      ({ case: c }) => quantities(c)['n'] > 1,
    ],
    [
      'only-n-is-1',
      { en: 'Wrong only for n = 1.', 'zh-TW': '只有 n = 1 時才錯。' },
      ({ case: c }) => quantities(c)['n'] === 1,
    ],
    [
      'only-n-is-d',
      { en: 'Wrong only where n = d.', 'zh-TW': '只有 n = d 時才錯。' },
      ({ case: c }) => quantities(c)['n'] === quantities(c)['d'],
    ],
    [
      'only-other-shapes',
      { en: 'Right for vectors, wrong for images and volumes.', 'zh-TW': '對向量正確，對影像和立體資料錯誤。' },
      ({ case: c }) => Object.values(c).some((input) => isGrid(input) && input.shape.length > 2),
    ],
  ];
  const deterministic = values.length > 0 ? values : compared;
  const wrong = deterministic.filter(({ fault }) => fault !== undefined);
  const right = deterministic.filter(({ fault }) => fault === undefined);
  if (wrong.length === 0 || right.length === 0) return [];
  const found =
    features.find(([, , has]) => wrong.every(has) && !right.some(has)) ??
    features.find(([, , has]) => wrong.every(has));
  return found === undefined ? [] : [{ id: found[0], sentence: found[1] }];
}
