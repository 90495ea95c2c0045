import { eulerMaruyamaStep } from '../../reference/samplers/euler-maruyama.js';
import { perturbationKernel } from '../../reference/sdes/sde.js';
import { randomStream } from '../numerics/random.js';
import { float64 } from '../oracle/arithmetic.js';
import { lineCdf, noisedLine, type LineMixture } from '../oracle/line-mixture.js';
import { marginalAt } from '../oracle/reverse-schemes.js';
import { tf } from '../tensorflow/tensorflow.js';
import type { AxisTarget } from '../verify/axis-targets.js';
import { boxes } from '../verify/domains.js';
import type { Diffusion } from '../verify/diffusions.js';
import { lawOrder, quantilesOf, uniformTimes } from '../verify/evidence/chain.js';
import { orderOf } from '../verify/evidence/order.js';
import { pointwiseEvidence } from '../verify/evidence/pointwise.js';
import { endDistribution } from '../verify/evidence/sampler.js';
import { claimedKernelTerm, kernelTerm, type KernelFormulas } from '../verify/kernel-terms.js';
import type { Measurement } from '../verify/measurement.js';

/** Data carried forward through a diffusion. */
export interface ForwardSetting {
  readonly target: AxisTarget;
  readonly diffusion: Diffusion;
}

/** What a forward claim says, and what a false variant replaces. */
export interface ForwardSides {
  /** α_t and v_t of x_t | x_0 ~ N(α_t x_0, v_t I). */
  readonly kernel: KernelFormulas;
  /** The law of x_T along an axis whose clean law is given. */
  readonly last: (clean: LineMixture) => LineMixture;
  /** What the law of x_T comes to as the diffusions noise more and more. */
  readonly limit: Limit;
}

/** A family of diffusions with growing noise, and how far the law of x_T lies from the limit that is claimed. */
export interface Limit {
  /** What grows, for the report: "σ_T". */
  readonly grows: string;
  readonly sizes: readonly number[];
  readonly diffusion: (size: number) => Diffusion;
  /** Standard deviation of the Gaussian that x_T is said to come to. */
  readonly sd: (size: number) => number;
  /** The distance falls like size^(−order) or faster. */
  readonly order: number;
}

/** The sides that the claimed kernel implies. */
export const sidesOf = (kernel: KernelFormulas, limit: Limit): ForwardSides => ({
  kernel,
  last: (clean) => noisedLine(clean, kernel.meanCoefficient(float64, 1), kernel.variance(float64, 1)),
  limit,
});

/** Step counts of the forward chain. */
const STEPS = [12, 24, 48];

/** Kernel, law of the SDE by small steps, limit, and draws. */
export function forwardMeasurements(sides: ForwardSides, setting: ForwardSetting): Measurement[] {
  return [kernelAgreement(sides, setting), smallSteps(sides, setting), limitLaw(sides, setting), draws(sides, setting)];
}

/** The reference's mean coefficient and variance against the claimed ones at times within (0, 1). */
const kernelAgreement = ({ kernel }: ForwardSides, { diffusion }: ForwardSetting): Measurement => ({
  name: 'kernel',
  measure: ({ seed, path, thorough }) =>
    pointwiseEvidence(
      {
        kind: 'pointwise',
        relation: '=',
        domain: boxes({ t: { center: [0.5], spread: 0.045 } }),
        lhs: kernelTerm(diffusion),
        rhs: claimedKernelTerm(kernel),
      },
      {
        discrepancy: 1e-3,
        shrink: thorough,
        seed: randomStream(seed, ...path).int32(),
        seedName: [seed, ...path].join('/'),
      },
    ),
});

/** Euler and Maruyama on dx = f dt + g dW comes to the claimed law of x_T at order 1. */
const smallSteps = ({ last }: ForwardSides, { target, diffusion }: ForwardSetting): Measurement =>
  orderOf(
    lawOrder({
      name: 'law of the SDE',
      of: 'Kolmogorov distance of the exact law of the forward steps to the claimed law of x_T',
      target,
      order: 1,
      steps: STEPS,
      chain: (count) => ({
        times: uniformTimes(0, 1, count),
        step: (x, t, noise) => eulerMaruyamaStep(diffusion.reference, x, t, 1 / count, noise),
      }),
      start: target.axes.map(({ law }) => law),
      end: target.axes.map(({ law }) => last(law)),
    }),
  );

/** The law of x_T comes to the claimed Gaussian as the noise grows. */
const limitLaw = ({ limit }: ForwardSides, { target }: ForwardSetting): Measurement =>
  orderOf({
    name: 'limit',
    of: `sup |F_T − F| to the claimed Gaussian, ${limit.grows} in place of steps`,
    order: limit.order,
    steps: limit.sizes,
    // Distribution functions in float64, to a few units of the last digit.
    floor: 1e-14,
    scale: 1,
    errorAt: (size) => {
      const claimed: LineMixture = { weights: [1], means: [0], variances: [limit.sd(size) ** 2] };
      const points = quantilesOf(claimed);
      const distances = target.axes.map(({ law }) => {
        const reached = marginalAt(law, limit.diffusion(size), 1);
        return Math.max(...points.map((x) => Math.abs(lineCdf(reached, x) - lineCdf(claimed, x))));
      });
      return Math.max(...distances);
    },
  });

/** Draws of the reference's kernel at T, from clean draws, against the claimed law. */
const draws = ({ last }: ForwardSides, { target, diffusion }: ForwardSetting): Measurement =>
  endDistribution({
    name: 'x_T',
    target: { ...target, axes: target.axes.map((axis) => ({ ...axis, law: last(axis.law) })) },
    accepted: () => [],
    ends: (count, normal, random) => {
      const noisy = tf.tidy(() => {
        const clean = tf.tensor2d(Float32Array.from(target.density.sample(random, count)), [count, target.dimension]);
        const { mean, std } = perturbationKernel(diffusion.reference, clean, tf.ones([count]));
        return mean.add(normal([count, target.dimension]).mul(std.expandDims(1)));
      });
      const values = noisy.dataSync();
      noisy.dispose();
      return values;
    },
  });
