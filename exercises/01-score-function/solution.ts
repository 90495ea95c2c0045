import * as tf from '@tensorflow/tfjs';

interface Mixture {
  readonly weights: tf.Tensor1D;
  readonly means: tf.Tensor2D;
  readonly covariances: tf.Tensor3D;
}

export function gaussianLogDensity(x: tf.Tensor2D, mean: tf.Tensor1D, covariance: tf.Tensor2D): tf.Tensor1D {
  return tf.tidy(() => logDensity(x, mean, inverse(covariance)));
}

export function gaussianScore(x: tf.Tensor2D, mean: tf.Tensor1D, covariance: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => mean.sub(x).matMul(inverse(covariance).precision) as tf.Tensor2D);
}

export function mixtureLogDensity(x: tf.Tensor2D, mixture: Mixture): tf.Tensor1D {
  return tf.tidy(() => tf.logSumExp<tf.Tensor1D>(logits(x, mixture, componentsOf(mixture)), 1));
}

export function mixtureScore(x: tf.Tensor2D, mixture: Mixture): tf.Tensor2D {
  return tf.tidy(() => {
    const components = componentsOf(mixture);
    const responsibilities = tf.softmax(logits(x, mixture, components), 1);
    const scores = components.map(({ mean, precision }) => mean.sub(x).matMul(precision));
    return responsibilities.expandDims(2).mul(tf.stack(scores, 1)).sum<tf.Tensor2D>(1);
  });
}

interface Inverse {
  readonly precision: tf.Tensor2D;
  readonly logDeterminant: number;
}

interface Component extends Inverse {
  readonly mean: tf.Tensor1D;
}

function componentsOf({ means, covariances }: Mixture): Component[] {
  const covariance = covariances.arraySync();
  return means.arraySync().map((mean, k) => ({ mean: tf.tensor1d(mean), ...inverseOf(covariance[k]) }));
}

/** log weight + log density of every component at every row: [n, k]. */
function logits(x: tf.Tensor2D, { weights }: Mixture, components: readonly Component[]): tf.Tensor2D {
  const logs = components.map((component) => logDensity(x, component.mean, component));
  return tf.stack(logs, 1).add<tf.Tensor2D>(weights.log());
}

function logDensity(x: tf.Tensor2D, mean: tf.Tensor1D, { precision, logDeterminant }: Inverse): tf.Tensor1D {
  const d = x.shape[1];
  const difference = x.sub(mean);
  const distance = difference.matMul(precision).mul(difference).sum(1);
  return distance.add(logDeterminant + d * Math.log(2 * Math.PI)).mul<tf.Tensor1D>(-0.5);
}

const inverse = (covariance: tf.Tensor2D): Inverse => inverseOf(covariance.arraySync());

/** The inverse and the log determinant by Gauss-Jordan elimination; a positive definite matrix needs no pivoting. */
function inverseOf(covariance: readonly (readonly number[])[]): Inverse {
  const d = covariance.length;
  const rows = covariance.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  let logDeterminant = 0;
  for (let i = 0; i < d; i++) {
    const pivot = rows[i][i];
    logDeterminant += Math.log(pivot);
    rows[i] = rows[i].map((value) => value / pivot);
    for (let k = 0; k < d; k++) {
      const factor = rows[k][i];
      if (k !== i) rows[k] = rows[k].map((value, j) => value - factor * rows[i][j]);
    }
  }
  return { precision: tf.tensor2d(rows.map((row) => row.slice(d))), logDeterminant };
}

export function logDensityFormula(): string {
  return '-(x - mu)^2/(2*sigma^2)';
}
