import { courseOf, type Course, type ExerciseFacts } from '../../src/course/course.js';
import { readCourseFile } from '../../src/course/file/read.js';
import { readRoster } from '../../src/course/roster.js';
import type { Grade } from '../../src/grade/result.js';

export const exercise = '04-denoising-score-matching';

export const facts: ExerciseFacts = {
  id: exercise,
  title: { en: 'Denoising score matching', 'zh-TW': '去噪分數匹配' },
  tasks: [
    { name: 'perturb', points: 1, properties: [{ id: 'value', points: 1 }] },
    {
      name: 'dsmTarget',
      points: 3,
      properties: [
        { id: 'value', points: 2 },
        { id: 'far', points: 1 },
      ],
    },
  ],
  digest: 'digest of the exercise',
  stub: 'export function perturb() { throw new Error("Task 1 is still open: return x plus noise"); }',
};

export const head = (more = ''): string => `name: Course
timezone: Asia/Taipei
roster: roster.csv
secret: { env: SECRET }
exercises:
  - id: "04"
    deadline: 2026-11-20 23:59
${more}`;

export const rosterText =
  'id,name,email,canvas_id,github\nb1,Wang Mei,mei@example.edu,1001,wangmei\nb2,Lin Hao,hao@example.edu,1002,linhao\nb3,"=HYPERLINK(""x"")",c@example.edu,1003,cc\n';

/** A course of three students and one exercise of 4 points. */
export const course = (more = '', roster = rosterText): Course =>
  courseOf(
    readCourseFile(head(more), 'course.yaml'),
    readRoster(roster, 'roster.csv'),
    new Map([
      ['04', facts],
      [exercise, facts],
    ]),
  );

/** A grade with these points per property: perturb.value, dsmTarget.value, dsmTarget.far. */
export function gradeWith([a, b, c]: readonly [number, number, number]): Grade {
  const property = (id: 'value' | 'far', points: number, maxPoints: number) => ({
    id,
    name: id,
    points,
    maxPoints,
    verdict: points === maxPoints ? ('pass' as const) : ('fail' as const),
  });
  const task = (name: string, properties: ReturnType<typeof property>[]): Grade['tasks'][number] => ({
    name,
    points: properties.reduce((sum, each) => sum + each.points, 0),
    maxPoints: properties.reduce((sum, each) => sum + each.maxPoints, 0),
    verdict: properties.every(({ verdict }) => verdict === 'pass') ? 'pass' : 'fail',
    properties,
    diagnosis: [],
    message: '',
    counterexample: null,
    warnings: [],
    output: '',
    seed: 1,
    again: '',
  });
  const on = {
    network: true,
    files: true,
    processes: true,
    user: true,
    privileges: true,
    systemCalls: true,
    permissionModel: false,
    limits: true,
  };
  return {
    version: '0',
    exercise: 'denoising-score-matching',
    language: 'en',
    isolation: { level: 'full', layers: on },
    library: 'tensorflow',
    digest: '',
    tasks: [
      task('perturb', [property('value', a, 1)]),
      task('dsmTarget', [property('value', b, 2), property('far', c, 1)]),
    ],
    points: a + b + c,
    maxPoints: 4,
    warnings: [],
  };
}

/** Keys of a class that is no real one. */
export const keys = { seeds: Buffer.alloc(32, 1), ledger: Buffer.alloc(32, 2) };

/** How the exercise is graded. */
export const setting = {
  version: '0',
  exerciseDigest: 'd',
  language: 'en',
  show: false,
  isolation: 'full',
  limits: {},
} as const;
