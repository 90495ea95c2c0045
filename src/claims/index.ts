import type { Claim } from '../verify/claim.js';
import { annealedLangevin } from './annealed-langevin.js';
import { daeLoss } from './dae-loss.js';
import { debruijn } from './debruijn.js';
import { divergenceIsTrace } from './divergence-is-trace.js';
import { driftDiffusion } from './drift-diffusion.js';
import { dsmAnyShape } from './dsm-any-shape.js';
import { dsmConstant } from './dsm-constant.js';
import { dsmCrossTerm } from './dsm-cross-term.js';
import { dsmEqualsEsm } from './dsm-equals-esm.js';
import { dsmForms } from './dsm-forms.js';
import { dsmIsDae } from './dsm-is-dae.js';
import { dsmSameArgmin } from './dsm-same-argmin.js';
import { dsmTarget } from './dsm-target.js';
import { empiricalMarginal } from './empirical-marginal.js';
import { esmEqualsIsm } from './esm-equals-ism.js';
import { esmExpansion } from './esm-expansion.js';
import { esmIsmSameArgmin } from './esm-ism-same-argmin.js';
import { exponentialFamily } from './exponential-family.js';
import { fokkerPlanck } from './fokker-planck.js';
import { forwardVe } from './forward-ve.js';
import { forwardVp } from './forward-vp.js';
import { gibbsForce } from './gibbs-force.js';
import { hutchinsonCost } from './hutchinson-cost.js';
import { hutchinsonProof } from './hutchinson-proof.js';
import { hutchinsonVariance } from './hutchinson-variance.js';
import { hutchinson } from './hutchinson.js';
import { ismOptimumNegative } from './ism-optimum-negative.js';
import { jointScore } from './joint-score.js';
import { klNeedsZ } from './kl-needs-z.js';
import { langevinStationary } from './langevin-stationary.js';
import { mnistExactScore } from './mnist-exact-score.js';
import { mnistLinearBound } from './mnist-linear-bound.js';
import { mnistMemorisation } from './mnist-memorisation.js';
import { mnistSampler } from './mnist-sampler.js';
import { multiScaleWeight } from './multi-scale-weight.js';
import { noiseLaplace } from './noise-laplace.js';
import { noiseUniformFails } from './noise-uniform-fails.js';
import { parts } from './parts.js';
import { perturbedMarginal } from './perturbed-marginal.js';
import { probabilityFlow } from './probability-flow.js';
import { projectionEnergy } from './projection-energy.js';
import { reverseSamplerOrder } from './reverse-sampler-order.js';
import { reverseSde } from './reverse-sde.js';
import { scoreIgnoresNormaliser } from './score-ignores-normaliser.js';
import { scoreIsLogGradient } from './score-is-log-gradient.js';
import { scoreJacobianHessian } from './score-jacobian-hessian.js';
import { scoreMeanZero } from './score-mean-zero.js';
import { scorePointsUphill } from './score-points-uphill.js';
import { ssmEqualsIsm } from './ssm-equals-ism.js';
import { ssmTwoForms } from './ssm-two-forms.js';
import { sstTrace } from './sst-trace.js';
import { tweedieCovariance } from './tweedie-covariance.js';
import { tweedieVp } from './tweedie-vp.js';
import { tweedie } from './tweedie.js';
import { vjpForm } from './vjp-form.js';
import { wiener } from './wiener.js';

/** Every claim of the course, in the order of the catalogue. */
export const claims: readonly Claim[] = [
  scoreIsLogGradient,
  scorePointsUphill,
  scoreIgnoresNormaliser,
  scoreMeanZero,
  gibbsForce,
  exponentialFamily,
  klNeedsZ,
  debruijn,
  esmEqualsIsm,
  esmIsmSameArgmin,
  esmExpansion,
  parts,
  ismOptimumNegative,
  perturbedMarginal,
  empiricalMarginal,
  dsmTarget,
  dsmForms,
  dsmAnyShape,
  dsmEqualsEsm,
  dsmCrossTerm,
  dsmConstant,
  dsmSameArgmin,
  jointScore,
  noiseLaplace,
  noiseUniformFails,
  daeLoss,
  tweedie,
  tweedieVp,
  tweedieCovariance,
  dsmIsDae,
  wiener,
  divergenceIsTrace,
  scoreJacobianHessian,
  hutchinson,
  hutchinsonProof,
  hutchinsonVariance,
  hutchinsonCost,
  projectionEnergy,
  sstTrace,
  vjpForm,
  ssmEqualsIsm,
  ssmTwoForms,
  multiScaleWeight,
  langevinStationary,
  annealedLangevin,
  forwardVe,
  forwardVp,
  driftDiffusion,
  fokkerPlanck,
  reverseSde,
  probabilityFlow,
  reverseSamplerOrder,
  mnistExactScore,
  mnistLinearBound,
  mnistMemorisation,
  mnistSampler,
];
