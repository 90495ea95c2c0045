import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { courseOf, type Course, type ExerciseFacts } from '../../course/course.js';
import { readCourseFile } from '../../course/file/read.js';
import type { JobSetting } from '../../course/job.js';
import { readRoster } from '../../course/roster.js';
import { courseKeys, type CourseKeys } from '../../course/secret.js';
import { exerciseFacts } from '../course-exercises.js';
import { exerciseNamed, useCourse } from '../exercise-folders.js';
import { WrongUse } from '../failure.js';
import { packageVersion } from '../package.js';

/** A course with its keys, and the folder that its file names things from. */
export interface LoadedCourse {
  readonly course: Course;
  readonly keys: CourseKeys;
  readonly folder: string;
}

/** Reads course.yaml, the roster and the secret that it names, and the exercises. WrongUse or CourseProblem where something is not as it has to be. */
export async function loadCourse(file: string, env: NodeJS.ProcessEnv): Promise<LoadedCourse> {
  const text = textOf(file, '--course');
  const parsed = readCourseFile(text, path.relative('', file));
  const folder = path.dirname(path.resolve(file));
  // Exercises of the course's own lie beside its file; the processes that grade find them by the same variable.
  if (existsSync(path.join(folder, 'exercises'))) useCourse(folder);
  const roster = path.resolve(folder, parsed.roster);
  const facts = new Map<string, ExerciseFacts>();
  for (const { id } of parsed.exercises) facts.set(id, await exerciseFacts(exerciseNamed(id)));
  const course = courseOf(parsed, readRoster(textOf(roster, 'the roster'), path.relative('', roster)), facts);
  return { course, keys: courseKeys(parsed, folder, env), folder };
}

/** The text of a file that the user named; WrongUse where it cannot be read. */
export function textOf(file: string, what: string): string {
  if (!existsSync(file) || !statSync(file).isFile()) {
    throw new WrongUse(
      `Expected ${what} to be a file, got ${file}, which is not there. Check the path, or make an example with \`scorecheck new course DIR\`.`,
    );
  }
  return readFileSync(file, 'utf8');
}

/** What the jobs of each exercise have in common. */
export function jobSettings({ file, exercises }: Course, isolation: JobSetting['isolation']): Map<string, JobSetting> {
  const { questionSeconds, cpuSeconds, memoryMegabytes, submissionMinutes } = file.limits;
  const limits = {
    ...(questionSeconds === undefined ? {} : { milliseconds: Math.round(1000 * questionSeconds) }),
    ...(cpuSeconds === undefined ? {} : { cpuMilliseconds: Math.round(1000 * cpuSeconds) }),
    ...(memoryMegabytes === undefined ? {} : { memoryBytes: Math.round(1e6 * memoryMegabytes) }),
    jobMilliseconds: Math.round(60_000 * submissionMinutes),
  };
  const common = {
    version: packageVersion(),
    language: file.language,
    show: file.feedback === 'questions',
    isolation,
    limits,
  };
  return new Map(exercises.map(({ facts }) => [facts.id, { ...common, exerciseDigest: facts.digest }]));
}
