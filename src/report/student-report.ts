import type { Attempt, ClassRun, Mark } from '../course/result.js';
import { rounded } from './points.js';
import { visible } from './html-text.js';
import { markdownToHtml } from './html.js';
import { code, plain, table } from './markdown-text.js';
import { outline, type Section } from './outline.js';
import { page } from './page.js';
import { studentWords, type StudentWords } from './student-words.js';

type TaskGrade = NonNullable<Attempt['grade']>['tasks'][number];

/** What one student reads about his own work in a graded run: marks, reasons and mistakes, never a hidden question, a seed or another student. */
export function studentMarkdown(run: ClassRun, id: string): string {
  const w = studentWords[run.course.language];
  const student = run.students.find((each) => each.id === id);
  if (student === undefined) throw new TypeError(`Expected the id of a student of the roster, got "${id}".`);
  const marks = run.marks.filter((mark) => mark.student === id);
  const total = run.totals.find((each) => each.student === id);
  const graded = new Map(run.attempts.flatMap((attempt) => (attempt.key === null ? [] : [[attempt.key, attempt]])));
  const titles = new Map(
    run.exercises.map((exercise) => [exercise.id, `${exercise.id.slice(0, 2)} ${exercise.title}`]),
  );
  const titleOf = (mark: Mark): string => titles.get(mark.exercise) ?? mark.exercise;
  const sections: Section[] = [
    {
      level: 1,
      heading: `${visible(run.course.name)}: ${visible(student.name)} (${visible(student.id)})`,
      body: () => head(total, w),
    },
    { level: 2, heading: w.exercises, id: 'exercises', body: () => overview(marks, titleOf, w) },
    ...marks.flatMap((mark): Section[] => {
      const grade = graded.get(mark.key ?? '')?.grade ?? undefined;
      if (mark.status !== 'graded' || grade === undefined) return [];
      return [
        { level: 2, heading: titleOf(mark), id: mark.exercise, body: () => tasksTable(mark, grade.tasks, w) },
        ...grade.tasks
          .filter(({ verdict, warnings }) => verdict !== 'pass' || warnings.length > 0)
          .map((task): Section => ({ level: 3, heading: task.name, body: () => taskText(task, w) })),
      ];
    }),
    { level: 2, heading: w.howTo, id: 'how', body: () => w.explanation },
  ];
  return outline(sections);
}

/** The same as one HTML file that loads nothing and runs no script. */
export function studentHtml(run: ClassRun, id: string): string {
  const name = run.students.find((student) => student.id === id)?.name ?? id;
  return page({
    title: `${run.course.name}: ${name}`,
    body: markdownToHtml().render(studentMarkdown(run, id)),
    language: run.course.language,
    // No contents beside the text.
    styles: 'main { max-width: 60rem; padding-left: 1.25rem; }',
  });
}

function head(total: ClassRun['totals'][number] | undefined, w: StudentWords): string {
  if (total === undefined || total.points === null) return w.nothingGraded;
  const open = total.complete ? '' : ` ${w.incomplete}`;
  return `**${w.total}: ${rounded(total.points)} / ${rounded(total.maxPoints)}.**${open}`;
}

function overview(marks: readonly Mark[], titleOf: (mark: Mark) => string, w: StudentWords): string {
  return table(
    [[w.exercise], [w.points, 'right'], [w.of, 'right'], [w.status]],
    marks.map((mark) => [
      plain(titleOf(mark)),
      mark.points === null ? '–' : rounded(mark.points),
      rounded(mark.maxPoints),
      plain([statusOf(mark, w), ...lateness(mark, w)].join('; ')),
    ]),
  );
}

/** In a group or not: a reason why nothing counts is that all there is came too late. */
const statusOf = ({ status, reason }: Mark, w: StudentWords): string =>
  status === 'missing' && reason !== undefined ? w.tooLate : w.statuses[status];

function lateness({ lateSeconds, beforePenalty, points }: Mark, w: StudentWords): string[] {
  if (lateSeconds <= 0) return [];
  const hours = Math.max(1, Math.round(lateSeconds / 3600));
  const lost = beforePenalty !== null && points !== null ? beforePenalty - points : 0;
  return [w.late(hours), ...(lost > 0 ? [w.penalty(rounded(lost))] : [])];
}

function tasksTable(mark: Mark, tasks: readonly TaskGrade[], w: StudentWords): string {
  const points = new Map(mark.tasks.map((task) => [task.name, task]));
  return table(
    [[w.task], [w.points, 'right'], [w.of, 'right'], [w.status]],
    tasks.map(({ name, verdict }) => {
      const given = points.get(name);
      return [
        code(name),
        given === undefined ? '–' : rounded(given.points),
        given === undefined ? '–' : rounded(given.maxPoints),
        w.verdicts[verdict],
      ];
    }),
  );
}

/** Message, named mistakes, points lost by property; the questions themselves only where the grade has them, which a graded run does not. */
function taskText(
  { verdict, message, diagnosis, properties, warnings, counterexample }: TaskGrade,
  w: StudentWords,
): string {
  const lost = properties.filter((property) => property.verdict === 'fail' && properties.length > 1);
  return [
    ...(verdict === 'pass' ? [] : [plain(visible(message))]),
    ...(counterexample === null ? [] : [code(visible(JSON.stringify(counterexample.inputs)))]),
    diagnosis
      .map(({ sentence, hint }) => `- ${plain(sentence)}${hint === undefined ? '' : ` ${plain(hint)}`}`)
      .join('\n'),
    lost.length === 0
      ? ''
      : table(
          [[w.property], [w.reason]],
          lost.map(({ name, reason }) => [plain(name), plain(visible(reason ?? ''))]),
        ),
    warnings.map((warning) => `- ${w.warning}: ${plain(visible(warning))}`).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
