import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import { optionsOf, whole, wrongUse } from '../options.js';
import { checkInput } from './fuzz-check.js';
import { corpus } from './fuzz-corpus.js';
import { kinds, type Input } from './fuzz-inputs.js';

// A worker reads, so that what hangs or fills the memory ends, and is known.

/** Nothing that small may take longer, in seconds of a core, so that a busy machine makes no difference; a change is sought for 8 at most. */
const HANGS_AFTER_SECONDS = 60;
const MEGABYTES = 2_048;

interface Part {
  readonly kind: string;
  readonly runs: number;
  readonly seed: number;
}

interface Report {
  readonly slowest: number;
  readonly failure: string | undefined;
}

function work({ kind, runs, seed }: Part): Report {
  let slowest = 0;
  let number = 0;
  const known = kinds(corpus())[kind];
  const property = fc.property(known[1], (input: Input) => {
    parentPort?.postMessage({ input });
    const before = process.cpuUsage();
    number++;
    checkInput(input, { repairs: number % 250 === 0, reports: number % 50 === 0 });
    const after = process.cpuUsage();
    slowest = Math.max(slowest, (after.user - before.user) / 1e6);
  });
  const details = fc.check(property, { numRuns: runs, seed });
  return {
    slowest,
    failure: details.failed ? `${fc.defaultReportMessage(details)}\n${String(details.errorInstance)}` : undefined,
  };
}

function inWorker(part: Part): Promise<Report> {
  return new Promise((resolve) => {
    const worker = new Worker(fileURLToPath(import.meta.url), {
      workerData: part,
      resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
    });
    let last: Input | undefined;
    let since = process.cpuUsage();
    const timer = setInterval(() => {
      if (process.cpuUsage(since).user / 1e6 > HANGS_AFTER_SECONDS) failed(`No end after ${HANGS_AFTER_SECONDS} s`);
    }, 1000);
    const end = (report: Report): void => {
      clearInterval(timer);
      resolve(report);
      void worker.terminate();
    };
    const failed = (what: string): void =>
      end({ slowest: Infinity, failure: `${what} on ${JSON.stringify(last)} (seed ${part.seed}, ${part.kind})` });
    worker.on('message', (message: { input: Input } | Report) => {
      if (!('input' in message)) return end(message);
      last = message.input;
      since = process.cpuUsage();
    });
    worker.on('error', (error) => failed(`The worker ended by ${String(error)}`));
    worker.on('exit', (code) => failed(`The worker ended with code ${code}`));
  });
}

async function main(): Promise<void> {
  const values = optionsOf(
    `npm run fuzz:notes -- [--runs 100000] [--seed N] [--kind KIND]
No input may crash the reader, hold it for long, fill the memory, or get a wrong place.`,
    { runs: { type: 'string', default: '100000' }, seed: { type: 'string' }, kind: { type: 'string' } },
  );
  const total = whole('runs', values.runs);
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : whole('seed', values.seed, 0);
  const known = Object.keys(kinds(corpus()));
  if (values.kind !== undefined && !known.includes(values.kind))
    wrongUse(`Expected --kind ${known.join(', ')}, got "${values.kind}".`);
  console.log(`${total} inputs, seed ${seed}`);
  let failures = 0;
  let done = 0;
  for (const [kind, [share]] of Object.entries(kinds(corpus()))) {
    if (values.kind !== undefined && values.kind !== kind) continue;
    const runs = Math.round((total * share) / 100);
    const began = performance.now();
    const { slowest, failure } = await inWorker({ kind, runs, seed });
    done += runs;
    console.log(
      `${kind}: ${runs} inputs in ${((performance.now() - began) / 1000).toFixed(0)} s, the slowest ${slowest.toFixed(1)} s: ${failure ?? 'no failure'}`,
    );
    if (failure !== undefined) failures++;
  }
  console.log(`${done} inputs, ${failures === 0 ? 'no failure' : `failures in ${failures} kinds`}`);
  process.exitCode = failures === 0 ? 0 : 1;
}

if (!isMainThread) parentPort?.postMessage(work(workerData as Part));
else await main();
