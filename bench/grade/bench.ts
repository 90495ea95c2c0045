import { randomInt } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findPython } from '../../src/sandbox/python.js';
import { openSandbox } from '../../src/sandbox/sandbox.js';
import { optionsOf, whole } from '../options.js';
import { judgedWith, keep, kept, type Found } from './found.js';
import { overheads } from './overhead.js';
import { benchMarkdown, odd, overheadMarkdown, type Results } from './report.js';
import { knownSubmissions, type Known } from './submissions.js';

const values = optionsOf(
  `npm run bench:grade -- [--seeds 20] [--exercise NN] [--jobs N] [--resume] [--out DIR]
Every mutant and every solution in the sandbox, with fresh seeds. A wrong one has to fail, a right one may lose nothing; the share of wrong ones with the
diagnosis that the catalogue names, and what the harness adds to the answers' own time. --resume goes on where a run was ended, and asks anew what has
changed since.
  --overhead   measures the last alone, of all exercises
  --peers [--submissions 20] [--environment VENV]
               compares with other graders, installed into a throw-away environment where none is given`,
  {
    seeds: { type: 'string', default: '20' },
    exercise: { type: 'string', default: '' },
    jobs: { type: 'string', default: String(Math.min(4, os.availableParallelism())) },
    resume: { type: 'boolean', default: false },
    out: { type: 'string', default: 'reports' },
    overhead: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    submissions: { type: 'string', default: '20' },
    environment: { type: 'string' },
  },
);
const [seeds, jobs, submissions] = (['seeds', 'jobs', 'submissions'] as const).map((name) => whole(name, values[name]));
mkdirSync(values.out, { recursive: true });
if (values.peers) {
  const { peers } = await import('./peers.js');
  await peers(values.out, submissions, values.environment);
  process.exit();
}
/** Ten seconds of training for each. */
const seedsOf = ({ exercise }: Known): number => (exercise.startsWith('10-') ? Math.min(3, seeds) : seeds);

const file = path.join(values.out, 'grade-bench.jsonl');
if (!values.resume) rmSync(file, { force: true });
const { known: all, outside } = await knownSubmissions(values.exercise);
const python = await findPython(process.env);
const known = all.filter(({ language }) => language === 'ts' || 'executable' in python);
const before = kept(file);
const first = before.length === 0 ? randomInt(2 ** 31) : Math.min(...before.map(({ seed }) => seed));
const nameOf = ({ digest, seed }: Pick<Found, 'digest' | 'seed'>): string => `${digest} ${seed}`;
const there = new Map(before.map((each) => [nameOf(each), each]));

if (values.overhead) {
  await using alone = await openSandbox({ env: process.env, isolation: 'best', warm: 2, many: true });
  console.log(overheadMarkdown(await overheads(values.exercise, randomInt(2 ** 31), alone)).join('\n\n'));
  process.exit();
}
await using sandbox = await openSandbox({ env: process.env, isolation: 'best', warm: jobs + 1, many: true });
console.log(`isolation ${sandbox.isolation.level}, seeds ${first} to ${first + seeds - 1}, ${jobs} at a time`);
if (known.length < all.length) console.log('Not checked: the solutions in numpy. There is no Python with numpy.');
const found: Found[] = [];
const queue = [...known];
const total = known.length;
let done = 0;
await Promise.all(Array.from({ length: jobs }, work));

const results: Results = {
  isolation: sandbox.isolation.level,
  first,
  seeds,
  found,
  outside,
  overheads: await overheads(values.exercise, first, sandbox),
};
writeFileSync(path.join(values.out, 'grade-bench.json'), `${JSON.stringify(results, null, 1)}\n`);
const text = benchMarkdown(results);
writeFileSync(path.join(values.out, 'grade-bench.md'), text);
console.log(text);
process.exitCode = odd(found).length === 0 ? 0 : 1;

async function work(): Promise<void> {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const submission = next;
    const wanted = Array.from({ length: seedsOf(submission) }, (_, i) => first + i);
    const have = wanted.flatMap((seed) => there.get(nameOf({ ...submission, seed })) ?? []);
    const missing = wanted.filter((seed) => !have.some((each) => each.seed === seed));
    const fresh: Found[] = [];
    if (missing.length > 0) {
      for await (const each of judgedWith(submission, missing, sandbox)) {
        keep(file, each);
        fresh.push(each);
      }
    }
    found.push(...have, ...fresh);
    const strange = odd(fresh).length;
    const said = strange === 0 ? '' : `  ${strange} of ${fresh.length} NOT AS IT HAS TO BE`;
    console.error(`[${String(++done).padStart(3)}/${total}] ${submission.exercise} ${submission.id}${said}`);
  }
}
