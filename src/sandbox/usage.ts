import { readdirSync, readFileSync } from 'node:fs';

/** What a process and all its descendants use now. */
export interface Usage {
  /** Memory that is not a file's: private pages, shared memory, tmpfs pages that are mapped, swap. Bytes. */
  readonly memoryBytes: number;
  readonly cpuMilliseconds: number;
  /** Threads of all processes. */
  readonly tasks: number;
  readonly pids: readonly number[];
}

// USER_HZ: the unit of times in /proc is 1/100 s on every architecture that Node runs on.
const tick = 10;

/** Usage of `pid` and its descendants, or of the processes `pids`, from /proc (Linux); nothing for what is gone. */
export function usageOf(pid: number, pids: readonly number[] = family(pid)): Usage {
  let [memoryBytes, cpuMilliseconds, tasks] = [0, 0, 0];
  for (const each of pids) {
    const status = read(`/proc/${each}/status`);
    for (const [, kilobytes] of status.matchAll(/^(?:RssAnon|RssShmem|VmSwap):\s+(\d+) kB$/gm)) {
      memoryBytes += 1024 * Number(kilobytes);
    }
    tasks += Number(/^Threads:\s+(\d+)$/m.exec(status)?.[1] ?? 0);
    // The name in parentheses may hold anything; after it the fields are numbers. User and system time of the process and of its dead children.
    const stat = read(`/proc/${each}/stat`);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    for (const field of [11, 12, 13, 14]) cpuMilliseconds += tick * Number(fields[field] ?? 0);
  }
  return { memoryBytes, cpuMilliseconds, tasks, pids };
}

/** How long each thread of `pid` and its descendants was ready to run and had no processor, milliseconds, by its number. */
export function queuedOf(pid: number): Map<string, number> {
  const threads = family(pid).flatMap((each) => threadsOf(each).map((thread) => [`/proc/${each}/task/`, thread]));
  // Nanoseconds that it ran, that it waited in the run queue, and how often it ran.
  return new Map(
    threads.map(([folder, thread]) => [thread, Number(read(`${folder}${thread}/schedstat`).split(' ')[1] ?? 0) / 1e6]),
  );
}

/** All processes of a user, wherever they hang. */
export function pidsOfUser(user: number): number[] {
  const own = new RegExp(`^Uid:\\s+${user}\\s`, 'm');
  return entries('/proc')
    .filter((name) => /^\d+$/.test(name) && own.test(read(`/proc/${name}/status`)))
    .map(Number);
}

/** Whether a process runs; one that has ended and that nobody has asked about does not. */
export function isRunning(pid: number): boolean {
  return /^State:\s+[^ZX]/m.test(read(`/proc/${pid}/status`));
}

/** The process and its descendants, at most 1000. */
function family(pid: number): number[] {
  const found = [pid];
  for (let i = 0; i < found.length && found.length < 1000; i++) {
    for (const thread of threadsOf(found[i])) {
      const children = read(`/proc/${found[i]}/task/${thread}/children`);
      found.push(...children.split(' ').filter(Boolean).map(Number));
    }
  }
  return found;
}

/** Children hang on the thread that started them. */
function threadsOf(pid: number): string[] {
  return entries(`/proc/${pid}/task`);
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // the process has ended
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // the process has ended
  }
}
