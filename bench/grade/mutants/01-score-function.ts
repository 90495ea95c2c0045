import type { Mutant } from '../mutant.js';

const exercise = '01-score-function';
const ofGaussian = { exercise, function: 'gaussianLogDensity' } as const;
const scoreOfGaussian = { exercise, function: 'gaussianScore' } as const;
const ofMixture = { exercise, function: 'mixtureLogDensity' } as const;
const scoreOfMixture = { exercise, function: 'mixtureScore' } as const;

/** log N with other constants: exponent, log determinant and log 2π each with a factor. */
const gaussianWith = (constants: string): string => `
export function gaussianLogDensity(x, mean, covariance) {
  return tf.tidy(() => {
    const d = x.shape[1];
    const { precision, logDeterminant } = inverse(covariance);
    const difference = x.sub(mean);
    const distance = difference.matMul(precision).mul(difference).sum(1);
    return distance.mul(-0.5).add(${constants});
  });
}`;

/** The log density of a mixture from the logarithms log wₖ + log Nₖ(x), [n, k]. */
const joined = (expression: string): string => `
export function mixtureLogDensity(x, mixture) {
  return tf.tidy(() => {
    const l = logits(x, mixture, componentsOf(mixture));
    return ${expression};
  });
}`;

/** The score of a mixture from responsibilities [n, k] and the scores of the components [n, k, d]. */
const combined = (responsibilities: string, result = 's'): string => `
export function mixtureScore(x, mixture) {
  return tf.tidy(() => {
    const components = componentsOf(mixture);
    const l = logits(x, mixture, components);
    const scores = tf.stack(components.map(({ mean, precision }) => mean.sub(x).matMul(precision)), 1);
    const r = ${responsibilities};
    const s = r.expandDims(2).mul(scores).sum(1);
    return ${result};
  });
}`;

const shiftedExp = 'tf.exp(l.sub(l.max(1, true)))';

/** The score of a Gaussian from difference = mean − x. */
const pulled = (expression: string): string => `
export function gaussianScore(x, mean, covariance) {
  return tf.tidy(() => {
    const difference = mean.sub(x);
    return ${expression};
  });
}`;

/** Each row in plain numbers, by elimination without an inverse. */
const eliminated = `
export function gaussianScore(x, mean, covariance) {
  const [points, m, matrix] = [x.arraySync(), mean.arraySync(), covariance.arraySync()];
  return tf.tensor2d(points.map((point) => {
    const rows = matrix.map((row, i) => [...row, m[i] - point[i]]);
    const d = m.length;
    for (let i = 0; i < d; i++)
      for (let k = i + 1; k < d; k++) {
        const factor = Math.fround(rows[k][i] / rows[i][i]);
        rows[k] = rows[k].map((value, j) => Math.fround(value - Math.fround(factor * rows[i][j])));
      }
    const z = new Array(d).fill(0);
    for (let i = d - 1; i >= 0; i--) {
      let rest = rows[i][d];
      for (let j = i + 1; j < d; j++) rest = Math.fround(rest - Math.fround(rows[i][j] * z[j]));
      z[i] = Math.fround(rest / rows[i][i]);
    }
    return z;
  }));
}`;

