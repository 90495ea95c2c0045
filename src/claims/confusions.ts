// Written from the claims by `npm run schema`, and compared with them in a test: what each claim is confused with, as sentences alone.
// The claims themselves load TensorFlow.js and the computer algebra, which takes longer than to check a submission.

export const scoreIsLogGradient = {
  id: 'score-is-log-gradient',
  falseVariants: [
    { id: 'gradient-of-density', mistake: 'The gradient of p itself stands where the gradient of log p belongs.' },
    { id: 'divided-twice', mistake: 'The gradient of p is divided by p squared.' },
  ],
} as const;

export const scorePointsUphill = {
  id: 'score-points-uphill',
  falseVariants: [
    { id: 'downhill', mistake: 'The score is taken to point to where the density falls.' },
    { id: 'slope-of-the-logarithm', mistake: 'The slope of log p along the score is taken for the slope of p.' },
    { id: 'a-number', mistake: 'The score itself is compared with a number.' },
  ],
} as const;

export const scoreIgnoresNormaliser = {
  id: 'score-ignores-normaliser',
  falseVariants: [
    {
      id: 'gradient-of-density',
      mistake: 'The logarithm is left out: the gradient of the density itself does depend on Z.',
    },
    { id: 'divided-by-z', mistake: 'The score is divided by Z, as the density is.' },
    { id: 'log-z-kept', mistake: 'The constant log Z is subtracted after the gradient was taken.' },
  ],
} as const;

export const scoreMeanZero = {
  id: 'score-mean-zero',
  falseVariants: [
    { id: 'under-the-noisy-law', mistake: 'The mean of the clean score is taken under the noisy law.' },
    {
      id: 'square-too',
      mistake: 'The mean of the squared norm is taken to be zero as well: it is the Fisher information.',
    },
  ],
} as const;

export const gibbsForce = {
  id: 'gibbs-force',
  falseVariants: [
    { id: 'uphill', mistake: 'The minus sign is lost: the score would point to higher energy.' },
    { id: 'without-beta', mistake: 'The inverse temperature is left out: the score is taken for the force itself.' },
    {
      id: 'temperature-for-its-inverse',
      mistake: 'The force is divided by the inverse temperature in place of being multiplied.',
    },
    { id: 'energy-for-its-gradient', mistake: 'The gradient of the energy is left out.' },
  ],
} as const;

export const exponentialFamily = {
  id: 'exponential-family',
  falseVariants: [
    { id: 'gradient-is-theta', mistake: 'The gradient of log Z is taken for the parameter itself.' },
    {
      id: 'score-is-x',
      mistake: 'The gradient is taken in the parameter: that of the exponent is x; the score is the gradient in x.',
    },
    { id: 'gradient-of-z', mistake: 'The logarithm of Z is left out.' },
    {
      id: 'settles-as-the-box-grows',
      mistake: 'Z is taken to settle as the box grows: a box twice as large already has another Z.',
    },
    { id: 'on-the-whole-space', mistake: 'The formula is called a density on all of space.' },
  ],
} as const;

export const klNeedsZ = {
  id: 'kl-needs-z',
  falseVariants: [
    { id: 'kl-unchanged', mistake: 'The Kullback-Leibler divergence is taken not to change when q is scaled.' },
    { id: 'kl-sign', mistake: 'log c is added: q stands in the denominator.' },
    { id: 'fisher-changes-too', mistake: 'The Fisher divergence is taken to change by the same constant.' },
    { id: 'fisher-scales', mistake: 'The Fisher divergence is taken to scale with the square of c.' },
  ],
} as const;

export const debruijn = {
  id: 'debruijn',
  falseVariants: [
    { id: 'sign', mistake: 'The divergence is said to grow: noise makes densities more alike.' },
    { id: 'without-half', mistake: 'The factor one half is missing.' },
    {
      id: 'derivative-in-sigma',
      mistake: 'The derivative is taken in the standard deviation in place of the variance.',
    },
    { id: 'clean-densities', mistake: 'The Fisher divergence is that of the clean densities.' },
    { id: 'mean-under-q', mistake: 'The mean is taken under q in place of p.' },
  ],
} as const;

export const esmEqualsIsm = {
  id: 'esm-equals-ism',
  falseVariants: [
    { id: 'ism-on-both-sides', mistake: 'The left side names the implicit loss in place of the explicit one.' },
    {
      id: 'ism-expanded-as-esm',
      mistake: 'The implicit loss is expanded as the explicit one, so that the constant is counted twice.',
    },
    { id: 'divergence-without-two', mistake: 'The divergence lacks its factor 2.' },
    { id: 'divergence-sign', mistake: 'The divergence enters with a minus sign.' },
    { id: 'constant-subtracted', mistake: 'The constant is subtracted.' },
  ],
} as const;

