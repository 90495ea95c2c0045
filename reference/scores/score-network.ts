import { randomStream } from '../../src/numerics/random.js';
import { tf, type Tensor, type Tensor2D, type Tensor4D } from '../../src/tensorflow/tensorflow.js';
import { spectralWiener, wienerLoss, type Spectrum } from '../denoisers/spectral-wiener.js';

/** Side of an image: 28 × 28 pixels, read as 14 × 14 places of 4 pixels. */
const side = 28;
const places = side / 2;
const coarsePlaces = places / 2;
/** Numbers that tell the network the noise scale. */
const embedded = 16;

/** How large the network is. */
export interface Architecture {
  /** Channels and residual blocks (before and after the coarse part) at 14 × 14 places. */
  readonly fine: number;
  readonly fineBlocks: number;
  /** Channels and residual blocks at 7 × 7 places. */
  readonly coarse: number;
  readonly coarseBlocks: number;
}

/** Some 295,000 weights: a step on 64 images takes a tenth of a second on two cores. */
export const smallArchitecture: Architecture = { fine: 32, fineBlocks: 1, coarse: 64, coarseBlocks: 2 };

interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** Standard deviation of the initial values. */
  readonly spread: number;
}

/** The weights in the order in which they are stored one behind the other. */
export function layoutOf({ fine, fineBlocks, coarse, coarseBlocks }: Architecture): readonly WeightSpec[] {
  // He et al. (2015): a variance of 2/(inputs of a place) keeps the size of what passes through relu; the second convolution of a residual block begins small.
  const convolution = (name: string, from: number, to: number, gain = 1): WeightSpec[] => [
    { name: `${name}/kernel`, shape: [3, 3, from, to], spread: gain * Math.sqrt(2 / (9 * from)) },
    { name: `${name}/bias`, shape: [to], spread: 0 },
  ];
  const block = (name: string, channels: number): WeightSpec[] => [
    ...convolution(`${name}/first`, channels, channels),
    ...convolution(`${name}/second`, channels, channels, 0.3),
    { name: `${name}/noise`, shape: [embedded, channels], spread: 0.1 },
  ];
  const blocks = (name: string, count: number, of: (name: string) => WeightSpec[]): WeightSpec[] =>
    Array.from({ length: count }, (_, i) => of(`${name} ${i}`)).flat();
  const cells = coarsePlaces ** 2;
  return [
    ...convolution('in', 8, fine),
    { name: 'place', shape: [1, places, places, fine], spread: 0.01 },
    ...blocks('down', fineBlocks, (name) => block(name, fine)),
    ...convolution('coarsen', fine, coarse),
    ...blocks('coarse', coarseBlocks, (name) => [
      ...block(name, coarse),
      { name: `${name}/mix`, shape: [cells, cells], spread: 0.3 / Math.sqrt(cells) },
    ]),
    ...convolution('refine', coarse, 4 * fine, 0.5),
    ...blocks('up', fineBlocks, (name) => block(name, fine)),
    // All 0: the untrained network is the Wiener denoiser.
    ...convolution('out', fine, 4, 0),
  ];
}

const sizeOf = ({ shape }: WeightSpec): number => shape.reduce((product, size) => product * size, 1);

/** How many weights a network has. */
export const weightCount = (architecture: Architecture): number =>
  layoutOf(architecture).reduce((sum, spec) => sum + sizeOf(spec), 0);

/** Initial weights, one behind the other, drawn from the stream of `seed`. */
export function initialWeights(architecture: Architecture, seed: number): Float32Array {
  const random = randomStream(seed, 'initial weights');
  return Float32Array.from(
    layoutOf(architecture).flatMap((spec) => Array.from(random.normals(sizeOf(spec)), (value) => spec.spread * value)),
  );
}

/** The weights as tensors by their shapes, in the order of the layout. The caller disposes them. */
export function weightTensors(architecture: Architecture, weights: Float32Array): Tensor[] {
  const expected = weightCount(architecture);
  if (weights.length !== expected) {
    throw new TypeError(`Expected ${expected} weights for this architecture, found ${weights.length}.`);
  }
  let first = 0;
  return layoutOf(architecture).map((spec) => {
    const size = sizeOf(spec);
    first += size;
    return tf.tensor(weights.slice(first - size, first), [...spec.shape]);
  });
}

/** Images with noise of another scale in each row; `weights` as {@link weightTensors} gives them. */
export interface NetworkBody {
  /** E[x₀ | x] as the network has learnt it, [n, 784] and σ by rows [n] -> [n, 784]. Differentiable once in the weights and in x. */
  denoise(weights: readonly Tensor[], x: Tensor2D, sigma: Float32Array): Tensor2D;
  dispose(): void;
}

/**
 * A denoiser of 28 × 28 images, Wiener's plus what convolutions add to it:
 *
 *     h(x, σ) = w(x) + √(L(σ)/d) r(σ) f(x, w(x), σ),   r(σ) = 1/(1 + (σ/4)²)
 *
 * with w the Wiener denoiser of the training set, L(σ) its loss, so that f is asked for numbers of size 1, and r a brake: where the noise is far larger
 * than the data (σ ≫ 1), the posterior mean is nearly affine, and f would only add its own errors. f is a residual network at
 * 14 × 14 and 7 × 7 places with a learnt value per place, since MNIST is centred; on 7 × 7 a matrix mixes all places, so each sees the whole digit.
 */
