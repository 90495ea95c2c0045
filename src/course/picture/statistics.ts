import { bin, deviation, mean, median, quantile } from 'd3-array';
import { isBuiltOn } from '../../grade/built-on.js';
import { nothingPublished } from '../marks/published.js';
import type { Attempt, ClassRun, Mark } from '../result.js';

/** How the marks of one exercise are spread, in points of the gradebook. */
export interface ExerciseStatistics {
  readonly exercise: string;
  readonly graded: number;
  /** Students whose mark is open: not graded yet, a fault, a file that cannot be read. */
  readonly open: number;
  readonly missing: number;
  readonly excused: number;
  readonly mean: number | null;
  readonly quartiles: readonly [number, number, number] | null;
}

/** How a task separates students. */
export interface TaskStatistics {
  readonly exercise: string;
  readonly task: string;
  readonly graded: number;
  /** Mean share of the points, 0 to 1: the classical item difficulty, larger for easier tasks (Lord & Novick 1968, chapter 15). */
  readonly difficulty: number | null;
  /**
   * Correlation of the task's points with the sum of the student's other tasks, −1 to 1: the corrected item–total correlation (Henrysson 1963).
   * null where fewer than `fewest` students have both, or one of them does not vary.
   */
  readonly discrimination: number | null;
}

/** A mistake by the number of students whose counted work makes it. */
export interface CommonMistake {
  readonly exercise: string;
  readonly task: string;
  readonly id: string;
  readonly sentence: string;
  readonly students: number;
}

/** A run that took long. */
export interface SlowRun {
  readonly student: string;
  readonly exercise: string;
  readonly milliseconds: number;
  /** Times the median of its exercise. */
  readonly ratio: number;
}

/** What the class page shows beside the marks themselves. */
export interface ClassStatistics {
  /** Students by their share of the points that are graded: from, to (shares), count. */
  readonly distribution: readonly { readonly from: number; readonly to: number; readonly students: number }[];
  readonly exercises: readonly ExerciseStatistics[];
  readonly tasks: readonly TaskStatistics[];
  readonly mistakes: readonly CommonMistake[];
  readonly slow: readonly SlowRun[];
  /** No mark of the class was published before. */
  readonly nothingPublished: boolean;
}

/** Below this many students a correlation says nothing: its standard error, about 1/√(n − 1), is a third or more. */
const fewest = 10;
/** A run is listed as slow from this multiple of the median of its exercise on. */
const slowFrom = 3;

/** The picture of a class: plain numbers from the run alone. */
export function classStatistics(run: ClassRun): ClassStatistics {
  return {
    distribution: distributionOf(run),
    exercises: run.exercises.map(({ id }) => exerciseStatistics(id, run.marks)),
    tasks: taskStatistics(run),
    mistakes: commonMistakes(run),
    slow: slowRuns(run),
    nothingPublished: nothingPublished(run),
  };
}

function distributionOf({ totals }: ClassRun): ClassStatistics['distribution'] {
  const shares = totals.flatMap(({ points, maxPoints }) =>
    points === null || maxPoints === 0 ? [] : [points / maxPoints],
  );
  const tenths = Array.from({ length: 9 }, (_, k) => (k + 1) / 10);
  // Bonus points can take a total above 1: it counts in the last bin.
  const bins = bin().domain([0, 1]).thresholds(tenths)(shares.map((share) => Math.min(1, Math.max(0, share))));
  return bins.map((students) => ({ from: students.x0 ?? 0, to: students.x1 ?? 1, students: students.length }));
}

