import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { bundle, type Bundle } from '../../src/sandbox/bundle.js';

/** Bundles TypeScript that a test wrote, as a student's `submission.ts` in a folder of its own that is removed again. */
export async function submission(source: string, files: Readonly<Record<string, string>> = {}): Promise<Bundle> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'scorecheck-test-'));
  try {
    for (const [name, text] of Object.entries({ 'submission.ts': source, ...files })) {
      await writeFile(path.join(folder, name), text);
    }
    const made = await bundle(path.join(folder, 'submission.ts'));
    if (made.kind === 'bundle') return made;
    throw new Error(`Expected a program, got ${JSON.stringify(made.problems)}.`);
  } finally {
    await rm(folder, { recursive: true });
  }
}
