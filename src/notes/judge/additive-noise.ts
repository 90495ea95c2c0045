import type { Bindings } from '../meaning/bindings.js';
import type { Expression, Name } from '../read/expression.js';

/** x_T ~ N(0, I) in a document whose noise is added: the variance is that of the data plus σ², never 1. */
export function contradictsAdditiveNoise(
  bindings: Bindings,
  variable: Name,
  mean: Expression,
  covariance: Expression,
): boolean {
  if (!/^[xX]$/.test(variable.name) || variable.sub !== 'T' || bindings.kernels.length === 0) return false;
  const zero = (mean.k === 'number' && mean.value === 0) || (mean.k === 'name' && mean.name === '0');
  const unit = covariance.k === 'name' && covariance.name === 'I';
  // Any kernel that shrinks x_0, as the variance-preserving ones do, may end at N(0, I).
  return zero && unit && bindings.kernels.every(({ scale }) => scale === undefined);
}
