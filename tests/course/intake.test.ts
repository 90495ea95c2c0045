import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { mergedIntake, type Intake } from '../../src/course/intake.js';
import type { HandIn } from '../../src/course/source/hand-in.js';
import { takeIn } from '../../src/course/take-in.js';
import { course, exercise, keys, setting } from './course.js';

const other = '02-explicit-score-matching';

const handIn = (student: string, files: Readonly<Record<string, string | Buffer>>): HandIn => ({
  place: student,
  people: [[{ by: 'id', value: student }]],
  submitted: null,
  files: Object.entries(files).map(([path, content]) => ({
    path,
    size: content.length,
    read: () => Promise.resolve(Buffer.from(content)),
  })),
  refused: [],
});
const taken = (exercises: readonly string[], ...handIns: readonly HandIn[]) =>
  takeIn(handIns, course(), {
    keys,
    settings: new Map(exercises.map((each) => [each, setting])),
    scope: { exercises },
    times: new Map(),
  });

async function cutOff(): Promise<Buffer> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from('export const x = 1;'), '02.ts');
  zip.end();
  const whole = await buffer(zip.outputStream);
  return whole.subarray(0, whole.length / 2);
}

describe('a zip of a student that cannot be opened', () => {
  it('does not take the other files of the hand-in with it', async () => {
    const { intake, jobs } = await taken([exercise], handIn('b1', { '04-dsm.ts': 'x', 'hw.zip': await cutOff() }));
    expect(jobs.size).toBe(1);
    expect(intake.attempts).toMatchObject([{ exercise, problem: null }]);
    expect(intake.problems).toMatchObject([{ kind: 'forbidden', student: 'b1', exercise }]);
    expect(intake.problems[0].message).toContain('hw.zip');
  });
  it('is no "missing": of one exercise or of several, where nothing else was handed in for it', async () => {
    const zip = await cutOff();
    const one = await taken([exercise], handIn('b1', { 'hw.zip': zip }));
    expect(one.intake.attempts).toMatchObject([{ exercise, key: null }]);
    const both = await taken([other, exercise], handIn('b1', { '04-dsm.ts': 'x', 'hw.zip': zip }));
    expect(both.intake.attempts).toMatchObject([
      { exercise, problem: null },
      { exercise: other, key: null, problem: expect.stringContaining('hw.zip') as string },
    ]);
  });
});

describe('problems of a run over one exercise', () => {
  const nothing: Intake = { attempts: [], problems: [] };
  it('stay when another exercise is looked at, and go when it is looked at again', async () => {
    const { intake } = await taken([exercise], handIn('b1', { 'hw.zip': await cutOff() }), handIn('b9', {}));
    expect(intake.problems.map((each) => each.exercise)).toEqual([exercise, exercise]);
    const before = mergedIntake(nothing, intake, { exercises: [exercise] });
    expect(mergedIntake(before, nothing, { exercises: [other] })).toEqual(before);
    expect(mergedIntake(before, nothing, { exercises: [exercise] })).toEqual(nothing);
    expect(mergedIntake(before, nothing, { exercises: [other, exercise] })).toEqual(nothing);
  });
});
