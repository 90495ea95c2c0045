import type { Claim } from '../verify/claim.js';
import { dsmSameArgmin } from './dsm-same-argmin.js';
import { esmEqualsIsm } from './esm-equals-ism.js';
import { scoreIsLogGradient } from './score-is-log-gradient.js';

/** Every claim of the course, in the order of the catalogue. */
export const claims: readonly Claim[] = [scoreIsLogGradient, esmEqualsIsm, dsmSameArgmin];
