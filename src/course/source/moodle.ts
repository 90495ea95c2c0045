import { CourseProblem } from '../problem.js';
import { instantOf } from '../file/moment.js';
import { readWorksheet } from '../gradebook/moodle-worksheet.js';
import type { Account, HandIn } from './hand-in.js';
import type { LayoutContext } from './layout-context.js';
import { below, type Tree, type TreeFile } from './tree.js';

/** Full name, number of the participant, and the plugin that took the file: as a folder, or before the name of the file. */
const pattern = /^(.+)_(\d+)_assignsubmission_file(?:_(.*))?$/;

/** Moodle names the plugin that took the files in every folder, or in every file. */
export const isMoodle = ({ files }: Tree): boolean => files.some(({ path }) => pattern.test(path.split('/')[0]));

/**
 * "Download all submissions" of an assignment, in folders or not. The number is that of the participant in this assignment; who it is says the
 * grading worksheet, or the column moodle_id of the roster. Throws CourseProblem where neither is there.
 */
export function moodle(tree: Tree, { worksheets, timezone }: LayoutContext): HandIn[] {
  const known = worksheets.map((text) => readWorksheet(text, 'the grading worksheet'));
  const participants = new Map<string, { readonly files: TreeFile[]; readonly place: string }>();
  for (const file of tree.files) {
    const [top, ...rest] = file.path.split('/');
    const [, , participant, name] = pattern.exec(top) ?? [];
    if (participant === undefined) continue;
    const path = rest.length > 0 ? rest.join('/') : name;
    if (!path) continue;
    const found = participants.get(participant) ?? { files: [], place: `participant ${participant}` };
    found.files.push({ ...file, path });
    participants.set(participant, found);
  }
  const sheets = [...participants.keys()].map((each) =>
    known.filter((sheet) => sheet.rows.some(({ participant }) => participant === each)),
  );
  if (sheets.some(({ length }) => length > 1)) {
    throw new CourseProblem(
      'Expected each participant of the export in one grading worksheet, found some in several. Name the exercise with --exercise.',
    );
  }
  return [...participants].map(([participant, { files, place }], i): HandIn => {
    const row = sheets[i][0]?.rows.find((each) => each.participant === participant);
    const accounts: Account[] = [
      { by: 'other.moodle_id', value: participant },
      { by: 'email', value: row?.email ?? '' },
      { by: 'id', value: row?.idNumber ?? '' },
      { by: 'id', value: row?.email ?? '' },
    ];
    const folders = [...new Set(tree.refused.map(({ path }) => path.split('/')[0]))].filter(
      (top) => pattern.exec(top)?.[2] === participant,
    );
    return {
      place,
      people: [accounts],
      submitted: row === undefined ? null : writtenTime(row.submitted, timezone),
      files,
      refused: folders.flatMap((folder) => below(tree, folder).refused),
    };
  });
}

/** `Friday, 20 November 2026, 11:59 PM` on a clock of the time zone; null where it is written in another way, or not at all. */
function writtenTime(text: string, timezone: string): number | null {
  const fields = Date.parse(`${text.replace(/^\p{L}+, /u, '')} UTC`);
  return Number.isNaN(fields) ? null : instantOf(new Date(fields).toISOString().slice(0, 19), timezone);
}
