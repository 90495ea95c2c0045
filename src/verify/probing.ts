import { continuousAxes } from '../oracle/quadrature.js';
import type { Density } from './densities.js';
import type { Law } from './law.js';
import { independent, lawOf } from './laws.js';
import type { ProbeLaw } from './probes.js';
import type { Term } from './term.js';

/** x ~ p and an independent probe vector v, and how a term of both is read: where v has an integral, in its coordinates. */
export function probedAt(p: Density, probes: ProbeLaw): { readonly law: Law; readonly see: (term: Term) => Term } {
  return probedUnder(lawOf(p), p.dimension, probes);
}

/** Integrals over three continuous coordinates of x and v take seconds, with fields that are differentiated: there draws do. */
const isCheap = (law: Law | undefined): boolean => law?.density !== undefined && continuousAxes(law.density.axes) <= 2;

/** The same for any law of x in R^d, or of the variables that x is made of. */
export function probedUnder(
  law: Law,
  d: number,
  probes: ProbeLaw,
): { readonly law: Law; readonly see: (term: Term) => Term } {
  const integral = probes.integral(d);
  if (integral !== undefined) {
    const together = independent(law, integral.law);
    if (isCheap(together)) return { law: together, see: integral.see };
  }
  return { law: independent(law, probes.law(d)), see: (term) => term };
}
