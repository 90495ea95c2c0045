import { inverse, type Rows } from '../numerics/linear-algebra.js';
import type { Wells } from '../oracle/energies.js';
import { claim } from '../verify/claim.js';
import { gaussian, type GaussianMixture } from '../verify/densities.js';
import { boxes } from '../verify/domains.js';
import { wellsEnergyTerm, wellsForceTerm } from '../verify/energies.js';
import { gradientIn } from '../verify/gradients.js';
import { constant, plus, times, type Term } from '../verify/term.js';
import { logDensityTerm, scoreTerm } from '../verify/terms.js';
import { latex } from './latex.js';
import { mixture1d } from './settings.js';

interface Setting {
  /** E(x). */
  readonly energy: Term;
  readonly beta: number;
  /** The score of p = e^{−βE}/Z in closed form. */
  readonly score: Term;
  readonly center: readonly number[];
}

/** Springs K = (βC)⁻¹ about m, E(x) = ½ (x − m)ᵀK(x − m): p is the Gaussian N(m, C). */
function springs(beta: number, mean: readonly number[], covariance: Rows): Setting {
  const stiffness = inverse(covariance).map((row) => row.map((k) => k / beta));
  const pull = stiffness.map((row) => row.reduce((sum, k, j) => sum + k * mean[j], 0));
  const none = mean.map(() => 0);
  return {
    energy: wellsEnergyTerm({ heights: none, wells: none, springs: stiffness, pull }),
    beta,
    score: scoreTerm(gaussian({ mean, covariance })),
    center: mean,
  };
}

/** Two wells per coordinate, coupled: Z has no closed form and is not needed. The score is written from the force. */
const coupledWells = (beta: number, wells: Wells): Setting => ({
  energy: wellsEnergyTerm(wells),
  beta,
  score: times(beta, wellsForceTerm(wells)),
  center: wells.pull.map(() => 0.2),
});

/** The free energy E = −(1/β) log p of a known density p, up to a constant. */
const freeEnergy = (beta: number, p: GaussianMixture, center: readonly number[]): Setting => ({
  energy: plus(times(-1 / beta, logDensityTerm(p)), constant(2.4)),
  beta,
  score: scoreTerm(p),
  center,
});

const gradientOfEnergy = ({ energy, center }: Setting): Term => gradientIn('x', center.length, energy);

/** p = e^{−βE}/Z has the score −β∇E = βF. */
export const gibbsForce = claim<Setting, 'smooth' | 'integrable'>({
  id: 'gibbs-force',
  title: 'The score of a Gibbs density is the force, measured in units of the temperature',
  source: 'lecun2006, section 1.3',
  kind: 'pointwise',
  given: latex`Let $\beta > 0$.`,
  statement: latex`p(x) = \frac{e^{-\beta E(x)}}{Z} \quad \Rightarrow \quad \nabla \log p(x) = -\beta \nabla E(x) = \beta F(x)`,
  assumptions: {
    smooth: latex`$E$ is differentiable; the force is $F = -\nabla E$.`,
    integrable: latex`$\beta > 0$ and $Z = \int e^{-\beta E(x)}\, dx$ is finite.`,
  },
  domain: ({ center }) => boxes({ x: { center, spread: 4 } }),
  sides: (setting) => ({ lhs: setting.score, rhs: times(-setting.beta, gradientOfEnergy(setting)) }),
  settings: {
    'springs in 2-D, beta = 2.3': springs(
      2.3,
      [1.3, -0.7],
      [
        [0.6, 0.2],
        [0.2, 0.3],
      ],
    ),
    'coupled double wells in 2-D, beta = 0.6': coupledWells(0.6, {
      heights: [0.7, 1.2],
      wells: [1.5, 0.8],
      springs: [
        [0.3, -0.5],
        [-0.5, 0.4],
      ],
      pull: [0.4, -0.3],
    }),
    'the free energy of a mixture in 1-D, beta = 1.7': freeEnergy(1.7, mixture1d, [0.5]),
  },
  discrepancy: 1e-3,
  falseVariants: {
    uphill: {
      mistake: 'The minus sign is lost: the score would point to higher energy.',
      statement: latex`\nabla \log p(x) = \beta \nabla E(x)`,
      sides: (setting) => ({ rhs: times(setting.beta, gradientOfEnergy(setting)) }),
    },
    'without-beta': {
      mistake: 'The inverse temperature is left out: the score is taken for the force itself.',
      statement: latex`\nabla \log p(x) = -\nabla E(x)`,
      sides: (setting) => ({ rhs: times(-1, gradientOfEnergy(setting)) }),
    },
    'temperature-for-its-inverse': {
      mistake: 'The force is divided by the inverse temperature in place of being multiplied.',
      statement: latex`\nabla \log p(x) = -\frac{1}{\beta} \nabla E(x)`,
      sides: (setting) => ({ rhs: times(-1 / setting.beta, gradientOfEnergy(setting)) }),
    },
    'energy-for-its-gradient': {
      mistake: 'The gradient of the energy is left out.',
      statement: latex`\nabla \log p(x) = -\beta E(x)`,
      kind: 'ill-formed',
      reason: 'The left side is a vector, the right side a number.',
    },
  },
});
