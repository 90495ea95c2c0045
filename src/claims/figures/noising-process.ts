import { kolmogorovDistance, lawAfter } from '../../oracle/chain-law.js';
import {
  subVariancePreservingOracle,
  varianceExplodingOracle,
  variancePreservingOracle,
  type DiffusionOracle,
} from '../../oracle/diffusion.js';
import { heunOnTheFlow } from '../../oracle/flow-map.js';
import { lineCdf, lineQuantile, type LineMixture } from '../../oracle/line-mixture.js';
import { acceptedReverseSchemes, marginalAt, transitionsOf } from '../../oracle/reverse-schemes.js';
import { quantilesOf } from '../../verify/evidence/chain.js';
import type { Figure } from '../../verify/result.js';
import { twoModes1d } from '../sampler-settings.js';

const [{ law: data }] = twoModes1d.axes;

/** The processes, each as a function of α_T/σ_T, the share of the data that is left at the end of the noising. */
const processes: readonly { readonly name: string; readonly withSignalLeft: (share: number) => DiffusionOracle }[] = [
  // σ_min = 0.1, and σ_T² = σ_max² − σ_min².
  { name: 'variance exploding', withSignalLeft: (share) => varianceExplodingOracle(0.1, Math.hypot(1 / share, 0.1)) },
  {
    name: 'variance preserving',
    withSignalLeft: (share) => variancePreservingOracle(...linearBetas(share / Math.hypot(1, share))),
  },
  {
    name: 'sub-variance preserving',
    // α/(1 − α²) = share.
    withSignalLeft: (share) =>
      subVariancePreservingOracle(...linearBetas((Math.hypot(1, 2 * share) - 1) / (2 * share))),
  },
];

/** β from 0.3 up to where exp(−½∫β) = α. */
const linearBetas = (alpha: number): [number, number] => [0.3, -4 * Math.log(alpha) - 0.3];

const SHARES = [0.5, 0.25, 0.12, 0.06, 0.03, 0.015, 0.008];
/** The share at which the samplers are compared. */
const SHARE = 0.03;
/** Scores per draw. */
const SCORES = [8, 16, 32, 64, 128, 256];

/**
 * What the choice of the noising process costs, on two modes in 1-D and without a draw: how far the law of x_T lies from the prior, and how far the
 * law of a sampler started from the prior lies from the data. A report, no claim: no verdict hangs on it.
 */
export function noisingProcess(): Figure[] {
  return [priorDistance(), samplerError()];
}

function priorDistance(): Figure {
  return {
    kind: 'lines',
    id: 'noising-process-prior',
    claim: 'reverse-sampler-order',
    title: 'How to choose the noising process: the distance to the prior',
    caption: `sup |F_T − F| between the law of x_T and the prior, for two modes in 1-D. At the same share of the data left at the end, the three processes are about equally far from their priors, in proportion to that share: at ${SHARE} it is ${processes.map(({ name, withSignalLeft }) => `${distanceToPrior(withSignalLeft(SHARE)).toPrecision(2)} (${name})`).join(', ')}. The processes differ in what they ask for it: σ_max in proportion to 1/share, or ∫β by its logarithm.`,
    x: { label: 'share of the data left, α_T/σ_T', log: true },
    y: { label: 'sup |F_T − F_prior|', log: true },
    series: processes.map(({ name, withSignalLeft }) => ({
      name,
      dashed: false,
      points: SHARES.map((share): [number, number] => [share, distanceToPrior(withSignalLeft(share))]),
    })),
  };
}

const priorOf = ({ priorSd }: DiffusionOracle): LineMixture => ({
  weights: [1],
  means: [0],
  variances: [priorSd ** 2],
});

function distanceToPrior(diffusion: DiffusionOracle): number {
  const [reached, prior] = [marginalAt(data, diffusion, 1), priorOf(diffusion)];
  return Math.max(...quantilesOf(prior).map((x) => Math.abs(lineCdf(reached, x) - lineCdf(prior, x))));
}

function samplerError(): Figure {
  const lines = processes.flatMap(({ name, withSignalLeft }) => {
    const diffusion = withSignalLeft(SHARE);
    const line = (what: string, dashed: boolean, error: (scores: number) => number) => ({
      name: `${name}, ${what}`,
      dashed,
      points: SCORES.map((scores): [number, number] => [scores, error(scores)]),
    });
    return [
      line('reverse SDE', false, (scores) => eulerMaruyamaError(diffusion, scores)),
      line('flow by Heun', true, (scores) => heunError(diffusion, scores / 2)),
    ];
  });
  return {
    kind: 'lines',
    id: 'noising-process-sampler',
    claim: 'reverse-sampler-order',
    title: 'How to choose the noising process: the error of a sampler',
    caption: `sup |F_N − F₀| between the exact law of a sampler started from the prior and the data, with the exact score and ${SHARE} of the data left at the end. Euler and Maruyama on the reverse SDE falls like 1/N. Heun's scheme on the flow falls like 1/N² until the wrong start is left, which a flow carries to the end: about ${distanceToPrior(processes[1].withSignalLeft(SHARE)).toPrecision(1)}.`,
    x: { label: 'scores per draw', log: true },
    y: { label: 'sup |F_N − F₀|', log: true },
    series: lines,
  };
}

function eulerMaruyamaError(diffusion: DiffusionOracle, steps: number): number {
  const [euler] = acceptedReverseSchemes(diffusion);
  const law = lawAfter(priorOf(diffusion), transitionsOf(euler, diffusion, data, steps));
  // A law that has run off has all of its mass at the wrong place.
  return law === undefined ? 1 : kolmogorovDistance(law, data, quantilesOf(data));
}

/** Quantiles that the flow carries. */
const CARRIED = 129;

function heunError(diffusion: DiffusionOracle, steps: number): number {
  const levels = Array.from({ length: CARRIED }, (_, i) => (i + 0.5) / CARRIED);
  const start = levels.map((u) => lineQuantile(priorOf(diffusion), u));
  const reached = heunOnTheFlow(diffusion, data, start, steps).sort((a, b) => a - b);
  return Math.max(...reached.map((y, i) => Math.abs(lineCdf(data, y) - levels[i])));
}
