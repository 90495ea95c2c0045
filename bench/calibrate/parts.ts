import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pool } from 'workerpool';
import type { Effort, Part } from './study.js';

/** What is told while parts run. */
export interface Progress {
  readonly done: number;
  readonly of: number;
  readonly name: string;
  /** Seconds that it took; null where the result of an earlier run was taken. */
  readonly seconds: number | null;
}

/**
 * The results of all parts, in their order, from `jobs` processes. Each result is written into `folder` when it is there, and taken from there by the next run
 * with the same code, seed and effort: what was interrupted goes on.
 */
export async function resultsOf(
  parts: readonly Part[],
  effort: Effort,
  {
    jobs,
    folder,
    progress,
  }: { readonly jobs: number; readonly folder: string; readonly progress: (event: Progress) => void },
): Promise<unknown[]> {
  mkdirSync(folder, { recursive: true });
  const code = codeHash();
  const fileOf = ({ name }: Part): string =>
    path.join(folder, `${sha256(JSON.stringify([code, effort, name])).slice(0, 24)}.json`);
  const script = fileURLToPath(new URL('./worker.js', import.meta.url));
  const workers = pool(script, { workerType: 'process', maxWorkers: jobs });
  let done = 0;
  const resultOf = async (part: Part): Promise<unknown> => {
    const file = fileOf(part);
    const tell = (seconds: number | null): void => {
      progress({ done: ++done, of: parts.length, name: part.name, seconds });
    };
    if (existsSync(file)) {
      tell(null);
      return JSON.parse(readFileSync(file, 'utf8'));
    }
    let begun = 0;
    // The process says when it begins: until then the part waits.
    const on = (): void => {
      begun = performance.now();
    };
    const result: unknown = await workers.exec('runPart', [part.name, effort], { on });
    // Whole or not at all: an interruption leaves no half of a file.
    writeFileSync(`${file}.new`, JSON.stringify(result));
    renameSync(`${file}.new`, file);
    tell((performance.now() - begun) / 1000);
    return JSON.parse(JSON.stringify(result));
  };
  try {
    return await Promise.all(parts.map(resultOf));
  } finally {
    // By force where a part failed: others may be at work.
    await workers.terminate(true);
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Names all compiled code: a result of other code is not taken for one of this. */
function codeHash(): string {
  const dist = fileURLToPath(new URL('../../', import.meta.url));
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .sort();
  return sha256(files.map((file) => `${file} ${sha256(readFileSync(path.join(dist, file), 'utf8'))}`).join('\n'));
}
