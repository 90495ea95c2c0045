import { lineDensity, lineScore } from '../../oracle/line-mixture.js';
import type { Figure } from '../../verify/result.js';
import { twoModes1d } from '../sampler-settings.js';

const [{ law: data }] = twoModes1d.axes;

/** Half of the width of the uniform noise; each noise has its variance. */
const HALF_WIDTH = 1.5;
const VARIANCE = HALF_WIDTH ** 2 / 3;

interface Noise {
  readonly name: string;
  /** Its density k(e). */
  readonly density: (e: number) => number;
  /** (log k)′(e), the target of denoising score matching; where k has no slope any value, since that has no weight. */
  readonly target: (e: number) => number;
}

const laplaceScale = Math.sqrt(VARIANCE / 2);
const noises: readonly Noise[] = [
  {
    name: 'Gaussian noise',
    density: (e) => Math.exp((-0.5 * e ** 2) / VARIANCE) / Math.sqrt(2 * Math.PI * VARIANCE),
    target: (e) => -e / VARIANCE,
  },
  {
    name: 'Laplace noise',
    density: (e) => Math.exp(-Math.abs(e) / laplaceScale) / (2 * laplaceScale),
    target: (e) => -Math.sign(e) / laplaceScale,
  },
  {
    name: 'uniform noise',
    // At its edge, a node of the rule, the mean of both sides.
    density: (e) => (1 - Math.sign(Math.abs(e) - HALF_WIDTH)) / (4 * HALF_WIDTH),
    target: () => 0,
  },
];

/** Nodes of the trapezoid rule over the clean point, and the points of a line, which are nodes too: kinks and jumps of the noises lie on nodes. */
const SPACING = 1 / 256;
const REACH = 8;
const SHOWN = 4;
const EVERY = 16;

/**
 * What denoising score matching learns with three noises of one variance, E[(log k)′(x − x₀) | x], beside the score of the noisy density,
 * ∇log p_σ = E[∇log p₀(x₀) | x]: the two agree where the noise may be integrated by parts.
 */
export function noiseLaws(): Figure {
  const nodes = Array.from({ length: (2 * REACH) / SPACING + 1 }, (_, i) => -REACH + i * SPACING);
  const clean = nodes.map((u) => ({ u, density: lineDensity(data, u), score: lineScore(data, u) }));
  const points = nodes.filter((x, i) => Math.abs(x) <= SHOWN && i % EVERY === 0);
  const meanGiven = ({ density }: Noise, x: number, of: (u: number, score: number) => number): number => {
    let [total, sum] = [0, 0];
    for (const node of clean) {
      const weight = density(x - node.u) * node.density;
      total += weight;
      sum += weight * of(node.u, node.score);
    }
    return sum / total;
  };
  const line = (of: (x: number) => number): [number, number][] => points.map((x) => [x, of(x)]);
  return {
    kind: 'lines',
    id: 'noise-laws',
    claim: 'noise-uniform-fails',
    title: 'What is learned with Gaussian, Laplace and uniform noise',
    caption: `Two modes in 1-D, noise of variance ${VARIANCE}. Dashed is the score of the noisy density; solid is the field at which the denoising loss is smallest, the mean of the target given x. With Gaussian and with Laplace noise the two lie on each other; with uniform noise the target is 0 wherever it is seen, so 0 is learned, whatever the data.`,
    x: { label: 'x', log: false },
    y: { label: 'field', log: false },
    series: noises.flatMap((noise) => [
      {
        name: `${noise.name}: learned`,
        dashed: false,
        points: line((x) => meanGiven(noise, x, (u) => noise.target(x - u))),
      },
      { name: `${noise.name}: ∇log p_σ`, dashed: true, points: line((x) => meanGiven(noise, x, (_, score) => score)) },
    ]),
  };
}
