import { describe, expect, it } from 'vitest';
import type { Spectrum } from '../../../reference/denoisers/spectral-wiener.js';
import { spectralWiener } from '../../../reference/denoisers/spectral-wiener.js';
import { initialWeights, layoutOf, scoreNetwork, weightCount } from '../../../reference/scores/score-network.js';
import { randomStream } from '../../../src/numerics/random.js';
import { tf, type Tensor2D } from '../../../src/tensorflow/tensorflow.js';
import { testSeed } from '../../seed.js';

const architecture = { fine: 6, fineBlocks: 1, coarse: 10, coarseBlocks: 2 };
const d = 784;
const random = randomStream(testSeed, 'score network');
/** A diagonal covariance: the pixels are the basis. */
const spectrum: Spectrum = {
  mean: Float32Array.from({ length: d }, () => random.uniform()),
  values: Float32Array.from({ length: d }, () => 0.1 * random.uniform()),
  vectors: Float32Array.from({ length: d * d }, (_, k) => (k % (d + 1) === 0 ? 1 : 0)),
};
const images = (n: number): Tensor2D => tf.tensor2d(Float32Array.from(random.normals(n * d)), [n, d]);
const largest = (a: Tensor2D, b: Tensor2D): number => a.sub(b).abs().max().dataSync()[0];
/** Random in every layer, so that no weight is without effect. */
const weights = Float32Array.from(random.normals(weightCount(architecture)), (z) => 0.1 * z);

describe('scoreNetwork', () => {
  it('is the Wiener denoiser before it is trained', () => {
    const network = scoreNetwork({ architecture, spectrum, weights: initialWeights(architecture, testSeed) });
    const wiener = spectralWiener(spectrum);
    const x = images(3);
    expect(largest(network.denoise(x, 0.7), wiener.apply(x, tf.fill([3, 1], 0.7)))).toBe(0);
    network.dispose();
    wiener.dispose();
  });

  it('treats each image alone, in batches of any size', () => {
    const network = scoreNetwork({ architecture, spectrum, weights });
    const x = images(131); // more than one chunk
    const all = network.denoise(x, 0.4);
    const last = network.denoise(x.slice([130, 0], [1, d]), 0.4);
    // Sums in another order: values near 1, float32.
    expect(largest(all.slice([130, 0], [1, d]), last)).toBeLessThan(1e-4);
    expect(all.shape).toEqual([131, d]);
    network.dispose();
  });

  it('has the score (h(x, sigma) − x)/sigma²', () => {
    const network = scoreNetwork({ architecture, spectrum, weights });
    const x = images(2);
    const expected = network.denoise(x, 0.4).sub<Tensor2D>(x).div<Tensor2D>(0.16);
    expect(largest(network.score(x, 0.4), expected)).toBeLessThan(1e-4);
    network.dispose();
  });

  it('leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    const network = scoreNetwork({ architecture, spectrum, weights });
    tf.tidy(() => void network.score(images(2), 0.4));
    network.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses weights of another architecture', () => {
    expect(() => scoreNetwork({ architecture, spectrum, weights: weights.slice(1) })).toThrow(
      `Expected ${weightCount(architecture)} weights for this architecture, found ${weightCount(architecture) - 1}.`,
    );
  });

  it('names each weight once', () => {
    const names = layoutOf(architecture).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
