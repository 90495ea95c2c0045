import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../src/numerics/random.js';
import { lossOrder } from '../../../src/verify/evidence/training.js';
import type { Evidence } from '../../../src/verify/evidence.js';
import type { ImageDenoiser, ImageLaw } from '../../../src/verify/image-denoisers.js';
import { testSeed } from '../../seed.js';

const d = 5;
const count = 400;
const normals = randomStream(testSeed, 'training evidence').normals(count * d);
/** Points with variance near 1 around 0: with σ = 1 the best multiple of x is ½x, with the error d/2. */
const images = (scale: number): ImageLaw => ({
  name: `points of scale ${scale}`,
  images: { images: Float32Array.from(normals, (z) => scale * z), labels: new Uint8Array(count), count },
});
const times = (k: number): ImageDenoiser => ({ name: `${k}x`, denoise: (x) => x.mul(k) });
const on = images(1);
const measured = (
  lower: ImageDenoiser,
  higher: ImageDenoiser,
  { lowerOn = on, higherOn = on, maxDraws = 4096 } = {},
): Evidence => {
  const { measure, name } = lossOrder({
    lower: { denoiser: lower, on: lowerOn },
    higher: { denoiser: higher, on: higherOn },
    sigma: 1,
    maxDraws,
  });
  return measure({
    seed: testSeed,
    path: ['test', name],
    alpha: 1e-9,
    beta: 1e-4,
    discrepancy: 0.05,
    maxDraws: 2 ** 17,
    thorough: true,
  }) as Evidence;
};

describe('lossOrder', () => {
  it('supports the order of two losses, with both of them', () => {
    const evidence = measured(times(0.5), times(0.9));
    expect(evidence.verdict).toBe('supported');
    expect(evidence.residual).toBe(0);
    const [below, above] = [...evidence.compared.matchAll(/x on points of scale 1 (\d+\.\d\d)/g)].map(([, loss]) =>
      Number(loss),
    );
    // 5/2 and 5 · 0.82 with standard errors of 0.14 and 0.23 after 128 draws: six of them.
    expect(Math.abs(below - 2.5)).toBeLessThan(0.9);
    expect(Math.abs(above - 4.1)).toBeLessThan(1.4);
    expect(evidence.comparisons).toBe(1);
    expect(evidence.sequential?.varianceSource).toBe('estimated');
  });

  it('refutes the wrong order, clearly', () => {
    const evidence = measured(times(0.9), times(0.5));
    expect(evidence.verdict).toBe('refuted');
    expect(evidence.residual).toBeGreaterThan(evidence.tolerance);
  });

  it('decides a difference as large as its resolution', () => {
    // (1 − k)² + k² at k = 0.5 + e exceeds its minimum by 2e², times d: 0.1 at e = 0.1, and the resolution after 16,384 draws is below.
    const evidence = measured(times(0.5), times(0.6), { maxDraws: 2 ** 14 });
    expect(evidence.verdict).toBe('supported');
  });

  it('says that it does not know where the losses are equal', () => {
    const evidence = measured(times(0.45), times(0.45));
    expect(evidence.verdict).toBe('inconclusive');
    expect(evidence.note).toMatch(/after 4096 draws/);
  });

  it('compares losses on different images, drawn apart', () => {
    const options = { lowerOn: images(0.2), higherOn: images(2) };
    expect(measured(times(0.5), times(0.5), options).verdict).toBe('supported');
    expect(measured(times(0.5), times(0.5), { lowerOn: images(2), higherOn: images(0.2) }).verdict).toBe('refuted');
  });
});
