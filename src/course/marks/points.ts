import type { Grade } from '../../grade/result.js';
import type { CourseExercise } from '../course.js';

/** What a grade comes to in points of the gradebook. */
export interface Reached {
  readonly points: number;
  readonly tasks: readonly { readonly name: string; readonly points: number; readonly maxPoints: number }[];
}

/**
 * Points of the gradebook for a grade: each property gives its own points, all or none, and one that is undecided gives all: that never counts
 * against a student. Undefined where a task has no score, or is not in the grade.
 */
export function reached({ tasks }: CourseExercise, grade: Grade): Reached | undefined {
  const marked = tasks.map(({ name, points: maxPoints, properties }) => {
    const graded = grade.tasks.find((task) => task.name === name);
    if (graded === undefined || graded.points === null) return undefined;
    const points = properties.reduce((sum, { id, points: own }) => {
      const property = graded.properties.find((each) => each.id === id);
      if (property === undefined || property.maxPoints === 0) return sum;
      return sum + (own * property.points) / property.maxPoints;
    }, 0);
    return { name, points, maxPoints };
  });
  if (marked.some((each) => each === undefined)) return undefined;
  const known = marked.flatMap((each) => each ?? []);
  // Rounded at the end: thirds that are rounded one by one would not add up to all points.
  return {
    points: rounded(known.reduce((sum, { points }) => sum + points, 0)),
    tasks: known.map(({ name, points, maxPoints }) => ({
      name,
      points: rounded(points),
      maxPoints: rounded(maxPoints),
    })),
  };
}

/** To 4 decimals: gradebooks compare at 2, and sums of thirds must not show their rounding. */
export const rounded = (points: number): number => Math.round(points * 1e4) / 1e4;
