/** The error of a scheme with so many steps, and how far rounding may have moved it. */
export interface RootMeanSquare {
  readonly steps: number;
  readonly error: number;
  readonly rounding: number;
}

/** An observed order of convergence. */
export interface OrderFound {
  readonly order: number;
  /** The least of the three numbers of steps that it is taken from. */
  readonly from: number;
  /** How far rounding may have moved it. */
  readonly rounding: number;
}

/** An order that rounding may move by more than this says little on a difference of 0.05. */
const MOST_ROUNDING = 0.025;

/**
 * The order p of errors C N^(−p) (1 + a/N + O(N⁻²)) at N = N₀ 2^k: log₂ e(N)/e(2N) = p + a/(2N log 2) + O(N⁻²), so twice the value at 2N less that at N has no term in
 * 1/N (Richardson extrapolation). From the finest three where rounding, (3 f₂/e₂ + 2 f₄/e₄ + f₁/e₁)/log 2 for errors eₖ known up to fₖ, leaves it; `undefined` where there are none.
 */
export function extrapolatedOrder(errors: readonly RootMeanSquare[]): OrderFound | undefined {
  const triples = errors.slice(2).map((fine, k) => {
    const [coarse, middle] = [errors[k], errors[k + 1]];
    const share = ({ error, rounding }: RootMeanSquare): number => rounding / error;
    return {
      order: 2 * Math.log2(middle.error / fine.error) - Math.log2(coarse.error / middle.error),
      from: coarse.steps,
      rounding: (3 * share(middle) + 2 * share(fine) + share(coarse)) / Math.LN2,
    };
  });
  return triples.filter(({ order, rounding }) => Number.isFinite(order) && rounding <= MOST_ROUNDING).pop();
}
