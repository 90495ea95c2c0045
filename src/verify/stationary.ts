import type { ScoreField } from './fields.js';
import { shifted } from './fields.js';
import type { Law } from './law.js';
import { expectation, type IdentityStatement } from './statement.js';
import { constant, minus, stack, times, type Term } from './term.js';

/**
 * E[loss(argmin + φ) − loss(argmin − φ)] / 2 = 0 for each direction φ: the derivative of the loss at `argmin` along φ. For a loss quadratic in
 * the field the central difference with step 1 is that derivative, without truncation error.
 */
export function stationary(
  law: Law,
  loss: (field: ScoreField) => Term,
  argmin: ScoreField,
  directions: readonly ScoreField[],
): IdentityStatement {
  const along = directions.map((direction) =>
    times(0.5, minus(loss(shifted(argmin, direction, 1)), loss(shifted(argmin, direction, -1)))),
  );
  return {
    kind: 'identity',
    lhs: expectation(law, stack(...along)),
    rhs: expectation(law, constant(...along.map(() => 0))),
  };
}
