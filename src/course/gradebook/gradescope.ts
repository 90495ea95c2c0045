import type { Grade } from '../../grade/result.js';
import type { CourseExercise } from '../course.js';
import { reached } from '../marks/points.js';

/** results.json of an autograder of Gradescope. */
export interface GradescopeResults {
  readonly output: string;
  readonly output_format: 'text';
  readonly tests: readonly {
    readonly name: string;
    readonly number: string;
    readonly score: number;
    readonly max_score: number;
    readonly status: 'passed' | 'failed';
    readonly output: string;
    readonly output_format: 'text';
    readonly visibility: 'visible';
  }[];
  readonly extra_data: Readonly<Record<string, unknown>>;
}

/**
 * A grade as Gradescope takes it: a test per task, in points of the course; texts are plain, so nothing in them is markup. Undefined where a task has no score: then
 * no file is to be written, and Gradescope shows that the autograder failed.
 */
export function gradescopeResults(exercise: CourseExercise, grade: Grade): GradescopeResults | undefined {
  const marked = reached(exercise, grade);
  if (marked === undefined) return undefined;
  return {
    output: grade.isolation.level === 'weak' ? 'Graded in weak isolation.' : '',
    output_format: 'text',
    tests: marked.tasks.map(({ name, points, maxPoints }, i) => {
      const task = grade.tasks.find((each) => each.name === name);
      const said = [
        task?.message,
        ...(task?.diagnosis ?? []).flatMap(({ sentence, hint }) => [sentence, hint]),
        ...(task?.warnings ?? []),
      ];
      return {
        name,
        number: String(i + 1),
        score: points,
        max_score: maxPoints,
        status: points >= maxPoints ? 'passed' : 'failed',
        output: [...new Set(said.filter((each) => each !== undefined && each !== ''))].join('\n'),
        output_format: 'text',
        visibility: 'visible',
      };
    }),
    extra_data: {
      scorecheck: grade.version,
      exercise: grade.exercise,
      digest: grade.digest,
      isolation: grade.isolation.level,
    },
  };
}
