import type { ClaimResult, Figure } from '../../verify/result.js';

/** Claims whose sequential test is drawn. */
const PLOTTED: readonly string[] = ['esm-equals-ism', 'dsm-equals-esm', 'parts'];

/** How the estimate of E[lhs] − E[rhs] settles with the draws, from the recorded looks. */
export function convergence(claim: ClaimResult): Figure[] {
  if (!PLOTTED.includes(claim.id)) return [];
  const recorded = claim.settings.flatMap(({ name, evidence }) =>
    evidence.flatMap(({ sequential }) =>
      sequential !== undefined && sequential.looks.length > 1 ? [{ name, sequential }] : [],
    ),
  );
  return recorded.slice(0, 1).map(({ name, sequential: { looks, delta1 } }) => {
    const line = (label: string, dashed: boolean, y: (look: (typeof looks)[number]) => number) => ({
      name: label,
      dashed,
      points: looks.map((look): [number, number] => [look.n, y(look)]),
    });
    return {
      kind: 'lines',
      id: `${claim.id}-convergence`,
      claim: claim.id,
      title: 'The difference of the two sides against the number of draws',
      caption: `${name}: the estimate of E[lhs] − E[rhs] on TensorFlow.js and its interval. The test stops when the interval lies within ±${delta1.toPrecision(2)}, the discrepancy that it was asked to exclude.`,
      x: { label: 'draws', log: true },
      y: { label: 'E[lhs] − E[rhs]', log: false },
      series: [
        line('estimate', false, ({ estimate }) => estimate),
        line('upper end', true, ({ estimate, halfWidth }) => estimate + halfWidth),
        line('lower end', true, ({ estimate, halfWidth }) => estimate - halfWidth),
      ],
    };
  });
}
