import type { ClassRun } from '../course/result.js';
import type { ClassStatistics } from '../course/picture/statistics.js';
import { linked } from './class-grid.js';
import { rounded } from './points.js';
import { html, type Html } from './html-text.js';
import { duration } from './numbers.js';

type PageOf = (student: string) => string | undefined;

/** How the marks of each exercise are spread. */
export function exercises(run: ClassRun, statistics: ClassStatistics): Html {
  const of = new Map(run.exercises.map((exercise) => [exercise.id, exercise]));
  const rows = statistics.exercises.map(({ exercise, graded, open, missing, excused, mean, quartiles }) => [
    `${exercise} ${of.get(exercise)?.title ?? ''}`,
    rounded(of.get(exercise)?.maxPoints ?? 0),
    graded,
    points(mean),
    quartiles === null ? '–' : quartiles.map(rounded).join(' · '),
    open,
    missing,
    excused,
  ]);
  return grid('Exercises', ['Exercise', 'Points', 'Marks', 'Mean', 'Quartiles', 'Open', 'Missing', 'Excused'], rows);
}

/** What needs a human: faults, files that cannot be read, unknown students. */
export function problems(run: ClassRun, pageOf: PageOf): Html {
  if (run.problems.length === 0) return html`<p>Nothing.</p>`;
  const person = personIn(run, pageOf);
  const rows = run.problems.map(({ kind, student, exercise, place, message }) => [
    kind,
    student === null ? '–' : person(student),
    exercise ?? '–',
    place,
    message,
  ]);
  return grid('To be looked at', ['What', 'Student', 'Exercise', 'Where', 'Why'], rows);
}

/** The diagnoses of the work that counts, by how many students share them. */
export function mistakes({ students }: ClassRun, { mistakes: found }: ClassStatistics): Html {
  if (found.length === 0) return html`<p>No known mistake was found.</p>`;
  const rows = found.map(({ exercise, task, sentence, students: count }) => [
    count,
    `${Math.round((100 * count) / Math.max(1, students.length))} %`,
    exercise,
    html`<code>${task}</code>`,
    sentence,
  ]);
  return grid('Common mistakes', ['Students', 'Of the class', 'Exercise', 'Task', 'Mistake'], rows);
}

/** Which tasks are hard, and which separate students. */
export function tasks({ tasks: found }: ClassStatistics): Html {
  const rows = found.map(({ exercise, task, graded, difficulty, discrimination }) => [
    exercise,
    html`<code>${task}</code>`,
    graded,
    difficulty === null ? '–' : difficulty.toFixed(2),
    discrimination === null ? '–' : discrimination.toFixed(2),
  ]);
  return html`<p>
      Difficulty is the mean share of the points: 1 is easy. Discrimination is the correlation of a task's points with
      those of the student's other tasks; below 0.2 a task hardly tells strong from weak students. It is left out for
      fewer than ten students.
    </p>
    ${grid('Difficulty and discrimination', ['Exercise', 'Task', 'Students', 'Difficulty', 'Discrimination'], rows)}`;
}

/** Runs that took three times as long as is usual for their exercise, or longer. */
export function slow(run: ClassRun, { slow: found }: ClassStatistics, pageOf: PageOf): Html {
  if (found.length === 0) return html`<p>None took three times as long as is usual for its exercise.</p>`;
  const person = personIn(run, pageOf);
  const rows = found.map(({ student, exercise, milliseconds, ratio }) => [
    person(student),
    exercise,
    duration(milliseconds),
    `${ratio.toFixed(1)} times the median`,
  ]);
  return grid('Slow runs', ['Student', 'Exercise', 'Time', ''], rows);
}

/** Pairs that share much: to be looked at by a human, and no proof. */
export function similar(run: ClassRun, pageOf: PageOf): Html {
  if (run.similarity.length === 0) return html`<p>No two submissions share an unusual part.</p>`;
  const person = personIn(run, pageOf);
  const rows = run.similarity.map(({ exercise, a, b, identical, share, longest, regions }) => [
    exercise,
    html`${person(a)}, ${person(b)}`,
    identical
      ? 'the same files'
      : `${Math.round(100 * share)} % of what is their own; ${longest} words and signs in a row`,
    regions.map((region) => html`<div>${where(region.a)} ~ ${where(region.b)}</div>`),
  ]);
  return html`<p>
      Evidence for a human, and no proof: short exercises have few right answers. What the stub holds and what many
      students share is not counted.
    </p>
    ${grid('Similar submissions', ['Exercise', 'Students', 'In common', 'Where'], rows)}`;
}

/** Marks that differ from those that were published last. */
export function differences(run: ClassRun, { nothingPublished }: ClassStatistics, pageOf: PageOf): Html {
  if (nothingPublished) return html`<p>No mark was published before.</p>`;
  if (run.differences.length === 0) return html`<p>None.</p>`;
  const person = personIn(run, pageOf);
  const rows = run.differences.map(({ student, exercise, before, after, why }) => [
    person(student),
    exercise,
    points(before),
    points(after),
    why.join(', '),
  ]);
  return grid('Changes', ['Student', 'Exercise', 'Before', 'Now', 'Because of'], rows);
}

/** A student by id, as `linked` shows one. */
function personIn({ students }: ClassRun, pageOf: PageOf): (id: string) => Html {
  const names = new Map(students.map(({ id, name }) => [id, name]));
  return (id) => linked(id, names.get(id) ?? '', pageOf);
}

const where = ({ file, line, endLine }: { file: string; line: number; endLine: number }): string =>
  `${file}:${line}–${endLine}`;

const points = (value: number | null): string => (value === null ? '–' : rounded(value));

type Cell = Html | string | number | readonly Html[];

/** A table whose first column names the row; it scrolls by itself. */
function grid(label: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table: ${label}">
    <table>
      <thead>
        <tr>
          ${columns.map((column) => (column === '' ? html`<td></td>` : html`<th scope="col">${column}</th>`))}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([first, ...rest]) =>
            html`<tr>
              <th scope="row">${first}</th>
              ${rest.map((cell) => html`<td>${cell}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}
