import { createHash } from 'node:crypto';
import path from 'node:path';
import { writeWhole } from '../../course/ledger.js';
import { anonymous } from '../../course/picture/anonymous.js';
import { classStatistics } from '../../course/picture/statistics.js';
import type { ClassRun } from '../../course/result.js';
import type { Terminal } from '../terminal.js';

/** Where the report of a student lies, relative to the folder of the class: its id where that is a plain name, else a hash of it. */
export function reportOf(id: string): string {
  const plain = /^[A-Za-z0-9][A-Za-z0-9._@-]*$/.test(id);
  return `students/${plain ? id : `student-${createHash('sha256').update(id).digest('hex').slice(0, 12)}`}`;
}

/** Writes class.html, the reports of the students, and with `anonymous` class-anonymous.html, which can be shown to others. */
export async function writePages(
  folder: string,
  run: ClassRun,
  { anonymous: also = false, terminal }: { readonly anonymous?: boolean | undefined; readonly terminal: Terminal },
): Promise<void> {
  const [{ classPage }, { studentHtml, studentMarkdown }] = await Promise.all([
    import('../../report/class-page.js'),
    import('../../report/student-report.js'),
  ]);
  const write = (name: string, text: string): Promise<void> => writeWhole(path.join(folder, name), text);
  const pageOf = (id: string): string => `${reportOf(id)}.html`;
  await write('class.html', await classPage({ run, statistics: classStatistics(run), pageOf }));
  if (also) {
    const hidden = anonymous(run);
    const page = await classPage({ run: hidden, statistics: classStatistics(hidden), pageOf: () => undefined });
    await write('class-anonymous.html', page);
  }
  for (const { id } of run.students) {
    await write(`${reportOf(id)}.md`, studentMarkdown(run, id));
    await write(`${reportOf(id)}.html`, studentHtml(run, id));
  }
  terminal.note(
    `Pages: class.html${also ? ', class-anonymous.html' : ''} and students/ in ${path.relative('', folder)}.`,
  );
}
