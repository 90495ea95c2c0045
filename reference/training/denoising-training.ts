import { randomStream } from '../../src/numerics/random.js';
import { tf, type Tensor } from '../../src/tensorflow/tensorflow.js';
import type { DigitSet } from '../data/digits.js';
import { wienerLoss, type Spectrum } from '../denoisers/spectral-wiener.js';
import { daeLosses } from '../objectives/losses.js';
import { initialWeights, weightTensors, type Architecture, type NetworkBody } from '../scores/score-network.js';
import { adamStep, type AdamState } from './adam.js';

/** How a network is trained. With the data, the architecture and the seed this fixes what comes out, up to rounding. */
export interface TrainingSettings {
  readonly steps: number;
  /** Images per step. */
  readonly batch: number;
  /** Reached after the first steps, held for half of the time, then let down to 0. */
  readonly learningRate: number;
  /** log σ ~ N(log median, spread²), another for each image. */
  readonly sigma: { readonly median: number; readonly spread: number };
  readonly seed: number;
}

/** What is known between two steps: all that a checkpoint holds. */
export interface TrainingState extends AdamState {
  /** The loss of the last steps, a running mean; 1 is the loss of the Wiener denoiser. */
  loss: number;
}

/** The state before the first step. */
export function initialState(architecture: Architecture, settings: TrainingSettings): TrainingState {
  const weights = initialWeights(architecture, settings.seed);
  return {
    step: 0,
    weights,
    first: new Float32Array(weights.length),
    second: new Float32Array(weights.length),
    loss: 1,
  };
}

/** Steps in which the learning rate rises from 0. */
const warmUp = 30;

/** The share of the last steps in the running mean of the loss. */
const recent = 0.03;

/**
 * One step of denoising score matching at many noise scales, in place:
 *
 *     E_σ [λ(σ) E‖S(x, σ) + (x − x₀)/σ²‖²] = E_σ [E‖h(x, σ) − x₀‖²/L(σ)],   λ(σ) = σ⁴/L(σ),
 *
 * by h = x + σ²S (Vincent 2011, eq. 11), with L(σ) the loss of the Wiener denoiser, so that every scale counts alike. The draws of a step depend on
 * the seed and its number alone.
 */
export function trainingStep(
  state: TrainingState,
  body: NetworkBody,
  { architecture, spectrum }: { readonly architecture: Architecture; readonly spectrum: Spectrum },
  images: DigitSet,
  settings: TrainingSettings,
): void {
  const { batch, learningRate, steps } = settings;
  const { clean, noisy, sigma } = noisyBatch(images, settings, state.step);
  const gradient = new Float32Array(state.weights.length);
  const loss = tf.tidy(() => {
    const weights = weightTensors(architecture, state.weights);
    const x0 = tf.tensor2d(clean, [batch, clean.length / batch]);
    const x = tf.tensor2d(noisy, x0.shape);
    const share = tf.tensor1d(Float32Array.from(sigma, (s) => 1 / wienerLoss(spectrum, s)));
    const lossOf = (...w: Tensor[]) =>
      daeLosses(body.denoise(w, x, sigma), x0)
        .mul(share)
        .mean()
        .asScalar();
    const { value, grads } = tf.valueAndGrads(lossOf)(weights);
    let first = 0;
    for (const g of grads) {
      gradient.set(g.dataSync<'float32'>(), first);
      first += g.size;
    }
    return value.dataSync()[0];
  });
  if (!Number.isFinite(loss)) {
    throw new Error(
      `Expected a finite loss, found ${loss} in step ${state.step + 1} of the training with seed ${settings.seed}. This is a bug in scorecheck; please report it.`,
    );
  }
  const done = state.step / steps;
  adamStep(state, gradient, learningRate * Math.min(1, (state.step + 1) / warmUp, 2 * (1 - done)));
  state.loss += recent * (loss - state.loss);
}

/** Images of the set with noise, x = x₀ + σε, each with a σ of its own. */
function noisyBatch(
  images: DigitSet,
  { batch, sigma: { median, spread }, seed }: TrainingSettings,
  step: number,
): { clean: Float32Array; noisy: Float32Array; sigma: Float32Array } {
  const random = randomStream(seed, 'training step', String(step));
  const d = images.images.length / images.count;
  const clean = new Float32Array(batch * d);
  for (let row = 0; row < batch; row++) {
    const i = random.index(images.count);
    clean.set(images.images.subarray(i * d, (i + 1) * d), row * d);
  }
  const sigma = Float32Array.from(random.normals(batch), (z) => median * Math.exp(spread * z));
  const noisy = Float32Array.from(random.normals(batch * d), (z, k) => clean[k] + sigma[Math.floor(k / d)] * z);
  return { clean, noisy, sigma };
}
