import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { verifyJsonSchema } from '../../src/cli/schema.js';
import { asClaimed } from './verification.js';

describe('schema/verify.schema.json', () => {
  it('is what `npm run schema` makes of the schema in the code', () => {
    const published: unknown = JSON.parse(
      readFileSync(new URL('../../schema/verify.schema.json', import.meta.url), 'utf8'),
    );
    expect(published).toEqual(JSON.parse(JSON.stringify(verifyJsonSchema())));
  });

  const validate = new Ajv2020({ allErrors: true }).compile(verifyJsonSchema());

  it('accepts a verification', () => {
    expect(validate(JSON.parse(JSON.stringify(asClaimed))), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each([
    ['a verdict that there is not', { claims: [{ ...asClaimed.claims[0], verdict: 'proved' }] }],
    ['a missing seed', { seed: undefined }],
    ['a seed that is no whole number', { seed: 0.5 }],
    ['a key that there is not', { comment: 'no' }],
  ])('refuses %s', (_, change) => {
    expect(validate(JSON.parse(JSON.stringify({ ...asClaimed, ...change })))).toBe(false);
  });
});
