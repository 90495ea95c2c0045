import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verificationSchema } from '../../src/verify/result.js';
import { writeTheoryReport } from '../../src/report/report.js';
import { fixture } from './fixture.js';

describe('writeTheoryReport', () => {
  let dir = '';
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'scorecheck-report-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('writes the three files and the images, and nothing else', async () => {
    const paths = await writeTheoryReport(fixture(), join(dir, 'new', 'reports'));
    const written = (await readdir(dir, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    expect(written.sort()).toEqual([paths.markdown, paths.html, paths.json, ...paths.figures].sort());
    expect(paths.figures).toHaveLength(4);
  });

  it('writes JSON that is the data', async () => {
    const { json } = await writeTheoryReport(fixture(), dir);
    expect(verificationSchema.parse(JSON.parse(await readFile(json, 'utf8')))).toEqual(fixture());
  });

  it('links to images that are there', async () => {
    const { markdown, figures } = await writeTheoryReport(fixture(), dir);
    const links = [...(await readFile(markdown, 'utf8')).matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, link]) =>
      join(dir, link ?? ''),
    );
    expect(links.sort()).toEqual([...figures].sort());
  });

  it('without times says nothing of how long it took, and changes nothing it was given', async () => {
    const given = fixture();
    const slower = fixture();
    slower.milliseconds = 9e9;
    for (const claim of slower.claims) claim.milliseconds = 8e9;
    const one = await writeTheoryReport(given, join(dir, 'one'), { times: false });
    const other = await writeTheoryReport(slower, join(dir, 'other'), { times: false });
    for (const [a, b] of [
      [one.markdown, other.markdown],
      [one.html, other.html],
      [one.json, other.json],
    ] as const) {
      expect(await readFile(a, 'utf8')).toBe(await readFile(b, 'utf8'));
    }
    expect(await readFile(one.json, 'utf8')).not.toContain('milliseconds');
    expect(given).toEqual(fixture());
  });

  it('keeps a figure of any name inside its folder', async () => {
    const base = fixture();
    const [first] = base.figures;
    if (first === undefined) throw new Error('the fixture has no figure');
    const { figures } = await writeTheoryReport({ ...base, figures: [{ ...first, id: '../../etc/a b' }] }, dir);
    expect(figures).toEqual([join(dir, 'theory', '-etc-a-b.svg')]);
  });
});
