import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../src/sandbox/bundle.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'scorecheck-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function bundled(source: string, files: Readonly<Record<string, string>> = {}) {
  for (const [name, text] of Object.entries({ 'submission.ts': source, ...files })) {
    await writeFile(path.join(folder, name), text);
  }
  return bundle(path.join(folder, 'submission.ts'));
}

describe('bundle', () => {
  it('takes TypeScript, JavaScript and JSON of the folder, by any usual way to name them', async () => {
    const source = `
      import * as tf from '@tensorflow/tfjs';
      import { one } from './a.js';
      import { two } from './b';
      import { three } from './c.mjs';
      import numbers from './d.json';
      import type { Rank } from '@tensorflow/tfjs-node';
      export const sum = (): tf.Tensor<Rank> => tf.scalar(one + two + three + numbers.four);`;
    const made = await bundled(source, {
      'a.ts': 'export const one: number = 1;',
      'b.ts': 'export const two = 2 satisfies number;',
      'c.mjs': 'export const three = 3;',
      'd.json': '{ "four": 4 }',
    });
    expect(made).toMatchObject({ kind: 'bundle', files: ['a.ts', 'b.ts', 'c.mjs', 'd.json', 'submission.ts'] });
  });

  it('has the same digest wherever the folder lies', async () => {
    const digest = async (): Promise<unknown> => {
      const made = await bundled('export const f = () => 1;');
      return made.kind === 'bundle' ? made.digest : undefined;
    };
    const here = await digest();
    const other = await mkdtemp(path.join(os.tmpdir(), 'scorecheck-test-'));
    await writeFile(path.join(other, 'submission.ts'), 'export const f = () => 1;');
    const there = await bundle(path.join(other, 'submission.ts'));
    await rm(other, { recursive: true });
    expect(there).toMatchObject({ digest: here });
  });

  it('tells a syntax error with the place in the file', async () => {
    expect(await bundled('export const f = () => {\n  return 1 +;\n};')).toEqual({
      kind: 'problems',
      problems: [
        {
          message: 'Unexpected ";"',
          place: { file: 'submission.ts', line: 2, column: 13, text: '  return 1 +;' },
        },
      ],
    });
  });

  it('refuses other imports with the place of each', async () => {
    const source = `import fs from 'node:fs';\nimport _ from 'lodash';\nimport './absent.js';\nexport const x = [fs, _];`;
    const made = await bundled(source);
    const problems = made.kind === 'problems' ? made.problems : [];
    expect(problems.map(({ message, place }) => [place?.line, message])).toEqual([
      [1, 'Only @tensorflow/tfjs and files of the submission (./…) can be imported, found "node:fs".'],
      [2, 'Only @tensorflow/tfjs and files of the submission (./…) can be imported, found "lodash".'],
      [3, 'Expected a file "./absent.js" beside submission.ts, found none.'],
    ]);
  });

  it('refuses files that are too large, and other kinds of files', async () => {
    expect(await bundled(`export const x = '${'x'.repeat(1_000_000)}';`)).toMatchObject({
      problems: [{ message: 'Expected at most 1000000 bytes in submission.ts, got 1000020.' }],
    });
    expect(await bundled(`import './style.css';`, { 'style.css': '' })).toMatchObject({
      problems: [{ message: 'Expected TypeScript or JavaScript, got style.css.' }],
    });
  });

  it('runs nothing of the submission', async () => {
    expect((await bundled('throw new Error("ran"); export const f = 1;')).kind).toBe('bundle');
  });
});
