import { esmExpansion } from '../../src/claims/confusions.js';
import { anySizes, cases, type Parts } from '../../src/grade/arbitraries.js';
import { lifted, mean, sumOfSquares } from '../../src/grade/batch.js';
import { exercise, task, variantOf } from '../../src/grade/exercise.js';
import type { Field } from '../../src/grade/fields.js';
import type { Formula } from '../../src/grade/formula.js';
import { grid, type Grid } from '../../src/grade/grid.js';
import {
  half,
  meanOverDimensions,
  normNotSquared,
  sameWithEveryExampleTwice,
  sumOverBatch,
  times,
} from '../../src/grade/loss-laws.js';
import type { Arithmetic } from '../../src/oracle/arithmetic.js';

interface Explicit extends Record<string, Grid | Field> {
  readonly score: Field;
  readonly x: Grid;
  readonly trueScore: Grid;
}

const explicit = (parts: Parts): Explicit => {
  const { n, d, tensor, pick } = parts;
  return { x: tensor(n, d), trueScore: tensor(n, d), score: pick([parts.network, parts.affine])() };
};

/** The first row has no error at all, in float32 too: the score b at x = 0. A gradient has to be finite there. */
const withoutErrorInTheFirstRow = (parts: Parts): Explicit => {
  const { n, d, tensor } = parts;
  const score = parts.affine();
  const offset = score.parameters[1].data;
  const zeros = offset.map(() => 0);
  return {
    x: grid([n, d], [...zeros, ...tensor(n - 1, d).data]),
    trueScore: grid([n, d], [...offset, ...tensor(n - 1, d).data]),
    score,
  };
};

/** What becomes of the score and the true score of each row. */
const loss =
  (
    each: <T>(a: Arithmetic<T>, score: readonly T[], target: readonly T[]) => T,
    reduce: <T>(a: Arithmetic<T>, terms: readonly T[]) => T = mean,
  ): Formula<Explicit> =>
  (a, c, on) => {
    const targets = lifted(a, c.trueScore);
    const rows = lifted(a, c.x).map((x, i) => each(a, on.field(c.score).at(x), targets[i]));
    return [reduce(a, rows)];
  };

const difference = <T>(a: Arithmetic<T>, score: readonly T[], target: readonly T[]): T[] =>
  score.map((s, i) => a.sub(s, target[i]));

const product = <T>(a: Arithmetic<T>, x: readonly T[], y: readonly T[]): T => a.sum(x.map((xi, i) => a.mul(xi, y[i])));

const squaredError = <T>(a: Arithmetic<T>, score: readonly T[], target: readonly T[]): T =>
  sumOfSquares(a, difference(a, score, target));

/** ‖S‖² + cross S·s + own ‖s‖². */
const expanded = (cross: number, own: number): Formula<Explicit> =>
  loss((a, score, target) =>
    a.sum([
      sumOfSquares(a, score),
      a.mul(a.c(cross), product(a, score, target)),
      a.mul(a.c(own), sumOfSquares(a, target)),
    ]),
  );

const esm = loss(squaredError);

const timesTwo = ({ shape, data }: Grid): Grid =>
  grid(
    shape,
    data.map((value) => 2 * value),
  );

/** The score times 2, exactly: its last two parameters are the matrix and the offset of its output. */
const doubledScore = (score: Field): Field => {
  const { parameters } = score;
  const inner = parameters.slice(0, -2);
  return { ...score, parameters: [...inner, ...parameters.slice(-2).map(timesTwo)] };
};

