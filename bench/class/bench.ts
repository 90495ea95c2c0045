import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { classRunSchema } from '../../src/course/result.js';
import { findPython } from '../../src/sandbox/python.js';
import { optionsOf, whole, wrongUse } from '../options.js';
import { writeCourse } from './course-folder.js';
import { way } from './path/path.js';
import { memoryOf, memorySamples, type MemoryOf } from './memory.js';
import { queueTurns } from './queue.js';
import { rates, type Turn } from './rate.js';
import { redisPresent } from './redis-server.js';
import { classBenchMarkdown, missed, type ClassBench } from './report.js';
import { growth, type Growth } from './slope.js';
import { syntheticClass, type Synthetic } from './submissions.js';
import { differences } from './truth.js';

const values = optionsOf(
  `npm run bench:class -- [--submissions 300] [--seed N] [--jobs 2] [--part marks --part rate ...] [--memory 1000] [--queued 120] [--cheap] [--resume] [--out DIR]
A class whose truth is known, graded by the real \`scorecheck grade\`; the rate beside plain processes; memory over many submissions; the rate over a queue.
  --part way   is not among what runs by itself: exports of course systems of a class of so many students in, gradebooks out, by the command line
  --cheap      memory and queue with the exercise that has the fewest questions, where what is measured is what comes with every submission
  --resume     goes on with the same class where a run was ended: results of \`grade\` and stretches that were measured stay`,
  {
    submissions: { type: 'string', default: '300' },
    seed: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    part: { type: 'string', multiple: true, default: ['marks', 'rate', 'memory', 'queue'] },
    memory: { type: 'string', default: '1000' },
    queued: { type: 'string', default: '120' },
    cheap: { type: 'boolean', default: false },
    resume: { type: 'boolean', default: false },
    out: { type: 'string', default: 'reports' },
  },
);
const [count, jobs, forMemory, queued] = (['submissions', 'jobs', 'memory', 'queued'] as const).map((name) =>
  whole(name, values[name]),
);
const parts = new Set(values.part);
const unknown = values.part.find((part) => !['marks', 'rate', 'memory', 'queue', 'way'].includes(part));
if (unknown !== undefined) wrongUse(`Expected --part marks, rate, memory, queue or way, got "${unknown}".`);
if (parts.has('queue') && !redisPresent)
  wrongUse(
    'Expected redis-server for the queue, found none. Install it (Debian: apt-get install redis-server), or name the other parts by --part.',
  );
if (parts.has('memory') && process.platform !== 'linux')
  wrongUse('Expected Linux, whose /proc tells the memory of processes. Name the other parts by --part.');

/** Explicit score matching has 43 questions and takes 0.7 s. */
const cheapest = '02';

const folder = path.join(values.out, 'class-bench');
const stateFile = path.join(folder, 'state.json');
const turnsFile = path.join(folder, 'rate.jsonl');
if (!values.resume) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const note = (text: string): void => console.error(text);
const state = { submissions: count, seed: seedOf(values.seed) };
writeFileSync(stateFile, JSON.stringify(state));

const python = 'executable' in (await findPython(process.env));
if (!python) note('No Python with numpy: all submissions are in TypeScript.');
const submissions = await syntheticClass(count, { seed: state.seed, python });
const repeated = values.cheap ? submissions.filter(({ exercise }) => exercise.startsWith(cheapest)) : submissions;
const many = (kind: Synthetic['kind']): number => submissions.filter((each) => each.kind === kind).length;
let bench: ClassBench = {
  seed: state.seed,
  jobs,
  submissions: count,
  made: {
    solution: many('solution'),
    legal: many('legal'),
    wrong: many('wrong'),
    attack: many('attack'),
    python: submissions.filter(({ language }) => language === 'python').length,
  },
};
note(`${count} submissions, seed ${state.seed}, ${jobs} at a time`);
if (parts.has('marks')) bench = { ...bench, marks: await marks() };
if (parts.has('way'))
  bench = { ...bench, way: await way(path.join(folder, 'way'), { count, seed: state.seed, python, note }) };
if (parts.has('rate')) {
  const keep = (turn: Turn): void => appendFileSync(turnsFile, `${JSON.stringify(turn)}\n`);
  bench = {
    ...bench,
    rate: await rates(submissions, { folder, seed: state.seed, jobs, known: knownTurns(), keep, note }),
  };
}
if (parts.has('memory')) {
  const { wrong, processes, samples } = await memorySamples(forMemoryOf(submissions), {
    count: forMemory,
    seed: state.seed,
    jobs,
    note,
  });
  writeFileSync(path.join(folder, 'memory.json'), `${JSON.stringify(samples)}\n`);
  const growths = memoryOf.map((who) => [who, growth(samples[who])] as const);
  bench = {
    ...bench,
    memory: {
      submissions: forMemory,
      growth: Object.fromEntries(growths) as Record<MemoryOf, Growth>,
      processes,
      wrong,
    },
  };
}
if (parts.has('queue')) {
  const turns = await queueTurns(repeated, { count: queued, seed: state.seed, note });
  bench = { ...bench, queue: { turns, wrong: turns.flatMap(({ wrong }) => wrong) } };
}
const text = classBenchMarkdown(bench);
writeFileSync(path.join(values.out, 'class-bench.json'), `${JSON.stringify(bench, null, 1)}\n`);
writeFileSync(path.join(values.out, 'class-bench.md'), text);
console.log(text);
process.exitCode = missed(bench).length === 0 ? 0 : 1;

/** Grades the class by the command line, as an instructor does, and compares each mark with the truth. */
async function marks(): Promise<NonNullable<ClassBench['marks']>> {
  const place = writeCourse(folder, submissions, state.seed);
  const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
  const given = ['grade', place.submissions, '--course', place.course, '--out', place.graded, '--jobs', String(jobs)];
  const start = performance.now();
  const child = spawn(process.execPath, [main, ...given], { stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  const seconds = (performance.now() - start) / 1000;
  const file = path.join(place.graded, 'class.json');
  if (!existsSync(file))
    throw new Error(`Expected scorecheck grade to write class.json, got exit code ${String(code)}.`);
  const run = classRunSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const isolation = run.attempts.flatMap(({ grade }) => grade?.isolation.level ?? []);
  return { wrong: differences(submissions, run), seconds, isolation: [...new Set(isolation)].join(', ') };
}

/** Half of them all exercises in turn, half the one with the fewest questions: what comes with every submission is measured as often, and a thousand take less than ten minutes. */
function forMemoryOf(all: readonly Synthetic[]): Synthetic[] {
  if (values.cheap) return repeated;
  const cheap = all.filter(({ exercise }) => exercise.startsWith(cheapest));
  return all.flatMap((each, i) => [each, cheap[i % cheap.length]]);
}

/** The turns that a run before measured; a line that was cut off counts as not there. */
function knownTurns(): Turn[] {
  if (!existsSync(turnsFile)) return [];
  return readFileSync(turnsFile, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as Turn];
      } catch {
        return [];
      }
    });
}

function seedOf(given: string | undefined): number {
  if (values.resume && existsSync(stateFile)) {
    const before = JSON.parse(readFileSync(stateFile, 'utf8')) as { submissions: number; seed: number };
    if (before.submissions !== count || (given !== undefined && Number(given) !== before.seed)) {
      wrongUse(
        `Expected --resume with the class of the run before: --submissions ${before.submissions} --seed ${before.seed}.`,
      );
    }
    return before.seed;
  }
  return given === undefined ? randomInt(2 ** 31) : whole('seed', given, 0);
}
