import { classRunSchema, type Attempt, type ClassRun, type Mark } from '../../src/course/result.js';
import type { Grade } from '../../src/grade/result.js';

const exercise = '02-explicit-score-matching';
const other = '04-denoising-score-matching';

/** Names that try to break a page, a spreadsheet or a line. */
export const hostile = {
  script: '<script>alert(1)</script>',
  image: '![x](https://example.org/x.png)',
  formula: '=HYPERLINK("https://example.org")',
  bidi: 'abc\u202egnp.exe',
};

type Task = Grade['tasks'][number];

const task = (name: string, points: number, maxPoints: number, more: Partial<Task> = {}): Task => ({
  name,
  points,
  maxPoints,
  verdict: points === maxPoints ? 'pass' : 'fail',
  properties: [
    {
      id: 'value',
      name: 'value',
      points,
      maxPoints,
      verdict: points === maxPoints ? 'pass' : 'fail',
      reason: 'A reason.',
    },
  ],
  diagnosis: [],
  message: points === maxPoints ? 'Right.' : 'The answer is wrong.',
  counterexample: null,
  warnings: [],
  output: '',
  seed: 1234567,
  again: 'scorecheck replay secret-key',
  ...more,
});

const grade = (id: string, tasks: Task[]): Grade => ({
  version: '0.1.0',
  exercise: id.slice(3),
  language: 'en',
  isolation: {
    level: 'full',
    layers: {
      network: true,
      files: true,
      processes: true,
      user: true,
      privileges: true,
      systemCalls: true,
      permissionModel: true,
      limits: true,
    },
  },
  library: 'tensorflow',
  digest: 'd1',
  tasks,
  points: tasks.reduce((sum, { points }) => sum + (points ?? 0), 0),
  maxPoints: tasks.reduce((sum, { maxPoints }) => sum + maxPoints, 0),
  warnings: [],
});

const sigma = { id: 'sigma-not-squared', sentence: 'The distance is divided by sigma.', hint: 'Look at the variance.' };

/** A class of `size` students: student i has i of `size` points in one task and `size − i` in another, so both correlations are known. */
export function classOf(size: number): ClassRun {
  const ids = Array.from({ length: size }, (_, i) => `s${String(i).padStart(3, '0')}`);
  const attempts: Attempt[] = ids.map((student, i) => ({
    student,
    members: [student],
    exercise,
    number: 1,
    submitted: '2026-11-01T10:00:00.000Z',
    lateSeconds: 0,
    status: 'graded',
    counts: true,
    key: `key-${student}`,
    digest: `digest-${student}`,
    files: ['02.ts'],
    place: `submissions/${student}/02.ts`,
    grade: grade(exercise, [
      task('esmLoss', i, size, i % 2 === 0 ? {} : { diagnosis: [sigma] }),
      task('other', i, size),
    ]),
    milliseconds: i === 0 ? 9000 : 1000,
  }));
  const marks: Mark[] = ids.flatMap((student, i): Mark[] => [
    {
      student,
      exercise,
      status: 'graded',
      points: 2 * i,
      maxPoints: 2 * size,
      beforePenalty: 2 * i,
      lateSeconds: 0,
      attempt: 1,
      by: student,
      key: `key-${student}`,
      tasks: [
        { name: 'esmLoss', points: i, maxPoints: size },
        { name: 'other', points: i, maxPoints: size },
      ],
    },
    {
      student,
      exercise: other,
      status: (['missing', 'excused', 'fault', 'unreadable', 'waiting'] as const)[i % 5],
      points: null,
      maxPoints: 10,
      beforePenalty: null,
      lateSeconds: 0,
      attempt: null,
      by: null,
      key: null,
      tasks: [],
    },
  ]);
  const names = Object.values(hostile);
  return classRunSchema.parse({
    version: '0.1.0',
    course: { name: 'Score matching <2026>', language: 'en', timezone: 'Asia/Taipei' },
    isolation: 'full',
    exercises: [
      {
        id: exercise,
        title: 'Explicit score matching',
        maxPoints: 2 * size,
        weight: 1,
        deadline: '2026-11-02T00:00:00.000Z',
        tasks: [
          { name: 'esmLoss', maxPoints: size },
          { name: 'other', maxPoints: size },
        ],
      },
      {
        id: other,
        title: 'Denoising',
        maxPoints: 10,
        weight: 1,
        deadline: null,
        tasks: [{ name: 'perturb', maxPoints: 10 }],
      },
    ],
    students: ids.map((id, i) => ({ id, name: names[i] ?? `Name ${i}`, group: i < 2 ? 'team-owls' : null })),
    attempts,
    marks,
    totals: ids.map((student, i) => ({ student, points: 2 * i, maxPoints: 2 * size, complete: false })),
    differences: [{ student: ids[0], exercise, before: 1, after: 0, why: ['submission'] }],
    problems: [
      {
        kind: 'fault',
        student: ids[2],
        exercise: other,
        place: `submissions/${ids[2]}/04.ts`,
        message: `${hostile.script} ended`,
      },
    ],
    similarity: [
      {
        exercise,
        a: ids[0],
        b: ids[1],
        identical: false,
        shared: 41,
        share: 0.83,
        longest: 120,
        regions: [{ a: { file: '02.ts', line: 3, endLine: 9 }, b: { file: '02.ts', line: 5, endLine: 11 } }],
      },
    ],
  });
}