export default exercise({
  id: 'explicit-score-matching',
  number: '02',
  week: 7,
  title: { en: 'Explicit score matching', 'zh-TW': '顯式分數匹配' },
  claims: [esmExpansion],
  tasks: [
    task<Explicit>({
      name: 'esmLoss',
      inputs: ['score', 'x', 'trueScore'],
      returns: () => [],
      answer: esm,
      alsoRight: [expanded(-2, 1)],
      properties: {
        value: { points: 5, count: 24, cases: cases(anySizes, explicit) },
        laws: {
          points: 1,
          count: 3,
          cases: cases({ n: [2, 3], d: [1, 3] }, explicit),
          laws: [
            sameWithEveryExampleTwice('x', 'trueScore'),
            {
              says: {
                en: 'An error twice as large has four times the loss.',
                'zh-TW': '誤差變成兩倍時，損失變成四倍。',
              },
              moved: (c) => ({ ...c, score: doubledScore(c.score), trueScore: timesTwo(c.trueScore) }),
              answer: (values) => values.map((value) => 4 * value),
            },
          ],
        },
        small: { points: 1, count: 6, cases: cases({ n: [1], d: [1, 2] }, explicit) },
        gradient: { points: 3, count: 4, cases: cases({ n: [2, 3], d: [2, 3] }, withoutErrorInTheFirstRow) },
      },
      mistakes: {
        half: half(times(() => 0.5, esm)),
        'mean-over-dimensions': meanOverDimensions(times(({ x }) => 1 / x.shape[1], esm)),
        'half-of-the-mean-over-dimensions': {
          says: {
            en: 'The squares are averaged over the dimensions, and the loss has a factor 1/2: the formula of the exercise has neither.',
            'zh-TW': '平方對維度取了平均，損失又多了 1/2：題目的公式兩者都沒有。',
          },
          hint: {
            en: 'Sum over the dimensions, then average over the batch.',
            'zh-TW': '先對維度相加，再對批次取平均。',
          },
          answer: times(({ x }) => 0.5 / x.shape[1], esm),
        },
        'sum-over-batch': sumOverBatch(times(({ x }) => x.shape[0], esm)),
        'norm-not-squared': normNotSquared(loss((a, score, target) => a.sqrt(squaredError(a, score, target)))),
        'absolute-values': {
          says: {
            en: 'The absolute values of the error are summed; their squares are due.',
            'zh-TW': '加的是誤差的絕對值，應該是平方。',
          },
          hint: { en: 'What happens to the loss when the error doubles?', 'zh-TW': '誤差變成兩倍時，損失會怎樣？' },
          answer: loss((a, score, target) => a.sum(difference(a, score, target).map((e) => a.abs(e)))),
        },
        'averaged-before-squared': {
          says: {
            en: 'The errors are averaged over the batch before they are squared: those of opposite sign cancel.',
            'zh-TW': '誤差先對批次平均才平方：正負相反的誤差會互相抵消。',
          },
          hint: { en: 'Which comes first, the square or the mean?', 'zh-TW': '平方和平均，哪個在先？' },
          answer: (a, c, on) => {
            const targets = lifted(a, c.trueScore);
            const errors = lifted(a, c.x).map((x, i) => difference(a, on.field(c.score).at(x), targets[i]));
            const average = errors[0].map((_, j) =>
              mean(
                a,
                errors.map((error) => error[j]),
              ),
            );
            return [sumOfSquares(a, average)];
          },
        },
        'cross-term-sign': variantOf(esmExpansion, 'cross-term-sign', {
          zh: '差的平方，交叉項應該是負的；這裡成了 ‖score + trueScore‖²。',
          hint: { en: 'The loss is 0 where the score is right.', 'zh-TW': '分數正確時，損失是 0。' },
          answer: expanded(2, 1),
        }),
        'cross-term-without-two': variantOf(esmExpansion, 'cross-term-without-two', {
          zh: '交叉項少了係數 2。',
          hint: { en: 'Multiply ‖a − b‖² out.', 'zh-TW': '把 ‖a − b‖² 展開。' },
          answer: expanded(-1, 1),
        }),
        'cross-term-dropped': variantOf(esmExpansion, 'cross-term-dropped', {
          zh: '少了交叉項，好像 score 和 trueScore 互相垂直一樣。',
          hint: { en: 'Multiply ‖a − b‖² out.', 'zh-TW': '把 ‖a − b‖² 展開。' },
          answer: expanded(0, 1),
        }),
        'constant-dropped': variantOf(esmExpansion, 'constant-dropped', {
          zh: '最後一項平方雖然與 S 無關，仍是數值的一部分：只有求最小值的位置時才能省略。',
          hint: { en: 'A mean of squares cannot be negative.', 'zh-TW': '平方的平均不會是負的。' },
          answer: expanded(-2, 0),
        }),
        'difference-of-squares': variantOf(esmExpansion, 'difference-of-squares', {
          zh: '把差的平方當成平方的差了。',
          hint: { en: 'Subtract first, square afterwards.', 'zh-TW': '先相減，再平方。' },
          answer: expanded(0, -1),
        }),
      },
    }),
  ],
});
