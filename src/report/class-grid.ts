import type { Attempt, ClassRun, Mark } from '../course/result.js';
import { html, type Html } from './html-text.js';
import { rounded } from './points.js';

type PageOf = (student: string) => string | undefined;
type TaskVerdict = NonNullable<Attempt['grade']>['tasks'][number]['verdict'];

/** Students by tasks: points in each cell, a mark on what is not a plain result, colour besides. */
export function classGrid(run: ClassRun, pageOf: PageOf): Html {
  const shown = run.exercises.filter(({ tasks }) => tasks.length > 0);
  const marks = new Map(run.marks.map((mark) => [key(mark.student, mark.exercise), mark]));
  const verdicts = verdictsOf(run);
  return html`<p class="legend">
      ${legend.map(({ css, sign, text }) => html`<span><span class="cell ${css}">${sign}</span> ${text}</span> `)}
    </p>
    <p>
      Totals are of what has a mark: what is open, excused or, where the course does not count it as 0, not handed in is
      left out of both numbers.
    </p>
    <div class="scroll grid" tabindex="0" role="region" aria-label="Table: students and tasks">
      <table>
        <thead>
          <tr>
            <th scope="col" rowspan="2">Student</th>
            <th scope="col" rowspan="2">Total</th>
            ${shown.map(
              ({ id, tasks }) =>
                html`<th scope="colgroup" colspan="${tasks.length}">
                  ${tasks.length < 3 ? html`<abbr title="${id}">${id.slice(0, 2)}</abbr>` : id}
                </th>`,
            )}
          </tr>
          <tr>
            ${shown.map(({ tasks }) => tasks.map(({ name }) => html`<th scope="col"><span class="tall">${name}</span></th>`))}
          </tr>
        </thead>
        <tbody>
          ${run.students.map(({ id, name }) => {
            const total = run.totals.find(({ student }) => student === id);
            return html`<tr>
              <th scope="row">${linked(id, name, pageOf)}</th>
              <td>
                ${total === undefined || total.points === null ? '–' : `${rounded(total.points)} / ${rounded(total.maxPoints)}`}
              </td>
              ${shown.map(({ id: exercise, tasks }) => {
                const mark = marks.get(key(id, exercise));
                return tasks.map(({ name: task }) => cell(mark, task, verdicts.get(key(id, exercise, task))));
              })}
            </tr> `;
          })}
        </tbody>
      </table>
    </div>`;
}

const legend = [
  { css: 'good', sign: '5', text: 'all points' },
  { css: 'part', sign: '3', text: 'some' },
  { css: 'bad', sign: '0', text: 'none' },
  { css: 'open', sign: '5?', text: 'undecided, points given' },
  { css: 'none', sign: '–', text: 'not handed in' },
  { css: 'none', sign: 'EX', text: 'excused' },
  { css: 'open', sign: '!', text: 'not graded: to be looked at' },
] as const;

function cell(mark: Mark | undefined, task: string, verdict: TaskVerdict | undefined): Html {
  const found = mark?.tasks.find(({ name }) => name === task);
  if (mark?.status !== 'graded' || found === undefined) {
    const excused = mark?.status === 'excused';
    const waits = mark !== undefined && mark.status !== 'missing' && !excused;
    return html`<td class="${waits ? 'open' : 'none'}">${waits ? '!' : excused ? 'EX' : '–'}</td>`;
  }
  const { points, maxPoints } = found;
  const css = verdict === 'undecided' ? 'open' : points >= maxPoints ? 'good' : points > 0 ? 'part' : 'bad';
  return html`<td class="${css}">${rounded(points)}${verdict === 'undecided' ? '?' : ''}</td>`;
}

/** Student, exercise, task -> verdict, from the attempt that counts; in a group the attempt may be another student's. */
function verdictsOf({ attempts, marks }: ClassRun): Map<string, TaskVerdict> {
  const graded = new Map(attempts.flatMap((attempt) => (attempt.key === null ? [] : [[attempt.key, attempt]])));
  return new Map(
    marks.flatMap(({ student, exercise, key: of }) =>
      (graded.get(of ?? '')?.grade?.tasks ?? []).map(({ name, verdict }): [string, TaskVerdict] => [
        key(student, exercise, name),
        verdict,
      ]),
    ),
  );
}

/** A student by name and id, with a link to the report where there is one. */
export function linked(id: string, name: string, pageOf: PageOf): Html {
  const text = name === '' ? id : `${name} (${id})`;
  const href = pageOf(id);
  return href === undefined ? html`${text}` : html`<a href="${href}">${text}</a>`;
}

const key = (...parts: readonly string[]): string => JSON.stringify(parts);
