import { readdirSync, readFileSync } from 'node:fs';
import katex from 'katex';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadDigits } from '../../reference/data/digits.js';
import { claims } from '../../src/claims/index.js';
import { verificationSchema, type ClaimResult } from '../../src/verify/result.js';
import { verify } from '../../src/verify/verify.js';
import { testSeed } from '../seed.js';

const folder = new URL('../../src/claims/', import.meta.url);
/** Files of the folder that are no claim: what claims share, and the registry. */
const shared = readdirSync(folder).filter(
  (file) =>
    file.endsWith('.ts') &&
    !readFileSync(new URL(file, folder), 'utf8').includes('= claim<') &&
    !readFileSync(new URL(file, folder), 'utf8').includes('= claim('),
);
const bibliography = readFileSync(new URL('../../docs/references.bib', import.meta.url), 'utf8');

const renders = (latex: string): void =>
  void katex.renderToString(latex, { throwOnError: true, strict: 'error', displayMode: true });
/** The math between dollars of a sentence. */
const mathOf = (text: string): string[] => [...text.matchAll(/\$([^$]+)\$/g)].map(([, math]) => math);

describe('the registry of claims', () => {
  it('holds every claim file of the folder, once, under its file name', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !shared.includes(file));
    expect(claims.map((claim) => `${claim.id}.ts`).sort()).toEqual(files.sort());
  });
});

// Verified once for all: quick, on the digits that the tests have, with the images of one batch.
const resources = { digits: loadDigits(process.env), trainingImages: 2000 };
const results = new Map<string, ClaimResult>();
beforeAll(async () => {
  const verification = await verify(claims, { version: 'test', seed: testSeed, quick: true, resources });
  verificationSchema.parse(verification);
  for (const result of verification.claims) results.set(result.id, result);
}, 600_000);

describe.each(claims.map((claim) => [claim.id, claim] as const))('%s', (id, claim) => {
  it('states itself in LaTeX that renders, with a source in the bibliography', () => {
    renders(claim.statement);
    Object.values(claim.assumptions).flatMap(mathOf).forEach(renders);
    claim.falseVariants.forEach((variant) => renders(variant.statement));
    const [key] = claim.source.split(',');
    expect(bibliography).toMatch(new RegExp(`@\\w+\\{${key},`));
  });

  it('has two settings or more, one of them in two dimensions or more, and a false variant', () => {
    expect(claim.settings.length).toBeGreaterThanOrEqual(2);
    expect(claim.falseVariants.length).toBeGreaterThanOrEqual(1);
  });

  it('is supported in every setting', () => {
    const doubtful = results.get(id)?.settings.filter((setting) => setting.verdict !== 'supported');
    expect(doubtful).toEqual([]);
  });

  it('has every false variant with numbers refuted in every setting where it speaks', () => {
    const standing = results.get(id)?.falseVariants.filter((variant) => variant.kind === 'value' && !variant.refuted);
    expect(standing).toEqual([]);
    for (const variant of claim.falseVariants) {
      const names = claim.settings.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(Object.keys(variant.silentIn)));
      if (variant.kind === 'value') expect(Object.keys(variant.silentIn).length).toBeLessThan(names.length);
      else expect(variant.reason).toBeTruthy();
    }
  });

  it('fails as stated where an assumption is dropped', () => {
    expect(results.get(id)?.withoutAssumption.filter(({ shown }) => !shown)).toEqual([]);
  });
});
