import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ledgerIn, sweepParts } from '../../src/course/ledger.js';
import { gradeWith } from './course.js';

const folder = mkdtempSync(path.join(tmpdir(), 'scorecheck-ledger-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const ledger = ledgerIn(folder, Buffer.alloc(32, 1));
const result = (key: string, points: readonly [number, number, number]) => ({
  key,
  kind: 'graded' as const,
  grade: gradeWith(points),
  milliseconds: 1,
});
const fileOf = (key: string): string => path.join(folder, 'results', key.slice(0, 2), `${key}.json`);

describe('the ledger (attack 42)', () => {
  it('gives back what it was given', async () => {
    await ledger.writeResult(result('aa1', [1, 2, 1]));
    expect(await ledger.readResult('aa1')).toEqual({ kind: 'there', data: result('aa1', [1, 2, 1]) });
    expect(await ledger.readResult('aa2')).toEqual({ kind: 'missing' });
    expect(readdirSync(path.join(folder, 'results', 'aa'))).toEqual(['aa1.json']);
  });
  it('is freed of what a killed run had begun, and of nothing else', async () => {
    await ledger.writeResult(result('dd1', [1, 2, 1]));
    const at = path.dirname(fileOf('dd1'));
    writeFileSync(path.join(at, 'dd2.json.0123456789ab.part'), 'half');
    writeFileSync(path.join(at, 'mine.part'), 'whole');
    await sweepParts(folder, { below: false });
    expect(readdirSync(at)).toHaveLength(3);
    await sweepParts(folder, { below: true });
    expect(readdirSync(at).sort()).toEqual(['dd1.json', 'mine.part']);
    await sweepParts(path.join(folder, 'nowhere'), { below: true });
  });
  it('believes no entry that is changed, cut, put in the place of another, or sealed with another secret', async () => {
    await ledger.writeResult(result('bb1', [0, 0, 0]));
    const text = readFileSync(fileOf('bb1'), 'utf8');
    writeFileSync(fileOf('bb1'), text.replace('"points":0', '"points":4'));
    expect((await ledger.readResult('bb1')).kind).toBe('broken');
    writeFileSync(fileOf('bb1'), text.slice(0, -20));
    expect((await ledger.readResult('bb1')).kind).toBe('broken');
    writeFileSync(fileOf('bb1'), '');
    expect((await ledger.readResult('bb1')).kind).toBe('broken');
    await ledger.writeResult(result('cc1', [1, 2, 1]));
    mkdirSync(path.dirname(fileOf('bb2')), { recursive: true });
    copyFileSync(fileOf('cc1'), fileOf('bb2'));
    expect((await ledger.readResult('bb2')).kind).toBe('broken');
    expect((await ledgerIn(folder, Buffer.alloc(32, 2)).readResult('cc1')).kind).toBe('broken');
  });
});
