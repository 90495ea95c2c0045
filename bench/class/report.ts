import os from 'node:os';
import type { Growth } from './slope.js';
import { flatShare } from './slope.js';
import { decides, processesOfOne, type MemoryOf, type MemorySamples } from './memory.js';
import { queueRatio, type QueueTurn } from './queue.js';
import { processorRatioOf, ratioOf, type Rates, type Ratio } from './rate.js';
import type { Way } from './path/path.js';
import type { Synthetic } from './submissions.js';

/** Everything that a run of the bench found; what was not asked for is missing. */
export interface ClassBench {
  readonly seed: number;
  readonly jobs: number;
  readonly submissions: number;
  readonly made: Readonly<Record<Synthetic['kind'] | 'python', number>>;
  readonly marks?: { readonly wrong: readonly string[]; readonly seconds: number; readonly isolation: string };
  readonly way?: Way;
  readonly rate?: Rates;
  readonly memory?: {
    readonly submissions: number;
    readonly growth: Readonly<Record<MemoryOf, Growth>>;
    readonly processes: MemorySamples['processes'];
    readonly wrong: readonly string[];
  };
  readonly queue?: { readonly turns: readonly QueueTurn[]; readonly wrong: readonly string[] };
}

/** The goals of the project. */
export const goals = { rate: 0.9, queue: 0.9 } as const;

/** What is not as it has to be, one sentence each. */
export function missed({ marks, way, rate, memory, queue }: ClassBench): string[] {
  const wrong = [
    ...(marks?.wrong ?? []),
    ...(way?.wrong ?? []),
    ...(rate?.turns.flatMap((turn) => turn.wrong) ?? []),
    ...(memory?.wrong ?? []),
    ...(queue?.wrong ?? []),
  ];
  const ratio = rate === undefined ? 1 : ratioOf(rate).mean;
  const queued = queue === undefined ? 1 : queueRatio(queue.turns);
  const growing = Object.entries(memory?.growth ?? {}).filter(([who, { flat }]) => decides(who) && !flat);
  return [
    ...wrong,
    ...(ratio < goals.rate
      ? [`The rate is ${percent(ratio)} of plain processes, and has to be ${percent(goals.rate)}.`]
      : []),
    ...(queued < goals.queue
      ? [`The queue has ${percent(queued)} of the local rate, and has to have ${percent(goals.queue)}.`]
      : []),
    ...(left(memory) > 0
      ? [`${left(memory)} processes of submissions are left behind after ${memory?.submissions}.`]
      : []),
    ...growing.map(([who]) => `The memory of the ${who} is not shown to be flat.`),
  ];
}

/** Processes that stayed: more at the end of the run than at its beginning, by as many as one submission has. */
function left(memory: ClassBench['memory']): number {
  if (memory === undefined) return 0;
  const more = memory.processes.usualAtLast - memory.processes.usualAtFirst;
  return more >= processesOfOne ? more : 0;
}

const ratioText = ({ mean, error }: Ratio): string =>
  `${percent(mean)}, standard error ${Number.isNaN(error) ? 'unknown' : percent(error)}`;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);

/** The results as Markdown. */
export function classBenchMarkdown(bench: ClassBench): string {
  const { seed, jobs, submissions, made, marks, way, rate, memory, queue } = bench;
  const found = missed(bench);
  const parts = [
    '# A synthetic class',
    `${submissions} submissions to all exercises (without the training of exercise 10), seed ${seed}, ${jobs} at a time on ${os.availableParallelism()} cores, load at the end ${os.loadavg()[0].toFixed(1)}: ` +
      `${made.solution} solutions, ${made.legal} right in other words, ${made.wrong} wrong in one task, ${made.attack} attacks; ${made.python} of them in Python.`,
  ];
  if (marks !== undefined) {
    parts.push(
      '## Marks',
      `\`scorecheck grade\` took ${marks.seconds.toFixed(0)} s, isolation ${marks.isolation}, pages and similarity included. ${submissions - marks.wrong.length} of ${submissions} marks are as the truth has them.`,
    );
  }
  if (way !== undefined) {
    parts.push(
      '## The way of an instructor',
      `Exports of Moodle, Canvas, Gradescope and GitHub Classroom and folders with attempts, ${way.handIns} hand-ins in all; the first run was killed at ${way.killedAt} results and resumed; gradebooks were published, points changed, and published again. ` +
        `${way.marks} marks and their cells in canvas.csv, grades.csv and the worksheet of Moodle were compared with the truth: ${way.wrong.length} differ.`,
    );
  }
  if (rate !== undefined) {
    const sum = (of: 'ours' | 'plain' | 'submissions'): number => rate.turns.reduce((all, turn) => all + turn[of], 0);
    const count = sum('submissions');
    const ours = sum('ours') + rate.around;
    const processor = processorRatioOf(rate);
    parts.push(
      '## Rate',
      `${count} submissions in TypeScript that end no process, in turn by tens, of every exercise one. Plain: one Node process per submission that loads the same TensorFlow.js, answers the same questions, each once, and checks nothing.`,
      `| | seconds | per submission |\n|---|---:|---:|\n| graded | ${seconds(ours)} | ${seconds(ours / count)} |\n| plain | ${seconds(sum('plain'))} | ${seconds(sum('plain') / count)} |`,
      `Ratio ${ratioText(ratioOf(rate))} by the clock; goal at least ${percent(goals.rate)}. On a machine that does other work as well it says little: more processes get a larger share of it. ` +
        (processor === undefined
          ? 'Processor time was not measured: that needs root and version 1 of control groups, and without it the time of the processes that are started at the end of each ten is left out.'
          : `By processor time ${ratioText(processor)}.`),
    );
  }
  if (memory !== undefined) {
    const row = ([who, { level, slope, error, atMost, flat }]: [string, Growth]): string =>
      `| ${[who, ...[level, slope, error, atMost].map((bytes) => (bytes / 1e6).toFixed(1)), decides(who) ? (flat ? 'yes' : 'no') : ''].join(' | ')} |`;
    parts.push(
      '## Memory',
      `${memory.submissions} submissions, megabytes; slope per 1,000 submissions. Live: what is left of the heap, and of what hangs on it, after a full collection of garbage; resident is measured at the same ` +
        'moments. Code is what V8 has compiled: it grows as functions become warm, ever more slowly. ' +
        `The parent hands out the jobs, the graders are ${jobs} processes, the children those of the submissions: at most ${memory.processes.most} processes in all, usually ${memory.processes.usualAtFirst} in the first quarter of the run and ${memory.processes.usualAtLast} in the last.`,
      `| processes | level | slope | standard error | at most (99 %) | flat |\n|---|---:|---:|---:|---:|---|\n${Object.entries(memory.growth).map(row).join('\n')}`,
      `Flat: a growth of ${percent(flatShare)} of the level over 1,000 submissions is refuted.`,
    );
  }
  if (queue !== undefined) {
    const count = queue.turns.reduce((sum, turn) => sum + turn.submissions, 0);
    parts.push(
      '## Queue',
      `${count} submissions by two workers on one Redis server and by a local pool of two, in turn: ${percent(queueRatio(queue.turns))} of the local rate; goal at least ${percent(goals.queue)}.`,
    );
  }
  parts.push(
    found.length === 0
      ? 'Everything is as it has to be.'
      : `## Not as it has to be\n\n${found.map((each) => `- ${each}`).join('\n')}`,
  );
  return `${parts.join('\n\n')}\n`;
}
