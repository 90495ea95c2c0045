import { excuseOf, type Course } from '../course.js';
import type { Taken } from '../intake.js';
import type { Mark } from '../result.js';
import type { JobResult } from '../runner.js';
import type { Timed } from './attempts.js';
import { reached, rounded, type Reached } from './points.js';
import type { Standing } from './standing.js';

/** Results by content key, as far as there are any. */
export type Results = ReadonlyMap<string, JobResult>;

/**
 * The mark of one student for one exercise. Only a grade, and where the course says so nothing handed in, gives points; every other mark is null, which is "not
 * graded": the gradebook keeps what it has.
 */
export function markOf(course: Course, standing: Standing, results: Results): Mark {
  const { student, exercise, attempts, candidates } = standing;
  const base = {
    student,
    exercise: exercise.facts.id,
    maxPoints: exercise.points,
    points: null,
    beforePenalty: null,
    lateSeconds: 0,
    attempt: null,
    by: null,
    key: null,
    tasks: [],
  };
  const excuse = excuseOf(course, student, exercise.facts.id);
  if (excuse !== undefined) return { ...base, status: 'excused', ...excuse };
  if (candidates.length === 0) {
    const points = course.file.missing === 'zero' ? 0 : null;
    const reason = attempts.length === 0 ? {} : { reason: 'What was handed in came too late to count.' };
    return { ...base, status: 'missing', points, ...reason };
  }
  const judged = candidates.map((each) => judge(standing, each, results));
  const place = (candidate: Timed<Taken>) => ({
    lateSeconds: candidate.late.seconds,
    attempt: attempts.indexOf(candidate) + 1,
    by: candidate.attempt.student,
    key: candidate.attempt.key,
  });
  // While one of several is open nobody knows which is best.
  const open = judged.find((each) => 'status' in each);
  if (open !== undefined && 'status' in open) {
    return {
      ...base,
      ...place(open.candidate),
      status: open.status,
      ...(open.reason === undefined ? {} : { reason: open.reason }),
    };
  }
  const scored = judged.flatMap((each) => ('status' in each ? [] : [each]));
  const best = scored.reduce((a, b) => (b.points > a.points ? b : a));
  return {
    ...base,
    ...place(best.candidate),
    status: 'graded',
    points: best.points,
    beforePenalty: best.before.points,
    tasks: [...best.before.tasks],
  };
}

type Judged =
  | { readonly candidate: Timed<Taken>; readonly points: number; readonly before: Reached }
  | { readonly candidate: Timed<Taken>; readonly status: 'fault' | 'unreadable' | 'waiting'; readonly reason?: string };

function judge({ exercise }: Standing, candidate: Timed<Taken>, results: Results): Judged {
  const { key, problem } = candidate.attempt;
  if (key === null) return { candidate, status: 'unreadable', ...(problem === null ? {} : { reason: problem }) };
  const result = results.get(key);
  if (result === undefined) return { candidate, status: 'waiting' };
  if (result.kind === 'fault') return { candidate, status: 'fault', reason: result.message };
  const before = reached(exercise, result.grade);
  if (before === undefined) {
    const fault = result.grade.tasks.find(({ verdict }) => verdict === 'fault');
    return { candidate, status: 'fault', reason: fault?.message ?? 'A task of the course file is not in the grade.' };
  }
  return { candidate, before, points: rounded(candidate.late.penalised(before.points, exercise.points)) };
}
