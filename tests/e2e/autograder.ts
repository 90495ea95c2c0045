import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { zipTree } from '../../src/course/source/zip-tree.js';
import { classLimits } from '../../src/course/source/tree.js';
import { scorecheck } from './command-line.js';

/** What Gradescope reads of results.json (https://gradescope-autograders.readthedocs.io/en/latest/specs/); a key that it does not know is an error here. */
const resultsSchema = z.strictObject({
  score: z.number().optional(),
  output: z.string().optional(),
  output_format: z.enum(['text', 'html', 'simple_format', 'md', 'ansi']).optional(),
  tests: z
    .array(
      z.strictObject({
        score: z.number(),
        max_score: z.number(),
        status: z.enum(['passed', 'failed']),
        name: z.string(),
        number: z.string(),
        output: z.string(),
        output_format: z.enum(['text', 'html', 'simple_format', 'md', 'ansi']),
        visibility: z.enum(['hidden', 'after_due_date', 'after_published', 'visible']),
      }),
    )
    .optional(),
  extra_data: z.record(z.string(), z.unknown()).optional(),
});

/** Unpacks an autograder the way Gradescope lays it out below `folder`, lets it grade a submission, and reads what it says. */
export async function autograded(
  zip: string,
  folder: string,
  submission: string,
): Promise<z.infer<typeof resultsSchema>> {
  await using tree = await zipTree(zip, 'autograder.zip', classLimits);
  for (const { path: name, read } of tree.files) {
    const file = path.join(folder, 'source', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, await read(), { mode: 0o700 });
  }
  copyFileSync(path.join(folder, 'source', 'run_autograder'), path.join(folder, 'run_autograder'));
  for (const name of ['submission', 'results']) mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, 'submission', 'submission.ts'), submission);
  writeFileSync(path.join(folder, 'submission_metadata.json'), '{"users":[{"id":7,"email":"a@example.edu"}]}');
  // The last line of run_autograder, with this folder in the place of /autograder.
  expect(readFileSync(path.join(folder, 'run_autograder'), 'utf8')).toMatch(
    /^exec scorecheck gradescope \/autograder --run$/m,
  );
  const { code, stderr } = await scorecheck(['gradescope', folder, '--run']);
  expect(code, stderr).toBe(0);
  return resultsSchema.parse(JSON.parse(readFileSync(path.join(folder, 'results', 'results.json'), 'utf8')));
}
