import { testVerified, usesDigits } from './verified.js';

testVerified(usesDigits);
