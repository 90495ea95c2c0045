import { readFileSync } from 'node:fs';
import { verificationSchema, type Verification } from '../../src/verify/result.js';

/** Three claims, one of each verdict, with every kind of evidence, variant and figure; checked against the published schema. */
export const fixture = (): Verification =>
  verificationSchema.parse(JSON.parse(readFileSync(new URL('fixtures/verification.json', import.meta.url), 'utf8')));
