import { randomStream } from '../../numerics/random.js';
import type { Evidence } from '../evidence.js';
import type { IdentityStatement } from '../statement.js';
import { groupsOf } from './moments.js';
import { pointOf, roundedDraws } from './on-tensors.js';
import { gapsAt, summaryOf } from './pointwise.js';

/** Points per law. */
const POINTS = 64;

/**
 * The reference on TensorFlow.js agrees with the formula of each side at draws of its law. It says nothing on the identity: it says that what the
 * quadrature integrated is what TensorFlow.js computes.
 */
export function agreementEvidence(
  statement: IdentityStatement,
  options: { readonly discrepancy: number; readonly seed: number; readonly seedName: string },
): Evidence {
  const gaps = groupsOf(statement).flatMap(({ law, lhs, rhs }, g) => {
    const draws = roundedDraws(law.sample(randomStream(options.seed, `law ${g}`), POINTS));
    const points = Array.from({ length: POINTS }, (_, i) => pointOf(draws, i, POINTS));
    return [lhs, rhs].flatMap((term) =>
      term === undefined ? [] : gapsAt({ relation: '=', lhs: term, rhs: term }, points),
    );
  });
  // An exact constant (the 0 that a derivative is compared with) has no rounding: it would only pull the typical size of the sides down.
  const computed = gaps.filter((gap) => gap.tolerance > 0 || gap.residual > 0);
  const compared = computed.length > 0 ? computed : gaps;
  return summaryOf(compared, 'each side on TensorFlow.js against its formula in float64, at draws of its law', {
    ...options,
    // The statement is on means: what is 0 at most draws, such as a derivative between two kinks, is as large as its mean.
    scale: compared.reduce((sum, gap) => sum + gap.scale, 0) / compared.length,
  });
}
