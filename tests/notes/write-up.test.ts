import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkWriteUp, writeUpText, type WriteUpOptions } from '../../src/cli/commands/write-up.js';
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
