import { judgeMean, type JudgedMean } from './random-checks.js';

/**
 * Of the checks that failed, those that say what is wrong. Draws with another mean or variance than is due look shared or not Gaussian as well, and shared draws
 * have another mean: what a check says is told only where it holds for draws that are standardised by their own mean and deviation, and where draws
 * are shared that alone is told.
 */
export function telling(failed: readonly JudgedMean[]): readonly JudgedMean[] {
  const holds = ({ check }: JudgedMean): boolean => {
    if (check.alone === undefined) return true;
    const alone = { ...check, ...check.alone() };
    return alone.draws.length > 0 && judgeMean(alone).verdict === 'fail';
  };
  const told = failed.filter(holds);
  const shared = told.filter(({ check }) => check.shared);
  if (shared.length > 0) return shared;
  return told.length > 0 ? told : failed;
}
