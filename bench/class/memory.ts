import { readdirSync, readFileSync } from 'node:fs';
import { gradeProcesses } from '../../src/cli/grade-processes.js';
import { judged } from './judged.js';
import type { Sample } from './slope.js';
import type { Synthetic } from './submissions.js';

/** Bytes in memory, by who has them. */
export interface MemorySamples {
  /** The process that hands out the jobs. */
  readonly parent: readonly Sample[];
  /** The processes that grade. */
  readonly graders: readonly Sample[];
  /** All processes of submissions together, those that wait for one included. */
  readonly children: readonly Sample[];
  readonly wrong: readonly string[];
}

const every = 500;
/** Those that fill the memory on purpose say nothing about ours, and an endless loop takes its time. */
const left = new Set(['takes all memory', 'never ends']);

/** Grades `count` submissions, the list again and again with other questions, and samples the memory of all processes twice a second. Linux, by /proc. */
export async function memorySamples(
  submissions: readonly Synthetic[],
  { count, seed, jobs, note }: { count: number; seed: number; jobs: number; note: (text: string) => void },
): Promise<MemorySamples> {
  const list = submissions.filter(({ id }) => !left.has(id));
  const samples = { parent: [] as Sample[], graders: [] as Sample[], children: [] as Sample[] };
  let done = 0;
  const timer = setInterval(() => {
    const now = residentBytes();
    for (const who of ['parent', 'graders', 'children'] as const) samples[who].push({ done, value: now[who] });
  }, every);
  const wrong: string[] = [];
  try {
    await using runner = gradeProcesses(jobs);
    for (let round = 0; done < count; round++) {
      const part = list.slice(0, count - done);
      const found = await judged(runner, part, {
        seed,
        draw: `memory ${round}`,
        done: () => {
          if (++done % 50 === 0) note(`memory ${done}/${count}: ${describe(residentBytes())}`);
        },
      });
      wrong.push(...found.wrong);
    }
  } finally {
    clearInterval(timer);
  }
  return { ...samples, wrong };
}

type Resident = Readonly<Record<'parent' | 'graders' | 'children', number>>;

const describe = (now: Resident): string =>
  Object.entries(now)
    .map(([who, bytes]) => `${who} ${(bytes / 1e6).toFixed(0)} MB`)
    .join(', ');

/** What this process and its descendants hold now. */
function residentBytes(): Resident {
  const found = { parent: 0, graders: 0, children: 0 };
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const stats = new Map(all.map((pid) => [pid, read(`/proc/${pid}/status`)]));
  const parentOf = (pid: number): number => Number(/^PPid:\s+(\d+)$/m.exec(stats.get(pid) ?? '')?.[1] ?? 0);
  for (const pid of all) {
    let depth = 0;
    for (let at = pid; at !== process.pid && at > 1; at = parentOf(at)) depth++;
    if (pid !== process.pid && !isBelow(pid, parentOf)) continue;
    const bytes = 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(stats.get(pid) ?? '')?.[1] ?? 0);
    found[depth === 0 ? 'parent' : depth === 1 ? 'graders' : 'children'] += bytes;
  }
  return found;
}

function isBelow(pid: number, parentOf: (pid: number) => number): boolean {
  let at = pid;
  while (at > 1 && at !== process.pid) at = parentOf(at);
  return at === process.pid;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // it has ended
  }
}
