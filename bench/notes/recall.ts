import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { inProcesses } from './processes.js';
import { noRecall, type Plan } from './recall-of.js';
import type { Labelled } from './score.js';

// `npm run bench:notes:recall -- [--seed N] [--per-link N] [--json FILE] [--verbose]`: each true link of the project's own documents, and of the course
// notes where they are there, with a slip in it. Is it called false, and nothing else, and is the suggested change right?

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '20261122' },
    'per-link': { type: 'string', default: '6' },
    json: { type: 'string' },
    verbose: { type: 'boolean' },
  },
});
const own = fileURLToPath(new URL('../../../tests/notes/documents/', import.meta.url));
const course = process.env['COURSE_NOTES'] ?? '../shared/course-notes';
const plan = { seed: Number(values.seed), perLink: Number(values['per-link']) };

interface Job {
  readonly set: 'own documents' | 'course notes';
  readonly file: string;
  readonly text: string;
  readonly plan: Plan;
}

const jobs: Job[] = readdirSync(own)
  .filter((name) => /\.(md|tex)$/.test(name) && !name.includes('wrong'))
  .map((name) => ({ set: 'own documents', file: name, text: readFileSync(path.join(own, name), 'utf8'), plan: { ...plan, whole: true } })); // prettier-ignore
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

const total = { 'own documents': { ...noRecall }, 'course notes': { ...noRecall } };
for (const { set, counts } of results)
  for (const key of Object.keys(noRecall) as (keyof typeof noRecall)[]) total[set][key] += counts[key];
if (values.verbose === true) console.log(results.flatMap(({ lines }) => lines).join('\n'));
const percent = (part: number, whole: number): string => whole === 0 ? '-' : `${part} of ${whole} (${((100 * part) / whole).toFixed(0)} %)`; // prettier-ignore
console.log('| | true links called false | slips called false | called true | not decided | other links called false by a slip | change suggested | and right |\n| --- | --- | --- | --- | --- | --- | --- | --- |'); // prettier-ignore
for (const [set, c] of Object.entries(total)) {
  if (c.links === 0) continue;
  const elsewhere = set === 'own documents' ? String(c.elsewhere) : 'not tried';
  console.log(`| ${[set, percent(c.alarms, c.links), percent(c.found, c.mutations), c.missed, c.open, elsewhere, percent(c.mended, c.found), percent(c.right, c.found)].join(' | ')} |`); // prettier-ignore
}
console.log(`\nSeed ${plan.seed}, at most ${plan.perLink} slips a link; ${Object.values(total).reduce((t, c) => t + c.equal, 0)} slips that change nothing in value were left out.`); // prettier-ignore
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ ...plan, total, files: results }, null, 1)}\n`);
