// Writes docs/images/report.png, the picture of the README, from reports/examples/theory.html: `npm run picture`. It needs Chromium, in CHROMIUM or on the PATH.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { chromium } from 'playwright-core';

const executablePath =
  process.env.CHROMIUM ??
  execFileSync('sh', ['-c', 'command -v chromium || command -v google-chrome']).toString().trim();
const file = fileURLToPath(new URL('../docs/images/report.png', import.meta.url));
mkdirSync(path.dirname(file), { recursive: true });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1000, height: 1100 } });
await page.goto(new URL('../reports/examples/theory.html', import.meta.url).href);
await page.evaluate('document.fonts.ready');
// A claim says more than the table of contents.
await page.evaluate("document.querySelectorAll('h3')[1].scrollIntoView()");
await page.screenshot({ path: file });
await browser.close();
console.log(file);
