import { axisTarget } from '../verify/axis-targets.js';
import { subVariancePreserving, varianceExploding, variancePreserving } from '../verify/diffusions.js';

// Two modes of unequal weight and width, means off the origin, axes that are no coordinate axes; no schedule with the constants of the tutorials
// (mutants.md, section 1, lists what each of those would hide).

/** Two modes on the line. */
export const twoModes1d = axisTarget('two modes on the line', [
  { direction: [1], law: { weights: [0.3, 0.7], means: [-1.7, 1.4], variances: [0.36, 0.81] }, valley: -0.5 },
]);

/** Two modes in the plane along (0.8, 0.6), a single wide one across: full covariances. */
export const twoModes2d = axisTarget('two modes in the plane', [
  { direction: [0.8, 0.6], law: { weights: [0.65, 0.35], means: [-1.4, 1.8], variances: [0.5, 0.4] }, valley: 0.4 },
  { direction: [-0.6, 0.8], law: { weights: [1], means: [0.7], variances: [1.3] } },
]);

export const exploding = varianceExploding(0.1, 9);
export const preserving = variancePreserving(0.3, 12);
export const subPreserving = subVariancePreserving(0.4, 14);

/** A correlated Gaussian off the origin. */
export const gaussianAcross = axisTarget('a correlated Gaussian in the plane', [
  { direction: [0.6, 0.8], law: { weights: [1], means: [1.2], variances: [0.6] } },
  { direction: [-0.8, 0.6], law: { weights: [1], means: [-0.9], variances: [1.9] } },
]);

/** Two modes so far apart that a chain on the clean data does not cross between them. */
export const farModes1d = axisTarget('two far modes on the line', [
  { direction: [1], law: { weights: [0.25, 0.75], means: [-3.6, 4.2], variances: [0.3, 0.5] }, valley: 0 },
]);

/** Two far modes in the plane along (0.8, 0.6), a single wide one across. */
export const farModes2d = axisTarget('two far modes in the plane', [
  { direction: [0.8, 0.6], law: { weights: [0.7, 0.3], means: [-3.9, 3.7], variances: [0.45, 0.35] }, valley: 0 },
  { direction: [-0.6, 0.8], law: { weights: [1], means: [0.7], variances: [1.3] } },
]);
