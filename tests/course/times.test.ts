import { describe, expect, it } from 'vitest';
import { readRoster } from '../../src/course/roster.js';
import { readTimes } from '../../src/course/times.js';

const roster = readRoster('id,name\nb1,王小明\nb2,Ada\n', 'roster.csv');
const read = (text: string): Map<string, number> => readTimes(text, 'times.csv', roster, 'Asia/Taipei');

describe('a table of times', () => {
  it('has moments in the time zone of the course, whatever the order of its columns', () => {
    expect([...read('\ufeffsubmitted,id\n2026-11-20 23:59,b1\n\n2026-11-20T23:59Z,b2\n')]).toEqual([
      ['b1', Date.parse('2026-11-20T15:59Z')],
      ['b2', Date.parse('2026-11-20T23:59Z')],
    ]);
  });

  it.each([
    ['', /times\.csv:1 {2}Expected the columns id and submitted, found none/],
    ['id,when\nb1,2026-11-20 23:59\n', /times\.csv:1 {2}.*found id, when/],
    ['id,submitted\n', /times\.csv:2 {2}Expected times, found none/],
    [
      'id,submitted\nb1,2026-11-20 23:59\nb3,2026-11-20 23:59\n',
      /times\.csv:3 {2}Expected an id of the roster, got "b3"/,
    ],
    [
      'id,submitted\nb1,2026-11-20 23:59\nb1,2026-11-21 23:59\n',
      /times\.csv:3 {2}Expected each student once, got "b1"/,
    ],
    [
      'id,submitted\nb1,2026-02-30 23:59\n',
      /times\.csv:2 {2}Expected a day and a time that exist, got "2026-02-30 23:59"/,
    ],
    ['id,submitted\nb1,\n', /times\.csv:2 {2}Expected a day and a time that exist, got ""/],
    ['id,submitted\nb1,"2026-11-20 23:59\n', /times\.csv {2}Expected a table in CSV/],
  ])('tells what is wrong with %j, and where', (text, said) => {
    expect(() => read(text)).toThrow(said);
  });
});
