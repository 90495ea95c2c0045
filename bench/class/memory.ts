import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gradeProcesses } from '../../src/cli/grade-processes.js';
import { judged } from './judged.js';
import { liveMemory } from './live-memory.js';
import type { Probed } from './memory-probe.js';
import { median } from '../timing.js';
import { processesBelow } from './processes.js';
import type { Sample } from './slope.js';
import type { Synthetic } from './submissions.js';

/** Who has memory, and how it is measured. A heap is a saw-tooth of garbage that is not collected yet, so what lives in it is measured after a collection. */
export const memoryOf = [
  'parent, live',
  'parent, resident',
  'graders, live',
  'graders, of it code',
  'graders, resident',
  'children, resident',
] as const;
export type MemoryOf = (typeof memoryOf)[number];

/**
 * What has to be flat. What is resident, and what of the live heap is compiled code, is told and decides nothing: the garbage of a heap, the processes that happen to load or to end, and what the allocator keeps move it
 * by more than a leak would.
 */
export const decides = (who: string): boolean => who.endsWith('live');

/** As many processes as one submission has: bubblewrap twice, and the program. Fewer than that may be there by chance, while one begins or ends. */
export const processesOfOne = 3;

/** Bytes in memory, by who has them: the process that hands out the jobs, those that grade, and those of submissions (together). */
export interface MemorySamples {
  readonly samples: Readonly<Record<MemoryOf, readonly Sample[]>>;
  /** Processes below us: the most that there were at a time, and the usual number in the first and in the last quarter of the run. Processes that stay behind raise the last. */
  readonly processes: { readonly most: number; readonly usualAtFirst: number; readonly usualAtLast: number };
  readonly wrong: readonly string[];
}

/** Measurements on the way: enough for the line through them, and few enough that to collect garbage costs nothing. */
const measurements = 120;
/** Those that fill the memory on purpose say nothing about ours, and an endless loop takes its time. */
const left = new Set(['takes all memory', 'never ends']);

/** Grades `count` submissions, the list again and again with other questions, and measures the memory of all processes on the way. Linux, by /proc. */
export async function memorySamples(
  submissions: readonly Synthetic[],
  { count, seed, jobs, note }: { count: number; seed: number; jobs: number; note: (text: string) => void },
): Promise<MemorySamples> {
  const list = submissions.filter(({ id }) => !left.has(id));
  const samples = Object.fromEntries(memoryOf.map((who) => [who, [] as Sample[]])) as Record<MemoryOf, Sample[]>;
  const wrong: string[] = [];
  const probes = mkdtempSync(path.join(tmpdir(), 'scorecheck-memory-'));
  const before = process.env['NODE_OPTIONS'];
  process.env['NODE_OPTIONS'] = `${before ?? ''} --import ${new URL('./memory-probe.js', import.meta.url).href}`.trim();
  process.env['SCORECHECK_MEMORY_PROBE'] = probes;
  /** When how many were done. */
  const times: { readonly at: number; readonly done: number }[] = [{ at: 0, done: 0 }];
  let done = 0;
  const counts: number[] = [];
  const every = Math.max(2, Math.floor(count / measurements));
  const measure = (): void => {
    const below = processesBelow(process.pid);
    counts.push(below.length);
    const bytes = below.filter(({ depth }) => depth > 1).reduce((sum, { residentBytes }) => sum + residentBytes, 0);
    samples['children, resident'].push({ done, value: bytes });
    const own = liveMemory();
    samples['parent, live'].push({ done, value: own.live });
    samples['parent, resident'].push({ done, value: own.resident });
    for (const { pid, depth } of below) if (depth === 1) process.kill(pid, 'SIGUSR2');
  };
  try {
    await using runner = gradeProcesses(jobs);
    // Stretches as long as two measurements are apart: results that are kept to be compared would count as ours.
    for (let at = 0; at < count; at += every) {
      const part = Array.from({ length: Math.min(every, count - at) }, (_, i) => list[(at + i) % list.length]);
      const draw = `memory ${Math.floor(at / list.length)} ${at}`;
      const found = await judged(runner, part, { seed, draw });
      wrong.push(...found.wrong);
      done += part.length;
      times.push({ at: Date.now(), done });
      // Before the first of them is graded a process has no handler for the signal.
      if (done >= 4 * jobs) measure();
      if (Math.floor(done / 50) > Math.floor((done - part.length) / 50))
        note(`memory ${done}/${count}: ${described(samples)}`);
    }
  } finally {
    if (before === undefined) delete process.env['NODE_OPTIONS'];
    else process.env['NODE_OPTIONS'] = before;
    delete process.env['SCORECHECK_MEMORY_PROBE'];
  }
  const graders = probed(probes, times);
  rmSync(probes, { recursive: true, force: true });
  // How many processes load or end just then is chance; what stays is counted every time.
  const quarter = Math.ceil(counts.length / 4);
  const processes = {
    most: Math.max(...counts),
    usualAtFirst: median(counts.slice(0, quarter)),
    usualAtLast: median(counts.slice(-quarter)),
  };
  return { samples: { ...samples, ...graders }, processes, wrong };
}

const described = (samples: Readonly<Record<MemoryOf, readonly Sample[]>>): string =>
  memoryOf
    .flatMap((who) => {
      const last = samples[who].at(-1);
      return last === undefined ? [] : [`${who} ${(last.value / 1e6).toFixed(0)} MB`];
    })
    .join('; ');

type OfGraders = Extract<MemoryOf, `graders${string}`>;

/** What the processes that grade wrote, added up: each with its last word. */
function probed(
  folder: string,
  times: readonly { readonly at: number; readonly done: number }[],
): Pick<Record<MemoryOf, Sample[]>, OfGraders> {
  const files = readdirSync(folder);
  const lines = files
    .flatMap((file) =>
      readFileSync(path.join(folder, file), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => ({ file, ...(JSON.parse(line) as Probed) })),
    )
    .sort((a, b) => a.at - b.at);
  const last = new Map<string, Probed>();
  const found: Record<OfGraders, Sample[]> = {
    'graders, live': [],
    'graders, of it code': [],
    'graders, resident': [],
  };
  for (const line of lines) {
    last.set(line.file, line);
    if (last.size < files.length) continue;
    const done = times.findLast(({ at }) => at <= line.at)?.done ?? 0;
    const sum = (of: 'live' | 'code' | 'resident'): number =>
      [...last.values()].reduce((all, each) => all + each[of], 0);
    found['graders, live'].push({ done, value: sum('live') });
    found['graders, of it code'].push({ done, value: sum('code') });
    found['graders, resident'].push({ done, value: sum('resident') });
  }
  return found;
}