export const mutants: readonly Mutant[] = [
  {
    ...ofGaussian,
    id: 'M-GLP-02',
    verdict: 'wrong',
    diagnosis: 'normaliser-without-half',
    code: gaussianWith('-0.5 * logDeterminant - d * Math.log(2 * Math.PI)'),
  },
  {
    ...ofGaussian,
    id: 'M-GLP-03',
    verdict: 'wrong',
    diagnosis: 'log-determinant-without-half',
    code: gaussianWith('-logDeterminant - (d / 2) * Math.log(2 * Math.PI)'),
  },
  {
    ...ofGaussian,
    id: 'M-GLP-04',
    verdict: 'wrong',
    code: `
export function gaussianLogDensity(x, mean, covariance) {
  return tf.tidy(() => {
    const d = x.shape[1];
    const { precision, logDeterminant } = inverse(covariance);
    const m = mean.reshape([d, 1]);
    const own = x.matMul(precision).mul(x).sum(1);
    const cross = x.matMul(precision).matMul(m).reshape([-1]);
    const constant = precision.matMul(m).mul(m).sum();
    const distance = own.sub(cross.mul(2)).add(constant);
    return distance.add(logDeterminant + d * Math.log(2 * Math.PI)).mul(-0.5);
  });
}`,
  },
  {
    ...ofGaussian,
    id: 'M-GLP-06',
    verdict: 'wrong',
    code: `
export function gaussianLogDensity(x, mean, covariance) {
  return tf.tidy(() => logDensity(x.toInt().toFloat(), mean, inverse(covariance)));
}`,
  },
  {
    ...scoreOfGaussian,
    id: 'M-GSC-01',
    verdict: 'wrong',
    diagnosis: 'standard-deviation-for-variance',
    code: pulled('difference.div(tf.sqrt(tf.eye(mean.size).mul(covariance).sum(0)))'),
  },
  {
    ...scoreOfGaussian,
    id: 'M-GSC-04',
    verdict: 'wrong',
    diagnosis: 'diagonal-only',
    code: pulled('difference.div(tf.eye(mean.size).mul(covariance).sum(0))'),
  },
  {
    ...scoreOfGaussian,
    id: 'M-GSC-06',
    verdict: 'wrong',
    code: pulled('mean.reshape([-1, 1]).sub(x).matMul(inverse(covariance).precision)'),
  },
  {
    ...scoreOfGaussian,
    id: 'M-GSC-07',
    verdict: 'wrong',
    diagnosis: 'divided-by-the-batch',
    code: pulled('tf.grad((y) => logDensity(y, mean, inverse(covariance)).mean())(x)'),
  },
  { ...ofMixture, id: 'M-MLP-01', verdict: 'wrong', diagnosis: 'no-shift', code: joined('tf.log(tf.exp(l).sum(1))') },
  {
    ...ofMixture,
    id: 'M-MLP-03',
    verdict: 'wrong',
    diagnosis: 'shift-not-added-back',
    code: joined(`tf.log(${shiftedExp}.sum(1))`),
  },
  {
    ...ofMixture,
    id: 'M-MLP-04',
    verdict: 'wrong',
    diagnosis: 'weights-forgotten',
    code: joined('tf.logSumExp(l.sub(mixture.weights.log()), 1)'),
  },
  {
    ...ofMixture,
    id: 'M-MLP-07',
    verdict: 'wrong',
    diagnosis: 'normaliser-of-two-dimensions',
    code: joined('tf.logSumExp(l, 1).add((x.shape[1] / 2 - 1) * Math.log(2 * Math.PI))'),
  },
  {
    exercise,
    id: 'M-MLP-08',
    verdict: 'outside',
    reason: 'No function of the contract draws from a mixture.',
  },
  {
    ...scoreOfMixture,
    id: 'M-MSC-01',
    verdict: 'wrong',
    diagnosis: 'responsibilities-left-out',
    code: combined('tf.onesLike(l).mul(mixture.weights)'),
  },
  {
    ...scoreOfMixture,
    id: 'M-MSC-03',
    verdict: 'wrong',
    diagnosis: 'responsibilities-without-determinant',
    code: combined('tf.softmax(l.add(tf.tensor1d(components.map(({ logDeterminant }) => 0.5 * logDeterminant))), 1)'),
  },
  {
    ...scoreOfMixture,
    id: 'M-MSC-06',
    verdict: 'wrong',
    diagnosis: 'one-covariance',
    code: `
export function mixtureScore(x, mixture) {
  return tf.tidy(() => {
    const [first] = componentsOf(mixture);
    const components = componentsOf(mixture).map((each) => ({ ...first, mean: each.mean }));
    const r = tf.softmax(logits(x, mixture, components), 1);
    const scores = components.map(({ mean, precision }) => mean.sub(x).matMul(precision));
    return r.expandDims(2).mul(tf.stack(scores, 1)).sum(1);
  });
}`,
  },
  {
    ...scoreOfMixture,
    id: 'M-MSC-07',
    verdict: 'wrong',
    diagnosis: 'clipped',
    code: combined('tf.softmax(l, 1)', 's.clipByValue(-10, 10)'),
  },
  {
    ...scoreOfMixture,
    id: 'M-MSC-08',
    verdict: 'wrong',
    diagnosis: 'underflow-to-zero',
    code: combined('tf.exp(l).div(tf.exp(l).sum(1, true))', 'tf.where(tf.isNaN(s), tf.zerosLike(s), s)'),
  },
  {
    ...scoreOfMixture,
    id: 'M-MSC-09',
    verdict: 'wrong',
    code: combined('l.shape[0] === l.shape[1] ? tf.softmax(l, 1).transpose() : tf.softmax(l, 1)'),
  },
  {
    ...ofGaussian,
    id: 'V-GLP-01',
    verdict: 'wrong',
    diagnosis: 'normaliser-missing',
    code: gaussianWith('0'),
  },
  {
    ...ofGaussian,
    id: 'V-GLP-03',
    verdict: 'legal',
    code: `
export function gaussianLogDensity(x, mean, covariance) {
  const matrix = covariance.arraySync();
  const { logDeterminant, precision } = inverseOf(matrix);
  const p = precision.arraySync();
  precision.dispose();
  const m = mean.arraySync();
  return tf.tensor1d(x.arraySync().map((point) => {
    let distance = 0;
    for (let i = 0; i < m.length; i++)
      for (let j = 0; j < m.length; j++) distance += (point[i] - m[i]) * p[i][j] * (point[j] - m[j]);
    return -0.5 * (distance + logDeterminant + m.length * Math.log(2 * Math.PI));
  }));
}`,
  },
  { ...scoreOfGaussian, id: 'V-GSC-02', verdict: 'legal', code: eliminated },
  {
    ...scoreOfGaussian,
    id: 'V-GSC-03',
    verdict: 'legal',
    code: `
export function gaussianScore(x, mean, covariance) {
  return tf.tidy(() => {
    const rows = x.rank === 1 ? x.expandDims(0) : x;
    const score = mean.sub(rows).matMul(inverse(covariance).precision);
    return x.rank === 1 ? score.squeeze([0]) : score;
  });
}`,
  },
  {
    ...ofMixture,
    id: 'V-MLP-02',
    verdict: 'legal',
    code: joined('tf.logSumExp(l, 1).sub(mixture.weights.sum().log())'),
  },
  {
    ...ofMixture,
    id: 'V-MSC-01',
    verdict: 'legal',
    code: joined(`tf.log(${shiftedExp}.sum(1)).add(l.max(1))`),
  },
  {
    ...scoreOfMixture,
    id: 'V-MSC-02',
    verdict: 'legal',
    code: combined(`${shiftedExp}.div(${shiftedExp}.sum(1, true))`),
  },
  {
    ...scoreOfMixture,
    id: 'V-MSC-04',
    verdict: 'legal',
    code: combined(`tf.where(tf.softmax(l, 1).less(1e-30), tf.zerosLike(l), tf.softmax(l, 1))`),
  },
];
