import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { checkJsonSchema, verifyJsonSchema } from '../../src/cli/schema.js';
import { asClaimed } from './verification.js';

it.each([
  ['verify', verifyJsonSchema()],
  ['check', checkJsonSchema()],
])('schema/%s.schema.json is what `npm run schema` makes of the schema in the code', (name, schema) => {
  const file = new URL(`../../schema/${name}.schema.json`, import.meta.url);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
});

describe('schema/verify.schema.json', () => {
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
