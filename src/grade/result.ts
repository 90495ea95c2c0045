import { z } from 'zod';
import { propertyIds } from './exercise.js';

/** `undecided` never counts against the student; `fault` is the harness's own trouble, and there is no score then. */
export const verdicts = ['pass', 'fail', 'undecided', 'fault'] as const;
const verdict = z.enum(verdicts);
// JSON has no infinity: a number that is not finite is written as null.
const real = z.number().nullable();

const layers = z.object({
  network: z.boolean(),
  files: z.boolean(),
  processes: z.boolean(),
  user: z.boolean(),
  privileges: z.boolean(),
  systemCalls: z.boolean(),
  permissionModel: z.boolean(),
  limits: z.boolean(),
});

const property = z.object({
  id: z.enum(propertyIds),
  name: z.string().describe('What the property is called, in the language of the grade.'),
  points: z.number(),
  maxPoints: z.number(),
  verdict: z
    .enum([...verdicts, 'unchecked'])
    .describe('unchecked: cannot be asked of this kind of submission; the points are given.'),
  reason: z.string().optional().describe('Why points are lost or left open.'),
});

const counterexample = z.object({
  inputs: z.record(z.string(), z.unknown()).describe('The arguments by name; a function argument as a formula.'),
  expected: z.unknown(),
  got: z.unknown(),
  tolerance: real.describe('What rounding explains at the worst coordinate.'),
  coordinate: z.number().int().describe('Of the numbers of the answer, row by row, the one that is furthest off.'),
  tried: z.number().int().describe('How many inputs were put to the submission.'),
});

const task = z.object({
  name: z.string(),
  function: z.string().optional().describe('What the submission calls it, where that is another name (Python).'),
  points: z.number().nullable().describe('null where there is a fault: no score is written.'),
  maxPoints: z.number(),
  verdict,
  properties: z.array(property),
  diagnosis: z.array(z.object({ id: z.string(), sentence: z.string(), hint: z.string().optional() })),
  message: z
    .string()
    .describe(
      'What the student reads: one sentence or two; in a graded run nothing that comes from a question or from the submission.',
    ),
  counterexample: counterexample.nullable(),
  warnings: z.array(z.string()),
  output: z
    .string()
    .describe(
      'What the submission printed: capped, control characters escaped; empty in a graded run, whose questions are hidden.',
    ),
  seed: z.number().int(),
  again: z.string().describe('The command that replays this task.'),
  milliseconds: z.number().optional().describe('How long the answers took; absent in a graded run.'),
});

/** The JSON of `scorecheck check` for one exercise. Published as schema/check.schema.json. */
export const gradeSchema = z.object({
  version: z.string(),
  exercise: z.string(),
  language: z.enum(['en', 'zh-TW']),
  isolation: z.object({
    level: z.enum(['full', 'weak']),
    layers,
    reason: z.string().optional(),
    remedy: z.string().optional(),
  }),
  library: z.enum(['tensorflow', 'numpy', 'torch']).describe('What the submission computes with.'),
  digest: z.string().describe('SHA-256 of the bundled submission.'),
  tasks: z.array(task),
  points: z.number().nullable(),
  maxPoints: z.number(),
  warnings: z.array(z.string()).describe('Type errors and the like: never in points.'),
});

export type Grade = z.infer<typeof gradeSchema>;
export type TaskGrade = Grade['tasks'][number];
export type Verdict = (typeof verdicts)[number];
