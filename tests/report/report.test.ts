import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
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
    expect(written.sort()).toEqual([...paths.reports, ...paths.figures].sort());
    expect(paths.reports.map((path) => basename(path))).toEqual(['theory.md', 'theory.html', 'theory.json']);
    expect(paths.figures).toHaveLength(4);
  });

  it('writes JSON that is the data', async () => {
    await writeTheoryReport(fixture(), dir);
    expect(verificationSchema.parse(JSON.parse(await readFile(join(dir, 'theory.json'), 'utf8')))).toEqual(fixture());
  });

  it('links to images that are there', async () => {
    const { figures } = await writeTheoryReport(fixture(), dir);
    const links = [...(await readFile(join(dir, 'theory.md'), 'utf8')).matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(
      ([, link]) => join(dir, link ?? ''),
    );
    expect(links.sort()).toEqual([...figures].sort());
  });

  it('without times leaves out the figures that show times', async () => {
    const base = fixture();
    const lines = base.figures.find((figure) => figure.kind === 'lines');
    if (lines === undefined) throw new Error('the fixture has no plot of lines');
    const timed = { ...base, figures: [...base.figures, { ...lines, id: 'seconds', timed: true }] };
    expect((await writeTheoryReport(timed, join(dir, 'with'))).figures).toHaveLength(5);
    expect((await writeTheoryReport(timed, join(dir, 'without'), { times: false })).figures).toHaveLength(4);
    expect(await readFile(join(dir, 'without', 'theory.json'), 'utf8')).not.toContain('seconds');
  });

  it('without times says nothing of how long it took, and changes nothing it was given', async () => {
    const given = fixture();
    const slower = fixture();
    slower.milliseconds = 9e9;
    for (const claim of slower.claims) claim.milliseconds = 8e9;
    const one = await writeTheoryReport(given, join(dir, 'one'), { times: false });
    const other = await writeTheoryReport(slower, join(dir, 'other'), { times: false });
    for (const [index, path] of one.reports.entries()) {
      const text = await readFile(path, 'utf8');
      expect(text).toBe(await readFile(other.reports[index] ?? '', 'utf8'));
      expect(text).not.toContain('milliseconds');
    }
    expect(given).toEqual(fixture());
  });

  it('writes what was asked for alone', async () => {
    const { reports, figures } = await writeTheoryReport(fixture(), dir, { formats: new Set(['json', 'html']) });
    expect(reports).toEqual([join(dir, 'theory.html'), join(dir, 'theory.json')]);
    expect(figures).toEqual([]);
    expect((await readdir(dir)).sort()).toEqual(['theory.html', 'theory.json']);
  });

  it('keeps a figure of any name inside its folder', async () => {
    const base = fixture();
    const [first] = base.figures;
    if (first === undefined) throw new Error('the fixture has no figure');
    const { figures } = await writeTheoryReport({ ...base, figures: [{ ...first, id: '../../etc/a b' }] }, dir);
    expect(figures).toEqual([join(dir, 'theory', '-etc-a-b.svg')]);
  });
});
