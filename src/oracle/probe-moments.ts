import { multiply, type Rows } from '../numerics/linear-algebra.js';

/** Mean, variance and fourth central moment of a random number. */
export interface CentralMoments {
  readonly mean: number;
  readonly variance: number;
  readonly fourth: number;
}

/** Moments of vᵀAv for v ~ N(0, I): with A_s = (A + Aᵀ)/2 its cumulants are κᵣ = 2ʳ⁻¹ (r − 1)! tr A_sʳ. */
export function gaussianQuadraticForm(a: Rows): CentralMoments {
  const s = symmetricPart(a);
  const variance = 2 * squaredFrobenius(s);
  // Fourth central moment = κ₄ + 3κ₂², with κ₄ = 2³ · 3! · tr A_s⁴.
  return { mean: trace(s), variance, fourth: 48 * traceOfFourthPower(s) + 3 * variance ** 2 };
}

/** Coordinates at most for {@link rademacherQuadraticForm}: 2ᵈ sign vectors are summed. */
const MOST_SIGNS = 16;

/**
 * Moments of vᵀAv for independent signs vᵢ = ±1. The variance is 2(‖A_s‖²_F − Σ aᵢᵢ²); the fourth moment has no short form and is the mean
 * over all 2ᵈ sign vectors. Throws a TypeError for d > 16.
 */
export function rademacherQuadraticForm(a: Rows): CentralMoments {
  const s = symmetricPart(a);
  const d = s.length;
  if (d > MOST_SIGNS) throw new TypeError(`Expected a matrix of at most ${MOST_SIGNS} rows, found ${d}.`);
  const mean = trace(s);
  let fourth = 0;
  for (let bits = 0; bits < 2 ** d; bits++) {
    const v = s.map((_, i) => ((bits >> i) & 1 ? 1 : -1));
    fourth += (quadraticForm(s, v) - mean) ** 4 / 2 ** d;
  }
  return { mean, variance: 2 * (squaredFrobenius(s) - diagonalSquares(s)), fourth };
}

/**
 * Moments of vᵀAv for v uniform on the sphere of radius √d: v = √d z/‖z‖ with z ~ N(0, I), so vᵀAv − tr A = d zᵀBz/‖z‖² with the traceless part
 * B of A_s. The ratio is independent of ‖z‖, hence E[(zᵀBz/‖z‖²)ᵏ] = E[(zᵀBz)ᵏ]/E‖z‖²ᵏ, and E[(zᵀBz)²] = 2 tr B², E[(zᵀBz)⁴] = 48 tr B⁴ + 12 (tr B²)².
 */
export function sphereQuadraticForm(a: Rows): CentralMoments {
  const s = symmetricPart(a);
  const d = s.length;
  const mean = trace(s);
  const traceless = s.map((row, i) => row.map((v, j) => (i === j ? v - mean / d : v)));
  const square = squaredFrobenius(traceless);
  return {
    mean,
    variance: ((2 * d) / (d + 2)) * square,
    fourth: (d ** 4 * (48 * traceOfFourthPower(traceless) + 12 * square ** 2)) / (d * (d + 2) * (d + 4) * (d + 6)),
  };
}

/**
 * Variance of vᵀAv for independent coordinates of mean 0, variance 1 and fourth moment κ: 2(‖A_s‖²_F − Σ aᵢᵢ²) + (κ − 1) Σ aᵢᵢ². κ = 1 are signs,
 * κ = 3 the Gaussian.
 */
export function independentFormVariance(a: Rows, kurtosis: number): number {
  const s = symmetricPart(a);
  return 2 * (squaredFrobenius(s) - diagonalSquares(s)) + (kurtosis - 1) * diagonalSquares(s);
}

/** (A + Aᵀ)/2. */
export const symmetricPart = (a: Rows): number[][] => a.map((row, i) => row.map((v, j) => (v + a[j][i]) / 2));

/** tr A. */
export const trace = (a: Rows): number => a.reduce((sum, row, i) => sum + row[i], 0);

/** ‖A‖²_F = Σ aᵢⱼ². */
export const squaredFrobenius = (a: Rows): number =>
  a.reduce((sum, row) => sum + row.reduce((t, v) => t + v * v, 0), 0);

/** Σ aᵢᵢ². */
export const diagonalSquares = (a: Rows): number => a.reduce((sum, row, i) => sum + row[i] ** 2, 0);

/** tr S⁴ = ‖S²‖²_F for symmetric S. */
const traceOfFourthPower = (s: Rows): number => squaredFrobenius(multiply(s, s));

const quadraticForm = (a: Rows, v: readonly number[]): number =>
  a.reduce((sum, row, i) => sum + v[i] * row.reduce((t, value, j) => t + value * v[j], 0), 0);
