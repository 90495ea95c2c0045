import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { courseOf } from '../../src/course/course.js';
import { readCourseFile } from '../../src/course/file/read.js';
import type { Intake } from '../../src/course/intake.js';
import { jobOf } from '../../src/course/job.js';
import type { Similarity } from '../../src/course/result.js';
import { readRoster } from '../../src/course/roster.js';
import { similarities } from '../../src/course/similarity/similarity.js';
import { independent } from './independent.js';

const exercise = '08-langevin-dynamics';
const source = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../exercises/${exercise}/${name}`, import.meta.url)), 'utf8');
const stub = source('submission.ts');
const solution = source('solution.ts');

/** The pairs of a class in which each student, by id, handed in a text. */
function pairsIn(texts: Readonly<Record<string, string>>): Similarity[] {
  const roster = readRoster(
    `id,name\n${Object.keys(texts)
      .map((id) => `${id},\n`)
      .join('')}`,
    'roster.csv',
  );
  const file = readCourseFile(
    'name: C\ntimezone: UTC\nroster: roster.csv\nsecret: { env: S }\nexercises: [{ id: "08" }]\n',
    'course.yaml',
  );
  const tasks = [{ name: 'langevinStep', points: 1, properties: [{ id: 'value' as const, points: 1 }] }];
  const facts = { id: exercise, title: { en: '', 'zh-TW': '' }, tasks, digest: '', stub };
  const course = courseOf(file, roster, new Map([['08', facts]]));
  const keys = { seeds: Buffer.alloc(32, 1), ledger: Buffer.alloc(32, 2) };
  const setting = {
    version: '0',
    exerciseDigest: '',
    language: 'en',
    show: false,
    isolation: 'full',
    limits: {},
  } as const;
  const taken = Object.entries(texts).map(([student, text]) => {
    const files = [{ path: '08-x.ts', text }];
    const { job, parts } = jobOf({ exercise, entry: '08-x.ts', files }, [student], { keys, setting });
    const about = { exercise, student, members: [student], submitted: null, late: false, place: student };
    return { job, attempt: { ...about, files: ['08-x.ts'], key: job.key, parts: { ...parts }, problem: null } };
  });
  const intake: Intake = { attempts: taken.map(({ attempt }) => attempt), problems: [] };
  return similarities(course, intake, new Map(taken.map(({ job }) => [job.key, job])));
}

const pairs = (texts: Readonly<Record<string, string>>): string[] => pairsIn(texts).map(({ a, b }) => `${a} ${b}`);
const honest = Object.fromEntries(independent.map((text, i) => [`s${i}`, text]));

/** The same program in the words of somebody who hides where it is from. */
const renamed = (text: string): string =>
  text
    .replace(/\bstate\b/g, 'current')
    .replace(/\bstepSize\b/g, 'h')
    .replace(/\blevel\b/g, 'stage')
    .replace(/\bvector\b/g, 'std')
    .replace(/\b2\b/g, '2.0')
    .replace(/;\n/g, '; // mine\n\n');

/** The top-level functions of a text in the opposite order. */
function reordered(text: string): string {
  const [head, ...functions] = text.split(/(?=^export )/m);
  return [head, ...functions.reverse()].join('');
}

/** `text` with its function `name` taken from another text, in other words. */
function withCopied(text: string, name: string, from: string): string {
  const own = new RegExp(`^export (async )?function ${name}\\b[^]*?\\n}\\n`, 'm');
  const [copied = ''] = own.exec(renamed(from)) ?? [];
  expect(copied).not.toBe('');
  expect(text).toMatch(own);
  return text.replace(own, copied);
}

describe('similar submissions of a class (attack 41)', () => {
  it('are not those of students who worked alone, nor stubs', () => {
    expect(pairs({ ...honest, solution })).toEqual([]);
    const begun = stub.replace(/throw new Error\('Task 2[^;]*;/, 'return x.add(score(x).mul(stepSize)).add(noise);');
    expect(begun).not.toBe(stub);
    expect(pairs({ ...honest, a: stub, b: stub, c: begun, d: begun.replace('add(noise)', 'sub(noise)') })).toEqual([]);
  });

  it('are found though names are changed or functions are in another order', () => {
    const [, second, third] = independent;
    expect(pairsIn({ ...honest, x: renamed(second), y: reordered(third) })).toMatchObject([
      { a: 's1', b: 'x', identical: false, share: 1 },
      { a: 's2', b: 'y', identical: false },
    ]);
  });

  it('are found where one task is copied, with the lines', () => {
    const [first, second] = independent;
    const [found, ...others] = pairsIn({ ...honest, x: withCopied(first, 'annealedLangevinSample', second), s0: '' });
    expect(others).toEqual([]);
    expect(found).toMatchObject({ a: 's1', b: 'x', identical: false });
    expect(found.share).toBeLessThan(0.9);
    const line = second.slice(0, second.indexOf('annealedLangevinSample')).split('\n').length;
    expect(found.regions.some(({ a }) => a.line <= line + 3 && a.endLine > line)).toBe(true);
  });

  it('are told first where the files are the same, however many have them', () => {
    const same = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`c${i}`, solution]));
    const found = pairsIn({ ...honest, ...same, x: renamed(independent[4]) });
    expect(found.filter(({ identical }) => identical)).toHaveLength(11);
    expect(found.slice(0, 11).every(({ identical }) => identical)).toBe(true);
    expect(found.slice(11).map(({ a, b }) => `${a} ${b}`)).toEqual(['s4 x']);
  });

  it('are told once for all who have the same files', () => {
    expect(pairs({ ...honest, c: independent[1], x: renamed(independent[1]) })).toEqual(['s1 c', 's1 x']);
  });
});
