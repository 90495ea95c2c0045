import { csvTable } from '../csv-table.js';
import { CourseProblem } from '../problem.js';
import type { HandIn } from './hand-in.js';
import { below, type Tree } from './tree.js';

/** The table that `gh classroom assignment-grades` writes; it says whose repository is whose, and when it was pushed. */
const isGrades = (path: string): boolean => !path.includes('/') && path.endsWith('.csv');

const columns = ['github_username', 'student_repository_name', 'submission_timestamp'] as const;

/** A folder of clones of `gh classroom clone student-repos` with the table of grades in CSV beside them. */
export const isGithubClassroom = ({ files }: Tree): boolean => files.some(({ path }) => path === 'grades.csv');

/**
 * Repositories with grades.csv beside them. Names and times come from that table, which GitHub wrote: the author and the date of a commit are what the
 * student says. Throws CourseProblem where the table lacks a column.
 */
export async function githubClassroom(tree: Tree): Promise<HandIn[]> {
  const table = tree.files.find(({ path }) => isGrades(path));
  if (table === undefined) {
    throw new CourseProblem(
      'Expected grades.csv of `gh classroom assignment-grades` beside the repositories, found none. Download it into that folder.',
    );
  }
  const [header = [], ...body] = csvTable((await table.read()).toString('utf8'), table.path).map(
    ({ record }) => record,
  );
  const missing = columns.filter((each) => !header.includes(each));
  if (missing.length > 0)
    throw new CourseProblem(
      `Expected the column ${missing.join(', ')} in ${table.path}, found none. Download it again.`,
    );
  const rows = body.map((record): Record<string, string> =>
    Object.fromEntries(header.map((name, i) => [name, record[i] ?? ''])),
  );
  const group = (row: Record<string, string>): string => row['student_repository_name'];
  const folders = [...new Set(rows.map(group))].filter((folder) =>
    tree.files.some(({ path }) => path.startsWith(`${folder}/`)),
  );
  const others = [
    ...new Set(tree.files.filter(({ path }) => path.includes('/')).map(({ path }) => path.split('/')[0])),
  ].filter((folder) => !folders.includes(folder));
  return [
    ...folders.map((folder): HandIn => {
      const own = rows.filter((row) => group(row) === folder);
      const at = Date.parse(own[0]['submission_timestamp'].replace(' UTC', 'Z'));
      return {
        place: folder,
        people: own.map((row) => [
          { by: 'other.github', value: row['github_username'] },
          { by: 'id', value: row['roster_identifier'] ?? '' },
          { by: 'email', value: row['roster_identifier'] ?? '' },
        ]),
        submitted: Number.isNaN(at) ? null : at,
        ...below(tree, folder),
      };
    }),
    // Nobody is named by the name of a folder that the table does not know.
    ...others.map((folder): HandIn => ({ place: folder, people: [[]], submitted: null, ...below(tree, folder) })),
  ];
}