export const esmIsmSameArgmin = {
  id: 'esm-ism-same-argmin',
  falseVariants: [
    {
      id: 'divergence-without-two',
      mistake: 'The divergence lacks its factor 2: the minimiser of this loss is half the score.',
    },
    {
      id: 'divergence-sign',
      mistake: 'The divergence enters with a minus sign: the minimiser of this loss is the score with the wrong sign.',
    },
    { id: 'divergence-dropped', mistake: 'Without the divergence the loss does not see p, and its minimiser is 0.' },
    {
      id: 'score-of-noisy-density',
      mistake: 'The implicit loss is averaged over clean data, so its minimiser is the score of the clean density.',
    },
    { id: 'ism-on-both-sides', mistake: 'Both sides are the implicit loss: the explicit one is not mentioned.' },
  ],
} as const;

export const esmExpansion = {
  id: 'esm-expansion',
  falseVariants: [
    { id: 'cross-term-sign', mistake: 'The cross term of the square of a difference has a minus sign.' },
    { id: 'cross-term-without-two', mistake: 'The cross term lacks its factor 2.' },
    { id: 'cross-term-dropped', mistake: 'The cross term is dropped, as if S and the score were orthogonal.' },
    {
      id: 'constant-dropped',
      mistake: 'The last square does not depend on S, but it is part of the value: only the minimiser may forget it.',
    },
    { id: 'difference-of-squares', mistake: 'The square of a difference is taken for the difference of the squares.' },
  ],
} as const;

export const parts = {
  id: 'parts',
  falseVariants: [
    { id: 'no-minus', mistake: 'Integration by parts changes the sign; here the minus is lost.' },
    { id: 'two-kept', mistake: 'The factor 2 of the cross term stays on one side only.' },
    {
      id: 'score-averaged-first',
      mistake: 'The mean of the product is taken for the product of the means, and the score has mean zero.',
    },
    { id: 'divergence-of-score', mistake: 'The derivative lands on the score in place of S.' },
  ],
} as const;

export const ismOptimumNegative = {
  id: 'ism-optimum-negative',
  falseVariants: [
    {
      id: 'minimum-zero',
      mistake: 'The smallest value is taken for 0, as for the explicit loss: the two differ by a constant.',
    },
    { id: 'minimum-positive', mistake: 'The smallest value is given the wrong sign.' },
    {
      id: 'half-of-it',
      mistake: 'This is the smallest value of the loss with a factor 1/2 in front; the loss here has none.',
    },
    { id: 'minus-the-dimension', mistake: 'The smallest value is −d for the standard Gaussian only.' },
  ],
} as const;

export const perturbedMarginal = {
  id: 'perturbed-marginal',
  falseVariants: [
    {
      id: 'wrong-outer-measure',
      mistake: 'The average runs over the noisy density p_sigma in place of the clean density p0.',
    },
    { id: 'variance-is-sigma', mistake: 'The kernel is given the variance sigma: sigma is the standard deviation.' },
    {
      id: 'clean-density',
      mistake: 'The noisy density is taken for the clean one, as if noise moved points but not the density.',
    },
    {
      id: 'logarithm-inside',
      mistake:
        'The logarithm is moved inside the average: the mean of log p(x | x0) lies below log p_sigma(x) (Jensen).',
    },
    {
      id: 'integrated-over-x',
      mistake: 'The integral runs over the noisy point x: the result is a function of x0, not of x.',
    },
    { id: 'not-integrated', mistake: 'Nothing is averaged: the product is the joint density of x and x0.' },
  ],
} as const;

export const empiricalMarginal = {
  id: 'empirical-marginal',
  falseVariants: [
    {
      id: 'covariance-sigma',
      mistake:
        'The covariance is sigma times the identity: sigma is the standard deviation, the covariance holds its square.',
    },
    {
      id: 'not-divided-by-n',
      mistake: 'The sum is not divided by the number of examples: it integrates to N, so it is no density.',
    },
    {
      id: 'average-of-points',
      mistake: 'The points are averaged in place of the densities: one Gaussian at the mean of the data.',
    },
    {
      id: 'variance-divided-by-n',
      mistake: 'The variance is divided by the number of examples, as if the examples were averaged.',
    },
  ],
} as const;

export const dsmTarget = {
  id: 'dsm-target',
  falseVariants: [
    { id: 'sign', mistake: 'The target has the wrong sign: it points from x0 to x, away from the clean data.' },
    { id: 'sigma-not-squared', mistake: 'The distance is divided by sigma where the variance sigma squared belongs.' },
    {
      id: 'sigma-to-the-fourth',
      mistake: 'The distance is divided by sigma to the fourth power in place of sigma squared.',
    },
    { id: 'noise-over-variance', mistake: 'Noise of unit variance is divided by sigma squared, as if it were x − x0.' },
    { id: 'noise-itself', mistake: 'The target is taken for the noise itself, without the division by sigma.' },
    { id: 'noise-sign', mistake: 'The target has the sign of the noise: it would add noise in place of removing it.' },
  ],
} as const;

