import type { InputRecord } from '../../src/grade/inputs.js';
import type { Arithmetic } from '../../src/oracle/arithmetic.js';

/** Variance preserving: f = −β(t) x/2, g² = β(t). */
export interface Vp extends InputRecord {
  readonly kind: 'vp';
  readonly betaMin: number;
  readonly betaMax: number;
}

/** Variance exploding: f = 0, sigma(t) = sigmaMin (sigmaMax/sigmaMin)ᵗ. */
export interface Ve extends InputRecord {
  readonly kind: 've';
  readonly sigmaMin: number;
  readonly sigmaMax: number;
}

/** A noising process dx = f dt + g dW on [0, 1]. */
export type Sde = Vp | Ve;

/** β(t) = βmin + t (βmax − βmin). */
const beta = <T>(a: Arithmetic<T>, sde: Vp, t: T): T =>
  a.add(a.c(sde.betaMin), a.mul(t, a.sub(a.c(sde.betaMax), a.c(sde.betaMin))));

/** log(σmax/σmin). */
const logRatio = <T>(a: Arithmetic<T>, sde: Ve): T => a.log(a.div(a.c(sde.sigmaMax), a.c(sde.sigmaMin)));

/** σ(t) = σmin (σmax/σmin)ᵗ. */
export const sigmaAt = <T>(a: Arithmetic<T>, sde: Ve, t: T): T =>
  a.mul(a.c(sde.sigmaMin), a.exp(a.mul(t, logRatio(a, sde))));

/** f(x, t) = k x: k = −β/2, or 0. */
export const driftFactor = <T>(a: Arithmetic<T>, sde: Sde, t: T): T =>
  sde.kind === 'vp' ? a.mul(a.c(-0.5), beta(a, sde, t)) : a.c(0);

/** g(t)²: β(t), or dσ²/dt = 2 σ(t)² log(σmax/σmin). */
export function squaredDiffusion<T>(a: Arithmetic<T>, sde: Sde, t: T): T {
  if (sde.kind === 'vp') return beta(a, sde, t);
  const sigma = sigmaAt(a, sde, t);
  return a.mul(a.mul(a.c(2), a.mul(sigma, sigma)), logRatio(a, sde));
}

/** B(t) = ∫₀ᵗ β. */
export const integratedBeta = <T>(a: Arithmetic<T>, sde: Vp, t: T): T =>
  a.add(a.mul(a.c(sde.betaMin), t), a.mul(a.mul(a.c(0.5), a.sub(a.c(sde.betaMax), a.c(sde.betaMin))), a.mul(t, t)));

/** The mean coefficient of the perturbation kernel, e^(−B/2) or 1. */
export const meanCoefficient = <T>(a: Arithmetic<T>, sde: Sde, t: T): T =>
  sde.kind === 'vp' ? a.exp(a.mul(a.c(-0.5), integratedBeta(a, sde, t))) : a.c(1);

/** Its variance, 1 − e^(−B) or σ(t)² − σ(0)². */
export function kernelVariance<T>(a: Arithmetic<T>, sde: Sde, t: T): T {
  if (sde.kind === 'vp') {
    return a.sub(a.c(1), a.exp(a.sub(a.c(0), integratedBeta(a, sde, t))));
  }
  const [now, begin] = [sigmaAt(a, sde, t), a.c(sde.sigmaMin)];
  return a.sub(a.mul(now, now), a.mul(begin, begin));
}
