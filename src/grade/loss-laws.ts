import type { Law, Mistake } from './exercise.js';
import type { Formula } from './formula.js';
import { grid, type Grid } from './grid.js';
import type { Case } from './inputs.js';

/** Every example of a batch twice: [n, ...] -> [2n, ...]. */
export const repeated = ({ shape: [n, ...example], data }: Grid): Grid => grid([2 * n, ...example], [...data, ...data]);

/** A mean over the batch does not change when every example is there twice; `batches` are the inputs that hold the examples. */
export const sameWithEveryExampleTwice = <C extends Case>(...batches: readonly (keyof C & string)[]): Law<C> => ({
  says: {
    en: 'A batch with every example twice has the same loss.',
    'zh-TW': '每個樣本都出現兩次時，損失不變。',
  },
  moved: (c) => ({ ...c, ...Object.fromEntries(batches.map((name) => [name, repeated(c[name] as Grid)])) }),
  answer: (values) => values,
});

/** Half the loss. As with the other mistakes here, the formula is the loss with the mistake: a mean over the batch of sums over dimensions is right. */
export const half = <C>(answer: Formula<C>): Mistake<C> => ({
  says: {
    en: 'The loss has a factor 1/2 that the formula of the exercise does not have.',
    'zh-TW': '損失多了一個題目公式裡沒有的 1/2。',
  },
  hint: { en: 'Compare with the formula in the README.', 'zh-TW': '請和 README 的公式比較。' },
  answer,
});

/** n times the loss: see {@link half}. */
export const sumOverBatch = <C>(answer: Formula<C>): Mistake<C> => ({
  says: {
    en: 'The loss is summed over the batch; it has to be the mean.',
    'zh-TW': '損失對批次相加了，應該取平均。',
  },
  hint: {
    en: 'What happens to the loss when the batch gets twice as long?',
    'zh-TW': '批次變成兩倍長時，損失會怎樣？',
  },
  answer,
});

/** The loss over d: see {@link half}. */
export const meanOverDimensions = <C>(answer: Formula<C>): Mistake<C> => ({
  says: {
    en: 'The squares are averaged over the dimensions; they have to be summed.',
    'zh-TW': '平方對維度取了平均，應該相加。',
  },
  hint: {
    en: 'Sum over the dimensions, then average over the batch.',
    'zh-TW': '先對維度相加，再對批次取平均。',
  },
  answer,
});

/** ‖error‖ in place of ‖error‖²: see {@link half}. */
export const normNotSquared = <C>(answer: Formula<C>): Mistake<C> => ({
  says: { en: 'The norm of the error is not squared.', 'zh-TW': '誤差的範數沒有平方。' },
  hint: { en: 'What happens to the loss when the error doubles?', 'zh-TW': '誤差變成兩倍時，損失會怎樣？' },
  answer,
});

/** The formula times a number of the case. */
export const times =
  <C>(k: (c: C) => number, formula: Formula<C>): Formula<C> =>
  (a, c, on) =>
    formula(a, c, on).map((value) => a.mul(a.c(k(c)), value));
