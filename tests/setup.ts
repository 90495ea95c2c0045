import fc from 'fast-check';
import { testSeed } from './seed.js';

// Property tests draw from the seed that `npm run test:seeds` changes, so that a failure can be had again.
fc.configureGlobal({ seed: testSeed });
