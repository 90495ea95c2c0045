import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readNotes } from '../../src/notes/notes.js';
import { sourceOf } from '../../src/notes/source.js';
import { summarise } from '../../src/notes/summarise.js';
import { notesHtml } from '../../src/report/notes-html.js';
import { axe, launch, open } from './in-browser.js';

const markdown = `---
title: hidden
---
### 分數 😀 notes

A true one $\\|u-v\\|^2 = \\|u\\|^2 - 2\\langle u, v \\rangle + \\|v\\|^2$, a false one

> $$
> \\|u+v\\|^2 = \\|u\\|^2 - 2\\langle u, v \\rangle + \\|v\\|^2
> $$

- $\\nabla \\cdot S(x) = \\nabla S(x)$ and [a link $u = v$](javascript:alert(1)) and ![picture](https://example.org/x.png)

| a | b |
|---|---|
| $\\zeta(u) = 3 \\zeta(v)$ | \`$code$\` |

<!-- scorecheck: skip -->
$$ \\text{中文} = 2 $$

<script>window.bad = 1</script> <img src=x onerror="window.bad = 2">

$\\href{javascript:window.bad=3}{x} = \\htmlId{a}{x}$ and $\\def\\a{\\a\\a}\\a = 1$ and <b>$x = 2 x$</b>

a | ${'\\int '.repeat(60)} $\\|x\\|^2 = ${'\\|x\\|^2 + '.repeat(40)} 1$
`;
const tex =
  '\\documentclass{article}\n\\newcommand{\\half}{\\frac{1}{2}}\n\\begin{document}\nLet <b> \\begin{align}\n  \\half \\|u\\|^2 &= u^\\top u \\label{eq:a}\n\\end{align}\n\\end{document}\n';

describe('the page of the notes in Chromium', () => {
  let dir = '';
  let url = '';
  let browser: BrowserContext | undefined;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'scorecheck-notes-browser-'));
    const files = [
      ['week <7>.md', markdown],
      ['a.tex', tex],
    ].map(([file, text]) => ({ file, notes: readNotes(file, text) }));
    const html = notesHtml(
      { version: '0', files: files.map(({ notes }) => summarise(notes)) },
      new Map(files.map(({ file, notes }) => [file, sourceOf(notes.document)])),
    );
    await writeFile(join(dir, 'notes.html'), html);
    url = pathToFileURL(join(dir, 'notes.html')).href;
    browser = await launch(dir);
  });
  afterAll(async () => {
    await browser?.close();
    await rm(dir, { recursive: true, force: true });
  });

  it.for([375, 1400])('runs nothing of the document, loads nothing, and fits %d px', async (width, context) => {
    const { page, messages } = await open(context, browser, url, width, 'light');
    expect(messages).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(await page.evaluate('window.bad')).toBeUndefined();
    expect(await page.evaluate('document.querySelectorAll("main script, img, iframe, a[href^=javascript]").length')).toBe(0);
    expect(await page.evaluate('document.querySelectorAll("script").length')).toBe(1);
    await page.close();
  }); // prettier-ignore

  it('typesets the formulas of both languages, with the macros of the document', async (context) => {
    const { page } = await open(context, browser, url, 1400, 'light');
    expect(await page.evaluate('document.querySelectorAll("button .katex").length')).toBeGreaterThanOrEqual(6);
    expect(await page.locator('.tex button').locator('.katex').count()).toBe(1);
    const text = String(await page.evaluate('document.body.innerText'));
    expect(text).not.toContain('title: hidden');
    expect(text).toContain('\\documentclass{article}');
    await page.close();
  });

  it('colours each formula by its worst link', async (context) => {
    const { page } = await open(context, browser, url, 1400, 'light');
    const kinds = await page.evaluate('[...document.querySelectorAll("button.link")].map((each) => each.classList[1])');
    expect(kinds).toEqual(expect.arrayContaining(['true', 'error', 'not-checked']));
    expect(await page.locator('blockquote button.error').count()).toBe(1);
    expect(await page.locator('.tex button.error').count()).toBe(1);
    await page.close();
  });

  it('opens a reading by a click or by the keyboard, behind its paragraph, and closes it by Escape', async (context) => {
    const { page, messages } = await open(context, browser, url, 375, 'light');
    const button = page.locator('blockquote button.error');
    await button.click();
    const reading = page.locator(`#${await button.getAttribute('aria-controls')}`);
    expect(await reading.isVisible()).toBe(true);
    expect(await page.locator('blockquote .reading').count()).toBe(1);
    const text = await reading.innerText();
    expect(text).toContain('This equation is false.');
    expect(text).toContain('1-D, sigma = 0.6');
    expect(text).toContain('Suggested change');
    await page.keyboard.press('Escape');
    expect(await reading.isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    expect(await reading.isVisible()).toBe(true);
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375);
    expect(messages).toEqual([]);
    await page.close();
  });

  it.for([
    [375, 'light'],
    [1400, 'light'],
    [1400, 'dark'],
  ] as const)('has nothing that axe objects to at %d px, %s, with every reading open', async ([width, scheme], context) => {
    const { page } = await open(context, browser, url, width, scheme);
    expect((await axe(page)).violations).toEqual([]);
    await page.evaluate('document.querySelectorAll("button.link").forEach((each) => each.click())');
    const { violations, passes } = await axe(page);
    expect(violations).toEqual([]);
    expect(passes).toBeGreaterThan(10);
    await page.close();
  }); // prettier-ignore

  it('prints what is wrong with its reason, in black on white, with nothing cut off', async (context) => {
    const { page } = await open(context, browser, url, 1400, 'dark');
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.emulateMedia({ media: 'print', colorScheme: 'light' });
    await page.setViewportSize({ width: 680, height: 1000 });
    expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(0, 0, 0)');
    expect(await page.locator('.reading.error').first().isVisible()).toBe(true);
    expect(await page.locator('.reading.true').first().isVisible()).toBe(false);
    await page.close();
  });
});
