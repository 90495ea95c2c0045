import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ownClaimsPage, ownVerdicts } from '../../bench/notes/own-claims.js';
import { claims } from '../../src/claims/index.js';
import { courseClaims } from '../../src/notes/known/course-claims.js';
import { knownPrints } from '../../src/notes/known/known-prints.js';
import { alike } from '../../src/notes/known/prints.js';
import { variantPrints } from '../../src/notes/known/variant-prints.js';

/** Of 56 claims and 261 false variants. */
const CLAIMS_TRUE = 56;
const VARIANTS_FALSE = 261;

it('holds statements and variants as the registry has them (npm run schema writes them)', () => {
  const registry = claims.map(({ id, given, statement, falseVariants }) => ({
    id,
    given,
    statement,
    variants: Object.fromEntries(
      falseVariants.map((variant) => [
        variant.id,
        {
          given: variant.given,
          statement: variant.statement,
          kind: variant.kind === 'value' ? undefined : variant.kind,
        },
      ]),
    ),
  }));
  expect(courseClaims).toEqual(registry);
});

it('holds the values of the variants as they are computed (npm run schema writes them)', () => {
  const computed = variantPrints(courseClaims);
  expect(knownPrints.map(({ name }) => name)).toEqual(computed.map(({ name }) => name));
  for (const [i, { name, lhs, rhs }] of computed.entries()) {
    expect(alike(lhs, knownPrints[i].lhs), name).toBe(true);
    expect(alike(rhs, knownPrints[i].rhs), name).toBe(true);
  }
});

describe("the course's own LaTeX, read by itself", () => {
  const verdicts = ownVerdicts();
  const named = (isVariant: boolean, wanted: string): string[] =>
    verdicts.filter((v) => v.isVariant === isVariant && v.verdict === wanted).map(({ name }) => name);

  it('calls no claim false and no false variant true', () => {
    expect(named(false, 'false')).toEqual([]);
    expect(named(true, 'true')).toEqual([]);
  });

  it('decides as many as it did, which may only become more', () => {
    expect(named(false, 'true').length).toBeGreaterThanOrEqual(CLAIMS_TRUE);
    expect(named(true, 'false').length).toBeGreaterThanOrEqual(VARIANTS_FALSE);
  });

  it('lists what it does not decide in docs/notes-claims.md (npm run schema writes it)', () => {
    const page = readFileSync(new URL('../../docs/notes-claims.md', import.meta.url), 'utf8');
    expect(page).toBe(ownClaimsPage(verdicts));
  });
});
