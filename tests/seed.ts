/** The seed of tests that draw at random: arbitrary, and any other must do; `npm run test:seeds` sets fresh ones. */
export const testSeed = Number(process.env['SCORECHECK_TEST_SEED'] ?? 2024);
