import { describe, expect, it } from 'vitest';
import { classStatistics } from '../../../src/course/picture/statistics.js';
import { classOf } from '../class.js';

describe('classStatistics', () => {
  const run = classOf(20);
  const statistics = classStatistics(run);

  it('counts each student once in the distribution, the best with the best', () => {
    expect(statistics.distribution).toHaveLength(10);
    expect(statistics.distribution.reduce((sum, { students }) => sum + students, 0)).toBe(20);
    expect(statistics.distribution.at(-1)).toEqual({ from: 0.9, to: 1, students: 2 });
  });

  it('keeps what is not graded out of the mean', () => {
    const [graded, open] = statistics.exercises;
    expect(graded).toMatchObject({ graded: 20, open: 0, mean: 19, quartiles: [9.5, 19, 28.5] });
    expect(open).toMatchObject({ graded: 0, missing: 4, excused: 4, open: 12, mean: null, quartiles: null });
  });

  it('finds that a task goes with the rest where both grow together, and against it where they do not', () => {
    const discrimination = (r: typeof run): (number | null)[] =>
      classStatistics(r).tasks.map((task) => task.discrimination);
    expect(discrimination(run)).toEqual([expect.closeTo(1, 12), expect.closeTo(1, 12), null]);
    const against = {
      ...run,
      marks: run.marks.map((mark) => ({
        ...mark,
        tasks: mark.tasks.map((task) =>
          task.name === 'other' ? { ...task, points: task.maxPoints - task.points } : task,
        ),
      })),
    };
    expect(discrimination(against)).toEqual([expect.closeTo(-1, 12), expect.closeTo(-1, 12), null]);
    expect(statistics.tasks[0].difficulty).toBeCloseTo(9.5 / 20, 12);
  });

  it('says no correlation for a small class, nor where nothing varies', () => {
    expect(classStatistics(classOf(9)).tasks.map(({ discrimination }) => discrimination)).toEqual([null, null, null]);
    const flat = {
      ...run,
      marks: run.marks.map((mark) => ({ ...mark, tasks: mark.tasks.map((t) => ({ ...t, points: 1 })) })),
    };
    expect(classStatistics(flat).tasks[0].discrimination).toBeNull();
  });

  it('counts a mistake once for each student, and lists what is slow for its exercise', () => {
    expect(statistics.mistakes).toMatchObject([{ task: 'esmLoss', id: 'sigma-not-squared', students: 10 }]);
    expect(statistics.slow).toEqual([
      { student: 's000', exercise: '02-explicit-score-matching', milliseconds: 9000, ratio: 9 },
    ]);
  });

  it('has no picture of an empty class, and no error', () => {
    const empty = classStatistics({ ...run, students: [], marks: [], attempts: [], totals: [] });
    expect(empty.distribution.every(({ students }) => students === 0)).toBe(true);
    expect(empty.exercises[0]).toMatchObject({ graded: 0, mean: null });
  });
});
