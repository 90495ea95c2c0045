import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkFile, checkFolder, print } from '../../src/cli/output.js';
import type { Terminal } from '../../src/cli/terminal.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'scorecheck-output-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function recording(): { terminal: Terminal; results: string[]; notes: string[] } {
  const [results, notes]: [string[], string[]] = [[], []];
  const terminal = {
    env: {},
    verbose: false,
    result: (text: string) => void results.push(text),
    note: (text: string) => void notes.push(text),
    bars: undefined,
  };
  return { terminal, results, notes };
}

const content = { text: () => 'a table', json: { rows: [1, 2] } };

describe('print', () => {
  it.each([
    [{}, 'a table'],
    [{ format: 'text', out: '-' }, 'a table'],
    [{ format: 'json' }, '{\n  "rows": [\n    1,\n    2\n  ]\n}\n'],
    [{ json: '-' }, '{\n  "rows": [\n    1,\n    2\n  ]\n}\n'],
  ])('to standard output with %j', async (options, expected) => {
    const { terminal, results, notes } = recording();
    await print(options, terminal, content);
    expect(results).toEqual([expected]);
    expect(notes).toEqual([]);
  });

  it('--json FILE is --format json --out FILE', async () => {
    const [one, other] = [path.join(folder, 'new', 'one.json'), path.join(folder, 'other.json')];
    const { terminal, results, notes } = recording();
    await print({ json: one }, terminal, content);
    await print({ format: 'json', out: other }, terminal, content);
    expect(readFileSync(one, 'utf8')).toBe(readFileSync(other, 'utf8'));
    expect(results).toEqual([]);
    expect(notes).toEqual([`Wrote ${one}`, `Wrote ${other}`]);
  });

  it('refuses a format that it does not have', async () => {
    await expect(print({ format: 'xml' }, recording().terminal, content)).rejects.toThrow(
      'Expected --format text or --format json, got "xml".',
    );
  });
});

describe('checkFolder and checkFile', () => {
  it('make what is missing and leave nothing in it', async () => {
    await checkFolder(path.join(folder, 'a', 'b'), '--out');
    expect(readdirSync(path.join(folder, 'a', 'b'))).toEqual([]);
  });

  it('a file in the way', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    await expect(checkFolder(file, '--out')).rejects.toThrow(
      `Expected --out to name a folder that can be written, got ${file}: EEXIST`,
    );
    await expect(checkFolder(path.join(file, 'below'), '--out')).rejects.toThrow(/^Expected --out .*: E/);
  });

  it('a folder where a file is wanted', async () => {
    await expect(checkFile(folder, '--json')).rejects.toThrow(
      `Expected --json to name a file, got the folder ${folder}.`,
    );
  });

  it('a file that is there is not touched', async () => {
    const file = path.join(folder, 'kept.json');
    writeFileSync(file, 'kept');
    await checkFile(file, '--json');
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });
});
