// What an instructor's own exercise imports: `import { exercise, task, ... } from 'scorecheck/exercise'`. docs/write-an-exercise.md is the guide.
/** What each claim of scorecheck is confused with: `variantOf(confusions.tweedie, id, ...)`. */
export * as confusions from '../claims/confusions.js';
export * from '../grade/arbitraries.js';
export * from '../grade/batch.js';
export { exercise, task, variantOf, type Exercise, type Mistake, type TaskSpec } from '../grade/exercise.js';
export type { Field } from '../grade/fields.js';
export type { Formula } from '../grade/formula.js';
export { formulaTask, type FormulaAnswer } from '../grade/formula-answer.js';
export * from '../grade/grid.js';
export * from '../grade/inputs.js';
export type { Asker, Seen, Trial, TrialFinding } from '../grade/trial.js';
export type { Arithmetic } from '../oracle/arithmetic.js';
