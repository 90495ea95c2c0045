import { describe, expect, it } from 'vitest';
import { anonymous } from '../../src/course/picture/anonymous.js';
import { classStatistics } from '../../src/course/picture/statistics.js';
import { classPage } from '../../src/report/class-page.js';
import { studentHtml, studentMarkdown } from '../../src/report/student-report.js';
import { classOf } from '../course/class.js';

const run = classOf(12);
const pageOf = (student: string): string => `students/${student}.html`;

describe('classPage', () => {
  it('shows each student with each task, and what has no points as not graded', async () => {
    const text = await classPage({ run, statistics: classStatistics(run), pageOf });
    expect(text.match(/href="students\/s\d+\.html"/g)?.length).toBeGreaterThanOrEqual(12);
    expect(text).toMatch(/<td class="none">EX<\/td>/);
    expect(text).toMatch(/<td class="open">!<\/td>/);
    expect(text).toMatch(/<td class="none">–<\/td>/);
    expect(text).toMatch(/The distance is divided by sigma\./);
    expect(text).toContain('83 % of what is their own; 120 words and signs in a row');
    // No formula, so no fonts: a class has hundreds of such pages.
    expect(/@font-face/.test(text)).toBe(false);
  });

  it('takes everything from a submission or a roster as text', async () => {
    const text = await classPage({ run, statistics: classStatistics(run), pageOf });
    expect(/<script|\u202e/.test(text)).toBe(false);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).toContain('abc\\u{202e}gnp.exe');
    expect(text).toContain('Score matching &lt;2026&gt;');
  });

  it('names nobody where it is anonymous', async () => {
    const hidden = anonymous(run);
    const text = await classPage({ run: hidden, statistics: classStatistics(hidden), pageOf: () => undefined });
    for (const { id, name } of run.students) {
      expect(text).not.toContain(`>${id}<`);
      expect(text).not.toContain(name.slice(0, 12).replace('<', '&lt;').replace('>', '&gt;'));
    }
    expect(text).not.toContain('href="students');
  });
});

describe('a student report', () => {
  it('has the marks, the mistake and no seed, no other student and no hidden question', () => {
    const text = studentMarkdown(run, 's005');
    expect(text).toContain('**Total: 10 / 24.**');
    expect(text).toContain('The distance is divided by sigma. Look at the variance.');
    for (const secret of ['1234567', 'secret-key', 's004', 's006']) expect(text).not.toContain(secret);
  });

  it('says why a mark is open, in the language of the course', () => {
    expect(studentMarkdown(run, 's002')).toContain('trouble of the grading');
    const chinese = { ...run, course: { ...run.course, language: 'zh-TW' as const } };
    const text = studentMarkdown(chinese, 's004');
    expect(text).toContain('尚未評分');
    expect(text).not.toMatch(/not graded|Finding/);
    expect(studentHtml(chinese, 's004')).toContain('<html lang="zh-TW">');
  });

  it.each(run.students.slice(0, 4))('shows the name $name as text', ({ id }) => {
    const text = studentHtml(run, id);
    // Not toMatch: a failure would print the fonts.
    expect(/<script|<img|\u202e/.test(text)).toBe(false);
  });

  it('refuses a student who is not of the class', () => {
    expect(() => studentMarkdown(run, 'nobody')).toThrow(/roster/);
  });
});
