import { symmetricEigen } from '../../numerics/linear-algebra.js';
import type { Figure } from '../../verify/result.js';

const SIDE = 6;
const CORRELATION = 0.8;
const SIGMAS = Array.from({ length: 17 }, (_, i) => 0.1 * 2 ** (i / 2.5));

/**
 * σ²·E‖S − ∇log p(x|x₀)‖² per voxel of Gaussian volumes for the best field that sees a voxel alone, its slice, or the whole volume, in closed form. The covariance is
 * K ⊗ K ⊗ K with Kᵢⱼ = 0.8^|i−j|, so that the one of a block along k axes has the products of k eigenvalues of K as its own, and the loss is the mean of λ/(λ + σ²).
 */
export function volumeLoss(): Figure {
  const along = Array.from({ length: SIDE }, (_, i) =>
    Array.from({ length: SIDE }, (__, j) => CORRELATION ** Math.abs(i - j)),
  );
  const { values } = symmetricEigen(along);
  const products = (axes: number): number[] =>
    Array.from({ length: axes }).reduce<number[]>((all) => all.flatMap((a) => values.map((b) => a * b)), [1]);
  const series = (name: string, axes: number) => {
    const eigenvalues = products(axes);
    const loss = (sigma: number): number =>
      eigenvalues.reduce((sum, value) => sum + value / (value + sigma ** 2), 0) / eigenvalues.length;
    return { name, dashed: false, points: SIGMAS.map((sigma): [number, number] => [sigma, loss(sigma)]) };
  };
  return {
    kind: 'lines',
    id: 'dsm-loss-of-volumes',
    claim: 'dsm-any-shape',
    title: 'What a field gains from seeing a volume as a volume',
    caption: `σ² times the loss per voxel, Gaussian volumes of ${SIDE} × ${SIDE} × ${SIDE} voxels, neighbours along each axis correlated by ${CORRELATION}. The loss is one formula; the fields differ in the voxels that they see. Computed in closed form.`,
    x: { label: 'σ', log: true },
    y: { label: 'σ² · DSM loss ÷ voxels', log: false },
    series: [
      series('best field, voxel by voxel', 0),
      series('best field, slice by slice', 2),
      series('best field, whole volume', 3),
    ],
  };
}
