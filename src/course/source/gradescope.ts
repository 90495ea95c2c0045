import { parse } from 'yaml';
import { z } from 'zod';
import { CourseProblem } from '../problem.js';
import type { HandIn } from './hand-in.js';
import { below, type Tree } from './tree.js';

const metadata = 'submission_metadata.yml';

const submission = z.looseObject({
  ':submitters': z
    .array(
      z.looseObject({
        ':sid': z.coerce.string().nullish(),
        ':email': z.string().nullish(),
        ':name': z.string().nullish(),
      }),
    )
    .min(1),
  ':created_at': z.string().nullish(),
});

/** Gradescope writes the list of the submissions beside their folders. */
export const isGradescope = ({ files }: Tree): boolean => files.some(({ path }) => path === metadata);

/** An export of the submissions of a programming assignment: folders `submission_N`, and who handed them in and when in submission_metadata.yml. */
export async function gradescope(tree: Tree): Promise<HandIn[]> {
  const file = tree.files.find(({ path }) => path === metadata);
  if (file === undefined) throw new CourseProblem(`Expected ${metadata} in the export of Gradescope, found none.`);
  const found = z.record(z.string(), z.unknown()).safeParse(yamlOf((await file.read()).toString('utf8')));
  if (!found.success)
    throw new CourseProblem(`Expected a table of submissions in ${metadata}. Export the submissions again.`);
  return Object.entries(found.data).map(([folder, value]): HandIn => {
    const read = submission.safeParse(value);
    if (!read.success) {
      throw new CourseProblem(
        `Expected :submitters and :created_at for ${folder} in ${metadata}: ${read.error.issues[0].message}.`,
      );
    }
    const at = read.data[':created_at'];
    return {
      place: folder,
      people: read.data[':submitters'].map((each) => [
        { by: 'other.gradescope_sid', value: each[':sid'] ?? '' },
        { by: 'id', value: each[':sid'] ?? '' },
        { by: 'email', value: each[':email'] ?? '' },
      ]),
      submitted: at == null ? null : rubyTime(at),
      ...below(tree, folder),
    };
  });
}

/** What YAML says; nothing where it is none. */
function yamlOf(text: string): unknown {
  try {
    return parse(text, { logLevel: 'silent' });
  } catch {
    return undefined;
  }
}

/** `2026-11-20 15:59:00.123456789 Z`, as Ruby writes a time into YAML. */
function rubyTime(text: string): number {
  const [, day, time, zone] =
    /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)? ?(Z|UTC|[+-]\d\d:?\d\d)?$/.exec(text.trim()) ?? [];
  const at = Date.parse(
    `${day}T${time}${zone === undefined || zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`,
  );
  if (Number.isNaN(at))
    throw new CourseProblem(`Expected a time such as 2026-11-20 15:59:00 Z in ${metadata}, got "${text}".`);
  return at;
}
