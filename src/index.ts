// The public API. Importing it loads TensorFlow.js on the backend that is provisioned; `scorecheck setup` provisions one.
export { loadDigits, type Digits, type DigitSet } from '../reference/data/digits.js';
export { answersOf } from './claims/answers.js';
export { figuresOf } from './claims/figures/index.js';
export { claims } from './claims/index.js';
export { exitCodeOf, unexpected } from './cli/exit-code.js';
export { verifyJsonSchema } from './cli/schema.js';
export { writeTheoryReport, type TheoryPaths } from './report/report.js';
export { summaryTable } from './report/summary-table.js';
export { setup, type SetupOutcome } from './tensorflow/setup.js';
export { backend, type Backend } from './tensorflow/tensorflow.js';
export { claim, type Claim, type ClaimSpec, type Resources } from './verify/claim.js';
export { verificationSchema, type ClaimResult, type Verification } from './verify/result.js';
export { verify, type VerifyOptions } from './verify/verify.js';
