import type { ClassRun } from '../result.js';

const escaped = (text: string): string =>
  text
    // XML 1.0 has no place for these, not even escaped.
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`);

/** JUnit: a suite per exercise and a case per student; less than all points is a failure, trouble is an error, no mark is skipped. */
export function classJunit({ exercises, marks }: ClassRun): string {
  const suites = exercises.map(({ id }) => {
    const own = marks.filter(({ exercise }) => exercise === id);
    const cases = own.map(({ student, status, points, maxPoints, reason = status }) => {
      const open = `    <testcase classname="${escaped(id)}" name="${escaped(student)}"`;
      if (status === 'fault') return `${open}><error message="${escaped(reason)}"/></testcase>`;
      if (points === null) return `${open}><skipped message="${escaped(reason)}"/></testcase>`;
      return points < maxPoints
        ? `${open}><failure message="${points} of ${maxPoints} points"/></testcase>`
        : `${open}/>`;
    });
    const count = (test: (mark: (typeof own)[number]) => boolean): number => own.filter(test).length;
    return [
      `  <testsuite name="${escaped(id)}" tests="${own.length}" failures="${count(({ points, maxPoints }) => points !== null && points < maxPoints)}" errors="${count(({ status }) => status === 'fault')}" skipped="${count(({ points, status }) => points === null && status !== 'fault')}">`,
      ...cases,
      '  </testsuite>',
    ].join('\n');
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}
