import { groupOf, type Course } from './course.js';
import type { Intake, Scope, Taken } from './intake.js';
import { jobOf, type JobSetting } from './job.js';
import type { Problem } from './result.js';
import type { GradeJob } from './runner.js';
import type { CourseKeys } from './secret.js';
import { accountText, studentOf, type HandIn } from './source/hand-in.js';
import { onlyOf, submissionsIn, type Sorted } from './source/submission-files.js';

/** What was found in a source: the intake, and a job for each attempt that can be graded. */
export interface TakenIn {
  readonly intake: Intake;
  readonly jobs: ReadonlyMap<string, GradeJob>;
}

interface Owner {
  readonly student: string;
  readonly members: readonly string[];
}

/**
 * Takes in what was handed in. Whose it is says the course system, by the roster; who is in no roster is a problem for the instructor, and
 * so are two hand-ins of one student that claim the same exercise at the same time: neither is graded, since the later in the list is not the truer.
 */
export async function takeIn(
  handIns: readonly HandIn[],
  course: Course,
  {
    keys,
    settings,
    scope,
    times,
  }: {
    readonly keys: CourseKeys;
    /** By exercise. */
    readonly settings: ReadonlyMap<string, JobSetting>;
    readonly scope: Scope;
    /** When students handed in, where the export does not say: by id, milliseconds since 1970. */
    readonly times: ReadonlyMap<string, number>;
  },
): Promise<TakenIn> {
  const attempts: Taken[] = [];
  const problems: Problem[] = [];
  const jobs = new Map<string, GradeJob>();
  const closed: { readonly common: Common; readonly found: Sorted }[] = [];
  for (const handIn of handIns) {
    const owner = ownerOf(handIn, course);
    if (typeof owner === 'string') {
      if (scope.students === undefined) {
        const exercise = onlyOf(scope.exercises);
        problems.push({ kind: 'unknown student', student: null, exercise, place: handIn.place, message: owner });
      }
      continue;
    }
    if (scope.students !== undefined && !owner.members.some((each) => scope.students?.has(each))) continue;
    const common: Common = {
      student: owner.student,
      members: [...owner.members],
      submitted: handIn.submitted ?? times.get(owner.student) ?? null,
      late: handIn.late === true,
      place: handIn.place,
    };
    const found = await submissionsIn(handIn, { exercises: scope.exercises, languages: course.file.languages });
    for (const submission of found.submissions) {
      const setting = settings.get(submission.exercise);
      if (setting === undefined) continue;
      const { job, parts } = jobOf(submission, owner.members, { keys, setting });
      jobs.set(job.key, job);
      const files = submission.files.map(({ path }) => path);
      attempts.push({
        ...common,
        exercise: submission.exercise,
        files,
        key: job.key,
        parts: { ...parts },
        problem: null,
      });
    }
    for (const { exercise, reason } of found.problems) {
      const there = found.submissions.some((each) => exercise === null || each.exercise === exercise);
      const kind = there ? 'forbidden' : 'unreadable';
      problems.push({ kind, student: owner.student, exercise, place: handIn.place, message: reason });
      if (exercise !== null && !there) attempts.push(unreadable({ ...common, exercise }, reason));
    }
    if (found.unknown && found.problems.some(({ exercise }) => exercise === null)) closed.push({ common, found });
  }
  // In what cannot be opened may be what is found nowhere else: that is for a human to look at, and not "missing".
  for (const { common, found } of closed) {
    for (const exercise of scope.exercises) {
      if (attempts.some((each) => each.student === common.student && each.exercise === exercise)) continue;
      attempts.push(unreadable({ ...common, exercise }, found.problems[0].reason));
    }
  }
  for (const double of doubles(attempts)) {
    const [{ student, exercise }] = double;
    const message = `${double.length} hand-ins for ${exercise} at the same time, in ${double.map(({ place }) => place).join(' and ')}: none is graded. Remove all but one.`;
    problems.push({ kind: 'duplicate', student, exercise, place: double[0].place, message });
    for (const each of double) {
      each.key = null;
      each.parts = null;
      each.problem = message;
    }
  }
  return { intake: { attempts, problems }, jobs };
}

type Common = Pick<Taken, 'student' | 'members' | 'submitted' | 'late' | 'place'>;

const unreadable = (attempt: Common & Pick<Taken, 'exercise'>, problem: string): Taken => ({
  ...attempt,
  files: [],
  key: null,
  parts: null,
  problem,
});

/** Who handed in and for whom it counts; where it is nobody of the roster, the sentence that says so. */
function ownerOf({ people, group, place }: HandIn, course: Course): Owner | string {
  if (group !== undefined) {
    const members = course.file.groups[group] ?? [];
    return { student: members[0], members: inRoster(members, course) };
  }
  const found = people.map((accounts) => studentOf(accounts, course.roster)?.id);
  const unknown = found.findIndex((id) => id === undefined);
  if (unknown >= 0) {
    const names = people[unknown].filter(({ value }) => value !== '').map(accountText);
    return (
      `Expected a student of the roster for ${place}, found ${names.length === 0 ? 'none named' : [...new Set(names)].join(', ')}. ` +
      'Add the student, or the name that the course system has, to the roster.'
    );
  }
  const ids = found.flatMap((id) => id ?? []);
  const own = groupOf(course, ids[0]);
  const members = own === null ? ids : [...new Set([...ids, ...course.file.groups[own]])];
  return { student: ids[0], members: inRoster(members, course) };
}

/** In the order of the roster: who is named first must not change the questions. */
const inRoster = (ids: readonly string[], { roster }: Course): string[] =>
  roster.flatMap(({ id }) => (ids.includes(id) ? [id] : []));

/** Attempts of one student on one exercise at one time, where there are several. */
function doubles(attempts: readonly Taken[]): Taken[][] {
  const groups = new Map<string, Taken[]>();
  for (const each of attempts) {
    const same = JSON.stringify([each.student, each.exercise, each.submitted]);
    groups.set(same, [...(groups.get(same) ?? []), each]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}
