import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import type { TestContext } from 'vitest';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

// Nothing but the page itself may use the network, and the profile is an empty folder of this run.
const flags =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

/** Debian's Chromium with a profile below `dir`; `undefined` where there is none. */
export const launch = async (dir: string): Promise<BrowserContext | undefined> =>
  existsSync(executablePath)
    ? chromium.launchPersistentContext(join(dir, 'profile'), { executablePath, args: flags.split(' ') })
    : undefined;

/** A fresh page of a width in pixels; what it complained about and what it asked the network for. Skips the test, with the reason, without a browser. */
export async function open(
  context: TestContext,
  browser: BrowserContext | undefined,
  url: string,
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

/** What axe objects to, with the first place, and how many of its rules the page passes. */
export async function axe(page: Page): Promise<{ violations: unknown[]; passes: number }> {
  // A page whose policy knows its own script alone lets none be added; the debugger's own evaluation is not bound by it.
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const results = await page.evaluate<AxeResults>('axe.run()');
  return {
    violations: results.violations.map(({ id, nodes }) => [id, nodes[0]?.html, nodes[0]?.failureSummary]),
    passes: results.passes.length,
  };
}
