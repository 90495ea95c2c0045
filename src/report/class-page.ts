import type { ClassRun } from '../course/result.js';
import type { ClassStatistics } from '../course/picture/statistics.js';
import { classGrid } from './class-grid.js';
import { classStyles } from './class-styles.js';
import { differences, exercises, mistakes, problems, similar, slow, tasks } from './class-tables.js';
import { html, type Html } from './html-text.js';
import { plural } from './numbers.js';
import { page } from './page.js';
import { plotSvg } from './plot.js';

/** What the page of a class is made from. */
export interface ClassPage {
  readonly run: ClassRun;
  readonly statistics: ClassStatistics;
  /** The page of a student, relative to this one; undefined where none is linked, as in an anonymous page. */
  readonly pageOf: (student: string) => string | undefined;
}

interface Part {
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

/** The picture of a class as one HTML file that loads nothing and runs no script: for the instructor, on screen and on paper. */
export async function classPage({ run, statistics, pageOf }: ClassPage): Promise<string> {
  const svg = await plotSvg({
    kind: 'bars',
    x: 'share of the points',
    y: 'students',
    bars: statistics.distribution.map(({ from, to, students }) => ({ from, to, count: students })),
  });
  const parts: Part[] = [
    { id: 'distribution', title: 'Distribution', body: distribution(statistics, svg) },
    { id: 'exercises', title: 'Exercises', body: exercises(run, statistics) },
    { id: 'problems', title: 'To be looked at', body: problems(run, pageOf) },
    { id: 'students', title: 'Students and tasks', body: classGrid(run, pageOf) },
    { id: 'mistakes', title: 'Common mistakes', body: mistakes(run, statistics) },
    { id: 'tasks', title: 'Difficulty and discrimination', body: tasks(statistics) },
    { id: 'slow', title: 'Slow runs', body: slow(run, statistics, pageOf) },
    { id: 'similarity', title: 'Similar submissions', body: similar(run, pageOf) },
    { id: 'differences', title: 'Changes since the marks were published', body: differences(run, statistics, pageOf) },
  ];
  const body = html`<h1>${run.course.name}</h1>
    <p>${lead(run)}</p>
    <nav aria-labelledby="contents">
      <h2 id="contents">Contents</h2>
      <ul>
        ${parts.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
      </ul>
    </nav>
    ${parts.map(
      ({ id, title, body: inside }) =>
        html`<section aria-labelledby="${id}">
          <h2 id="${id}">${title}</h2>
          ${inside}
        </section>`,
    )} `;
  return page({ title: run.course.name, body: body.html, styles: classStyles });
}

function lead({ students, marks, isolation, version }: ClassRun): string {
  const count = (wanted: string): number => marks.filter(({ status }) => status === wanted).length;
  const open = count('fault') + count('unreadable') + count('waiting');
  return [
    `${plural(students.length, 'student')}: ${plural(count('graded'), 'mark')},`,
    `${open === 0 ? 'none' : String(open)} open, ${count('missing')} not handed in, ${count('excused')} excused.`,
    isolation === null ? '' : `Isolation: ${isolation}.`,
    `scorecheck ${version}.`,
  ].join(' ');
}

function distribution({ distribution: bins }: ClassStatistics, svg: string): Html {
  const percent = (share: number): number => Math.round(100 * share);
  return html`<figure role="img" aria-label="Histogram: the table below has its numbers">${{ html: svg }}</figure>
    <details>
      <summary>The numbers</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Share of the points</th>
            <th scope="col">Students</th>
          </tr>
        </thead>
        <tbody>
          ${bins.map(
            ({ from, to, students }) =>
              html`<tr>
                <th scope="row">${percent(from)} to ${percent(to)} %</th>
                <td>${students}</td>
              </tr> `,
          )}
        </tbody>
      </table>
    </details>`;
}
