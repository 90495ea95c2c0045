import { z } from 'zod';
import type { Intake } from '../intake.js';
import type { ClassRun, Difference, Mark } from '../result.js';

/** The marks that were published last: the table `published` of the ledger. */
export const publishedSchema = z.object({
  marks: z.array(
    z.object({
      student: z.string(),
      exercise: z.string(),
      points: z.number().nullable(),
      parts: z.record(z.string(), z.string()).nullable(),
    }),
  ),
});
export type Published = z.infer<typeof publishedSchema>;

const partNames = ['submission', 'exercise', 'version', 'limits', 'seed', 'isolation', 'course'] as const;

const partsOf = (intake: Intake): Map<string, Readonly<Record<string, string>>> =>
  new Map(intake.attempts.flatMap(({ key, parts }) => (key === null || parts === null ? [] : [[key, parts]])));

const pair = ({ student, exercise }: { readonly student: string; readonly exercise: string }): string =>
  `${student}\n${exercise}`;

/**
 * The marks as they stand once these are published: a mark that is not graded for a fault, or not yet, keeps what was published before, since trouble
 * of ours is no reason to take a mark away.
 */
export function publishedAfter(marks: readonly Mark[], intake: Intake, before: Published): Published {
  const parts = partsOf(intake);
  const old = new Map(before.marks.map((each) => [pair(each), each]));
  const now = marks.map(({ student, exercise, points, key, status }) => {
    const kept = old.get(pair({ student, exercise }));
    if (keepsOld(status) && kept !== undefined) return kept;
    return { student, exercise, points, parts: key === null ? null : (parts.get(key) ?? null) };
  });
  const covered = new Set(now.map(pair));
  return { marks: [...now, ...before.marks.filter((each) => !covered.has(pair(each)))] };
}

/**
 * The marks that a gradebook gets: points that were published stand where there are none now for a fault, or not yet. Course systems take an empty cell for the wish to
 * delete a grade.
 */
export function keptMarks(marks: readonly Mark[], { marks: before }: Published): Mark[] {
  const old = new Map(before.map((each) => [pair(each), each.points]));
  return marks.map((mark) => (keepsOld(mark.status) ? { ...mark, points: old.get(pair(mark)) ?? null } : mark));
}

const keepsOld = (status: Mark['status']): boolean => status === 'fault' || status === 'waiting';

/** What publishing these marks would change, and why. A mark that keeps its points is no difference. */
export function differences(marks: readonly Mark[], intake: Intake, before: Published): Difference[] {
  const parts = partsOf(intake);
  const old = new Map(before.marks.map((each) => [pair(each), each]));
  return marks.flatMap((mark): Difference[] => {
    const { student, exercise, points: after, key, status } = mark;
    const was = old.get(pair(mark));
    const from = was?.points ?? null;
    if (from === after) return [];
    if (was === undefined || was.parts === null)
      return [{ student, exercise, before: from, after, why: keepsOld(status) ? ['fault'] : ['new'] }];
    if (keepsOld(status)) return [{ student, exercise, before: from, after, why: ['fault'] }];
    const now = key === null ? undefined : parts.get(key);
    const changed = partNames.filter((name) => now?.[name] !== was.parts?.[name]);
    // Nothing that was graded is different, so it is the course file: points, deadlines, late policy, excuses.
    return [
      { student, exercise, before: from, after, why: now === undefined || changed.length === 0 ? ['course'] : changed },
    ];
  });
}

/** Whether each mark is a difference because none was ever published: a list of them says nothing then. */
export const nothingPublished = ({ marks, differences: found }: Pick<ClassRun, 'marks' | 'differences'>): boolean =>
  found.length > 0 &&
  found.length === marks.filter(({ points }) => points !== null).length &&
  found.every(({ before }) => before === null);
