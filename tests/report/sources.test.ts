import { describe, expect, it } from 'vitest';
import { citation, parseSources, readSources, sourcesNamed } from '../../src/report/sources.js';

describe('references.bib', () => {
  const sources = readSources();

  it('names author, year, title and place of every source', () => {
    expect(sources.size).toBeGreaterThan(20);
    for (const { key, short, full } of sources.values()) {
      expect(key).toMatch(/^[a-z]+\d{4}[a-z]*$/);
      expect(short).toMatch(/^\p{L}.* \(\d{4}\)$/u);
      expect(full).toMatch(/\(\d{4}\)\. \*.+\*\. .{4,}/);
      expect(full).not.toMatch(/undefined|[{}]/);
    }
  });

  it('has what the course names', () => {
    const named =
      'hyvarinen2005 vincent2011 song2020sliced song2019 song2021 ho2020 robbins1956 efron2011 anderson1982 hutchinson1990';
    expect(sourcesNamed(named, sources).map(({ key }) => key)).toEqual(named.split(' '));
  });

  it('cites in a sentence, and leaves an unknown key as it is', () => {
    expect(citation('song2019, Section 3; nobody2031', sources)).toBe('Song and Ermon (2019), Section 3; nobody2031');
  });

  it('reads a single entry', () => {
    const bib =
      '@article{doe1999, author = {Doe, Jane and Roe, R.}, title = {A {B} \\& C}, journal = {J}, volume = {1}, pages = {2--3}, year = {1999}}';
    expect(parseSources(bib).get('doe1999')).toEqual({
      key: 'doe1999',
      short: 'Doe and Roe (1999)',
      full: 'Jane Doe and R. Roe (1999). *A B & C*. J 1:2–3.',
    });
  });

  it('refuses a field that is not text', () => {
    expect(() => parseSources('@article{doe1999, month = jan # feb}')).toThrow(
      /Expected a field of references.bib in braces/,
    );
  });
});
