import * as tf from '@tensorflow/tfjs';

/** A score or a denoiser: [n, d] -> [n, d]. */
type Field = (x: tf.Tensor2D) => tf.Tensor2D;

interface Mixture {
  readonly weights: tf.Tensor1D;
  readonly means: tf.Tensor2D;
  readonly covariances: tf.Tensor3D;
}

export function denoiserFromScore(score: Field, sigma: number): Field {
  return (x) => tf.tidy(() => x.add(score(x).mul(sigma * sigma)));
}

export function scoreFromDenoiser(denoiser: Field, sigma: number): Field {
  return (x) =>
    tf.tidy(() =>
      denoiser(x)
        .sub(x)
        .div(sigma * sigma),
    );
}

export function daeLoss(denoiser: Field, x0: tf.Tensor2D, noise: tf.Tensor2D, sigma: number): tf.Scalar {
  return tf.tidy(() =>
    denoiser(x0.add(noise.mul(sigma)))
      .sub(x0)
      .square()
      .sum(1)
      .mean(),
  );
}

export function posteriorMean(x: tf.Tensor2D, mixture: Mixture, sigma: number): tf.Tensor2D {
  // The noisy data come from the mixture whose covariances are larger by sigma² I.
  return tf.tidy(() => denoiserFromScore((y) => smoothedScore(y, mixture, sigma), sigma)(x));
}

/** Σ rₖ (Σₖ + sigma² I)⁻¹ (μₖ − x), the responsibilities r as a softmax of log wₖ − ½ distance² − ½ log det. */
function smoothedScore(x: tf.Tensor2D, { weights, means, covariances }: Mixture, sigma: number): tf.Tensor2D {
  const components = covariances.arraySync().map((covariance, k) => {
    const { precision, logDeterminant } = inverseOf(covariance.map((row, i) => plusAt(row, i, sigma * sigma)));
    const difference = means.slice([k, 0], [1, -1]).sub(x);
    const pull = difference.matMul(precision) as tf.Tensor2D;
    const distance = pull.mul(difference).sum(1);
    return { pull, logit: distance.add(logDeterminant).mul(-0.5) };
  });
  const logits = tf.stack(
    components.map(({ logit }) => logit),
    1,
  );
  const responsibilities = tf.softmax(logits.add(weights.log()), 1);
  const pulls = tf.stack(
    components.map(({ pull }) => pull),
    1,
  );
  return responsibilities.expandDims(2).mul(pulls).sum(1);
}

const plusAt = (row: readonly number[], i: number, k: number): number[] =>
  row.map((value, j) => (i === j ? value + k : value));

/** The inverse and the log determinant by Gauss-Jordan elimination; a positive definite matrix needs no pivoting. */
function inverseOf(matrix: readonly (readonly number[])[]): { precision: tf.Tensor2D; logDeterminant: number } {
  const d = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
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

export function posteriorMeanFormula(): string {
  return '(tau^2*x + sigma^2*mu)/(tau^2 + sigma^2)';
}
