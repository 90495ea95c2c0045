import type { NoisingSde } from '../../reference/sdes/sde.js';
import { subVariancePreserving as subVariancePreservingOnTensors } from '../../reference/sdes/sub-variance-preserving.js';
import { varianceExploding as varianceExplodingOnTensors } from '../../reference/sdes/variance-exploding.js';
import { variancePreserving as variancePreservingOnTensors } from '../../reference/sdes/variance-preserving.js';
import {
  subVariancePreservingOracle,
  varianceExplodingOracle,
  variancePreservingOracle,
  type DiffusionOracle,
} from '../oracle/diffusion.js';

/** A noising SDE in both implementations: closed forms in float64 and the reference on TensorFlow.js. */
export interface Diffusion extends DiffusionOracle {
  readonly name: string;
  readonly reference: NoisingSde;
}

/** f = 0, σ(t) = σ_min (σ_max/σ_min)ᵗ, g² = dσ²/dt. */
export const varianceExploding = (sigmaMin: number, sigmaMax: number): Diffusion => ({
  ...varianceExplodingOracle(sigmaMin, sigmaMax),
  name: `variance exploding from ${sigmaMin} to ${sigmaMax}`,
  reference: varianceExplodingOnTensors(sigmaMin, sigmaMax),
});

/** f = −½βx, g² = β, β linear in t. */
export const variancePreserving = (betaMin: number, betaMax: number): Diffusion => ({
  ...variancePreservingOracle(betaMin, betaMax),
  name: `variance preserving, beta from ${betaMin} to ${betaMax}`,
  reference: variancePreservingOnTensors(betaMin, betaMax),
});

/** f = −½βx, g² = β(1 − exp(−2∫β)), β linear in t. */
export const subVariancePreserving = (betaMin: number, betaMax: number): Diffusion => ({
  ...subVariancePreservingOracle(betaMin, betaMax),
  name: `sub-variance preserving, beta from ${betaMin} to ${betaMax}`,
  reference: subVariancePreservingOnTensors(betaMin, betaMax),
});
