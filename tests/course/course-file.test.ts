import { describe, expect, it } from 'vitest';
import { instantOf } from '../../src/course/file/moment.js';
import { readCourseFile } from '../../src/course/file/read.js';
import { readRoster } from '../../src/course/roster.js';
import { course, facts, head, rosterText } from './course.js';
import { courseOf } from '../../src/course/course.js';

describe('the course file', () => {
  it.each([
    ['late: { percent: 200, per: day }\n', /course\.yaml:8:\d+ {2}late\.percent/],
    ['lates: refuse\n', /course\.yaml:8:1 {2}Unexpected key "lates"/],
    ['late: sometimes\n', /course\.yaml:8:7 /],
    ['late: [\n', /course\.yaml:\d+:\d+ /],
    ['attempts: { count: middle }\n', /course\.yaml:8:\d+ {2}attempts\.count/],
  ])('tells line and column of %j', (more, said) => {
    expect(() => readCourseFile(head(more), 'course.yaml')).toThrow(said);
  });

  it('refuses aliases that unfold to more than anybody writes, or that stand for nothing', () => {
    const ten = (name: string): string => `[${Array<string>(10).fill(`*${name}`).join(', ')}]`;
    const bomb = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(
      (name, i, all) => `${name}: &${name} ${i === 0 ? '[x, x]' : ten(all[i - 1])}\n`,
    );
    expect(() => readCourseFile(head(bomb.join('')), 'course.yaml')).toThrow(/course\.yaml:1:1 .*aliases/);
    expect(() => readCourseFile(head('groups: *none\n'), 'course.yaml')).toThrow(/course\.yaml:\d+:\d+ .*alias/i);
    const shared = readCourseFile(head('late: &rule { percent: 10, per: day }\n'), 'course.yaml');
    expect(shared.late).toMatchObject({ percent: 10 });
  });

  it.each([
    ['groups: { team: [b1, nobody] }\n', /groups\.team, got "nobody"/],
    ['groups: { team: [b1], other: [b1] }\n', /found b1 in team and in other/],
    ['excused: [{ student: b1, exercise: "09" }]\n', /excused, got "09"/],
  ])('names what means nothing in %j', (more, said) => {
    expect(() => course(more)).toThrow(said);
  });

  it('gives no column of Canvas to two exercises: Canvas would take the first of them for both', () => {
    const text = head().replace(
      '- id: "04"',
      '- { id: "05", canvas: Homework (7) }\n  - id: "04"\n    canvas: Homework (7)',
    );
    const known = new Map([
      ['04', facts],
      ['05', { ...facts, id: '05-denoising-autoencoder' }],
    ]);
    const read = readCourseFile(text, 'course.yaml');
    expect(() => courseOf(read, readRoster(rosterText, 'roster.csv'), known)).toThrow(/found "Homework \(7\)" twice/);
  });
});

describe('a deadline', () => {
  it('is in the time zone of the course', () => {
    expect(new Date(instantOf('2026-11-20 23:59', 'Asia/Taipei')).toISOString()).toBe('2026-11-20T15:59:00.000Z');
    expect(new Date(instantOf('2026-11-20T23:59+01:00', 'Asia/Taipei')).toISOString()).toBe('2026-11-20T22:59:00.000Z');
  });
  it('is the later of two where the clock is set back, and never sooner than it reads where it is set forward', () => {
    // Berlin: 2026-10-25 02:30 comes at 00:30 and at 01:30 UTC; 2026-03-29 02:30 never comes.
    expect(new Date(instantOf('2026-10-25 02:30', 'Europe/Berlin')).toISOString()).toBe('2026-10-25T01:30:00.000Z');
    expect(new Date(instantOf('2026-03-29 02:30', 'Europe/Berlin')).toISOString()).toBe('2026-03-29T01:30:00.000Z');
  });
  it('is a day that exists', () => {
    expect(() => instantOf('2026-02-30 12:00', 'Asia/Taipei')).toThrow('2026-02-30');
  });
});

describe('a roster', () => {
  it.each([
    ['name\nx\n', /roster\.csv:1 /],
    ['id,name\n=1+1,x\n', /roster\.csv:2 .*"=1\+1"/],
    ['id,name\n-b1,x\n', /roster\.csv:2 .*"-b1"/],
    ['id,name\n@b1,x\n', /roster\.csv:2 .*"@b1"/],
    ['id,name\n../b1,x\n', /roster\.csv:2 /],
    ['id,name\nb1,x\nB1,y\n', /roster\.csv:3 .*line 2/],
    ['id,name\n', /found none/],
  ])('with a mistake is told with its line: %j', (text, said) => {
    expect(() => readRoster(text, 'roster.csv')).toThrow(said);
  });
});

describe('a roster', () => {
  it.each([
    ['commas', 'id,name,email\nb1,"Wang; Mei",m@example.edu\n', 'Wang; Mei'],
    ['semicolons', 'id;name;email\nb1;"Wang, Mei";m@example.edu\n', 'Wang, Mei'],
    ['tabs', 'id\tname\temail\nb1\tWang, Mei\tm@example.edu\n', 'Wang, Mei'],
  ])('may have %s, and the mark of Excel before it', (_, text, name) => {
    expect(readRoster(`\ufeff${text}`, 'roster.csv')).toMatchObject([{ id: 'b1', name, email: 'm@example.edu' }]);
  });
});
