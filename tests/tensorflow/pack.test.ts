import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { pack, packedFolder } from '../../src/tensorflow/pack.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'scorecheck-test-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it('keeps packed scripts apart by what V8 compiles them for', () => {
  const native = path.join(folder, 'tfjs-a');
  const names = [['--max-old-space-size=1'], ['--max-old-space-size=2']].map((flags) => packedFolder(native, flags));
  expect(new Set([...names, packedFolder(path.join(folder, 'tfjs-b'), ['--max-old-space-size=1'])]).size).toBe(3);
  expect(path.dirname(names[0])).toBe(folder);
});

it('leaves nothing behind where there is nothing to pack', async () => {
  const native = path.join(folder, 'cache', 'tfjs-empty');
  mkdirSync(native, { recursive: true });
  await pack(native, []);
  expect(readdirSync(path.join(folder, 'cache'))).toEqual(['tfjs-empty']);
});

it('deletes what nobody has used for a month, and nothing else', async () => {
  const cache = path.join(folder, 'old');
  const native = path.join(cache, 'tfjs-empty');
  const names = ['packed-0123456789ab', 'packed-0123456789ac', 'packed-0123456789ad.0123456789ab.part', 'packed-mine'];
  for (const each of [native, ...names.map((name) => path.join(cache, name))]) mkdirSync(each, { recursive: true });
  const day = 86_400_000;
  const age = (name: string, days: number): void => {
    utimesSync(path.join(cache, name), new Date(Date.now() - days * day), new Date(Date.now() - days * day));
  };
  age(names[0], 31);
  age(names[1], 29);
  age(names[2], 31);
  age(names[3], 31);
  await pack(native, []);
  expect(readdirSync(cache).sort()).toEqual([names[1], names[3], 'tfjs-empty']);
});
