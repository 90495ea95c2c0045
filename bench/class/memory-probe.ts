import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { liveMemory } from './live-memory.js';

// Loaded by `--import` into the processes that grade, by NODE_OPTIONS of the bench: asked by a signal, a process collects its garbage and writes what is left.

/** One line of a process: when, and bytes. */
export interface Probed {
  readonly at: number;
  readonly live: number;
  readonly code: number;
  readonly resident: number;
}

const folder = process.env['SCORECHECK_MEMORY_PROBE'];
if (folder !== undefined) {
  process.on('SIGUSR2', () => {
    const line: Probed = { at: Date.now(), ...liveMemory() };
    appendFileSync(path.join(folder, `${process.pid}.jsonl`), `${JSON.stringify(line)}\n`);
  });
}
