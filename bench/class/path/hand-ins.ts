import type { Synthetic } from '../submissions.js';

/** What lies in a student's hand-in: names as the student gave them, or one zip. */
export type Files = Readonly<Record<string, string>>;

/** One hand-in with the truth about it. */
export interface HandedIn {
  readonly student: string;
  readonly exercise: string;
  readonly files: Files;
  /** How the files are packed: as they are, in a zip, in a zip with an entry that leads out of it, or in a zip that was cut off. */
  readonly packed: 'no' | 'zip' | 'zip that leads out' | 'zip cut off';
  readonly submitted: Date;
  /** What the gradebook has to hold. */
  readonly truth: Truth;
}

/** A mark as it has to be: which tasks lose points, and how much of the rest lateness leaves; or why there is no mark. */
export type Truth =
  | { readonly status: 'graded'; readonly failing: readonly string[] | 'all'; readonly share: number }
  | { readonly status: 'missing' | 'excused' | 'unreadable' };

/** In Taipei, as the course file has it. */
export const deadline = new Date('2026-11-20T23:59:00+08:00');
/** Days that one student in thirty has more. */
export const extensionDays = 5;
const hours = (after: number): Date => new Date(deadline.getTime() + after * 3_600_000);

/** Which student hands in how: of thirty one each does what a class does, the others hand in one file in time. */
const manners = [
  'missing',
  'excused',
  'late',
  'too late',
  'in grace',
  'extended',
  'strange name',
  'name of another exercise',
  'zip',
  'zip that leads out',
  'zip cut off',
  'no program',
  'twice',
] as const;
export type Manner = (typeof manners)[number] | 'plain';

/** How the student with this place in the roster hands in. */
export const mannerOf = (place: number): Manner => (manners as readonly Manner[])[place % 30] ?? 'plain';

/** What one student hands in for one exercise: nothing, once, or twice where the course system keeps each attempt. */
export function handInsOf(
  submission: Synthetic,
  { place, number, wrong }: { readonly place: number; readonly number: string; readonly wrong: string },
): { readonly handIns: readonly HandedIn[]; readonly truth: Truth } {
  const { student, exercise, source, language, failing } = submission;
  const manner = mannerOf(place);
  const extension = language === 'python' ? 'py' : 'ts';
  const name = `${exercise}.${extension}`;
  const graded = (share = 1): Truth => ({ status: 'graded', failing, share });
  const one = (truth: Truth, more: Partial<HandedIn> = {}) => ({
    handIns: [
      { student, exercise, files: { [name]: source }, packed: 'no' as const, submitted: hours(-3), truth, ...more },
    ],
    truth,
  });
  switch (manner) {
    case 'missing':
      return { handIns: [], truth: { status: 'missing' } };
    case 'excused':
      return one({ status: 'excused' });
    case 'late': // ten percent a day that has begun
      return one(graded(0.8), { submitted: hours(26) });
    case 'too late':
      return one({ status: 'missing' }, { submitted: hours(24 * 4) });
    case 'in grace':
      return one(graded(), { submitted: hours(0.15) });
    case 'extended':
      return one(graded(), { submitted: hours(24 * extensionDays - 1) });
    case 'strange name':
      return one(graded(), { files: { [`My homework (final) 作業.${extension}`]: source } });
    case 'name of another exercise':
      return one(
        { status: 'unreadable' },
        { files: { [`${number === '05' ? '06' : '05'}-homework.${extension}`]: source } },
      );
    case 'zip':
      return one(graded(), {
        packed: 'zip',
        files: { [`${exercise}/submission.${extension}`]: source, '__MACOSX/._x': 'x', 'notes.txt': 'Dear teacher' },
      });
    case 'zip that leads out':
      return one(graded(), { packed: 'zip that leads out' });
    case 'zip cut off':
      return one({ status: 'unreadable' }, { packed: 'zip cut off' });
    case 'no program':
      return one(
        { status: 'graded', failing: 'all', share: 1 },
        { files: { [`${exercise}.ts`]: 'export function esmLoss( {' } },
      );
    case 'twice': {
      const { handIns, truth } = one(graded());
      const [last] = handIns;
      return { handIns: [{ ...last, files: { [`${exercise}.ts`]: wrong }, submitted: hours(-30) }, last], truth };
    }
    case 'plain':
      return one(graded());
  }
}
