import { describe, expect, it } from 'vitest';
import { instantOf } from '../../src/course/file/moment.js';
import { readCourseFile } from '../../src/course/file/read.js';
import { readRoster } from '../../src/course/roster.js';
import { course, head } from './course.js';

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

  it.each([
    ['groups: { team: [b1, nobody] }\n', /groups\.team, got "nobody"/],
    ['groups: { team: [b1], other: [b1] }\n', /found b1 in team and in other/],
    ['excused: [{ student: b1, exercise: "09" }]\n', /excused, got "09"/],
  ])('names what means nothing in %j', (more, said) => {
    expect(() => course(more)).toThrow(said);
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
