import { readFileSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { askPeers, peersTable } from './notes/peers.js';
import { inProcesses } from './notes/processes.js';
import { noCounts, type Labelled } from './notes/score.js';
import { optionsOf } from './options.js';

const values = optionsOf(
  `npm run bench:notes -- [--verbose] [--peers] [--json FILE]
What the notes reader makes of the links of the course notes. With --peers, what others make of the same links: they are installed into a folder
that is deleted afterwards.`,
  { verbose: { type: 'boolean' }, peers: { type: 'boolean' }, json: { type: 'string' } },
);
const folder = process.env['COURSE_NOTES'] ?? '../shared/course-notes';
const { claims } = JSON.parse(readFileSync(path.join(folder, 'claims.json'), 'utf8')) as { claims: Labelled[] };

const began = performance.now();
const files = [...new Set(claims.map((claim) => claim.file))];
const longestFirst = [...files].sort(
  (a, b) => statSync(path.join(folder, b)).size - statSync(path.join(folder, a)).size,
);
const made = await inProcesses(
  'scoreOf',
  longestFirst.map((file) => [folder, file, claims.filter((claim) => claim.file === file), values.verbose === true]),
);
const scores = new Map(longestFirst.map((file, i) => [file, made[i]]));
const milliseconds = performance.now() - began;

const counts = { ...noCounts };
let seconds = 0;
for (const file of files) {
  const score = scores.get(file);
  if (score === undefined) continue;
  console.log(score.lines.join('\n'));
  seconds += score.seconds;
  for (const key of Object.keys(counts) as (keyof typeof counts)[]) counts[key] += score.counts[key];
}
console.log(`\n${JSON.stringify(counts)}  ${milliseconds.toFixed(0)} ms with ${os.availableParallelism()} cores; reading, judging and mending took ${seconds.toFixed(1)} s of a core`); // prettier-ignore

const called = files.flatMap((file) => scores.get(file)?.called ?? []);
const cases = claims.filter(({ verdict }) => verdict === 'true' || verdict === 'false').map(({ id, lhs, rhs, verdict }) => ({ id, lhs, rhs, isTrue: verdict === 'true' })); // prettier-ignore
const peers = values.peers === true ? await askPeers(cases) : [];
const ours = {
  name: 'scorecheck',
  verdicts: cases.map(({ id }) => {
    const own = called.find((each) => each.id === id);
    return own?.isRead !== true && own?.verdict !== 'false' ? 'unread' : own.verdict;
  }),
};
if (peers.length > 0) console.log(`\n${peersTable(cases, [ours, ...peers])}`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ counts, seconds, cases, verdicts: [ours, ...peers] }, null, 1)}\n`); // prettier-ignore
