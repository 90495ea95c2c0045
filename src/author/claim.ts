// What an instructor's own claim imports: `import { claim, gaussian, ... } from 'scorecheck/claim'`. docs/write-a-claim.md is the guide.
export { latex } from '../claims/latex.js';
export * from '../claims/settings.js';
export { claim, type Claim, type ClaimSpec } from '../verify/claim.js';
export * from '../verify/densities.js';
export * from '../verify/domains.js';
export * from '../verify/fields.js';
export * from '../verify/gradients.js';
export * from '../verify/laws.js';
export * from '../verify/noising.js';
export * from '../verify/statement.js';
export * from '../verify/term.js';
export * from '../verify/terms.js';
export { tf } from '../tensorflow/tensorflow.js';
