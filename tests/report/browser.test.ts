import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeTheoryReport } from '../../src/report/report.js';
import { fixture } from './fixture.js';
import { axe, launch, open } from './in-browser.js';

describe('theory.html in Chromium', () => {
  let dir = '';
  let url = '';
  let browser: BrowserContext | undefined;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'scorecheck-browser-'));
    await writeTheoryReport(fixture(), dir, { formats: new Set(['html']) });
    url = pathToFileURL(join(dir, 'theory.html')).href;
    browser = await launch(dir);
  });
  afterAll(async () => {
    await browser?.close();
    await rm(dir, { recursive: true, force: true });
  });

  it.for([375, 768, 1400])(
    'loads without a complaint and without sideways scrolling at %d px',
    async (width, context) => {
      const { page, messages } = await open(context, browser, url, width, 'light');
      expect(messages).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      await page.close();
    },
  );

  it('sets formulas in its own fonts', async (context) => {
    const { page } = await open(context, browser, url, 1400, 'light');
    const loaded = await page.evaluate(
      `[...document.fonts].filter((font) => font.status === 'loaded').map((font) => font.family.replaceAll('"', ''))`,
    );
    expect(loaded).toEqual(expect.arrayContaining(['KaTeX_Main', 'KaTeX_Math', 'KaTeX_AMS']));
    await page.close();
  });

  it.for([
    [375, 'light'],
    [1400, 'light'],
    [1400, 'dark'],
  ] as const)('has nothing that axe objects to at %d px, %s', async ([width, scheme], context) => {
    const { page } = await open(context, browser, url, width, scheme);
    const { violations, passes } = await axe(page);
    expect(violations).toEqual([]);
    expect(passes).toBeGreaterThan(10);
    await page.close();
  });

  it('prints in black on white, with nothing cut off', async (context) => {
    const { page } = await open(context, browser, url, 1400, 'dark');
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.emulateMedia({ media: 'print', colorScheme: 'light' });
    // A4 less its margins of 15 mm, at 96 px to the inch.
    await page.setViewportSize({ width: 680, height: 1000 });
    expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(0, 0, 0)');
    const cut = await page.evaluate(
      `[...document.querySelectorAll('table, .equation, figure')].filter((each) => each.getBoundingClientRect().right > 681).length`,
    );
    expect(cut).toBe(0);
    await page.close();
  });
});
