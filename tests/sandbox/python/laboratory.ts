import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { bundle, type Bundle } from '../../../src/sandbox/bundle.js';
import type { Limits } from '../../../src/sandbox/limits.js';
import { findPython, type Python, type PythonProblem } from '../../../src/sandbox/python.js';
import { openSandbox, type Sandbox, type SubmissionRun } from '../../../src/sandbox/sandbox.js';
import type { Ask } from '../attacks/laboratory.js';

/** The Python of these tests; where there is none the tests fail with what to install. */
export async function pythonOfTests(): Promise<Python> {
  const found = await findPython(process.env);
  if ('executable' in found) return found;
  throw new Error(`${found.reason} ${found.remedy}`);
}

/**
 * A Python with torch, named by SCORECHECK_TEST_TORCH or the one of the tests if it has torch. What needs it is reported as not run without it,
 * never as passed.
 */
export async function torchOfTests(): Promise<Python | undefined> {
  const named = process.env['SCORECHECK_TEST_TORCH'];
  const env = named === undefined ? process.env : { ...process.env, SCORECHECK_PYTHON: named };
  const found: Python | PythonProblem = await findPython(env);
  return 'executable' in found && found.torch !== undefined ? found : undefined;
}

/** Bundles Python that a test wrote, as a student's `submission.py` in a folder of its own that is removed again. */
export async function pythonSubmission(source: string, files: Readonly<Record<string, string>> = {}): Promise<Bundle> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'scorecheck-test-'));
  try {
    for (const [name, text] of Object.entries({ 'submission.py': source, ...files })) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), text);
    }
    const made = await bundle(path.join(folder, 'submission.py'));
    if (made.kind === 'bundle') return made;
    throw new Error(`Expected a program, got ${JSON.stringify(made.problems)}.`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Opens a sandbox for the tests of a file; `attack` runs a submission in Python in a process of its own. */
export function pythonLaboratory(isolation: 'full' | 'weak', limits: Partial<Limits> = {}) {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox({
      env: process.env,
      isolation,
      warm: 2,
      libraries: ['numpy'],
      python: await pythonOfTests(),
      limits: { milliseconds: 20_000, ...limits },
    });
  });
  afterAll(() => sandbox[Symbol.asyncDispose]());
  return async function attack<T>(
    source: string,
    look: (ask: Ask, run: SubmissionRun) => Promise<T>,
    files: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    await using run = sandbox.run(await pythonSubmission(prelude + source, files));
    return await look((call, args = [], more = {}) => run.ask({ call, arguments: args, ...more }), run);
  };
}

/** What every attack starts with. */
const prelude = `
import errno, os, struct, sys
import numpy as np

def attempt(f):
    try:
        return str(f())
    except OSError as error:
        return errno.errorcode.get(error.errno, str(error))
    except Exception as error:
        return f"{type(error).__name__}: {error}"

def text(words):
    """Texts as an array, for answers are numbers: the code points, one row."""
    return np.array([ord(c) for c in str(words)], dtype=np.float32)

def frame(kind, number, body):
    """A frame of the channel: magic number, type, id, length, bytes. Types: 3 loaded, 4 answer."""
    return struct.pack("<IIII", 0x73636F72, kind, number, len(body)) + body
`;
