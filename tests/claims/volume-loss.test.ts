import { expect, it } from 'vitest';
import { inverse, type Rows } from '../../src/numerics/linear-algebra.js';
import { volumeLoss } from '../../src/claims/figures/volume-loss.js';

/** tr C(C + σ²I)⁻¹ ÷ voxels for a block of `shape`, from its whole covariance matrix. */
function lossOfBlock(shape: readonly number[], sigma: number): number {
  const places = shape.reduce<number[][]>(
    (all, length) => all.flatMap((place) => Array.from({ length }, (_, i) => [...place, i])),
    [[]],
  );
  const covariance: Rows = places.map((a) =>
    places.map((b) => a.reduce((product, v, axis) => product * 0.8 ** Math.abs(v - b[axis]), 1)),
  );
  const precision = inverse(covariance.map((row, i) => row.map((v, j) => (i === j ? v + sigma ** 2 : v))));
  const trace = covariance.reduce((sum, row, i) => sum + row.reduce((s, v, j) => s + v * precision[j][i], 0), 0);
  return trace / places.length;
}

it('gives the losses of the best linear fields of voxels, slices and volumes', () => {
  const figure = volumeLoss();
  if (figure.kind !== 'lines') throw new Error('Expected lines.');
  const shapes = [[1], [6, 6], [6, 6, 6]];
  expect(figure.series).toHaveLength(shapes.length);
  for (const [k, { points }] of figure.series.entries()) {
    // The middle of the figure, and its ends for the small matrices.
    for (const at of k === 2 ? [8] : [0, 8, 16]) {
      const [sigma, loss] = points[at];
      // Sums of 216² products of some units in float64.
      expect(Math.abs(loss - lossOfBlock(shapes[k], sigma))).toBeLessThan(1e-10);
    }
  }
});
