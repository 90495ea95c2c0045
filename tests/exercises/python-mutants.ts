/** A part of a solution in Python as a student gets it wrong, and what it has to be called: by the name that its twin in TypeScript has. */
export interface PythonMutant {
  readonly exercise: string;
  readonly task: string;
  readonly replace: readonly [right: string, wrong: string];
  readonly diagnosis: string;
}

type Row = readonly [task: string, right: string, wrong: string, diagnosis: string];

const mutants: Readonly<Record<string, readonly Row[]>> = {
  '01-score-function': [
    [
      'gaussianLogDensity',
      ' * (distance + np.linalg.slogdet(2 * np.pi * covariance)[1])',
      ' * distance',
      'normaliser-missing',
    ],
    ['gaussianLogDensity', 'np.linalg.inv(covariance)', 'covariance', 'covariance-not-inverted'],
    ['gaussianScore', '(mean - x).T).T', '(x - mean).T).T', 'wrong-sign'],
    ['mixtureScore', 'np.log(weight) + gaussian', 'gaussian', 'responsibilities-without-weights'],
    [
      'mixtureLogDensity',
      'np.logaddexp.reduce(logits(x, mixture), axis=1)',
      'np.max(logits(x, mixture), axis=1)',
      'largest-component-only',
    ],
  ],
  '02-explicit-score-matching': [
    ['esmLoss', 'np.mean(', '0.5 * np.mean(', 'half'],
    [
      'esmLoss',
      'np.mean(np.sum((score(x) - true_score) ** 2, axis=1))',
      'np.mean((score(x) - true_score) ** 2)',
      'mean-over-dimensions',
    ],
    ['esmLoss', 'np.mean(np.sum(', 'np.sum(np.sum(', 'sum-over-batch'],
    ['esmLoss', '(score(x) - true_score) ** 2', 'np.abs(score(x) - true_score)', 'absolute-values'],
  ],
  '03-implicit-score-matching': [
    ['divergence', '@ axis for axis', '@ np.ones_like(axis) for axis', 'sum-of-all-entries'],
    ['divergence', 'return sum(', 'return -sum(', 'minus-the-trace'],
    ['ismLoss', '+ 2 * divergence', '+ divergence', 'divergence-without-two'],
    ['ismLoss', '+ 2 * divergence', '- 2 * divergence', 'divergence-sign'],
    [
      'divergence',
      'score.vjp(x, np.broadcast_to(axis, x.shape)) @ axis',
      '((score(x + 0.01 * axis) - score(x)) / 0.01) @ axis',
      'not-differentiated',
    ],
  ],
  '04-denoising-score-matching': [
    ['perturb', 'sigma * noise', 'sigma**2 * noise', 'variance-for-sigma'],
    ['dsmTarget', '(x0 - x) / sigma**2', '(x - x0) / sigma**2', 'wrong-sign'],
    ['dsmTarget', '/ sigma**2', '/ sigma', 'sigma-not-squared'],
    ['dsmLoss', 'score(x) - dsm_target', 'score(x0) - dsm_target', 'score-at-clean-data'],
    [
      'multiScaleDsmLoss',
      '(scale * score(x0 + scale * noise, sigma) + noise)',
      '(score(x0 + scale * noise, sigma) + noise / scale)',
      'no-weight',
    ],
  ],
  '05-denoising-autoencoder': [
    ['denoiserFromScore', 'x + sigma**2 * score(x)', 'x + sigma * score(x)', 'sigma-not-squared'],
    ['scoreFromDenoiser', '(denoiser(x) - x)', '(x - denoiser(x))', 'wrong-sign'],
    ['daeLoss', 'denoiser(x0 + sigma * noise)', 'denoiser(x0)', 'clean-input'],
    ['posteriorMean', 'x + sigma**2 * np.einsum', 'x - sigma**2 * np.einsum', 'minus-the-score'],
  ],
  '06-hutchinson-trace': [
    ['hutchinsonTrace', 'np.mean(np.sum(probes', 'np.sum(np.sum(probes', 'sum-over-probes'],
    ['hutchinsonDivergence', 'np.sum(product * v', 'np.sum(product', 'left-probe-forgotten'],
    [
      'hutchinsonDivergence',
      'score.vjp(np.tile(x, (m, 1)), v)',
      'score(np.tile(x, (m, 1)))',
      'derivative-in-the-probe',
    ],
    [
      'hutchinsonDivergence',
      'product = score.vjp(np.tile(x, (m, 1)), v)',
      'for _ in range(6): product = score.vjp(np.tile(x, (m, 1)), v)',
      'cost-grows-with-d',
    ],
  ],
  '07-sliced-score-matching': [
    ['ssmLoss', 'axis=2) ** 2) + 2 * curvature', 'axis=2) ** 2) + curvature', 'two-forgotten'],
    ['ssmLoss', 'axis=2) ** 2) + 2 * curvature', 'axis=2) ** 2) - 2 * curvature', 'curvature-sign'],
    ['ssmLossVarianceReduced', 'axis=1)) + 2 * curvature', 'axis=1)) / 2 + curvature', 'half'],
    [
      'ssmLoss',
      'np.sum(score(x) * probes, axis=2) ** 2',
      'np.sum(score(x) ** 2, axis=1)',
      'variance-reduced-in-its-place',
    ],
  ],
  '08-langevin-dynamics': [
    ['geometricSigmas', 'np.geomspace', 'np.linspace', 'linear-spacing'],
    ['langevinStep', 'np.sqrt(2 * step_size)', 'np.sqrt(step_size)', 'noise-without-two'],
    ['langevinStep', '+ step_size * score(x)', '- step_size * score(x)', 'against-the-score'],
    ['langevinSample', 'range(steps)', 'range(steps - 1)', 'one-step-too-few'],
    ['annealedLangevinSample', 'sigma**2 / sigmas[-1] ** 2', 'sigma / sigmas[-1]', 'ratio-not-squared'],
  ],
  '09-reverse-sde': [
    ['drift', '-0.5 * beta', '-beta', 'half-missing'],
    ['diffusionCoefficient', 'np.sqrt(2 * log_ratio)', 'np.sqrt(log_ratio)', 've-without-two'],
    ['perturbationKernel', '(sde["beta_max"] - sde["beta_min"]) / 2', 'sde["beta_max"] / 2', 'beta-max-for-difference'],
    ['reverseStep', 'g**2 * score(x, t)) * dt + g', 'g * score(x, t)) * dt + g', 'g-not-squared'],
    ['prior', 'sde["sigma_max"]) * random', '1) * random', 'always-standard'],
    ['probabilityFlowStep', 'g**2 * score(x, t) / 2', 'g**2 * score(x, t)', 'half-missing'],
  ],
  '10-mnist': [
    ['toFloat', ' / 255)', ' / 255 / 255)', 'divided-twice'],
    ['toFloat', ' / 255)', ' / 127.5 - 1)', 'minus-one-to-one'],
    ['trainDenoiser', 'mean + (x[rows] - mean) @ gain', 'mean', 'nothing-learned'],
  ],
};

export const pythonMutants: readonly PythonMutant[] = Object.entries(mutants).flatMap(([exercise, rows]) =>
  rows.map(([task, right, wrong, diagnosis]) => ({ exercise, task, replace: [right, wrong] as const, diagnosis })),
);
