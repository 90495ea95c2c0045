import { scoreIgnoresNormaliser, scoreIsLogGradient } from '../../src/claims/confusions.js';
import { anySizes, cases } from '../../src/grade/arbitraries.js';
import { clamp, negated } from '../../src/grade/batch.js';
import {
  dividedByTheBatch,
  normaliserOfTwoDimensions,
  normaliserWithoutHalf,
  oneCovariance,
  responsibilitiesWithoutDeterminant,
  underflowToNan,
} from '../../src/grade/density-mistakes.js';
import { exercise, task, variantOf } from '../../src/grade/exercise.js';
import { formulaTask } from '../../src/grade/formula-answer.js';
import { logSumOfExp, pull, responsibilities, weightedSum } from '../../src/grade/gaussians.js';
import { rowsOf } from '../../src/grade/grid.js';
import { componentsOf, gaussianOf } from '../../src/grade/mixtures.js';
import {
  diagonal,
  difference,
  farReason,
  farSizes,
  gaussianFar,
  gaussianLog,
  gaussianNear,
  gaussianScore,
  logarithmOfZero,
  logGaussian,
  logits,
  mixtureFar,
  mixtureLaws,
  mixtureLog,
  mixtureNear,
  mixtureScore,
  mixtureSmall,
  type OfGaussian,
  type OfMixture,
  onFirstCovariance,
  productDistance,
  rightScore,
  scaled,
  smallSizes,
  UNDERFLOW,
  whitened,
  withUnderflow,
  zeroWeight,
} from './formulas.js';

