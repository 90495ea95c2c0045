import { nothingPublished } from '../../course/marks/published.js';
import type { ClassRun } from '../../course/result.js';
import { rounded } from '../../report/points.js';
import { exitCodes, type ExitCode } from '../exit-code.js';

/** As many lines of a list as are read at once; the rest is in class.json. */
const most = 20;

const shown = (points: number | null): string => (points === null ? 'not graded' : rounded(points));

/** What an instructor reads at the end of a run: what it `did`, how many have which mark, what would change, and what a human has to look at. */
export function classText({ marks, differences, problems, similarity, isolation }: ClassRun, did: string): string {
  const count = (status: string): number => marks.filter((mark) => mark.status === status).length;
  const statuses = ['graded', 'missing', 'excused', 'unreadable', 'fault', 'waiting'] as const;
  const lines = [
    `${did}${isolation === 'weak' ? ', in weak isolation' : ''}.`,
    `Marks: ${statuses
      .filter((status) => count(status) > 0)
      .map((status) => `${count(status)} ${status}`)
      .join(', ')}.`,
  ];
  if (differences.length === 0) lines.push('Nothing differs from what is published.');
  else if (nothingPublished({ marks, differences }))
    lines.push(`None of the ${differences.length} marks was published before; --publish writes the gradebooks.`);
  else {
    lines.push(`${differences.length} marks differ from what is published:`);
    for (const { student, exercise, before, after, why } of differences.slice(0, most)) {
      lines.push(`  ${student}  ${exercise}  ${shown(before)} -> ${shown(after)}  (${why.join(', ')})`);
    }
    if (differences.length > most) lines.push(`  and ${differences.length - most} more in class.json`);
  }
  if (problems.length > 0) lines.push(`${problems.length} to look at:`);
  for (const { kind, student, exercise, message } of problems.slice(0, most)) {
    const about = [kind, student, exercise?.slice(0, 2)].filter((each) => each != null).join('  ');
    lines.push(`  ${about}  ${printable(message)}`);
  }
  if (problems.length > most) lines.push(`  and ${problems.length - most} more in class.json`);
  if (similarity.length > 0) {
    const pairs =
      similarity.length === 1 ? '1 pair of submissions is' : `${similarity.length} pairs of submissions are`;
    lines.push(`${pairs} alike: see class.html. That is no proof.`);
  }
  return lines.join('\n');
}

/** Names of files are the students': no escape sequence of theirs reaches the terminal. */
const printable = (text: string): string =>
  text.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');

/** 3 where a mark has no score for trouble of ours, 1 where something is for a human to look at, 0 else. */
export function exitCodeOfClass({ marks, problems }: ClassRun): ExitCode {
  if (marks.some(({ status }) => status === 'fault')) return exitCodes.failed;
  return problems.length > 0 ? exitCodes.notAsClaimed : exitCodes.asClaimed;
}
