/** Rate at which a whole run may call anything true "refuted", or anything right "wrong", by chance: shared by the union bound. */
export const RUN_FALSE_FAIL_RATE = 1e-6;

/**
 * Shares of the rate, one per random comparison (coordinate). Fixed, not counted: so a comparison has the same rate, and the same verdict, whether it
 * runs alone or with all others, and a new claim changes no old verdict. Against an exact count of 200 it costs 12 % more draws.
 */
export const BUDGET_SHARES = 4096;

/** Rate of one random comparison. */
export const COMPARISON_RATE = RUN_FALSE_FAIL_RATE / BUDGET_SHARES;

/** Rate of a false support of one comparison at the stated discrepancy (verdicts.md 2.e). */
export const FALSE_SUPPORT_RATE = 1e-4;
