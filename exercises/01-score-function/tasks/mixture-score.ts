import { scoreIsLogGradient } from '../../../src/claims/confusions.js';
import { anySizes, cases } from '../../../src/grade/arbitraries.js';
import { clamp, negated } from '../../../src/grade/batch.js';
import {
  dividedByTheBatch,
  oneCovariance,
  responsibilitiesWithoutDeterminant,
  underflowToNan,
} from '../../../src/grade/density-mistakes.js';
import { task, variantOf } from '../../../src/grade/exercise.js';
import { pull, responsibilities, responsibilitiesByLog, weightedSum } from '../../../src/grade/gaussians.js';
import { rowsOf } from '../../../src/grade/grid.js';
import { componentsOf } from '../../../src/grade/mixtures.js';
import {
  diagonal,
  farReason,
  farSizes,
  logits,
  mixtureFar,
  mixtureLaws,
  mixtureLog,
  mixtureNear,
  mixtureScore,
  mixtureSmall,
  type OfMixture,
  onFirstCovariance,
  rightScore,
  scaled,
  smallSizes,
  withUnderflow,
  zeroWeight,
} from '../formulas.js';

export const mixtureScoreTask = task<OfMixture>({
  name: 'mixtureScore',
  inputs: ['x', 'mixture'],
  returns: ({ x }) => x.shape,
  answer: rightScore,
  alsoRight: [mixtureScore({}, pull, responsibilitiesByLog)],
  properties: {
    value: { points: 1.5, count: 24, cases: cases(anySizes, mixtureNear) },
    laws: mixtureLaws,
    far: { points: 0.5, count: 8, cases: cases(farSizes, mixtureFar), reason: farReason },
    small: { points: 0.5, count: 6, cases: cases(smallSizes, mixtureSmall) },
  },
  mistakes: {
    'responsibilities-left-out': {
      says: {
        en: 'The scores of the components are weighted by the weights of the mixture; they have to be weighted by how much each component explains x.',
        'zh-TW': '各成分的分數用混合權重加權了，應該依各成分對 x 的解釋程度加權。',
      },
      hint: {
        en: 'A component far from x should hardly pull.',
        'zh-TW': '離 x 很遠的成分幾乎不該有拉力。',
      },
      answer: mixtureScore({}, pull, (a, _, components) => components.map(({ weight }) => a.c(weight))),
    },
    'responsibilities-without-determinant': responsibilitiesWithoutDeterminant(mixtureScore({ determinant: 0 })),
    'responsibilities-without-weights': {
      says: {
        en: 'The responsibilities lack the weights of the mixture.',
        'zh-TW': '各成分的責任度少了混合權重。',
      },
      hint: {
        en: 'Halfway between two modes, the heavier one explains x better.',
        'zh-TW': '在兩峰正中間，權重大的更能解釋 x。',
      },
      answer: mixtureScore({ weight: zeroWeight }),
    },
    'nearest-component-only': {
      says: {
        en: 'Only the component that explains x best is used: between the modes the others are missing.',
        'zh-TW': '只用了最能解釋 x 的成分：在各峰之間少了其他成分。',
      },
      hint: { en: 'Between two modes both pull.', 'zh-TW': '在兩個峰之間，兩者都有拉力。' },
      answer: mixtureScore({}, pull, (a, all) => {
        const top = all.reduce((best, each, k) => (a.value(each) > a.value(all[best]) ? k : best), 0);
        return all.map((_, k) => a.c(k === top ? 1 : 0));
      }),
    },
    'one-covariance': oneCovariance(onFirstCovariance(rightScore)),
    'diagonal-only': {
      says: {
        en: 'Only the diagonals of the covariances are used: the correlations are lost.',
        'zh-TW': '只用了各共變異數矩陣的對角線，失去了相關性。',
      },
      hint: { en: 'The covariances are full matrices.', 'zh-TW': '共變異數矩陣不是對角矩陣。' },
      answer: (a, { x, mixture }) => {
        const components = componentsOf(mixture).map((each) => ({ ...each, ...diagonal(each) }));
        return rowsOf(x).flatMap((row) =>
          weightedSum(
            a,
            responsibilities(a, logits(a, components, row)),
            components.map((each) => pull(a, each, row)),
          ),
        );
      },
    },
    'wrong-sign': {
      says: {
        en: 'The score has the wrong sign: it points away from the modes.',
        'zh-TW': '分數的正負號相反：它指向遠離各峰的方向。',
      },
      hint: { en: 'The score points uphill.', 'zh-TW': '分數指向密度增加的方向。' },
      answer: (a, c, on) => rightScore(a, c, on).map((value) => negated(a, value)),
    },
    clipped: {
      says: { en: 'The score is clipped to [−10, 10].', 'zh-TW': '分數被限制在 [−10, 10] 之間。' },
      hint: {
        en: 'A sampler may want bounded steps; the score itself is not bounded.',
        'zh-TW': '取樣器也許需要有界的步長，但分數本身沒有上下限。',
      },
      answer: (a, c, on) => rightScore(a, c, on).map((value) => clamp(a, value, -10, 10)),
    },
    'underflow-to-nan': underflowToNan(withUnderflow((a) => a.div(a.c(0), a.c(0)))),
    'underflow-to-zero': {
      says: {
        en: 'The score is 0 far from the modes, where every density underflows in float32: nothing pulls a point back from there.',
        'zh-TW': '遠離各峰時，所有密度在 float32 中都下溢，分數成了 0：沒有力量把點拉回來。',
      },
      hint: {
        en: 'Subtract the largest logarithm before the exponentials (softmax), instead of hiding what is not a number.',
        'zh-TW': '取指數之前先減去最大的對數（softmax），而不是把 NaN 藏起來。',
      },
      answer: withUnderflow((a) => a.c(0)),
    },
    'divided-by-the-batch': dividedByTheBatch((a, c, on) => scaled(a, a.c(1 / c.x.shape[0]), rightScore(a, c, on))),
    'gradient-of-density': variantOf(scoreIsLogGradient, 'gradient-of-density', {
      zh: '這是 p 本身的梯度，應該是 log p 的梯度。',
      hint: { en: 'The score is ∇p divided by p.', 'zh-TW': '分數是 ∇p 再除以 p。' },
      answer: (a, c, on) => {
        const logs = mixtureLog()(a, c, on);
        const d = c.x.shape[1];
        return rightScore(a, c, on).map((value, i) => a.mul(a.exp(logs[Math.floor(i / d)]), value));
      },
    }),
  },
});
