import { squaredNorm } from '../../oracle/arithmetic.js';
import { blockArithmetic, laneAt, type Lanes } from '../../oracle/blocks.js';
import { inverse } from '../../numerics/linear-algebra.js';
import { integrate } from '../../oracle/quadrature.js';
import { smoothed } from '../../verify/densities.js';
import type { Figure } from '../../verify/result.js';
import { mixture2d } from '../settings.js';

const SIGMAS = Array.from({ length: 17 }, (_, i) => 0.1 * 2 ** (i / 2.5));

/**
 * σ²·E‖S − ∇log p(x|x₀)‖² per noise scale on the 2-D mixture, in closed form but for E‖∇log p_σ‖² (quadrature): for the optimum it is d − σ² E‖∇log p_σ‖², for the best affine
 * field tr Σ(Σ + σ²I)⁻¹, for S = 0 it is d.
 */
export function lossBySigma(): Figure {
  const series = (name: string, dashed: boolean, loss: (sigma: number) => number) => ({
    name,
    dashed,
    points: SIGMAS.map((sigma): [number, number] => [sigma, loss(sigma)]),
  });
  const { dimension } = mixture2d;
  return {
    kind: 'lines',
    id: 'dsm-loss-by-sigma',
    claim: 'dsm-equals-esm',
    title: 'The denoising score matching loss against the noise scale',
    caption:
      'σ² times the loss on the mixture in 2-D. The loss of the best field is not 0: what remains is the constant by which DSM and ESM differ. With much noise every field is as good as S = 0.',
    x: { label: 'σ', log: true },
    y: { label: 'σ² · DSM loss', log: false },
    series: [
      series('S = 0', true, () => dimension),
      series('best affine field', false, affineLoss),
      series('the score of the noisy density', false, (sigma) => dimension - sigma ** 2 * scoreEnergyAt(sigma)),
    ],
  };
}

function scoreEnergyAt(sigma: number): number {
  const p = smoothed(mixture2d, sigma);
  const a = blockArithmetic();
  const at = (x: readonly Float64Array[], nodes: number, [energy, size]: readonly Float64Array[]): void => {
    a.start(nodes);
    const value = a.mul(a.exp(p.logDensity<Lanes>(a, x)), squaredNorm(a, p.score<Lanes>(a, x)));
    for (let i = 0; i < nodes; i++) energy[i] = size[i] = laneAt(value, i);
  };
  return integrate(p.axes, { k: 1, extra: 0, at }, 2e4).values[0];
}

/** tr Σ(Σ + σ²I)⁻¹ with the covariance Σ of the mixture. */
function affineLoss(sigma: number): number {
  const { weights, means, covariances } = mixture2d.parameters;
  const mean = means[0].map((_, i) => weights.reduce((sum, w, k) => sum + w * means[k][i], 0));
  const covariance = mean.map((_, i) =>
    mean.map((__, j) =>
      weights.reduce(
        (sum, w, k) => sum + w * (covariances[k][i][j] + (means[k][i] - mean[i]) * (means[k][j] - mean[j])),
        0,
      ),
    ),
  );
  const noisy = covariance.map((row, i) => row.map((v, j) => (i === j ? v + sigma ** 2 : v)));
  const precision = inverse(noisy);
  return covariance.reduce((trace, row, i) => trace + row.reduce((sum, v, j) => sum + v * precision[j][i], 0), 0);
}
