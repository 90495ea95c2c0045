import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { writeTheoryReport } from '../../src/report/report.js';
import { fixture } from './fixture.js';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const present = existsSync(executablePath);

// Nothing but the page itself may use the network, and the profile is an empty folder of this run.
const flags =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

describe('theory.html in Chromium', () => {
  let dir = '';
  let url = '';
  let browser: BrowserContext | undefined;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'scorecheck-browser-'));
    await writeTheoryReport(fixture(), dir, { formats: new Set(['html']) });
    url = pathToFileURL(join(dir, 'theory.html')).href;
    if (!present) return;
    browser = await chromium.launchPersistentContext(join(dir, 'profile'), { executablePath, args: flags.split(' ') });
  });
  afterAll(async () => {
    await browser?.close();
    await rm(dir, { recursive: true, force: true });
  });

  /** A fresh page of a width in pixels; what it complained about and what it asked the network for. */
  async function open(
    context: TestContext,
    width: number,
    scheme: 'light' | 'dark',
  ): Promise<{ page: Page; messages: string[] }> {
    if (browser === undefined) {
      return context.skip(`not run: no Chromium at ${executablePath}; install it or set CHROMIUM_PATH`);
    }
    const page = await browser.newPage();
    const messages: string[] = [];
    page.on('console', (message) => messages.push(message.text()));
    page.on('pageerror', (error) => messages.push(error.message));
    page.on('request', (request) => {
      if (request.url() !== url && !request.url().startsWith('data:')) messages.push(`asked for ${request.url()}`);
    });
    await page.setViewportSize({ width, height: 812 });
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto(url);
    await page.evaluate('document.fonts.ready');
    return { page, messages };
  }

  it.for([375, 768, 1400])(
    'loads without a complaint and without sideways scrolling at %d px',
    async (width, context) => {
      const { page, messages } = await open(context, width, 'light');
      expect(messages).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      await page.close();
    },
  );

  it('sets formulas in its own fonts', async (context) => {
    const { page } = await open(context, 1400, 'light');
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
    const { page } = await open(context, width, scheme);
    await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
    const results = await page.evaluate<AxeResults>('axe.run()');
    expect(results.violations.map(({ id, nodes }) => [id, nodes[0]?.html, nodes[0]?.failureSummary])).toEqual([]);
    expect(results.passes.length).toBeGreaterThan(10);
    await page.close();
  });

  it('prints in black on white, with nothing cut off', async (context) => {
    const { page } = await open(context, 1400, 'dark');
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
