/** Points with at most two decimals. */
export const rounded = (points: number): string => String(Math.round(100 * points) / 100);

/** The same, and "-" where there is no score. */
export const roundedOrNone = (points: number | null): string => (points === null ? '-' : rounded(points));
