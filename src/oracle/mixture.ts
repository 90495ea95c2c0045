import { choleskyFactor, inverse, logDeterminantOfFactor, multiply, type Rows } from '../numerics/linear-algebra.js';
import type { Random } from '../numerics/random.js';
import { addVectors, applyMatrix, logSumExp, squaredNorm, subtract } from './arithmetic.js';
import type { Arithmetic, Formula, ScalarFormula } from './arithmetic.js';
import type { Interval, OracleDensity } from './density.js';

/** Σ wₖ N(mₖ, Cₖ): weights sum to 1, means [d], covariances [d, d]. */
export interface MixtureParameters {
  readonly weights: readonly number[];
  readonly means: readonly (readonly number[])[];
  readonly covariances: readonly Rows[];
}

interface Component {
  readonly mean: readonly number[];
  /** L⁻¹ with C = L Lᵀ: y = L⁻¹(x − m) is white. */
  readonly whitening: Rows;
  readonly precision: Rows;
  readonly factor: Rows;
  /** log w − ½ log det C − (d/2) log 2π. */
  readonly logConstant: number;
}

/** The parameters of the mixture smoothed by N(0, σ²I): each covariance grows by σ²I. */
export function smoothedParameters(p: MixtureParameters, sigma: number): MixtureParameters {
  const covariances = p.covariances.map((c) => c.map((row, i) => row.map((v, j) => (i === j ? v + sigma * sigma : v))));
  return { ...p, covariances };
}

/** The parameters of the law of k·x: means grow by k, covariances by k². */
export function scaledParameters(p: MixtureParameters, k: number): MixtureParameters {
  const times = (factor: number, values: readonly number[]): number[] => values.map((v) => factor * v);
  return {
    ...p,
    means: p.means.map((mean) => times(k, mean)),
    covariances: p.covariances.map((c) => c.map((row) => times(k * k, row))),
  };
}

/**
 * The density Σ wₖ N(x; mₖ, Cₖ), its score Σ rₖ Cₖ⁻¹(mₖ − x) with responsibilities r, and its draws, in float64.
 * Throws a TypeError where sizes disagree, weights do not sum to 1 or a covariance is not positive definite.
 */
export function mixtureOracle(parameters: MixtureParameters): OracleDensity {
  const components = componentsOf(parameters);
  const dimension = components[0].mean.length;
  return {
    dimension,
    logDensity: mixtureLogDensity(components),
    score: mixtureScore(components),
    sample: (random, n) => sampleMixture(parameters.weights, components, random, n),
    axes: axesOf(parameters),
    symbolicLogDensity: (symbol) => symbolicLogDensity(components, symbol),
  };
}

const logits = <T>(components: readonly Component[], a: Arithmetic<T>, x: readonly T[]): T[] =>
  components.map(({ mean, whitening, logConstant }) => {
    const white = applyMatrix(
      a,
      whitening,
      subtract(
        a,
        x,
        mean.map((m) => a.c(m)),
      ),
    );
    return a.sub(a.c(logConstant), a.mul(a.c(0.5), squaredNorm(a, white)));
  });

const mixtureLogDensity =
  (components: readonly Component[]): ScalarFormula =>
  (a, x) =>
    logSumExp(a, logits(components, a, x));

const mixtureScore =
  (components: readonly Component[]): Formula =>
  (a, x) =>
    a.softmaxMean(
      logits(components, a, x),
      components.map(({ mean, precision }) =>
        applyMatrix(
          a,
          precision,
          subtract(
            a,
            mean.map((m) => a.c(m)),
            x,
          ),
        ),
      ),
    );

/** ∇² log p, row by row, [d] -> [d·d]: Σ rₖ (gₖ gₖᵀ − Cₖ⁻¹) − s sᵀ with gₖ = Cₖ⁻¹(mₖ − x) and s = Σ rₖ gₖ. */
export function mixtureHessian(parameters: MixtureParameters): Formula {
  const components = componentsOf(parameters);
  return (a, x) => {
    const pulls = components.map(({ mean, precision }) =>
      applyMatrix(
        a,
        precision,
        subtract(
          a,
          mean.map((m) => a.c(m)),
          x,
        ),
      ),
    );
    const logWeights = logits(components, a, x);
    const score = a.softmaxMean(logWeights, pulls);
    const second = a.softmaxMean(
      logWeights,
      pulls.map((g, k) =>
        g.flatMap((gi, i) => g.map((gj, j) => a.sub(a.mul(gi, gj), a.c(components[k].precision[i][j])))),
      ),
    );
    return score.flatMap((si, i) => score.map((sj, j) => a.sub(second[i * score.length + j], a.mul(si, sj))));
  };
}

/** The law of x₀ given x = x₀ + σε, x₀ from a mixture: again a mixture, Σ rₖ(x) N(μₖ(x), Wₖ). */
export interface MixturePosterior {
  /** Logarithms of the responsibilities rₖ under the smoothed mixture, up to a common one, and means μₖ = mₖ + Cₖ(Cₖ + σ²I)⁻¹(x − mₖ). */
  readonly at: <T>(a: Arithmetic<T>, x: readonly T[]) => { logWeights: T[]; means: T[][] };
  /** Wₖ = Cₖ − Cₖ(Cₖ + σ²I)⁻¹Cₖ, whatever x. */
  readonly within: readonly Rows[];
}

