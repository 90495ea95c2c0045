import { testVerified, usesDigits } from './verified.js';

testVerified((claim) => !usesDigits(claim));
