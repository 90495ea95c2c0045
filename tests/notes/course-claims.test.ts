import { expect, it } from 'vitest';
import { claims } from '../../src/claims/index.js';
import { courseClaims } from '../../src/notes/known/course-claims.js';
import { readNotes } from '../../src/notes/notes.js';

it('holds statements as the registry has them (scripts/notes-claims.mjs writes them)', () => {
  const known = new Map(claims.map((claim) => [claim.id, claim]));
  for (const { id, statement } of courseClaims) expect(known.get(id)?.statement).toBe(statement);
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