export const dsmForms = {
  id: 'dsm-forms',
  falseVariants: [
    {
      id: 'weight-not-squared',
      mistake: 'Taking sigma squared out of the norm gives 1/sigma to the fourth power in front, not 1/sigma squared.',
    },
    {
      id: 'half-for-weight',
      mistake: 'One half stands where 1/sigma squared belongs: that is true only when sigma is the square root of 2.',
    },
    {
      id: 'weight-dropped',
      mistake: 'The weight 1/sigma squared is dropped: this loss weighs every noise level by sigma squared.',
    },
    {
      id: 'noise-subtracted',
      mistake: 'The noise is subtracted: the target is −ε/sigma, so S minus the target has a plus.',
    },
    { id: 'field-not-scaled', mistake: 'The field inside the norm is not multiplied by sigma.' },
  ],
} as const;

export const dsmAnyShape = {
  id: 'dsm-any-shape',
  falseVariants: [
    {
      id: 'sigma-times-side',
      mistake: 'Sigma is scaled by the side length of the array: the noise of an entry knows nothing of the shape.',
    },
    {
      id: 'one-target-per-axis',
      mistake: 'The target is counted once per axis: a volume has three axes, but each entry carries one noise.',
    },
    { id: 'mean-over-entries', mistake: 'The loss is the mean over the entries: the squared norm is their sum.' },
    {
      id: 'norm-of-each-slice',
      mistake: 'The norm runs over the last two axes only, so that an example has a list of losses.',
    },
  ],
} as const;

export const dsmEqualsEsm = {
  id: 'dsm-equals-esm',
  falseVariants: [
    {
      id: 'constants-in-place-of-the-loss',
      mistake:
        'The last line keeps the two constants with a plus, and loses the denoising loss: the minus in front of the first belongs to it.',
    },
    { id: 'no-minus', mistake: 'The mean square of the target is added; it is subtracted.' },
    {
      id: 'equal-losses',
      mistake: 'The two losses have the same minimiser, but not the same value: they differ by a constant.',
    },
    { id: 'score-energy-subtracted', mistake: 'The mean square of the noisy score is subtracted; it is added.' },
    {
      id: 'clean-density',
      mistake: 'The clean density p0 stands where the noisy density belongs: denoising never sees the score of p0.',
    },
  ],
} as const;

export const dsmCrossTerm = {
  id: 'dsm-cross-term',
  falseVariants: [
    {
      id: 'product-of-marginals',
      mistake:
        'x and x0 are drawn independently of each other: the mean runs over p(x) p(x0), where x knows nothing of x0.',
    },
    {
      id: 'field-at-clean-point',
      mistake: 'S is evaluated at the clean point x0: then the noise averages out and the right side is 0.',
    },
    {
      id: 'score-of-clean-density',
      mistake: 'The score of the clean density p0 stands where that of the noisy density belongs.',
    },
    { id: 'sign', mistake: 'The conditional score enters with the wrong sign.' },
    { id: 'clean-point-unbound', mistake: 'The right side is averaged over x only, and x0 is left free.' },
  ],
} as const;

export const dsmConstant = {
  id: 'dsm-constant',
  falseVariants: [
    {
      id: 'dimension-forgotten',
      mistake: 'The number of dimensions is forgotten: each coordinate contributes 1/sigma squared.',
    },
    {
      id: 'sigma-to-the-fourth',
      mistake: 'The square of x − x0 is not averaged: it brings sigma squared into the numerator.',
    },
    {
      id: 'sigma-not-squared',
      mistake: 'The target −ε/sigma is not squared: its mean square has sigma squared below.',
    },
    {
      id: 'score-of-the-marginal',
      mistake: 'The target is taken for the score of the noisy density, whose mean square is smaller.',
    },
  ],
} as const;

export const dsmSameArgmin = {
  id: 'dsm-same-argmin',
  falseVariants: [
    {
      id: 'target-sign',
      mistake: 'The loss adds the target in place of subtracting it: its minimiser is the score with the wrong sign.',
    },
    { id: 'minus-the-score', mistake: 'The minimiser is given the wrong sign.' },
    { id: 'score-of-clean-density', mistake: 'The minimiser is taken for the score of the clean density p0.' },
    {
      id: 'field-at-clean-point',
      mistake: 'S is evaluated at the clean point x0: the noise averages out, and the minimiser of this loss is 0.',
    },
    {
      id: 'target-sigma-not-squared',
      mistake:
        'The target is divided by sigma in place of sigma squared: the minimiser of this loss is sigma times the score.',
    },
  ],
} as const;

export const jointScore = {
  id: 'joint-score',
  falseVariants: [
    { id: 'gradient-in-x0', mistake: 'The gradient of the joint density is taken in the clean point.' },
    { id: 'marginal', mistake: 'The joint density is replaced by the marginal of x.' },
    {
      id: 'posterior',
      mistake: 'The kernel is taken for the posterior of the clean point: the two differ by the score of the marginal.',
    },
    { id: 'no-variable-named', mistake: 'The gradient does not say in which variable it is taken.' },
  ],
} as const;

