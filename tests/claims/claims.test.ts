import { readdirSync, readFileSync } from 'node:fs';
import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { claims } from '../../src/claims/index.js';

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

describe.each(claims.map((claim) => [claim.id, claim] as const))('%s', (_, claim) => {
  it('states itself in LaTeX that renders, with a source in the bibliography', () => {
    renders(claim.statement);
    Object.values(claim.assumptions).flatMap(mathOf).forEach(renders);
    [claim, ...claim.falseVariants].flatMap(({ given = '' }) => mathOf(given)).forEach(renders);
    claim.falseVariants.forEach((variant) => renders(variant.statement));
    const [key] = claim.source.split(',');
    expect(bibliography).toMatch(new RegExp(`@\\w+\\{${key},`));
  });

  it('has two settings or more, one of them in two dimensions or more, and a false variant', () => {
    expect(claim.settings.length).toBeGreaterThanOrEqual(2);
    expect(claim.falseVariants.length).toBeGreaterThanOrEqual(1);
  });

  it('is silent in settings that it has, and not in all of them', () => {
    const names = claim.settings.map(({ name }) => name);
    for (const variant of claim.falseVariants) {
      expect(names).toEqual(expect.arrayContaining(Object.keys(variant.silentIn)));
      if (variant.kind === 'value') expect(Object.keys(variant.silentIn).length).toBeLessThan(names.length);
      else expect(variant.reason).toBeTruthy();
    }
  });
});
