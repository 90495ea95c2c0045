import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Language } from '../grade/texts.js';

/**
 * What the TypeScript compiler says about a submission, `file:line:column message`; never part of the points. It works in a process of its own
 * while the answers are computed, and reads the file without running it; a compiler that fails says nothing.
 */
export async function typeErrors(file: string, language: Language): Promise<string[]> {
  if (!file.endsWith('ts')) return [];
  const script = fileURLToPath(new URL('./type-errors-process.js', import.meta.url));
  const types = path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs/package.json'));
  return promisify(execFile)(process.execPath, [script, file, types, language], { timeout: 60_000 }).then(
    ({ stdout }) => JSON.parse(stdout) as string[],
    () => [],
  );
}