export const noiseLaplace = {
  id: 'noise-laplace',
  falseVariants: [
    { id: 'gaussian-target', mistake: 'The target of Gaussian noise is used although the noise is Laplace.' },
    {
      id: 'scale-squared',
      mistake:
        'The target is divided by b squared, as for a Gaussian: the exponent of a Laplace density holds b itself.',
    },
    { id: 'target-sign', mistake: 'The target points away from the clean point.' },
  ],
} as const;

export const noiseUniformFails = {
  id: 'noise-uniform-fails',
  falseVariants: [
    {
      id: 'argmin-is-score',
      mistake:
        'The minimiser is taken for the score of the noisy density, as it is for Gaussian noise: uniform noise has edges, and what they hold is lost.',
    },
    {
      id: 'explicit-loss-up-to-a-constant',
      mistake:
        'The identity of Gaussian noise is carried over: the loss is taken for the explicit one up to the usual constant.',
    },
    {
      id: 'gaussian-target',
      mistake: 'The target of Gaussian noise with the same variance is used although the noise is uniform.',
    },
  ],
} as const;

export const daeLoss = {
  id: 'dae-loss',
  falseVariants: [
    { id: 'clean-input', mistake: 'The denoiser is given the clean point x0, which it has only to copy.' },
    {
      id: 'posterior-median',
      mistake:
        'The minimiser is taken for the median of x0 given x: the median minimises the absolute error, the mean the squared one.',
    },
    { id: 'noisy-target', mistake: 'The loss asks for the noisy point in place of the clean one.' },
    {
      id: 'identity-is-best',
      mistake: 'The noisy point itself is taken for the best estimate, because the noise has mean zero.',
    },
    {
      id: 'score-is-best',
      mistake: 'The minimiser is taken for the score: that is the minimiser of the denoising score matching loss.',
    },
  ],
} as const;

export const tweedie = {
  id: 'tweedie',
  falseVariants: [
    { id: 'sigma-not-squared', mistake: 'The score is multiplied by sigma in place of sigma squared.' },
    { id: 'minus-the-score', mistake: 'The step goes against the score, away from the data.' },
    { id: 'without-sigma', mistake: 'The score is added without its factor sigma squared.' },
    { id: 'half-the-step', mistake: 'The step is half as long as it should be.' },
    {
      id: 'score-of-clean-density',
      mistake: 'The score of the clean density p0 stands where that of the noisy density belongs.',
    },
    { id: 'without-x', mistake: 'The noisy point x itself is missing: only the step is left.' },
  ],
} as const;

export const tweedieVp = {
  id: 'tweedie-vp',
  falseVariants: [
    {
      id: 'not-rescaled',
      mistake: 'The result is not divided by the square root of alpha-bar: it estimates the shrunken point.',
    },
    { id: 'divided-by-alpha-bar', mistake: 'The result is divided by alpha-bar in place of its square root.' },
    {
      id: 'only-x-rescaled',
      mistake: 'Only x is divided by the square root of alpha-bar, not the step along the score.',
    },
    {
      id: 'standard-deviation-for-variance',
      mistake: 'The score is multiplied by the standard deviation of the noise in place of its variance.',
    },
    { id: 'minus-the-score', mistake: 'The step goes against the score.' },
  ],
} as const;

export const tweedieCovariance = {
  id: 'tweedie-covariance',
  falseVariants: [
    { id: 'minus-the-curvature', mistake: 'The curvature of log p is subtracted.' },
    { id: 'curvature-without-sigma', mistake: 'The curvature inside the bracket lacks its factor sigma squared.' },
    {
      id: 'jacobian-of-the-denoiser',
      mistake:
        'The Jacobian of the denoiser is taken for the covariance: the factor sigma squared in front is missing.',
    },
    { id: 'noise-covariance', mistake: 'The covariance of the noise is taken for that of the clean point.' },
  ],
} as const;

export const dsmIsDae = {
  id: 'dsm-is-dae',
  falseVariants: [
    {
      id: 'divided-by-sigma-squared',
      mistake: 'The autoencoder loss is divided by sigma squared in place of sigma to the fourth.',
    },
    { id: 'not-divided', mistake: 'The two losses are set equal: the factor 1 over sigma to the fourth is missing.' },
    { id: 'denoiser-with-sigma', mistake: 'The denoiser adds sigma times the field in place of sigma squared.' },
    { id: 'denoiser-sign', mistake: 'The denoiser subtracts the field.' },
    {
      id: 'field-as-denoiser',
      mistake: 'The field itself is used as the denoiser: a score points to the data, it is not a clean point.',
    },
  ],
} as const;

