import type { Answer, Verification } from '../verify/result.js';
import { latex } from './latex.js';

/** A question that the course asked and left open, with its answer; the report adds the numbers of the claims named. */
const questions: readonly Answer[] = [
  {
    id: 'what-the-equivalences-assume',
    question: 'What do the equivalences assume?',
    paragraphs: [
      latex`The losses differ by a constant because of one integration by parts, $\mathbb E_p[S \cdot \nabla \log p] = -\mathbb E_p[\nabla \cdot S]$. It needs three things: $p$ and $S$ are smooth; the three expectations are finite; and nothing of $p S$ flows through the boundary of the support. On all of $\mathbb R^d$ the last one comes with the second.`,
      latex`Each assumption with a known counterexample is dropped once, and the two sides are then apart by the value that theory gives. On an exponential law, for example, the density jumps at 0, and what is left is the boundary term $2 p(0) S(0)$.`,
      latex`Denoising score matching asks for less: the smoothed density $p_\sigma$ is positive and smooth everywhere, whatever the data, even 60,000 points. What it learns is $\nabla \log p_\sigma$, never $\nabla \log p_0$.`,
    ],
    claims: ['esm-equals-ism', 'parts', 'dsm-equals-esm'],
    shows: 'assumptions',
    figures: ['esm-equals-ism-convergence', 'dsm-loss-by-sigma'],
  },
  {
    id: 'three-dimensional-images',
    question: 'Does it hold for 3-D images?',
    paragraphs: [
      latex`Yes. The formulas know a list of numbers, not its shape: the target is $-\varepsilon/\sigma$ entry by entry, and the norm runs over all entries. A volume is checked voxel by voxel against the same formula for a vector. Only the network has to know which voxels are neighbours.`,
      latex`What that knowledge is worth, the figure says for Gaussian volumes, where the best fields are known: the loss is the same formula for all three, and the field that sees neighbours along three axes has the smallest. With hardly any noise a voxel says all by itself, with very much nothing helps: the gain lies between.`,
    ],
    claims: ['dsm-any-shape'],
    shows: 'evidence',
    figures: ['dsm-loss-of-volumes'],
  },
  {
    id: 'why-gaussian-noise',
    question: 'Why Gaussian noise, and not uniform noise?',
    paragraphs: [
      latex`The target of denoising score matching is $\nabla_x \log p(x \mid x_0)$. Inside a box uniform noise has a flat density, so the target is 0 there, and at the edge of the box it does not exist. The loss is then smallest at $S = 0$, which is not $\nabla \log p_\sigma$: nothing is learned.`,
      latex`Gaussian noise is not the only one that works. Laplace noise has a kink in place of an edge, its density is positive everywhere, and its target $-\operatorname{sign}(x - x_0)/b$ is right. What the Gaussian has beside it: sums of Gaussian noise are Gaussian, so every level of a diffusion is known in closed form, and Tweedie's formula turns the score into the posterior mean.`,
    ],
    claims: ['noise-uniform-fails', 'noise-laplace'],
    shows: 'evidence',
    figures: ['noise-laws'],
  },
  {
    id: 'why-hutchinson-is-cheaper',
    question: "Why is Hutchinson's estimate cheaper, if it multiplies more?",
    paragraphs: [
      latex`Reading the $d$ diagonal entries of a matrix is indeed cheaper than the $d^2$ multiplications of $v^{\mathsf T} A v$, where the matrix is given. The Jacobian of a network is not given. What reverse mode gives is one product $v^{\mathsf T} \nabla S$ at a time: each diagonal entry costs a whole product, $d$ in all, and a probe costs one.`,
      latex`The price is variance: $2 (\lVert A_s \rVert_F^2 - \sum_i a_{ii}^2)$ for Rademacher probes, $2 \lVert A_s \rVert_F^2$ for Gaussian ones, with $A_s$ the symmetric part. A training step averages over a batch anyway.`,
    ],
    claims: ['hutchinson-cost', 'hutchinson-variance'],
    shows: 'evidence',
    figures: ['divergence-cost', 'divergence-time'],
  },
  {
    id: 'how-to-choose-the-noising-process',
    question: 'How to choose the noising process?',
    paragraphs: [
      latex`Two things can go wrong: the law of $x_T$ is not yet the prior that the sampler starts from, and the sampler takes too few steps. The variance-exploding process ends at $p_0 * \mathcal N(0, (\sigma_T^2 - \sigma_0^2) I)$, so its distance to the prior falls only as $\sigma_T$ grows; the variance-preserving ones forget the data exponentially in $\int \beta$.`,
      latex`The figures compare them at the same share of the data left in $x_T$, on two modes in one dimension, where the laws are known and nothing is drawn. It is a comparison, not a claim: no verdict hangs on it.`,
      latex`What they show: choose $\sigma_T$ or $\int \beta$ just so large that the distance to the prior lies below the error of the sampler; more noise only costs steps. With few steps the variance-preserving processes err less; with many the three come together. A wrong start is forgotten by the reverse SDE, whose error goes on falling, and kept by the probability flow, whose error stops at the distance to the prior.`,
    ],
    claims: ['reverse-sampler-order'],
    shows: 'nothing',
    figures: ['noising-process-prior', 'noising-process-sampler'],
  },
];

/** The answers that this run has the claims for; of their figures, those that it drew. */
export function answersOf({ claims, figures }: Pick<Verification, 'claims' | 'figures'>): Answer[] {
  return questions
    .filter((answer) => answer.claims.every((id) => claims.some((claim) => claim.id === id)))
    .map((answer) => ({
      ...answer,
      figures: answer.figures.filter((id) => figures.some((figure) => figure.id === id)),
    }));
}
