import { describe, expect, it } from 'vitest';
import { jobOf, type JobSetting } from '../../src/course/job.js';

const keys = { seeds: Buffer.alloc(32, 1), ledger: Buffer.alloc(32, 2) };
const setting: JobSetting = {
  version: '1',
  exerciseDigest: 'e',
  language: 'en',
  show: false,
  isolation: 'full',
  limits: { milliseconds: 1000 },
};
const submission = { exercise: '04-x', entry: 'a.ts', files: [{ path: 'a.ts', text: 'x' }] };
const usual = { submission, students: ['b1'], keys, setting };
const keyOf = (other: Partial<typeof usual> = {}): string => {
  const { submission: files, students, ...rest } = { ...usual, ...other };
  return jobOf(files, students, rest).job.key;
};

describe('the key of a result (attack 42)', () => {
  it('is the same for the same work', () => {
    expect(keyOf()).toBe(keyOf());
    // The order in which object keys were written is no part of it, and neither is the name of the student but for his questions.
    expect(keyOf({ setting: { ...setting } })).toBe(keyOf());
  });

  it.each([
    ['a file', { submission: { ...submission, files: [{ path: 'a.ts', text: 'y' }] } }],
    ['the name of a file', { submission: { ...submission, files: [{ path: 'b.ts', text: 'x' }] } }],
    ['the entry', { submission: { ...submission, entry: 'b.ts' } }],
    ['the exercise', { submission: { ...submission, exercise: '05-y' } }],
    ['the staff side of the exercise', { setting: { ...setting, exerciseDigest: 'f' } }],
    ['the release', { setting: { ...setting, version: '2' } }],
    ['a limit', { setting: { ...setting, limits: { milliseconds: 999 } } }],
    ['the isolation', { setting: { ...setting, isolation: 'weak' as const } }],
    ['the language', { setting: { ...setting, language: 'zh-TW' as const } }],
    ['what is shown', { setting: { ...setting, show: true } }],
    ['the student, who has questions of his own', { students: ['b2'] }],
    ['the secret', { keys: { ...keys, seeds: Buffer.alloc(32, 3) } }],
  ])('is another where %s differs', (_, other) => {
    expect(keyOf(other)).not.toBe(keyOf());
  });
});