export const wiener = {
  id: 'wiener',
  falseVariants: [
    { id: 'gain-with-sigma', mistake: 'The gain holds sigma in place of sigma squared.' },
    { id: 'not-centred', mistake: 'The mean is forgotten: the gain acts on x in place of its distance from the mean.' },
    { id: 'gain-of-the-noise', mistake: 'The gain is that of the noise: it keeps the noise and removes the signal.' },
    {
      id: 'loss-is-trace',
      mistake: 'The smallest loss is taken for the trace of the covariance: that is the loss of answering the mean.',
    },
    { id: 'loss-without-sigma', mistake: 'The smallest loss lacks its factor sigma squared.' },
    {
      id: 'loss-is-noise',
      mistake: 'The smallest loss is taken for the energy of the noise: that is the loss of changing nothing.',
    },
  ],
} as const;

export const divergenceIsTrace = {
  id: 'divergence-is-trace',
  falseVariants: [
    { id: 'divergence-is-the-jacobian', mistake: 'The divergence, a number, is put equal to the Jacobian, a matrix.' },
    {
      id: 'sum-of-all-entries',
      mistake:
        'All entries of the Jacobian are added, as one backward pass of the summed components does, not the diagonal alone.',
    },
    { id: 'mean-of-the-diagonal', mistake: 'The diagonal is averaged over the dimensions instead of summed.' },
    {
      id: 'other-diagonal',
      mistake:
        'The partial derivatives are paired wrongly: each component is differentiated in the coordinate at the other end.',
    },
    {
      id: 'minus-the-trace',
      mistake: 'The sign is wrong: integration by parts brings a minus, the definition of the divergence has none.',
    },
  ],
} as const;

export const scoreJacobianHessian = {
  id: 'score-jacobian-hessian',
  falseVariants: [
    {
      id: 'every-jacobian-symmetric',
      mistake: 'The Jacobian of every field is taken for symmetric: that of a gradient is.',
    },
    {
      id: 'hessian-of-p',
      mistake:
        'The Hessian of p is divided by p, as if the derivative of the quotient had one term: the outer product of the score is missing.',
    },
    {
      id: 'minus-the-hessian',
      mistake: 'The sign is that of an energy: with E = −log p the Jacobian of the score is minus the Hessian of E.',
    },
    { id: 'diagonal-only', mistake: 'Only the second derivatives along the axes are kept: the mixed ones are lost.' },
  ],
} as const;

export const hutchinson = {
  id: 'hutchinson',
  falseVariants: [
    {
      id: 'uniform-probes',
      mistake: 'The probes are uniform on (−1, 1): their variance is 1/3, so the mean is a third of the trace.',
    },
    {
      id: 'unit-sphere-probes',
      mistake: 'The probes are scaled to length 1 and not to the square root of d: the mean is the trace divided by d.',
    },
    {
      id: 'zero-one-probes',
      mistake: 'The probes are 0 or 1 where signs −1 or 1 are meant: the entries off the diagonal enter.',
    },
    { id: 'rounded-probes', mistake: 'The probes are −1, 0 or 1, each as likely: their variance is 2/3.' },
    { id: 'fixed-probe', mistake: 'One probe is drawn once and used for ever: there is no mean over v.' },
    {
      id: 'without-left-probe',
      mistake: 'The product A v is summed without multiplying by v once more: its mean is 0.',
    },
    { id: 'mean-over-dimensions', mistake: 'The products are averaged over the d coordinates instead of summed.' },
  ],
} as const;

export const hutchinsonProof = {
  id: 'hutchinson-proof',
  falseVariants: [
    { id: 'trace-of-a-product', mistake: 'The trace of a product is taken for the product of the traces.' },
    {
      id: 'mean-of-the-probe-inside',
      mistake: 'The expectation is moved onto each v by itself: the mean of a product is not the product of the means.',
    },
    {
      id: 'outer-product-averaged-to-identity',
      mistake:
        'The second moment is taken for the identity although the mean or the covariance of v is not that of a probe.',
    },
    {
      id: 'order-changed-inside',
      mistake: 'The factors are swapped instead of moved round: v A vᵀ is no product of matrices.',
    },
  ],
} as const;

export const hutchinsonVariance = {
  id: 'hutchinson-variance',
  falseVariants: [
    {
      id: 'not-symmetrised',
      mistake: 'The norm is that of A itself: only the symmetric part of A enters a quadratic form.',
    },
    {
      id: 'without-two',
      mistake: 'The factor 2 is missing: the fourth moment of a Gaussian is 3, which leaves 3 − 1 = 2.',
    },
    {
      id: 'gaussian-for-every-law',
      mistake: 'The formula of Gaussian probes is used for every law: signs and a fixed length have less variance.',
    },
    {
      id: 'rademacher-for-every-law',
      mistake:
        'The formula of Rademacher probes is used for every law: only signs give the trace of a diagonal matrix exactly.',
    },
    {
      id: 'gaussian-has-less',
      mistake: 'The order is turned round: it is Gaussian probes that have the larger variance.',
    },
  ],
} as const;

