import { readdirSync, readFileSync } from 'node:fs';

/** A process below another one. */
export interface Below {
  readonly pid: number;
  /** 1 for a child, 2 for a child of a child. */
  readonly depth: number;
  readonly residentBytes: number;
}

/** The processes below `pid` now, by /proc. */
export function processesBelow(pid: number): Below[] {
  const statuses = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), status: read(`/proc/${name}/status`) }));
  const parents = new Map(statuses.map((each) => [each.pid, Number(/^PPid:\s+(\d+)$/m.exec(each.status)?.[1] ?? 0)]));
  return statuses.flatMap((each): Below[] => {
    let depth = 0;
    let at = each.pid;
    for (; at !== pid && at > 1; at = parents.get(at) ?? 0) depth++;
    if (at !== pid || depth === 0) return [];
    const residentBytes = 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(each.status)?.[1] ?? 0);
    return [{ pid: each.pid, depth, residentBytes }];
  });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // it has ended
  }
}
