import { claim } from '../verify/claim.js';
import type { GaussianMixture } from '../verify/densities.js';
import type { Diffusion } from '../verify/diffusions.js';
import { boxes } from '../verify/domains.js';
import { times } from '../verify/term.js';
import { fokkerPlanckTerm, timeDerivativeTerm, type FokkerPlanckWeights } from '../verify/time-terms.js';
import { latex } from './latex.js';
import { exploding, preserving, subPreserving } from './sampler-settings.js';
import { mixture1d, mixture2d, overlapping2d } from './settings.js';

interface Setting {
  readonly p0: GaussianMixture;
  readonly diffusion: Diffusion;
  readonly center: readonly number[];
}

const rightSide = ({ p0, diffusion }: Setting, weights: Partial<FokkerPlanckWeights> = {}) =>
  fokkerPlanckTerm(p0, diffusion, { drift: 1, diffusion: 0.5, ...weights });

/** ∂p/∂t = −∇·(f p) + ½ g² Δp for the closed forms, both sides divided by p. */
export const fokkerPlanck = claim<Setting, 'marginal' | 'isotropic'>({
  id: 'fokker-planck',
  title: 'The density of an SDE moves by the Fokker-Planck equation',
  source: 'song2021, equation 37',
  kind: 'pointwise',
  given: latex`Let $p_t$ be the density of $x$ at the time $t$ with $dx = f(x, t)\, dt + g(t)\, dW$.`,
  statement: latex`\frac{\partial p_t(x)}{\partial t} = -\nabla \cdot \bigl( f(x, t)\, p_t(x) \bigr) + \tfrac12\, g(t)^2\, \Delta p_t(x)`,
  assumptions: {
    marginal: latex`$p_t$ is the density of $x_t$ with $dx = f(x, t)\, dt + g(t)\, dW$ and $x_0 \sim p_0$: here $p_t = \sum_k w_k \mathcal N(\alpha_t m_k, \alpha_t^2 C_k + v_t I)$.`,
    isotropic: latex`$g$ depends on $t$ alone, so that it stands outside the derivatives in $x$.`,
  },
  domain: ({ center }) => boxes({ x: { center, spread: 2.5 }, t: { center: [0.45], spread: 0.035 } }),
  sides: (setting) => ({ lhs: timeDerivativeTerm(setting.p0, setting.diffusion), rhs: rightSide(setting) }),
  settings: {
    'a mixture in 1-D, variance exploding': { p0: mixture1d, diffusion: exploding, center: [0.4] },
    'a mixture in 2-D, variance preserving': { p0: mixture2d, diffusion: preserving, center: [0.2, 0.3] },
    'a mixture in 2-D, sub-variance preserving': { p0: overlapping2d, diffusion: subPreserving, center: [0.3, -0.2] },
  },
  discrepancy: 0.02,
  falseVariants: {
    'without-half': {
      mistake: 'The factor one half of the diffusion is missing.',
      statement: latex`\frac{\partial p_t}{\partial t} = -\nabla \cdot (f p_t) + g(t)^2\, \Delta p_t`,
      sides: (setting) => ({ rhs: rightSide(setting, { diffusion: 1 }) }),
    },
    'g-for-g-squared': {
      mistake: 'The Laplacian is multiplied by g in place of g squared.',
      statement: latex`\frac{\partial p_t}{\partial t} = -\nabla \cdot (f p_t) + \tfrac12\, g(t)\, \Delta p_t`,
      sides: (setting) => ({
        rhs: fokkerPlanckTerm(setting.p0, withRootOf(setting.diffusion), { drift: 1, diffusion: 0.5 }),
      }),
    },
    'diffusion-sign': {
      mistake: 'The diffusion has the wrong sign: noise would sharpen the density.',
      statement: latex`\frac{\partial p_t}{\partial t} = -\nabla \cdot (f p_t) - \tfrac12\, g(t)^2\, \Delta p_t`,
      sides: (setting) => ({ rhs: rightSide(setting, { diffusion: -0.5 }) }),
    },
    'drift-sign': {
      mistake: 'The drift has the wrong sign: the density would move against it.',
      statement: latex`\frac{\partial p_t}{\partial t} = +\nabla \cdot (f p_t) + \tfrac12\, g(t)^2\, \Delta p_t`,
      sides: (setting) => ({ rhs: rightSide(setting, { drift: -1 }) }),
      silentIn: { 'a mixture in 1-D, variance exploding': 'f = 0 there.' },
    },
    'drift-outside': {
      mistake: 'The drift stands outside the divergence: the density would not grow where the flow converges.',
      statement: latex`\frac{\partial p_t}{\partial t} = -f \cdot \nabla p_t + \tfrac12\, g(t)^2\, \Delta p_t`,
      sides: (setting) => ({ rhs: rightSide(setting, { driftOutside: true }) }),
      silentIn: { 'a mixture in 1-D, variance exploding': 'f = 0 there.' },
    },
    'time-reversed': {
      mistake: 'Time runs backwards: the equation is that of the density read from T to 0.',
      statement: latex`-\frac{\partial p_t}{\partial t} = -\nabla \cdot (f p_t) + \tfrac12\, g(t)^2\, \Delta p_t`,
      sides: (setting) => ({ lhs: times(-1, timeDerivativeTerm(setting.p0, setting.diffusion)) }),
    },
  },
});

/** A diffusion whose g² reads g, with the law p_t as it is. */
const withRootOf = (diffusion: Diffusion): Diffusion => ({
  ...diffusion,
  squaredDiffusion: (a, t) => a.sqrt(diffusion.squaredDiffusion(a, t)),
  reference: {
    ...diffusion.reference,
    diffusionCoefficient: (t) => diffusion.reference.diffusionCoefficient(t).sqrt(),
  },
});