export const hutchinsonCost = {
  id: 'hutchinson-cost',
  falseVariants: [
    { id: 'divergence-in-one-product', mistake: 'The divergence is said to take one product.' },
    {
      id: 'gradient-of-the-sum',
      mistake:
        'One backward pass of the summed components is taken for the divergence: it takes one product, but adds all entries of the Jacobian.',
    },
    { id: 'estimate-costs-d', mistake: 'Each probe is said to take d products: a probe takes one, whatever d.' },
    {
      id: 'diagonal-is-free',
      mistake:
        'Only the reading of the d diagonal entries is counted, as if the Jacobian were given: forming it takes d products.',
    },
    {
      id: 'one-product-for-all-probes',
      mistake:
        'All probes together are said to take one product, since they go in one call: the rows of the call grow m-fold.',
    },
  ],
} as const;

export const projectionEnergy = {
  id: 'projection-energy',
  falseVariants: [
    { id: 'divided-by-d', mistake: 'The squared norm is divided by d, which belongs to probes of length 1.' },
    {
      id: 'unit-sphere-probes',
      mistake:
        'The probes have length 1 and not the square root of d: a projection then has a d-th of the squared norm.',
    },
    { id: 'uniform-probes', mistake: 'The probes are uniform on (−1, 1): their variance is 1/3.' },
    { id: 'halved', mistake: 'A factor ½ of another convention is left on one side only.' },
  ],
} as const;

export const sstTrace = {
  id: 'sst-trace',
  falseVariants: [
    {
      id: 'inner-product-inside',
      mistake: 'The inner product S transposed times S, a number, stands where the outer product belongs.',
    },
    { id: 'square-in-each-coordinate', mistake: 'Each product is squared before the sum: the mixed terms are lost.' },
    { id: 'square-not-taken', mistake: 'The projection is not squared.' },
    {
      id: 'trace-as-square-of-the-sum',
      mistake:
        'The trace of the outer product is taken for the square of the sum: that adds all entries, not the diagonal.',
    },
  ],
} as const;

export const vjpForm = {
  id: 'vjp-form',
  falseVariants: [
    {
      id: 'probe-depends-on-x',
      mistake: 'The probe moves with x (here it is x + v) and is differentiated too: that adds the projection of S.',
    },
    { id: 'gradient-in-the-probe', mistake: 'The gradient is taken in v instead of x: it is S itself.' },
    { id: 'summed-product', mistake: 'The gradient of the projection is summed and not multiplied by v.' },
    {
      id: 'divergence-for-one-probe',
      mistake: 'One probe is taken for the mean over probes: the form equals the divergence only on average.',
    },
  ],
} as const;

export const ssmEqualsIsm = {
  id: 'ssm-equals-ism',
  falseVariants: [
    { id: 'slope-without-two', mistake: 'The second term lacks its factor 2.' },
    { id: 'slope-sign', mistake: 'The second term enters with a minus sign.' },
    { id: 'unit-sphere-probes', mistake: 'The probes have length 1: the second term is the divergence divided by d.' },
    {
      id: 'uniform-probes',
      mistake: 'The probes are uniform on (−1, 1): the second term is a third of the divergence.',
    },
  ],
} as const;

export const ssmTwoForms = {
  id: 'ssm-two-forms',
  falseVariants: [
    { id: 'slope-without-two', mistake: 'The second term of the first loss lacks its factor 2.' },
    { id: 'projection-not-squared', mistake: 'The projection is not squared.' },
    {
      id: 'unit-sphere-probes',
      mistake: 'The probes have length 1: the squared projection is then a d-th of the squared norm.',
    },
    {
      id: 'reduced-always-smaller',
      mistake: 'The loss with the norm is said to have the smaller variance whatever S: it can have the larger one.',
    },
    {
      id: 'difference-without-slope',
      mistake:
        'The variances are compared as if the projection and the slope, which share the probe, were uncorrelated.',
    },
  ],
} as const;

export const multiScaleWeight = {
  id: 'multi-scale-weight',
  falseVariants: [
    {
      id: 'weight-one',
      mistake: 'No weight is used: a level then weighs d/sigma², and the smallest sigma is all that counts.',
    },
    {
      id: 'weight-fourth-power',
      mistake:
        'The weight is sigma to the fourth power: a level then weighs d sigma², and the largest sigma is all that counts.',
    },
    { id: 'weight-not-squared', mistake: 'The weight is sigma, not its square.' },
    {
      id: 'weight-inverted',
      mistake: 'The weight is one over sigma squared: the precision of the noise, where its variance belongs.',
    },
  ],
} as const;

