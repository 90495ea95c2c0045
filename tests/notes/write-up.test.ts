import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkWriteUp, writeUpText, type WriteUpOptions } from '../../src/cli/commands/write-up.js';
import { courseClaims } from '../../src/notes/known/course-claims.js';
import { readWriteUp } from '../../src/notes/write-up.js';

const noising = 'Let $y = x + \\tau z$ with $z \\sim N(0, I)$.\n\n';

describe('readWriteUp', () => {
  it('finds a claim in another notation, over several steps', () => {
    const { claims, breaks } = readWriteUp(
      'a.md',
      `${noising}$$\\nabla_y \\log p(y|x) = -\\frac{z}{\\tau} = -\\frac{y - x}{\\tau^2}$$\n`,
      ['dsm-target'],
    );
    expect(breaks).toEqual([]);
    expect(claims[0].parts.map(({ line }) => line)).toContain(3);
  });

  it('finds an equation whose terms stand on other sides', () => {
    const { claims } = readWriteUp(
      'a.md',
      '$$E_{x \\sim p(x)} \\|S(x) - \\nabla \\log p(x)\\|^2 - E_{x \\sim p(x)} \\|\\nabla \\log p(x)\\|^2 = E_{x \\sim p(x)} [\\|S(x)\\|^2 + 2 \\nabla \\cdot S(x)]$$\n',
      ['esm-equals-ism'],
    );
    expect(claims[0].parts.map(({ line }) => line)).toEqual([1]);
  });

  it('names the line that breaks a derivation and how to mend it, in both languages', () => {
    const found = readWriteUp('a.md', `${noising}$$\\nabla_y \\log p(y|x) = -\\frac{y - x}{\\tau}$$\n`, ['dsm-target']);
    expect(found.breaks).toMatchObject([{ line: 3, fix: { text: '^2' } }]);
    expect(found.claims[0].parts.every(({ line }) => line === null)).toBe(true);
    expect(writeUpText('a.md', found, 'en')).toContain('a.md:3:');
    expect(writeUpText('a.md', found, 'zh-TW')).toContain('推導在這裡中斷');
  });

  const score = '\\nabla_x \\log p(x|x_0)';
  const esm = '\\mathbb E_{x} \\|S(x) - \\nabla \\log p(x)\\|^2';
  const dsm = `\\mathbb E_{x_0, x} \\|S(x) - ${score}\\|^2`;
  const cross = (of: string): string =>
    `\\mathbb E_{x_0, x} \\|S(x)\\|^2 - 2 \\mathbb E_{x_0, x} \\langle S(x), ${of} \\rangle`;
  it.each([
    ['up to a constant that the derivation does not name', `${dsm} = ${esm} + C`, true],
    ['… in steps', `${dsm} = ${cross(score)} + C = ${cross('\\nabla \\log p(x)')} + C = ${esm} + C`, true],
    ['not by a loss put equal to itself', `${esm} = ${esm}`, false],
    ['… nor by multiplying one out', `${esm} = ${cross('\\nabla \\log p(x)')} + \\mathbb E_x \\|\\nabla \\log p(x)\\|^2`, false],
    ['nor by half of the loss', `${dsm} = \\frac12 ${esm} + C`, false],
  ])('finds that two losses are one, %s', (_, equation, expected) => {
    const { claims } = readWriteUp('a.md', `Let $x = x_0 + \\sigma \\epsilon$ with $\\epsilon \\sim N(0, I)$.\n\n$$${equation}$$\n`, ['dsm-equals-esm']);
    expect(claims[0].parts.map(({ line }) => line !== null)).toEqual([expected]);
  }); // prettier-ignore

  it.each(courseClaims.map(({ id }) => id))('finds %s by its own statement, not by its sides put equal to themselves', (id) => {
    const { statement } = courseClaims.find((claim) => claim.id === id) ?? { statement: '' };
    const context = 'Score matching. Let $x = x_0 + \\sigma \\varepsilon$.\n\n';
    const own = `$$${statement.replace(/\s*\n\s*/g, ' ')}$$\n`;
    const shown = [own, `${context}${own}`].map((text) => readWriteUp('a.md', text, [id]).claims[0].parts);
    for (const [i, { latex, line }] of shown[0].entries()) {
      const same = latex.split(' = ').filter((side) => side !== '').map((side) => `$$${side} = ${side}$$`).join('\n\nand\n\n');
      const found = readWriteUp('a.md', `${context}${same}\n`, [id]).claims[0].parts.find((part) => part.latex === latex);
      expect([latex, line ?? shown[1][i].line, found?.line ?? null]).toEqual([latex, expect.any(Number), null]);
    }
  }); // prettier-ignore

  it('shows nothing by words alone', () => {
    const { claims, breaks } = readWriteUp('a.md', 'It is well known that DSM equals ESM.\n', ['dsm-equals-esm']);
    expect(breaks).toEqual([]);
    expect(claims[0].parts.every(({ line }) => line === null)).toBe(true);
  });
});

describe('checkWriteUp', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'scorecheck-write-up-'));
  const file = path.join(folder, 'a.md');
  async function run(options: WriteUpOptions): Promise<{ code: number; out: string }> {
    let out = '';
    const terminal = { env: {}, verbose: false, result: (part: string) => void (out += part), note: () => undefined, bars: undefined }; // prettier-ignore
    const code = await checkWriteUp({ file, exercise: '04-denoising-score-matching' }, options, 'en', terminal);
    return { code, out };
  }

  it('gives its result as JSON and as a report, with 1 where an equation is missing', async () => {
    writeFileSync(file, `${noising}$$\\nabla_y \\log p(y|x) = -\\frac{z}{\\tau} = -\\frac{y - x}{\\tau^2}$$\n`);
    const { code, out } = await run({ json: '-', out: folder });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ exercise: 'denoising-score-matching', complete: false, breaks: [] });
    expect(readFileSync(path.join(folder, 'denoising-score-matching.md'), 'utf8')).toContain('✓ dsm-target');
  });

  it('refuses a task, and a file without a word, with words', async () => {
    await expect(run({ task: 'dsmTarget' })).rejects.toThrow('read as a whole');
    writeFileSync(file, ' \n');
    await expect(run({})).rejects.toThrow('found nothing');
  });
});
