import * as tf from '@tensorflow/tfjs';

type Sde = { kind: 'vp'; betaMin: number; betaMax: number } | { kind: 've'; sigmaMin: number; sigmaMax: number };
type Score = (x: tf.Tensor2D, t: tf.Tensor1D) => tf.Tensor2D;

/** The `random` of the exercise. */
interface Random {
  normal(shape: number[]): tf.Tensor;
  uniform(shape: number[]): tf.Tensor;
  rademacher(shape: number[]): tf.Tensor;
}

export function drift(sde: Sde, x: tf.Tensor2D, t: tf.Tensor1D): tf.Tensor2D {
  return tf.tidy(() => (sde.kind === 've' ? tf.zerosLike(x) : x.mul(column(beta(sde, t)).mul(-0.5))));
}

export function diffusionCoefficient(sde: Sde, t: tf.Tensor1D): tf.Tensor1D {
  return tf.tidy(() =>
    sde.kind === 'vp' ? beta(sde, t).sqrt() : sigma(sde, t).mul(Math.sqrt(2 * Math.log(sde.sigmaMax / sde.sigmaMin))),
  );
}

export function perturbationKernel(sde: Sde, x0: tf.Tensor2D, t: tf.Tensor1D): { mean: tf.Tensor2D; std: tf.Tensor1D } {
  return tf.tidy(() => {
    if (sde.kind === 've') {
      // σ(t)² − σ(0)² = σ(0)² (e^(2t log r) − 1), without the cancellation at small t.
      const growth = t.mul(2 * Math.log(sde.sigmaMax / sde.sigmaMin)).expm1();
      return { mean: x0.clone(), std: growth.sqrt().mul<tf.Tensor1D>(sde.sigmaMin) };
    }
    const integral = tf.add<tf.Tensor1D>(
      t.mul<tf.Tensor1D>(sde.betaMin),
      t.square().mul((sde.betaMax - sde.betaMin) / 2),
    );
    const mean = x0.mul<tf.Tensor2D>(column(integral.mul<tf.Tensor1D>(-0.5).exp()));
    return { mean, std: integral.neg().expm1().neg().sqrt() };
  });
}

export function prior(sde: Sde, shape: number[], random: Random): tf.Tensor {
  return tf.tidy(() => random.normal(shape).mul(sde.kind === 'vp' ? 1 : sde.sigmaMax));
}

export function reverseStep(
  sde: Sde,
  score: Score,
  x: tf.Tensor2D,
  t: tf.Tensor1D,
  dt: number,
  noise: tf.Tensor2D,
): tf.Tensor2D {
  return tf.tidy(() => {
    const g = column(diffusionCoefficient(sde, t));
    const change = drift(sde, x, t).sub(score(x, t).mul(g.square()));
    return x.sub(change.mul(dt)).add(noise.mul(g).mul(Math.sqrt(dt)));
  });
}

export function reverseSample(
  sde: Sde,
  score: Score,
  start: tf.Tensor2D,
  { steps, tEnd }: { steps: number; tEnd: number },
  random: Random,
): tf.Tensor2D {
  return tf.tidy(() => {
    const dt = (1 - tEnd) / steps;
    let x = start;
    for (let k = 0; k < steps; k++) {
      const t = tf.fill<tf.Rank.R1>([x.shape[0]], 1 - k * dt);
      x = reverseStep(sde, score, x, t, dt, random.normal(x.shape) as tf.Tensor2D);
    }
    return x;
  });
}

export function probabilityFlowStep(sde: Sde, score: Score, x: tf.Tensor2D, t: tf.Tensor1D, dt: number): tf.Tensor2D {
  return tf.tidy(() => {
    const g = column(diffusionCoefficient(sde, t));
    return x.sub(drift(sde, x, t).sub(score(x, t).mul(g.square()).mul(0.5)).mul(dt));
  });
}

export function probabilityFlowSample(
  sde: Sde,
  score: Score,
  start: tf.Tensor2D,
  { steps, tEnd }: { steps: number; tEnd: number },
): tf.Tensor2D {
  return tf.tidy(() => {
    const dt = (1 - tEnd) / steps;
    let x = start;
    for (let k = 0; k < steps; k++) {
      x = probabilityFlowStep(sde, score, x, tf.fill<tf.Rank.R1>([x.shape[0]], 1 - k * dt), dt);
    }
    return x;
  });
}

function beta(sde: Sde & { kind: 'vp' }, t: tf.Tensor1D): tf.Tensor1D {
  return t.mul(sde.betaMax - sde.betaMin).add(sde.betaMin);
}

function sigma(sde: Sde & { kind: 've' }, t: tf.Tensor1D): tf.Tensor1D {
  return t
    .mul(Math.log(sde.sigmaMax / sde.sigmaMin))
    .exp()
    .mul(sde.sigmaMin);
}

/** [n] -> [n, 1], so that it meets the rows of [n, d]. */
function column(values: tf.Tensor1D): tf.Tensor2D {
  return values.expandDims<tf.Tensor2D>(1);
}