export const langevinStationary = {
  id: 'langevin-stationary',
  falseVariants: [
    {
      id: 'noise-of-any-variance',
      mistake:
        'The variance of the noise is free, here 0.16: it must be 2 gamma, or the noise does not balance the drift.',
    },
    {
      id: 'noise-without-two',
      mistake: 'The noise is multiplied by the root of gamma in place of the root of 2 gamma.',
    },
    { id: 'no-noise', mistake: 'There is no noise: the chain climbs to the modes and stays there.' },
    { id: 'noise-without-root', mistake: 'The noise is multiplied by 2 gamma in place of its root.' },
    {
      id: 'half-the-drift',
      mistake: 'The drift has the factor one half of one convention and the noise the root of 2 gamma of the other.',
    },
    { id: 'against-the-score', mistake: 'The step goes against the score, away from the data.' },
    {
      id: 'exact-for-each-step-size',
      mistake:
        'The law is said to be p at each step size: steps of positive length leave an error of the order of gamma.',
    },
  ],
} as const;

export const annealedLangevin = {
  id: 'annealed-langevin',
  falseVariants: [
    {
      id: 'constant-small-step',
      mistake: 'The step size is that of the last level throughout: at the first levels the chain hardly moves.',
    },
    {
      id: 'constant-large-step',
      mistake: 'The step size is that of the first level throughout: at the last levels the chain is unstable.',
    },
    { id: 'sigma-not-squared', mistake: 'The step sizes go like sigma in place of sigma squared.' },
    { id: 'inverse-ratio', mistake: 'The ratio of the noise scales is upside down.' },
    {
      id: 'one-level',
      mistake: 'The last level alone is said to do with as many steps: its chain does not cross between the modes.',
    },
    { id: 'noise-grows', mistake: 'The levels are run from the smallest noise to the largest.' },
    { id: 'last-level-left-out', mistake: 'The last levels are left out: the chain stays at a larger noise.' },
  ],
} as const;

export const forwardVe = {
  id: 'forward-ve',
  falseVariants: [
    {
      id: 'standard-normal-at-the-end',
      mistake:
        'The process is said to end in N(0, I): that is the variance-preserving one. Here the variance grows to that of sigma_T.',
    },
    {
      id: 'standard-deviation-for-variance',
      mistake: 'The variance of the noise is said to be a standard deviation: its square is missing.',
    },
    {
      id: 'without-the-first-level',
      mistake: 'The variance at the start is not taken off: no noise has been added at t = 0.',
    },
    { id: 'mean-shrinks', mistake: 'The mean is said to shrink, as it does for the variance-preserving process.' },
    {
      id: 'rate-not-integrated',
      mistake: 'The rate of the variance at time t is multiplied by t and not integrated up to t.',
    },
  ],
} as const;

export const forwardVp = {
  id: 'forward-vp',
  falseVariants: [
    { id: 'alpha-squared', mistake: 'The mean is multiplied by alpha squared in place of alpha.' },
    { id: 'integral-without-half', mistake: 'The factor one half is missing in the exponent of alpha.' },
    {
      id: 'variance-one-minus-alpha',
      mistake: 'The variance of the noise is one minus alpha in place of one minus alpha squared.',
    },
    { id: 'beta-not-integrated', mistake: 'Beta at time t is multiplied by t and not integrated up to t.' },
    { id: 'noise-only-added', mistake: 'The noise is added to the data without shrinking them.' },
    {
      id: 'ends-in-another-law',
      mistake: 'The process is said to end in N(0, 2I): the variance comes to 1 whatever beta is.',
    },
  ],
} as const;

export const driftDiffusion = {
  id: 'drift-diffusion',
  falseVariants: [
    {
      id: 'g-for-g-squared',
      mistake: 'The variance is said to be g dt: g is multiplied by dW, so it enters the variance squared.',
    },
    { id: 'dt-squared', mistake: 'The variance is said to be the square of g dt: dW grows like the root of dt.' },
    {
      id: 'twice-the-variance',
      mistake: 'The variance is said to be 2 g squared dt, as in Langevin dynamics, where g is the root of 2.',
    },
    { id: 'standard-deviation-g-dt', mistake: 'The standard deviation is said to be g squared times the root of dt.' },
  ],
} as const;

export const fokkerPlanck = {
  id: 'fokker-planck',
  falseVariants: [
    { id: 'without-half', mistake: 'The factor one half of the diffusion is missing.' },
    { id: 'g-for-g-squared', mistake: 'The Laplacian is multiplied by g in place of g squared.' },
    { id: 'diffusion-sign', mistake: 'The diffusion has the wrong sign: noise would sharpen the density.' },
    { id: 'drift-sign', mistake: 'The drift has the wrong sign: the density would move against it.' },
    {
      id: 'drift-outside',
      mistake: 'The drift stands outside the divergence: the density would not grow where the flow converges.',
    },
    { id: 'time-reversed', mistake: 'Time runs backwards: the equation is that of the density read from T to 0.' },
  ],
} as const;

