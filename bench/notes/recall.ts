import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { optionsOf, whole } from '../options.js';
import { inProcesses } from './processes.js';
import { noRecall, type Plan } from './recall-of.js';
import type { Labelled } from './score.js';

const values = optionsOf(
  `npm run bench:notes:recall -- [--seed N] [--per-link N] [--json FILE] [--verbose]
Each true link of the project's own documents, of pages in the notations of others and on neighbouring subjects, and of the course notes where they are there,
with a slip in it. Is it called false, and nothing else, and is the suggested change right?`,
  {
    seed: { type: 'string', default: '20261122' },
    'per-link': { type: 'string', default: '6' },
    json: { type: 'string' },
    verbose: { type: 'boolean' },
  },
);
const course = process.env['COURSE_NOTES'] ?? '../shared/course-notes';
const plan = { seed: whole('seed', values.seed, 0), perLink: whole('per-link', values['per-link']) };

/** Where our documents lie. For the first ones the whole file is read again with each slip. */
const folders = { 'own documents': 'documents', 'notations of others': 'notations', 'neighbouring subjects': 'pages' };
const sets = [...(Object.keys(folders) as (keyof typeof folders)[]), 'course notes' as const];

interface Job {
  readonly set: (typeof sets)[number];
  readonly file: string;
  readonly text: string;
  readonly plan: Plan;
}

const jobs = Object.entries(folders).flatMap(([set, name]): Job[] => {
  const folder = fileURLToPath(new URL(`../../../tests/notes/${name}/`, import.meta.url));
  return readdirSync(folder)
    .filter((file) => /\.(md|tex)$/.test(file) && !file.includes('wrong'))
    .map((file) => ({
      set: set as Job['set'],
      file,
      text: readFileSync(path.join(folder, file), 'utf8'),
      plan: { ...plan, whole: name === 'documents' },
    }));
});
const labels = path.join(course, 'claims.json');
if (existsSync(labels)) {
  const { claims } = JSON.parse(readFileSync(labels, 'utf8')) as { claims: Labelled[] };
  for (const file of new Set(claims.map((claim) => claim.file))) {
    const trueSides = claims.filter((claim) => claim.file === file && claim.verdict === 'true').map(({ rhs }) => rhs);
    jobs.push({ set: 'course notes', file, text: readFileSync(path.join(course, file), 'utf8'), plan: { ...plan, trueSides, whole: false } }); // prettier-ignore
  }
}

const longestFirst = [...jobs].sort((a, b) => b.text.length - a.text.length);
const made = await inProcesses(
  'recallOf',
  longestFirst.map(({ file, text, plan: how }) => [file, text, how]),
);
const results = longestFirst.map(({ set, file }, i) => ({ set, file, ...made[i] }));

const total = Object.fromEntries(sets.map((set) => [set, { ...noRecall }])) as Record<Job['set'], typeof noRecall>;
for (const { set, counts } of results)
  for (const key of Object.keys(noRecall) as (keyof typeof noRecall)[]) total[set][key] += counts[key];
if (values.verbose === true) console.log(results.flatMap(({ lines }) => lines).join('\n'));
const percent = (part: number, all: number): string =>
  all === 0 ? '-' : `${part} of ${all} (${((100 * part) / all).toFixed(0)} %)`;
console.log('| | true links called false | slips called false | called true | not decided | other links called false by a slip | change suggested | and right |\n| --- | --- | --- | --- | --- | --- | --- | --- |'); // prettier-ignore
for (const [set, c] of Object.entries(total)) {
  if (c.links === 0) continue;
  const elsewhere = set === 'own documents' ? String(c.elsewhere) : 'not tried';
  console.log(`| ${[set, percent(c.alarms, c.links), percent(c.found, c.mutations), c.missed, c.open, elsewhere, percent(c.mended, c.found), percent(c.right, c.found)].join(' | ')} |`); // prettier-ignore
}
console.log(`\nSeed ${plan.seed}, at most ${plan.perLink} slips a link; ${Object.values(total).reduce((t, c) => t + c.equal, 0)} slips that change nothing in value were left out.`); // prettier-ignore
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ ...plan, total, files: results }, null, 1)}\n`);
