import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Synthetic } from './submissions.js';

/** What a class lies in. */
export interface CourseFolder {
  readonly course: string;
  readonly submissions: string;
  readonly graded: string;
}

/** Writes the course and what was handed in, as an instructor has them: a folder per student, a file per exercise. Results that are there stay. */
export function writeCourse(folder: string, submissions: readonly Synthetic[], seed: number): CourseFolder {
  const place = {
    course: path.join(folder, 'course', 'course.yaml'),
    submissions: path.join(folder, 'submissions'),
    graded: path.join(folder, 'graded'),
  };
  const files = path.dirname(place.course);
  rmSync(place.submissions, { recursive: true, force: true });
  mkdirSync(files, { recursive: true });
  const exercises = [...new Set(submissions.map(({ exercise }) => exercise))].sort();
  const students = [...new Set(submissions.map(({ student }) => student))];
  writeFileSync(
    place.course,
    `name: Synthetic class
timezone: Asia/Taipei
roster: roster.csv
secret: { file: secret.key }
${/* An endless loop costs its limit several times; right answers take milliseconds. */ ''}limits: { questionSeconds: 5, memoryMegabytes: 1000 }
exercises:
${exercises.map((id) => `  - id: ${id}\n`).join('')}`,
  );
  writeFileSync(
    path.join(files, 'roster.csv'),
    `id,name\n${students.map((id) => `${id},Student ${id.slice(1)}\n`).join('')}`,
  );
  const secret = createHash('sha256').update(`class ${seed}`).digest('base64');
  writeFileSync(path.join(files, 'secret.key'), `${secret}\n`, { mode: 0o600 });
  for (const each of submissions) {
    const at = path.join(place.submissions, each.student);
    mkdirSync(at, { recursive: true });
    writeFileSync(path.join(at, fileOf(each)), each.source);
  }
  return place;
}

/** The name of the file that is handed in. */
export const fileOf = ({ exercise, language }: Pick<Synthetic, 'exercise' | 'language'>): string =>
  `${exercise}.${language === 'python' ? 'py' : 'ts'}`;