export const reverseSde = {
  id: 'reverse-sde',
  falseVariants: [
    { id: 'score-sign', mistake: 'The score enters with a plus sign: the chain is driven away from the data.' },
    { id: 'g-for-g-squared', mistake: 'The score is multiplied by g in place of g squared.' },
    {
      id: 'half-the-score-with-noise',
      mistake: 'The score has the factor one half of the probability flow, but the noise is kept.',
    },
    { id: 'no-noise', mistake: 'The noise is left out while the score keeps its full factor.' },
    { id: 'noise-g-squared', mistake: 'The noise is multiplied by g squared in place of g.' },
    { id: 'forward-drift-kept', mistake: 'The sign of f is turned as if time had been reversed twice.' },
    {
      id: 'time-not-reversed',
      mistake: 'The score is asked at times that run upwards, from 0 to T, while the chain runs from T to 0.',
    },
    { id: 'score-of-the-clean-data', mistake: 'The score is that of the clean data at all times.' },
    { id: 'start-too-narrow', mistake: 'The chain starts from a law of another width than that of the noised data.' },
    { id: 'start-standard-normal', mistake: 'The chain of a variance-exploding SDE starts from N(0, I).' },
  ],
} as const;

export const probabilityFlow = {
  id: 'probability-flow',
  falseVariants: [
    { id: 'without-half', mistake: 'The factor one half is missing: without noise the full score contracts too much.' },
    { id: 'sign', mistake: 'The score enters with a plus sign.' },
    { id: 'g-for-g-squared', mistake: 'The score is multiplied by g in place of g squared.' },
    {
      id: 'any-start',
      mistake:
        'The start is said not to matter, as it matters little for the reverse SDE: the flow keeps each quantile.',
    },
    { id: 'score-of-the-clean-data', mistake: 'The score is that of the clean data at all times.' },
  ],
} as const;

export const reverseSamplerOrder = {
  id: 'reverse-sampler-order',
  falseVariants: [
    { id: 'euler-order-two', mistake: 'Twice the steps are said to quarter the error of Euler: they halve it.' },
    { id: 'heun-order-three', mistake: 'Heun is said to have order three: it has two.' },
    { id: 'euler-maruyama-order-two', mistake: 'Euler and Maruyama is said to have order two in law: it has one.' },
    {
      id: 'heun-at-the-old-time',
      mistake: 'The second slope of Heun is taken at the old time: the scheme falls back to order one.',
    },
    { id: 'heun-sum', mistake: 'The two slopes of Heun are added and not averaged.' },
    {
      id: 'one-percent-too-fast',
      mistake: 'The velocity is one per cent too large: more steps do not help, the error stays.',
    },
    {
      id: 'noise-times-h',
      mistake: 'The noise of a step is multiplied by its length in place of the root of its length.',
    },
  ],
} as const;

export const mnistExactScore = {
  id: 'mnist-exact-score',
  falseVariants: [
    {
      id: 'sigma-not-squared',
      mistake: 'The difference to the posterior mean is divided by sigma in place of sigma squared.',
    },
    { id: 'away-from-the-data', mistake: 'The sign is wrong: the field points away from the posterior mean.' },
    {
      id: 'weights-forgotten',
      mistake: 'Every training image counts alike: the weights, which depend on x, are forgotten.',
    },
  ],
} as const;

export const mnistLinearBound = {
  id: 'mnist-linear-bound',
  falseVariants: [
    { id: 'bound-on-held-out-images', mistake: 'The bound is claimed for new images: there it is no bound.' },
    {
      id: 'wiener-bounds-all',
      mistake: 'The Wiener bound is claimed for every denoiser: it holds for affine ones only.',
    },
    {
      id: 'isotropic-is-best',
      mistake:
        'One gain for all directions is taken for the best affine denoiser: the best has a gain for each principal direction.',
    },
  ],
} as const;

export const mnistMemorisation = {
  id: 'mnist-memorisation',
  falseVariants: [
    {
      id: 'best-on-every-image',
      mistake:
        'The posterior mean of the training set is taken for the best denoiser of every image: it is that of training images only.',
    },
    { id: 'worse-at-every-sigma', mistake: 'What is seen at small noise is taken to hold at every noise scale.' },
    {
      id: 'training-loss-is-held-out-loss',
      mistake: 'The loss on the training images is taken for the loss on new images.',
    },
  ],
} as const;

export const mnistSampler = {
  id: 'mnist-sampler',
  falseVariants: [
    {
      id: 'labels-uniform',
      mistake: 'All ten digits are expected equally often: they come as often as in the training set.',
    },
    {
      id: 'last-level-skipped',
      mistake: 'The run ends one noise level early: the noise of that level stays on the images.',
    },
    {
      id: 'no-noise',
      mistake:
        'The noise of the reverse SDE is left out but its whole drift is kept: without noise the drift has to be halved.',
    },
    {
      id: 'start-too-narrow',
      mistake:
        'The largest noise scale is of the size of the images: the start is then far from the law of the noisy images, and dark digits come too seldom.',
    },
  ],
} as const;
