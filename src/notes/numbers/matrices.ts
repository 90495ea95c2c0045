import { Unreadable } from '../read/problem.js';
import type { Span } from '../read/span.js';
import * as n from './batch.js';
import type { Num } from './batch.js';

type Entries = readonly (readonly Num[])[];

/** A⁻¹ by Gauss and Jordan, and det A as the product of the pivots; entries may carry derivatives. Throws {@link Unreadable} for a zero pivot. */
export function inverseAndDeterminant(
  a: Entries,
  span: Span,
): { readonly inverse: Num[][]; readonly determinant: Num } {
  const d = a.length;
  if (a.some((row) => row.length !== d))
    throw new Unreadable('ill-typed', 'The inverse of a matrix that is not square.', span);
  const rows: Num[][] = a.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  let determinant: Num = 1;
  for (let k = 0; k < d; k++) {
    const pivot = rows[k][k];
    if (n.primal(pivot) === 0) throw new Unreadable('unsupported', 'A matrix with a zero pivot is not inverted.', span);
    determinant = n.mul(determinant, pivot);
    rows[k] = rows[k].map((x) => n.div(x, pivot));
    for (let i = 0; i < d; i++) {
      if (i === k) continue;
      const factor = rows[i][k];
      rows[i] = rows[i].map((x, j) => n.sub(x, n.mul(factor, rows[k][j])));
    }
  }
  return { inverse: rows.map((row) => row.slice(d)), determinant };
}