export default exercise({
  id: 'score-function',
  number: '01',
  week: 7,
  title: { en: 'The score function', 'zh-TW': '分數函數' },
  claims: [scoreIsLogGradient, scoreIgnoresNormaliser],
  tasks: [
    task<OfGaussian>({
      name: 'gaussianLogDensity',
      inputs: ['x', 'mean', 'covariance'],
      returns: ({ x }) => [x.shape[0]],
      answer: gaussianLog(),
      properties: {
        value: { points: 1, count: 24, cases: cases(anySizes, gaussianNear) },
        far: { points: 0.5, count: 8, cases: cases(farSizes, gaussianFar), reason: farReason },
        small: { points: 0.5, count: 6, cases: cases(smallSizes, gaussianNear) },
      },
      mistakes: {
        'normaliser-missing': {
          says: {
            en: 'The constants are missing: this is the exponent alone, a log density that is not normalised.',
            'zh-TW': '少了常數項：這只是指數部分，是沒有歸一化的對數密度。',
          },
          hint: { en: 'The density has to integrate to 1.', 'zh-TW': '密度的積分必須是 1。' },
          answer: gaussianLog({ determinant: 0, normaliser: () => 0 }),
        },
        'normaliser-without-half': normaliserWithoutHalf(gaussianLog({ normaliser: (d) => d })),
        'normaliser-of-one-dimension': {
          says: {
            en: 'The constant is ½ log 2π whatever d is; each dimension brings one.',
            'zh-TW': '不論 d 是多少，常數項都是 ½ log 2π；每一維都應該有一份。',
          },
          hint: { en: 'Which power of 2π has the density in d dimensions?', 'zh-TW': 'd 維的密度裡是 2π 的幾次方？' },
          answer: gaussianLog({ normaliser: () => 0.5 }),
        },
        'normaliser-of-two-dimensions': normaliserOfTwoDimensions(gaussianLog({ normaliser: () => 1 })),
        'log-determinant-missing': {
          says: { en: 'The term −½ log det covariance is missing.', 'zh-TW': '少了 −½ log det covariance 這一項。' },
          hint: { en: 'A wider Gaussian has a lower peak.', 'zh-TW': '高斯分布愈寬，峰值愈低。' },
          answer: gaussianLog({ determinant: 0 }),
        },
        'log-determinant-without-half': {
          says: {
            en: 'The log determinant lacks its factor ½.',
            'zh-TW': 'log 行列式少乘了 ½。',
          },
          hint: {
            en: 'The density divides by the square root of the determinant.',
            'zh-TW': '密度除以的是行列式的平方根。',
          },
          answer: gaussianLog({ determinant: 1 }),
        },
        'log-determinant-sign': {
          says: {
            en: 'The log determinant enters with a plus sign.',
            'zh-TW': 'log 行列式的正負號相反，變成加的了。',
          },
          hint: { en: 'A wider Gaussian has a lower peak.', 'zh-TW': '高斯分布愈寬，峰值愈低。' },
          answer: gaussianLog({ determinant: -0.5 }),
        },
        'exponent-without-half': {
          says: { en: 'The exponent lacks its factor ½.', 'zh-TW': '指數部分少乘了 ½。' },
          hint: {
            en: 'One standard deviation away the density falls by e^−½.',
            'zh-TW': '距離一個標準差時，密度降為 e^−½ 倍。',
          },
          answer: gaussianLog({ exponent: 1 }),
        },
        'exponent-sign': {
          says: {
            en: 'The exponent has a plus sign: the density grows away from the mean.',
            'zh-TW': '指數部分的正負號相反：密度離平均愈遠反而愈大。',
          },
          hint: { en: 'Where is the density largest?', 'zh-TW': '密度在哪裡最大？' },
          answer: gaussianLog({ exponent: -0.5 }),
        },
        'covariance-not-inverted': {
          says: {
            en: 'The exponent multiplies with the covariance; it has to be its inverse.',
            'zh-TW': '指數部分乘的是共變異數矩陣，應該乘它的反矩陣。',
          },
          hint: {
            en: 'Along a direction of large variance the density falls slowly.',
            'zh-TW': '沿著變異數大的方向，密度下降得慢。',
          },
          answer: gaussianLog({ distance: productDistance }),
        },
        'diagonal-only': {
          says: {
            en: 'Only the diagonal of the covariance is used: the correlations are lost.',
            'zh-TW': '只用了共變異數矩陣的對角線，失去了相關性。',
          },
          hint: { en: 'The components of x are correlated.', 'zh-TW': 'x 的各分量之間有相關。' },
          answer: (a, c) => rowsOf(c.x).map((x) => logGaussian(a, diagonal(gaussianOf(c)), x)),
        },
        'density-in-place-of-its-logarithm': {
          says: { en: 'This is the density, not its logarithm.', 'zh-TW': '這是密度，不是它的對數。' },
          hint: { en: 'A log density can be negative.', 'zh-TW': '對數密度可以是負的。' },
          answer: (a, c, on) => gaussianLog()(a, c, on).map((value) => a.exp(value)),
        },
        'logarithm-of-the-density': {
          says: {
            en: 'The density is computed before its logarithm is taken: far from the mean it underflows to 0 in float32.',
            'zh-TW': '先算出密度才取對數：離平均很遠時，密度在 float32 中會下溢成 0。',
          },
          hint: { en: 'Simplify log exp by hand first.', 'zh-TW': '先用手把 log exp 化簡。' },
          answer: (a, c, on) =>
            gaussianLog()(a, c, on).map((value) => (a.value(value) < UNDERFLOW ? logarithmOfZero(a) : value)),
        },
      },
    }),

    task<OfGaussian>({
      name: 'gaussianScore',
      inputs: ['x', 'mean', 'covariance'],
      returns: ({ x }) => x.shape,
      answer: gaussianScore((a, gaussian, x) => pull(a, gaussian, x)),
      properties: {
        value: { points: 1, count: 24, cases: cases(anySizes, gaussianNear) },
        far: { points: 0.5, count: 8, cases: cases(farSizes, gaussianFar), reason: farReason },
        small: { points: 0.5, count: 6, cases: cases(smallSizes, gaussianNear) },
      },
      mistakes: {
        'wrong-sign': {
          says: {
            en: 'The score has the wrong sign: it points away from the mean.',
            'zh-TW': '分數的正負號相反：它指向遠離平均的方向。',
          },
          hint: { en: 'The score points uphill.', 'zh-TW': '分數指向密度增加的方向。' },
          answer: gaussianScore((a, gaussian, x) => pull(a, gaussian, x).map((value) => negated(a, value))),
        },
        'covariance-not-inverted': {
          says: {
            en: 'The difference is multiplied by the covariance; it has to be its inverse.',
            'zh-TW': '差乘上了共變異數矩陣，應該乘它的反矩陣。',
          },
          hint: {
            en: 'A narrow Gaussian pulls harder.',
            'zh-TW': '愈窄的高斯分布，拉力愈大。',
          },
          answer: gaussianScore((a, gaussian, x) => {
            const away = difference(a, gaussian, x);
            return gaussian.covariance.map((row) => a.combine(row, away));
          }),
        },
        'covariance-forgotten': {
          says: {
            en: 'This is mean − x, without the inverse of the covariance.',
            'zh-TW': '這是 mean − x，沒有乘上共變異數矩陣的反矩陣。',
          },
          hint: { en: 'A narrow Gaussian pulls harder.', 'zh-TW': '愈窄的高斯分布，拉力愈大。' },
          answer: gaussianScore((a, gaussian, x) => difference(a, gaussian, x)),
        },
        'standard-deviation-for-variance': {
          says: {
            en: 'The difference is divided by standard deviations, the roots of the diagonal; the inverse of the covariance is due.',
            'zh-TW': '差除以的是標準差（對角線的平方根），應該乘共變異數矩陣的反矩陣。',
          },
          hint: {
            en: 'The exponent of the Gaussian holds the covariance, not its root.',
            'zh-TW': '高斯分布的指數裡是共變異數矩陣，不是它的平方根。',
          },
          answer: gaussianScore((a, gaussian, x) =>
            difference(a, gaussian, x).map((value, i) => a.div(value, a.sqrt(a.c(gaussian.covariance[i][i])))),
          ),
        },
        whitened: {
          says: {
            en: 'The difference is multiplied by the inverse of the Cholesky factor once: that makes it white, and the transposed factor is missing.',
            'zh-TW': '差只乘了一次 Cholesky 因子的反矩陣：這樣只是白化，還少了轉置的那一個因子。',
          },
          hint: { en: 'covariance = L Lᵀ: what is its inverse?', 'zh-TW': 'covariance = L Lᵀ，它的反矩陣是什麼？' },
          answer: gaussianScore((a, gaussian, x) => whitened(a, gaussian, x)),
        },
        'diagonal-only': {
          says: {
            en: 'The difference is divided by the diagonal of the covariance: the correlations are lost.',
            'zh-TW': '差只除以共變異數矩陣的對角線，失去了相關性。',
          },
          hint: {
            en: 'The inverse of a matrix is not the matrix of the inverses.',
            'zh-TW': '反矩陣不是把各元素取倒數。',
          },
          answer: gaussianScore((a, gaussian, x) => pull(a, diagonal(gaussian), x)),
        },
        'factor-two': {
          says: {
            en: 'This is twice the score: the ½ of the exponent was forgotten.',
            'zh-TW': '這是分數的兩倍：忘了指數裡的 ½。',
          },
          hint: { en: 'The 2 of the square cancels against the ½.', 'zh-TW': '平方微分出來的 2 會和 ½ 相消。' },
          answer: gaussianScore((a, gaussian, x) => scaled(a, a.c(2), pull(a, gaussian, x))),
        },
        'divided-by-the-batch': dividedByTheBatch(
          gaussianScore((a, gaussian, x, c) => scaled(a, a.c(1 / c.x.shape[0]), pull(a, gaussian, x))),
        ),
        'gradient-of-density': variantOf(scoreIsLogGradient, 'gradient-of-density', {
          zh: '這是 p 本身的梯度，應該是 log p 的梯度。',
          hint: { en: 'The score is ∇p divided by p.', 'zh-TW': '分數是 ∇p 再除以 p。' },
          answer: gaussianScore((a, gaussian, x) =>
            scaled(a, a.exp(logGaussian(a, gaussian, x)), pull(a, gaussian, x)),
          ),
        }),
      },
    }),

    task<OfMixture>({
      name: 'mixtureLogDensity',
      inputs: ['x', 'mixture'],
      returns: ({ x }) => [x.shape[0]],
      answer: mixtureLog(),
      properties: {
        value: { points: 1.5, count: 24, cases: cases(anySizes, mixtureNear) },
        laws: mixtureLaws,
        far: { points: 0.5, count: 8, cases: cases(farSizes, mixtureFar), reason: farReason },
        small: { points: 0.5, count: 6, cases: cases(smallSizes, mixtureSmall) },
      },
      mistakes: {
        'no-shift': {
          says: {
            en: 'The exponentials are summed as they are: far from the modes all of them underflow to 0 in float32, and the logarithm is −∞.',
            'zh-TW': '直接把各指數相加：遠離各峰時，它們在 float32 中全部下溢成 0，對數就成了 −∞。',
          },
          hint: {
            en: 'Take the largest exponent out of the sum first (log-sum-exp).',
            'zh-TW': '先把最大的指數提到和的外面（log-sum-exp）。',
          },
          answer: (a, c, on) =>
            mixtureLog()(a, c, on).map((value) => (a.value(value) < UNDERFLOW ? logarithmOfZero(a) : value)),
        },
        'shift-not-added-back': {
          says: {
            en: 'The largest exponent is subtracted inside the sum, and not added back outside.',
            'zh-TW': '在和裡面減去了最大的指數，外面卻沒有加回來。',
          },
          hint: { en: 'log Σ exp(l − m) is not log Σ exp l.', 'zh-TW': 'log Σ exp(l − m) 不等於 log Σ exp l。' },
          answer: mixtureLog({}, (a, all) => {
            const top = all.reduce((best, each) => (a.value(each) > a.value(best) ? each : best));
            return logSumOfExp(
              a,
              all.map((each) => (each === top ? a.c(0) : a.sub(each, top))),
            );
          }),
        },
        'weights-forgotten': {
          says: { en: 'The weights of the components are not used.', 'zh-TW': '沒有用到各成分的權重。' },
          hint: { en: 'Which component do most points come from?', 'zh-TW': '多數的點來自哪個成分？' },
          answer: mixtureLog({ weight: zeroWeight }),
        },
        'weights-in-linear-space': {
          says: {
            en: 'The weights are added to log densities as they are; their logarithms are due.',
            'zh-TW': '權重直接加到對數密度上，應該加權重的對數。',
          },
          hint: { en: 'log(w p) = log w + log p.', 'zh-TW': 'log(w p) = log w + log p。' },
          answer: mixtureLog({ weight: (a, weight) => a.c(weight) }),
        },
        'mean-of-logarithms': {
          says: {
            en: 'This is the weighted mean of the log densities; the logarithm of the weighted sum of densities is due.',
            'zh-TW': '這是對數密度的加權平均，應該是密度加權和的對數。',
          },
          hint: { en: 'Sum and logarithm do not commute.', 'zh-TW': '求和與取對數不能交換。' },
          answer: mixtureLog({ weight: zeroWeight }, (a, all, components) =>
            a.sum(all.map((each, k) => a.mul(a.c(components[k].weight), each))),
          ),
        },
        'largest-component-only': {
          says: {
            en: 'Only the largest component counts: between the modes the others are missing.',
            'zh-TW': '只算了最大的成分：在各峰之間少了其他成分。',
          },
          hint: { en: 'Between two modes both contribute.', 'zh-TW': '在兩個峰之間，兩者都有貢獻。' },
          answer: mixtureLog({}, (a, all) => all.reduce((top, each) => (a.value(each) > a.value(top) ? each : top))),
        },
        'normaliser-missing': {
          says: {
            en: 'The components are not normalised: their constants are missing.',
            'zh-TW': '各成分沒有歸一化：少了常數項。',
          },
          hint: { en: 'A narrow component has a high peak.', 'zh-TW': '愈窄的成分，峰值愈高。' },
          answer: mixtureLog({ determinant: 0, normaliser: () => 0 }),
        },
        'normaliser-without-half': normaliserWithoutHalf(mixtureLog({ normaliser: (d) => d })),
        'normaliser-of-two-dimensions': normaliserOfTwoDimensions(mixtureLog({ normaliser: () => 1 })),
        'log-determinant-missing': {
          says: {
            en: 'The terms −½ log det covariance of the components are missing.',
            'zh-TW': '各成分少了 −½ log det covariance 這一項。',
          },
          hint: { en: 'A narrow component has a high peak.', 'zh-TW': '愈窄的成分，峰值愈高。' },
          answer: mixtureLog({ determinant: 0 }),
        },
        'log-determinant-without-half': {
          says: { en: 'The log determinants lack their factor ½.', 'zh-TW': 'log 行列式少乘了 ½。' },
          hint: {
            en: 'The density divides by the square root of the determinant.',
            'zh-TW': '密度除以的是行列式的平方根。',
          },
          answer: mixtureLog({ determinant: 1 }),
        },
        'one-covariance': oneCovariance(onFirstCovariance(mixtureLog())),
      },
    }),

    task<OfMixture>({
      name: 'mixtureScore',
      inputs: ['x', 'mixture'],
      returns: ({ x }) => x.shape,
      answer: rightScore,
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
    }),

    formulaTask({
      name: 'logDensityFormula',
      points: 1,
      symbols: { x: [-3, 3], mu: [-2, 2], sigma: [0.3, 2.5] },
      right: '-(x - mu)^2/(2*sigma^2)',
      derivative: 'x',
      mistakes: {
        'without-half': {
          line: '-(x - mu)^2/sigma^2',
          says: { en: 'The factor 1/2 of the exponent is missing.', 'zh-TW': '指數少了 1/2。' },
        },
        'sigma-not-squared': {
          line: '-(x - mu)^2/(2*sigma)',
          says: {
            en: 'The square is divided by sigma; the variance sigma² is due.',
            'zh-TW': '平方除以的是 sigma，應該是變異數 sigma²。',
          },
        },
        'wrong-sign': {
          line: '(x - mu)^2/(2*sigma^2)',
          says: {
            en: 'The exponent has a plus sign: the density grows away from mu.',
            'zh-TW': '指數的正負號相反：離 mu 愈遠密度愈大。',
          },
        },
        'not-squared': {
          line: '-(x - mu)/(2*sigma^2)',
          says: { en: 'The distance is not squared.', 'zh-TW': '距離沒有平方。' },
        },
      },
    }),
  ],
});