/** x₀ | x for x₀ from the mixture and σ > 0. A covariance Cₖ = 0 is a point mass. */
export function mixturePosterior(parameters: MixtureParameters, sigma: number): MixturePosterior {
  const noisy = componentsOf(smoothedParameters(parameters, sigma));
  const gains = noisy.map(({ precision }, k) => multiply(parameters.covariances[k], precision));
  const within = gains.map((gain, k) => {
    const explained = multiply(gain, parameters.covariances[k]);
    return parameters.covariances[k].map((row, i) => row.map((c, j) => c - explained[i][j]));
  });
  return {
    within,
    at: (a, x) => ({
      logWeights: logits(noisy, a, x),
      means: noisy.map(({ mean }, k) => {
        const centre = mean.map((m) => a.c(m));
        return addVectors(a, centre, applyMatrix(a, gains[k], subtract(a, x, centre)));
      }),
    }),
  };
}

/** E[x₀ | x] = Σ rₖ μₖ, the mean of {@link mixturePosterior}: [d] -> [d]. */
export function mixturePosteriorMean(parameters: MixtureParameters, sigma: number): Formula {
  const posterior = mixturePosterior(parameters, sigma);
  return (a, x) => {
    const { logWeights, means } = posterior.at(a, x);
    return a.softmaxMean(logWeights, means);
  };
}

/** Cov[x₀ | x], row by row, [d] -> [d·d]: Σ rₖ (Wₖ + (μₖ − μ)(μₖ − μ)ᵀ), the law of total covariance over components. */
export function mixturePosteriorCovariance(parameters: MixtureParameters, sigma: number): Formula {
  const posterior = mixturePosterior(parameters, sigma);
  return (a, x) => {
    const { logWeights, means } = posterior.at(a, x);
    const overall = a.softmaxMean(logWeights, means);
    return a.softmaxMean(
      logWeights,
      means.map((mean, k) => {
        const deviation = subtract(a, mean, overall);
        return deviation.flatMap((di, i) =>
          deviation.map((dj, j) => a.add(a.c(posterior.within[k][i][j]), a.mul(di, dj))),
        );
      }),
    );
  };
}

function componentsOf({ weights, means, covariances }: MixtureParameters): Component[] {
  const total = weights.reduce((sum, w) => sum + w, 0);
  if (weights.length !== means.length || weights.length !== covariances.length) {
    throw new TypeError(
      `Expected as many weights as means and covariances, found ${weights.length}, ${means.length} and ${covariances.length}.`,
    );
  }
  if (Math.abs(total - 1) > 1e-12) throw new TypeError(`Expected mixture weights that sum to 1, found ${total}.`);
  return means.map((mean, k) => {
    const factor = choleskyFactor(covariances[k]);
    const logConstant =
      Math.log(weights[k]) - 0.5 * logDeterminantOfFactor(factor) - (mean.length / 2) * Math.log(2 * Math.PI);
    return { mean, factor, whitening: inverse(factor), precision: inverse(covariances[k]), logConstant };
  });
}

function sampleMixture(
  weights: readonly number[],
  components: readonly Component[],
  random: Random,
  n: number,
): Float64Array {
  const dimension = components[0].mean.length;
  const draws = new Float64Array(n * dimension);
  for (let row = 0; row < n; row++) {
    const { mean, factor } = components[pick(weights, random.uniform())];
    const white = random.normals(dimension);
    for (let i = 0; i < dimension; i++) {
      let value = mean[i];
      for (let j = 0; j <= i; j++) value += factor[i][j] * white[j];
      draws[row * dimension + i] = value;
    }
  }
  return draws;
}

/** The k with w₁ + … + wₖ₋₁ ≤ u < w₁ + … + wₖ. */
export function pick(weights: readonly number[], u: number): number {
  let k = 0;
  for (let left = u - weights[0]; left >= 0 && k < weights.length - 1; left -= weights[k]) k++;
  return k;
}

/** Nine standard deviations beyond the outermost means: e^(−40) of the peak is left outside. */
function axesOf({ means, covariances }: MixtureParameters): Interval[] {
  return means[0].map((_, i) => {
    const reach = means.map((mean, k) => [
      mean[i] - 9 * Math.sqrt(covariances[k][i][i]),
      mean[i] + 9 * Math.sqrt(covariances[k][i][i]),
    ]);
    return {
      from: Math.min(...reach.map(([low]) => low)),
      to: Math.max(...reach.map(([, high]) => high)),
      breaks: [],
      smooth: true,
    };
  });
}

function symbolicLogDensity(components: readonly Component[], symbol: string): string {
  const exponents = components.map(({ mean, precision, logConstant }) => {
    const centred = mean.map((m, i) => `(${symbol}_${i + 1} - (${m}))`);
    const quadratic = precision
      .flatMap((row, i) => row.map((v, j) => `(${v}) * ${centred[i]} * ${centred[j]}`))
      .join(' + ');
    return `${logConstant} - 0.5 * (${quadratic})`;
  });
  return exponents.length === 1 ? exponents[0] : `log(${exponents.map((e) => `exp(${e})`).join(' + ')})`;
}

/** N(m, C) as a mixture of one component. */
export const gaussianParameters = (mean: readonly number[], covariance: Rows): MixtureParameters => ({
  weights: [1],
  means: [mean],
  covariances: [covariance],
});
