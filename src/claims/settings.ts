import { gaussian, mixture } from '../verify/densities.js';
import { affine, softplusNetwork } from '../verify/fields.js';

// No magic settings: no σ or weight equal to 1, means off the origin, full and unequal covariances, unequal weights,
// overlapping components, fields that are no gradients and not the score (mutants.md, section 1, lists what each of those would hide).

/** A correlated Gaussian off the origin, d = 2. */
export const gaussian2d = gaussian({
  mean: [1.3, -2.1],
  covariance: [
    [2.1, 0.6],
    [0.6, 0.8],
  ],
});

/** Two overlapping components of unequal weight and width, d = 1. */
export const mixture1d = mixture({ weights: [0.3, 0.7], means: [[-1.7], [1.4]], covariances: [[[0.36]], [[0.81]]] });

/** Three components with full covariances, d = 2. */
export const mixture2d = mixture({
  weights: [0.5, 0.3, 0.2],
  means: [
    [-1.2, 0.4],
    [1.1, 1.7],
    [0.6, -1.5],
  ],
  covariances: [
    [
      [0.9, 0.3],
      [0.3, 0.5],
    ],
    [
      [0.6, -0.2],
      [-0.2, 1.1],
    ],
    [
      [0.4, 0.1],
      [0.1, 0.7],
    ],
  ],
});

/** Two components in d = 3: the dimension differs from every other count in use. */
export const mixture3d = mixture({
  weights: [0.6, 0.4],
  means: [
    [0.7, -0.9, 0.4],
    [-1.1, 0.8, -0.6],
  ],
  covariances: [
    [
      [0.9, 0.2, -0.1],
      [0.2, 0.6, 0.15],
      [-0.1, 0.15, 1.2],
    ],
    [
      [0.5, -0.1, 0.1],
      [-0.1, 1.3, 0.3],
      [0.1, 0.3, 0.7],
    ],
  ],
});

/** S(x) = A x + b, A not symmetric, d = 1. */
export const affine1d = affine([[-0.7]], [0.4]);

/** S(x) = A x + b, A not symmetric, d = 2. */
export const affine2d = affine(
  [
    [-0.8, 0.5],
    [-0.2, -0.6],
  ],
  [0.3, -0.4],
);

/** A smooth nonlinear field, d = 1. */
export const network1d = softplusNetwork([[1.3], [-0.8], [0.6]], [0.2, -0.5, 0.9], [[-0.9, 0.7, -0.4]], [0.3]);

/** A smooth nonlinear field that is no gradient, d = 2. */
export const network2d = softplusNetwork(
  [
    [0.9, -0.4],
    [-0.6, 0.8],
    [0.3, 1.1],
    [-1.2, -0.5],
  ],
  [0.2, -0.3, 0.5, 0.1],
  [
    [-0.7, 0.4, -0.3, 0.6],
    [0.5, -0.8, -0.6, 0.2],
  ],
  [0.1, -0.2],
);

/** A smooth nonlinear field that is no gradient, d = 3. */
export const network3d = softplusNetwork(
  [
    [0.8, -0.3, 0.5],
    [-0.5, 0.9, 0.2],
    [0.4, 0.6, -1.1],
    [-0.9, -0.2, 0.7],
  ],
  [0.3, -0.2, 0.4, -0.1],
  [
    [-0.6, 0.3, 0.4, 0.5],
    [0.2, -0.9, 0.3, -0.4],
    [-0.3, 0.5, 0.8, -0.7],
  ],
  [-0.2, 0.3, 0.1],
);

/** A wide Gaussian, d = 1: the second density where two are compared. */
export const gaussian1d = gaussian({ mean: [0.6], covariance: [[1.9]] });

/** Two components that overlap much, d = 2: quadrature of its logarithm converges fast. */
export const overlapping2d = mixture({
  weights: [0.65, 0.35],
  means: [
    [0.9, -0.8],
    [-0.4, 0.5],
  ],
  covariances: [
    [
      [1.4, -0.3],
      [-0.3, 0.9],
    ],
    [
      [0.8, 0.2],
      [0.2, 1.2],
    ],
  ],
});

/** A second affine field, d = 2, to span a family with the first. */
export const shear2d = affine(
  [
    [0.4, -0.9],
    [0.7, 0.3],
  ],
  [-0.5, 0.2],
);

/** A basis of the affine fields a x + b, d = 1: the one closest to a score is the score of the Gaussian with the same mean and variance. */
export const affineFamily1d = [affine([[1]], [0]), affine([[0]], [1])];

/** A Gaussian with a full covariance off the origin, d = 3. */
export const gaussian3d = gaussian({
  mean: [0.7, -1.1, 0.4],
  covariance: [
    [0.9, 0.2, -0.1],
    [0.2, 0.6, 0.15],
    [-0.1, 0.15, 1.2],
  ],
});

/** A data set of five examples on the line, unevenly spaced. */
export const points1d = [[-1.4], [-0.5], [0.1], [0.9], [1.7]];

/** A data set of seven examples in the plane, no symmetry: N differs from d. */
export const points2d = [
  [-1.3, 0.4],
  [-0.7, -0.9],
  [0.2, 1.2],
  [0.5, -0.3],
  [1.1, 0.8],
  [1.4, -1.1],
  [-0.2, 0.1],
];

/** A data set of four examples in d = 3. */
export const points3d = [
  [0.9, -0.4, 0.3],
  [-1.2, 0.7, -0.6],
  [0.3, 1.1, 0.8],
  [-0.4, -0.8, -1.3],
];

/** A narrow component and a wide one far off: the mean of what is left after noise lies away from its median. */
export const skewedMixture2d = mixture({
  weights: [0.7, 0.3],
  means: [
    [-0.8, 0.5],
    [1.9, -1.6],
  ],
  covariances: [
    [
      [0.2, 0.06],
      [0.06, 0.15],
    ],
    [
      [0.9, -0.3],
      [-0.3, 0.7],
    ],
  ],
});
