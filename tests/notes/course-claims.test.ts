import { expect, it } from 'vitest';
import { claims } from '../../src/claims/index.js';
import { courseClaims } from '../../src/notes/known/course-claims.js';
import { knownPrints } from '../../src/notes/known/known-prints.js';
import { alike } from '../../src/notes/known/prints.js';
import { variantPrints } from '../../src/notes/known/variant-prints.js';
import { readNotes } from '../../src/notes/notes.js';

it('holds statements and variants as the registry has them (npm run schema writes them)', () => {
  const registry = claims.map(({ id, statement, falseVariants }) => ({
    id,
    statement,
    variants: Object.fromEntries(falseVariants.map((variant) => [variant.id, variant.statement])),
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

it('never calls a claim of the course false', () => {
  const alarms = courseClaims.flatMap(({ id, statement }) => {
    const { links } = readNotes(`${id}.md`, `$$${statement.replace(/\s*\n\s*/g, ' ')}$$\n`, { repairs: false });
    return links
      .filter(({ severity }) => severity === 'error')
      .map(({ rhs, message }) => `${id}: ${rhs.text}: ${message}`);
  });
  expect(alarms).toEqual([]);
});

it('finds no false variant of a claim plainly true', () => {
  const believed = courseClaims.flatMap(({ id, variants }) =>
    Object.entries(variants).flatMap(([variant, statement]) => {
      const { links } = readNotes(`${id}.md`, `$$${statement.replace(/\s*\n\s*/g, ' ')}$$\n`, { repairs: false });
      const claimed = links.filter(({ verdict }) => verdict !== 'definition');
      return claimed.length > 0 && claimed.every(({ verdict }) => verdict === 'true') ? [`${id}/${variant}`] : [];
    }),
  );
  expect(believed).toEqual([]);
});
