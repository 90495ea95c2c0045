import type { Resources } from '../../verify/claim.js';
import type { Figure, Verification } from '../../verify/result.js';
import { convergence } from './convergence.js';
import { divergenceCost } from './divergence-cost.js';
import { digitSheet } from './digit-sheet.js';
import { lossBySigma } from './loss-by-sigma.js';
import { noisingProcess } from './noising-process.js';
import { exactSamples, networkSamples } from './sampled-sheet.js';
import { scoreField } from './score-field.js';

/** The plots of a theory report, as plain data; a figure of a claim that did not run is left out. */
export function figuresOf({ claims, seed }: Verification, resources: Resources): Figure[] {
  const ran = (id: string): boolean => claims.some((claim) => claim.id === id);
  return [
    ...(ran('score-is-log-gradient') ? [scoreField()] : []),
    ...claims.flatMap(convergence),
    ...(ran('dsm-equals-esm') ? [lossBySigma()] : []),
    ...(ran('hutchinson-cost') ? divergenceCost() : []),
    ...(ran('reverse-sampler-order') ? noisingProcess() : []),
    ...(ran('tweedie') ? [digitSheet(resources, seed)] : []),
    ...(ran('mnist-sampler') ? [exactSamples(resources, seed), ...networkSamples(resources, seed)] : []),
  ];
}