export function networkBody(architecture: Architecture, spectrum: Spectrum): NetworkBody {
  const wiener = spectralWiener(spectrum);
  const names = layoutOf(architecture).map(({ name }) => name);
  const d = spectrum.mean.length;
  const meanVariance = spectrum.values.reduce((sum, value) => sum + value, 0) / d;

  const denoise: NetworkBody['denoise'] = (weights, x, sigma) => {
    const n = sigma.length;
    const of = (name: string): Tensor => weights[names.indexOf(name)];
    const convolved = (h: Tensor4D, name: string, stride = 1): Tensor4D =>
      tf.conv2d(h, of(`${name}/kernel`) as Tensor4D, stride, 'same').add(of(`${name}/bias`));
    const scale = tf.tensor2d(sigma, [n, 1]);
    const noise = embedding(scale);
    const block = (h: Tensor4D, name: string): Tensor4D => {
      const shift = tf.matMul(noise, of(`${name}/noise`)).reshape<Tensor4D>([n, 1, 1, h.shape[3]]);
      const inner = convolved(h.relu(), `${name}/first`).add(shift);
      return h.add(convolved(inner.relu(), `${name}/second`));
    };
    const mixed = (h: Tensor4D, name: string): Tensor4D => {
      const [cells, channels] = [coarsePlaces ** 2, h.shape[3]];
      const byChannel = h.relu().reshape([n, cells, channels]).transpose([0, 2, 1]).reshape<Tensor2D>([-1, cells]);
      const product = tf.matMul(byChannel, of(`${name}/mix`) as Tensor2D).reshape([n, channels, cells]);
      return h.add(product.transpose([0, 2, 1]).reshape([n, coarsePlaces, coarsePlaces, channels]));
    };
    const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

    const linear = wiener.apply(x, scale);
    const unit = x.sub<Tensor2D>(wiener.mean).mul<Tensor2D>(scale.square().add(meanVariance).rsqrt());
    const input = tf.concat([pixelsToChannels(unit), pixelsToChannels(linear)], 3);
    let h: Tensor4D = convolved(input, 'in').add(of('place'));
    for (const i of range(architecture.fineBlocks)) h = block(h, `down ${i}`);
    let coarse = convolved(h.relu(), 'coarsen', 2);
    for (const i of range(architecture.coarseBlocks)) coarse = mixed(block(coarse, `coarse ${i}`), `coarse ${i}`);
    h = h.add(channelsToPixels(convolved(coarse.relu(), 'refine'), architecture.fine));
    for (const i of range(architecture.fineBlocks)) h = block(h, `up ${i}`);
    const added = channelsToPixels(convolved(h.relu(), 'out'), 1).reshape<Tensor2D>([n, d]);
    const size = Float32Array.from(sigma, (s) => Math.sqrt(wienerLoss(spectrum, s) / d) / (1 + (s / 4) ** 2));
    return linear.add<Tensor2D>(added.mul(tf.tensor2d(size, [n, 1])));
  };
  return { denoise, dispose: () => wiener.dispose() };
}

/** sin and cos of multiples of log σ, from half a turn over the range of scales to several: [n, 1] -> [n, 16]. */
function embedding(sigma: Tensor2D): Tensor2D {
  const frequencies = Array.from({ length: embedded / 2 }, (_, i) => 0.5 * 1.6 ** i);
  const angles: Tensor2D = tf.matMul(sigma.log(), tf.tensor2d([frequencies]));
  return tf.concat([angles.sin(), angles.cos()], 1);
}

/** 2 × 2 pixels become 4 channels: [n, 784] -> [n, 14, 14, 4]. */
const pixelsToChannels = (x: Tensor2D): Tensor4D =>
  x.reshape([-1, places, 2, places, 2]).transpose([0, 1, 3, 2, 4]).reshape([-1, places, places, 4]);

/** 4c channels become 2 × 2 places of c: [n, s, s, 4c] -> [n, 2s, 2s, c]. */
function channelsToPixels(h: Tensor4D, channels: number): Tensor4D {
  const s = h.shape[1];
  return h
    .reshape([-1, s, s, 2, 2, channels])
    .transpose([0, 1, 3, 2, 4, 5])
    .reshape([-1, 2 * s, 2 * s, channels]);
}

/** A trained network as plain data. */
export interface NetworkData {
  readonly architecture: Architecture;
  readonly spectrum: Spectrum;
  readonly weights: Float32Array;
}

/** A denoiser and a score that are trained. Holds tensors until `dispose`. */
export interface ScoreNetwork {
  /** h(x, σ), [n, 784] -> [n, 784]. */
  denoise(x: Tensor2D, sigma: number): Tensor2D;
  /** (h(x, σ) − x)/σ², what the network has for ∇log p_σ(x): [n, 784] -> [n, 784]. */
  score(x: Tensor2D, sigma: number): Tensor2D;
  dispose(): void;
}

/** Rows that are denoised together: the values between its layers then stay in the cache. */
const chunk = 128;

/** Puts a trained network on tensors. */
export function scoreNetwork({ architecture, spectrum, weights }: NetworkData): ScoreNetwork {
  const body = networkBody(architecture, spectrum);
  const tensors = weightTensors(architecture, weights).map((tensor) => tf.keep(tensor));
  const denoise = (x: Tensor2D, sigma: number): Tensor2D =>
    tf.tidy(() => {
      const parts: Tensor2D[] = [];
      for (let first = 0; first < x.shape[0]; first += chunk) {
        const rows = Math.min(chunk, x.shape[0] - first);
        const part = x.slice([first, 0], [rows, -1]);
        parts.push(tf.tidy(() => body.denoise(tensors, part, new Float32Array(rows).fill(sigma))));
      }
      return tf.concat(parts);
    });
  return {
    denoise,
    score: (x, sigma) =>
      tf.tidy(() =>
        denoise(x, sigma)
          .sub<Tensor2D>(x)
          .div(sigma ** 2),
      ),
    dispose: () => {
      body.dispose();
      tf.dispose(tensors);
    },
  };
}
