import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { spawn } from 'node:child_process';
import { run } from '../src/tensorflow/command.js';
import type { Timed } from './timing.js';

/** The release that is compared with; `SCORECHECK_BENCH_TORCH` names another, such as `torch==2.12.0`. */
const requirement = 'torch==2.13.0';

/** A Python process that computes the score of the smoothed data set with PyTorch on the same cores. */
export interface Torch {
  /** Hands over x, [n·d], and gives the task of one score of it, timed inside that process. */
  score(x: Float32Array, sigma: number): Promise<Timed>;
  /** The task of one run of the reverse SDE with this score, timed inside that process: `count` points, `steps` steps from sigmaMax to sigmaMin. */
  sample(sampler: {
    readonly count: number;
    readonly steps: number;
    readonly sigmaMin: number;
    readonly sigmaMax: number;
  }): Timed;
  /** The result of the last run, [n·d]. */
  lastScore(): Promise<Float32Array>;
  stop(): void;
}

/**
 * PyTorch in a virtual environment of its own below the folder for temporary files, which later runs use again; `undefined`, after
 * printing why, where Python or pip cannot provide it. pip's own settings say which index it asks.
 */
export async function startTorch(
  data: Float32Array,
  dimension: number,
  print: (line: string) => void,
): Promise<Torch | undefined> {
  const python = await torchPython(print);
  if (python === undefined) return undefined;

  const folder = mkdtempSync(path.join(tmpdir(), 'scorecheck-bench-'));
  const file = (name: string): string => path.join(folder, name);
  const write = (name: string, values: Float32Array): void =>
    writeFileSync(file(name), new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  write('data.bin', data);

  // Compiled, this file lies in dist/bench, and the script is not compiled.
  const source = fileURLToPath(new URL('../../bench/torch_score.py', import.meta.url));
  const child = spawn(python, [source, folder, String(dimension), String(availableParallelism())], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = (await lines.next()) as IteratorResult<string, undefined>;
    if (done) throw new Error('PyTorch ended before it answered; what it printed stands above.');
    return value;
  };
  const ask = (request: string): Promise<string> => {
    child.stdin.write(`${request}\n`);
    return next();
  };
  print(`PyTorch: ${await next()} (${python} ${path.relative(process.cwd(), source)})`);

  return {
    score: async (x, sigma) => {
      write('x.bin', x);
      await ask('load');
      return async () => Number(await ask(`score ${sigma}`));
    },
    sample:
      ({ count, steps, sigmaMin, sigmaMax }) =>
      async () =>
        Number(await ask(`sample ${count} ${steps} ${sigmaMin} ${sigmaMax}`)),
    lastScore: async () => {
      await ask('save');
      return new Float32Array(new Uint8Array(readFileSync(file('score.bin'))).buffer);
    },
    stop: () => {
      child.stdin.end();
      void once(child, 'exit').then(() => rmSync(folder, { recursive: true, force: true }));
    },
  };
}

/** The interpreter of the environment with PyTorch, made if need be. */
async function torchPython(print: (line: string) => void): Promise<string | undefined> {
  const wanted = process.env['SCORECHECK_BENCH_TORCH'] ?? requirement;
  const environment = path.join(tmpdir(), `scorecheck-bench-${wanted.replace(/[^\w.]+/g, '-')}`);
  const python = path.join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const shell = { env: process.env, log: (line: string) => line };
  if ((await run([python, '-c', 'import torch, numpy'], [], shell)).ok) return python;
  print(`Installing ${wanted} into ${environment} ...`);
  const steps = [
    await run(['python3', '-m', 'venv', environment], [], shell),
    await run([python, '-m', 'pip', 'install', '--quiet', wanted, 'numpy'], [], shell, { timeout: 1_200_000 }),
  ];
  const failed = steps.find((step) => !step.ok);
  if (failed === undefined) return python;
  print(`Without PyTorch, since it could not be installed: ${failed.why}`);
  print('Install Python 3 with venv and pip, or name another release in SCORECHECK_BENCH_TORCH.');
  return undefined;
}
