import type { Resources } from '../../verify/claim.js';
import type { ClaimResult, Figure, Verification } from '../../verify/result.js';
import { convergence } from './convergence.js';
import { divergenceCost } from './divergence-cost.js';
import { digitSheet } from './digit-sheet.js';
import { lossBySigma } from './loss-by-sigma.js';
import { noiseLaws } from './noise-laws.js';
import { noisingProcess } from './noising-process.js';
import { exactSamples, networkSamples } from './sampled-sheet.js';
import { scoreField } from './score-field.js';
import { volumeLoss } from './volume-loss.js';

type Draw = (resources: Resources, seed: number) => Figure[];

/** What is drawn for a claim beside the convergence of its sequential tests. */
const drawings: Readonly<Record<string, Draw>> = {
  'score-is-log-gradient': () => [scoreField()],
  'dsm-equals-esm': () => [lossBySigma()],
  'dsm-any-shape': () => [volumeLoss()],
  'noise-uniform-fails': () => [noiseLaws()],
  'hutchinson-cost': divergenceCost,
  'reverse-sampler-order': noisingProcess,
  tweedie: (resources, seed) => [digitSheet(resources, seed)],
  'mnist-sampler': (resources, seed) => [exactSamples(resources, seed), ...networkSamples(resources, seed)],
};

/** The plots of one claim, as plain data. */
export const figuresOfClaim = (result: ClaimResult, resources: Resources, seed: number): Figure[] => [
  ...convergence(result),
  ...(Object.hasOwn(drawings, result.id) ? drawings[result.id](resources, seed) : []),
];

/** The plots of a theory report; a figure of a claim that did not run is left out. */
export const figuresOf = ({ claims, seed }: Verification, resources: Resources): Figure[] =>
  claims.flatMap((result) => figuresOfClaim(result, resources, seed));
