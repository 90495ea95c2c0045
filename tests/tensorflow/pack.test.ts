import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
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
