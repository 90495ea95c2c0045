import { dataMoments, type DataMoments } from '../../../reference/denoisers/data-moments.js';
import { wienerDenoiser, type LinearDenoiser } from '../../../reference/denoisers/wiener.js';
import type { Resources } from '../../verify/claim.js';
import type { Denoiser } from '../../verify/denoisers.js';

const moments = new WeakMap<Resources, DataMoments>();

/** Mean and covariance of the training images in use, in float64; computed once. */
export function digitMoments(resources: Resources): DataMoments {
  const known = moments.get(resources);
  if (known !== undefined) return known;
  const { train, dimension } = resources.digits;
  const count = Math.min(resources.trainingImages, train.count);
  const found = dataMoments(train.images.subarray(0, count * dimension), count, dimension);
  moments.set(resources, found);
  return found;
}

const denoisers = new WeakMap<Resources, Map<number, LinearDenoiser>>();

/** The Wiener denoiser of the training images in use; computed once for each σ. */
export function digitWiener(resources: Resources, sigma: number): LinearDenoiser {
  const bySigma = denoisers.get(resources) ?? new Map<number, LinearDenoiser>();
  denoisers.set(resources, bySigma);
  const found = bySigma.get(sigma) ?? wienerDenoiser(digitMoments(resources), sigma);
  bySigma.set(sigma, found);
  return found;
}

/** A linear denoiser h(x) = μ + G(x − μ) as a field: the formula in float64 by loops, with the bound of its sums. */
export function linearField(
  name: string,
  { gain, mean, apply }: Pick<LinearDenoiser, 'gain' | 'mean' | 'apply'>,
): Denoiser {
  const d = mean.length;
  return {
    name,
    dimension: d,
    formula: (a, x) => {
      const centred = x.map((v, j) => a.value(v) - mean[j]);
      const value = mean.map((m, i) => m + centred.reduce((sum, c, j) => sum + gain[i][j] * c, 0));
      // Constants and differences are rounded once each, a sum of d products costs at most d + 1 roundings of its terms (Higham 2002, section 3.1).
      const error = mean.map(
        (m, i) => Math.abs(m) + (d + 4) * centred.reduce((sum, c, j) => sum + Math.abs(gain[i][j] * c), Math.abs(m)),
      );
      return a.opaque(x, { value, error, lipschitz: 1 });
    },
    tensor: apply,
  };
}
