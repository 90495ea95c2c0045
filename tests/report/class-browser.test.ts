import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classStatistics } from '../../src/course/picture/statistics.js';
import { classPage } from '../../src/report/class-page.js';
import { studentHtml } from '../../src/report/student-report.js';
import { classOf } from '../course/class.js';
import { axe, launch, open } from './in-browser.js';

describe('the pages of a class in Chromium', () => {
  const run = classOf(30);
  const urls = { class: '', student: '' };
  let dir = '';
  let browser: BrowserContext | undefined;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'scorecheck-browser-'));
    const write = async (name: string, text: string): Promise<string> => {
      await writeFile(join(dir, name), text);
      return pathToFileURL(join(dir, name)).href;
    };
    const statistics = classStatistics(run);
    urls.class = await write('class.html', await classPage({ run, statistics, pageOf: (id) => `students/${id}.html` }));
    const chinese = { ...run, course: { ...run.course, language: 'zh-TW' as const } };
    urls.student = await write('s005.html', studentHtml(chinese, 's005'));
    browser = await launch(dir);
  });
  afterAll(async () => {
    await browser?.close();
    await rm(dir, { recursive: true, force: true });
  });

  it.for([
    ['class', 375, 'light'],
    ['class', 1400, 'light'],
    ['class', 1400, 'dark'],
    ['student', 375, 'light'],
    ['student', 1400, 'dark'],
  ] as const)(
    '%s at %d px, %s: loads nothing, does not scroll sideways, and axe objects to nothing',
    async ([name, width, scheme], context) => {
      const { page, messages } = await open(context, browser, urls[name], width, scheme);
      expect(messages).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      const { violations, passes } = await axe(page);
      expect(violations).toEqual([]);
      expect(passes).toBeGreaterThan(10);
      await page.close();
    },
  );

  it('is read by keyboard: the table of the students takes the focus and scrolls', async (context) => {
    const { page } = await open(context, browser, urls.class, 375, 'light');
    const grid = page.locator('.grid');
    await grid.focus();
    await page.keyboard.press('ArrowDown');
    // Not waitForFunction: when it asks a second time, the page's own policy refuses it.
    await expect.poll(() => page.evaluate('document.querySelector(".grid").scrollTop')).toBeGreaterThan(0);
    await page.close();
  });

  it('prints in black on white with every student', async (context) => {
    const { page } = await open(context, browser, urls.class, 1400, 'dark');
    expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
    await page.emulateMedia({ media: 'print', colorScheme: 'light' });
    expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(0, 0, 0)');
    const grid = 'document.querySelector(".grid")';
    // A4 on its side, less its margins of 10 mm.
    await page.setViewportSize({ width: 1047, height: 700 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(1047);
    expect(await page.evaluate(`${grid}.scrollHeight - ${grid}.clientHeight`)).toBeLessThanOrEqual(1);
    await page.close();
  });
});
