import { describe, expect, it } from 'vitest';
import { figureFile } from '../../src/report/figures.js';
import { theoryMarkdown } from '../../src/report/theory-markdown.js';
import { fixture } from './fixture.js';

const figures = { figures: figureFile };

describe('theoryMarkdown', () => {
  it('is the committed document', async () => {
    await expect(theoryMarkdown(fixture(), figures)).toMatchFileSnapshot('fixtures/theory.md');
  });

  it('without times differs in times alone', () => {
    const timed = theoryMarkdown(fixture(), figures);
    const timeless = theoryMarkdown(fixture(), { ...figures, times: false });
    expect(timed).toMatch(/\d (ms|s|min)\b/);
    expect(timeless).not.toMatch(/\d (ms|s|min)\b|Run time|Time \|/);
  });

  it('says why the backend is not the native one', () => {
    const { reason } = fixture().backend;
    expect(reason).toBeDefined();
    expect(theoryMarkdown(fixture(), figures)).toContain(reason);
  });

  it('never says "proved" of a verdict, nor an undefined value', () => {
    const markdown = theoryMarkdown(fixture(), figures);
    expect(markdown.match(/proved/g)).toHaveLength(1);
    expect(markdown).toContain('no verdict says "proved"');
    expect(markdown).not.toMatch(/undefined|NaN|\[object/);
  });

  it('reports a run of no claims', () => {
    const empty = { ...fixture(), claims: [], figures: [] };
    expect(theoryMarkdown(empty, figures)).toContain('0 claims');
  });
});