function exerciseStatistics(exercise: string, marks: readonly Mark[]): ExerciseStatistics {
  const own = marks.filter((mark) => mark.exercise === exercise);
  const points = own.flatMap((mark) => (mark.status === 'graded' && mark.points !== null ? [mark.points] : []));
  const at = (share: number): number => quantile(points, share) ?? NaN;
  const count = (...statuses: readonly Mark['status'][]): number =>
    own.filter(({ status }) => statuses.includes(status)).length;
  return {
    exercise,
    graded: points.length,
    open: count('fault', 'unreadable', 'waiting'),
    missing: count('missing'),
    excused: count('excused'),
    mean: mean(points) ?? null,
    quartiles: points.length === 0 ? null : [at(0.25), at(0.5), at(0.75)],
  };
}

function taskStatistics({ exercises, marks }: ClassRun): TaskStatistics[] {
  // Student -> "exercise/task" -> share of its points.
  const shares = new Map<string, Map<string, number>>();
  for (const mark of marks) {
    const own = shares.get(mark.student) ?? new Map<string, number>();
    shares.set(mark.student, own);
    // A task that the course gives no points has no share of them.
    for (const { name, points, maxPoints } of mark.tasks)
      if (maxPoints > 0) own.set(`${mark.exercise}/${name}`, points / maxPoints);
  }
  return exercises.flatMap(({ id, tasks }) =>
    tasks.map(({ name }): TaskStatistics => {
      const key = `${id}/${name}`;
      const pairs = [...shares.values()].flatMap((own) => {
        const share = own.get(key);
        const others = [...own].filter(([other]) => other !== key).map(([, value]) => value);
        return share === undefined ? [] : [{ share, rest: mean(others) }];
      });
      return {
        exercise: id,
        task: name,
        graded: pairs.length,
        difficulty: mean(pairs, ({ share }) => share) ?? null,
        discrimination: correlation(pairs.flatMap(({ share, rest }) => (rest === undefined ? [] : [[share, rest]]))),
      };
    }),
  );
}

/** Pearson's correlation of pairs. */
function correlation(pairs: readonly (readonly number[])[]): number | null {
  if (pairs.length < fewest) return null;
  const [x, y] = [0, 1].map((side) => pairs.map((pair) => pair[side]));
  const [meanX, meanY] = [mean(x) ?? 0, mean(y) ?? 0];
  const spread = (deviation(x) ?? 0) * (deviation(y) ?? 0);
  if (spread === 0) return null;
  const covariance = pairs.reduce((sum, [a, b]) => sum + (a - meanX) * (b - meanY), 0) / (pairs.length - 1);
  return covariance / spread;
}

const counted = ({ attempts }: ClassRun): Attempt[] => attempts.filter(({ counts }) => counts);

function commonMistakes(run: ClassRun): CommonMistake[] {
  const found = new Map<string, CommonMistake & { readonly by: Set<string> }>();
  for (const { members, exercise, grade } of counted(run)) {
    for (const { name, diagnosis } of grade?.tasks ?? []) {
      for (const { id, sentence } of diagnosis) {
        if (isBuiltOn(id)) continue;
        const key = JSON.stringify([exercise, name, id]);
        const mistake = found.get(key) ?? { exercise, task: name, id, sentence, students: 0, by: new Set<string>() };
        for (const member of members) mistake.by.add(member);
        found.set(key, mistake);
      }
    }
  }
  return [...found.values()]
    .map(({ by, ...mistake }) => ({ ...mistake, students: by.size }))
    .sort((a, b) => b.students - a.students || a.exercise.localeCompare(b.exercise) || a.task.localeCompare(b.task));
}

function slowRuns(run: ClassRun): SlowRun[] {
  return run.exercises
    .flatMap(({ id }) => {
      const timed = counted(run).flatMap(({ student, exercise, milliseconds }) =>
        exercise === id && milliseconds !== null ? [{ student, exercise, milliseconds }] : [],
      );
      const usual = median(timed, ({ milliseconds }) => milliseconds) ?? 0;
      return timed.map((one) => ({ ...one, ratio: usual === 0 ? 1 : one.milliseconds / usual }));
    })
    .filter(({ ratio }) => ratio >= slowFrom)
    .sort((a, b) => b.ratio - a.ratio);
}
