import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { loadDigits } from '../../reference/data/digits.js';
import type { Isolation } from '../sandbox/isolation.js';
import { findPython, type Python, type PythonProblem } from '../sandbox/python.js';
import { tryIsolation } from '../sandbox/trial.js';
import { secondOrderGradients } from '../tensorflow/second-order.js';
import type { Status } from '../tensorflow/status.js';
import { mnistFolder } from '../../reference/data/mnist-folder.js';
import { packageVersion } from './package.js';

/** What does not stop scorecheck but is worth knowing, with what to do about it. */
export interface Warning {
  readonly what: string;
  readonly remedy: string;
}

/** Everything that `scorecheck doctor` shows, as plain data. */
export interface Facts {
  readonly version: string;
  readonly backend: { readonly name: 'native' | 'wasm'; readonly forced: boolean };
  readonly versions: Status['versions'];
  readonly machine: {
    readonly platform: string;
    readonly glibc?: string;
    readonly avx?: boolean;
    readonly cores: number;
  };
  /** Bytes: what this process may use, and what is free now. */
  readonly memory: { readonly total: number; readonly free: number };
  readonly data:
    | {
        readonly name: string;
        readonly source: string;
        readonly digest: string;
        readonly train: number;
        readonly test: number;
      }
    | { readonly problem: string };
  readonly cache: Status['cache'] & { readonly freeDisk: number };
  readonly isolation: Isolation;
  /** What runs submissions in Python, or why none can. */
  readonly python: Pick<Python, 'version' | 'numpy' | 'torch' | 'executable'> | PythonProblem;
  readonly secondOrderGradients: typeof secondOrderGradients;
  readonly warnings: readonly Warning[];
}

/** The facts of this machine; `status` has those about TensorFlow.js. */
export async function doctorFacts(status: Status, env: NodeJS.ProcessEnv): Promise<Facts> {
  const { host, cache } = status;
  const data = dataFacts(env);
  const total = process.constrainedMemory() || os.totalmem();
  const memory = { total: Math.min(total, os.totalmem()), free: os.freemem() };
  const { isolation } = await tryIsolation(env);
  const python = await pythonFacts(env);
  return {
    version: packageVersion(),
    backend: { name: status.backend, forced: status.forced !== undefined },
    versions: status.versions,
    machine: { ...host, cores: os.availableParallelism() },
    memory,
    data,
    cache: { ...cache, freeDisk: await freeDisk(cache.folder) },
    isolation,
    python,
    secondOrderGradients,
    warnings: [
      ...status.problems.map(({ message, remedy }) => ({ what: message, remedy })),
      ...dataWarnings(data),
      ...memoryWarnings(memory.total),
      ...isolationWarnings(isolation),
      ...cache.others.map(({ folder }) => ({
        what: `${folder} holds the backend of another release.`,
        remedy: 'Delete the folder if no other version of scorecheck uses it.',
      })),
      {
        what: `Second-order gradients of TensorFlow.js are silently wrong through ${secondOrderGradients.inexact.join(', ')} (first-order ones are right).`,
        remedy: `In what is trained on a divergence or a Jacobian use ${secondOrderGradients.exact.join(', ')} alone.`,
      },
    ],
  };
}

function dataFacts(env: NodeJS.ProcessEnv): Facts['data'] {
  try {
    const { name, source, digest, train, test } = loadDigits(env, mnistFolder(env));
    return { name, source, digest, train: train.count, test: test.count };
  } catch (error) {
    if (error instanceof Error && error.name === 'IdxError') return { problem: error.message };
    throw error;
  }
}

function dataWarnings(data: Facts['data']): Warning[] {
  if ('problem' in data) {
    return [
      {
        what: `The digits cannot be read: ${data.problem}`,
        remedy: 'Until then `scorecheck verify` stops with exit code 2.',
      },
    ];
  }
  if (data.name === 'MNIST') return [];
  return [
    {
      what: `The claims on digits run on ${data.name}.`,
      remedy: 'For MNIST run `scorecheck data mnist`, or set MNIST_DIR to a folder with its four files.',
    },
  ];
}

/** Peak of a run on MNIST that is to be expected, with room for everything else. */
const memoryNeeded = 4e9;

function memoryWarnings(total: number): Warning[] {
  if (total >= memoryNeeded) return [];
  return [
    {
      what: `There are ${gigabytes(total)} of memory; the exact score of the whole MNIST training set is made for ${gigabytes(memoryNeeded)}.`,
      remedy: 'Use `scorecheck verify --quick`, which takes fewer training images.',
    },
  ];
}

async function pythonFacts(env: NodeJS.ProcessEnv): Promise<Facts['python']> {
  const found = await findPython(env);
  if (!('executable' in found)) return found;
  const { version, numpy, torch, executable } = found;
  return { version, numpy, executable, ...(torch === undefined ? {} : { torch }) };
}

function isolationWarnings({ reason, remedy }: Isolation): Warning[] {
  if (reason === undefined || remedy === undefined) return [];
  return [{ what: `Students' code cannot be shut in fully. ${reason}`, remedy }];
}

/** Free bytes on the disk of a folder, or of the nearest folder above it that exists. */
async function freeDisk(folder: string): Promise<number> {
  let at = folder;
  while (!existsSync(at) && at !== path.dirname(at)) at = path.dirname(at);
  const { bavail, bsize } = await statfs(at);
  return bavail * bsize;
}

/** Bytes in units of 1e9. */
export const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
