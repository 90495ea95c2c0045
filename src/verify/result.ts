import { z } from 'zod';
import { claimKinds } from './claim.js';
import { methods } from './evidence.js';

const verdict = z.enum(['supported', 'refuted', 'inconclusive']);
// JSON has no infinity: a residual that is not finite is written as null.
const real = z.number().nullable();

const counterexample = z.object({
  at: z.record(z.string(), z.array(z.number())),
  expected: z.array(real),
  got: z.array(real),
  coordinate: z.number().int(),
  tolerance: real,
});

const sequential = z.object({
  alpha: z.number(),
  beta: z.number(),
  variance: z.number(),
  varianceSource: z.enum(['quadrature', 'estimated', 'closed form']),
  delta0: z.number(),
  delta1: z.number(),
  looks: z.array(z.object({ n: z.number().int(), estimate: z.number(), halfWidth: z.number() })),
});

const evidence = z.object({
  method: z.enum(methods),
  compared: z.string(),
  residual: real,
  tolerance: real,
  resolution: real,
  scale: real,
  verdict,
  note: z.string().optional(),
  samples: z.number().int().optional(),
  comparisons: z
    .number()
    .int()
    .optional()
    .describe('Shares of the error budget; absent where the verdict used no randomness.'),
  seed: z.string().optional(),
  counterexample: counterexample.optional(),
  sequential: sequential.optional(),
});

const setting = z.object({
  name: z.string(),
  verdict,
  evidence: z.array(evidence),
  milliseconds: z.number().optional(),
});

const falseVariant = z.object({
  id: z.string(),
  mistake: z.string(),
  statement: z.string().describe('The false statement in LaTeX.'),
  given: z
    .string()
    .optional()
    .describe('What its letters mean, where that is not what the claim gives: Markdown with LaTeX.'),
  kind: z.enum(['value', 'ill-formed', 'vacuous', 'naming']),
  refuted: z.boolean().nullable().describe('null where the variant has no numbers; the reason says why.'),
  reason: z.string().optional(),
  clarity: real.describe('Smallest residual ÷ tolerance over the settings that refute: how clearly it is refuted.'),
  evidence: z.array(evidence.extend({ setting: z.string() })),
  silentIn: z.record(z.string(), z.string()).describe('Setting -> why the variant is silent there.'),
  untriedIn: z.array(z.string()).optional().describe('Settings that a quick run left out.'),
});

const withoutAssumption = z.object({
  assumption: z.string(),
  name: z.string(),
  expectedResidual: z.number(),
  shown: z.boolean().describe('True where the sides differ by the expected residual when the assumption is dropped.'),
  evidence: z.array(evidence),
});

const claim = z.object({
  id: z.string(),
  title: z.string(),
  source: z.string(),
  kind: z.enum(claimKinds),
  statement: z.string().describe('The claim in LaTeX.'),
  given: z.string().optional().describe('What the letters of the statement mean: Markdown with LaTeX.'),
  assumptions: z.record(z.string(), z.string()),
  verdict,
  settings: z.array(setting),
  falseVariants: z.array(falseVariant),
  withoutAssumption: z.array(withoutAssumption),
  milliseconds: z.number().optional(),
});

const figure = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('lines'),
    id: z.string(),
    claim: z.string().nullable(),
    title: z.string(),
    caption: z.string(),
    x: z.object({ label: z.string(), log: z.boolean() }),
    y: z.object({ label: z.string(), log: z.boolean() }),
    timed: z.boolean().optional().describe('True where the numbers are times of this run: no two runs share them.'),
    series: z.array(
      z.object({ name: z.string(), dashed: z.boolean(), points: z.array(z.tuple([z.number(), z.number()])) }),
    ),
  }),
  z.object({
    kind: z.literal('field'),
    id: z.string(),
    claim: z.string().nullable(),
    title: z.string(),
    caption: z.string(),
    extent: z.object({ x: z.tuple([z.number(), z.number()]), y: z.tuple([z.number(), z.number()]) }),
    density: z.array(z.array(z.number())).describe('Rows from low y to high y, columns from low x to high x.'),
    arrows: z.array(z.object({ x: z.number(), y: z.number(), dx: z.number(), dy: z.number() })),
  }),
  z.object({
    kind: z.literal('digits'),
    id: z.string(),
    claim: z.string().nullable(),
    title: z.string(),
    caption: z.string(),
    rows: z.array(z.object({ label: z.string(), images: z.array(z.string().describe('28 × 28 bytes, base64.')) })),
  }),
]);

const answer = z.object({
  id: z.string(),
  question: z.string(),
  paragraphs: z.array(z.string()).describe('Sentences in which $...$ is LaTeX.'),
  claims: z.array(z.string()).describe('The claims whose numbers stand behind the answer.'),
  shows: z.enum(['evidence', 'assumptions', 'nothing']),
  figures: z.array(z.string()),
});

const rehearsal = z.object({
  exercise: z.string(),
  checks: z.array(
    z.object({
      task: z.string(),
      of: z.string().describe('`solution`, `stub`, or the id of a mistake.'),
      ok: z.boolean(),
      says: z.string(),
    }),
  ),
});

/** The JSON of `scorecheck verify`: everything a report is made from. Published as schema/verify.schema.json. */
export const verificationSchema = z.object({
  version: z.string(),
  backend: z.object({
    name: z.enum(['native', 'wasm']),
    tfjs: z.string(),
    tensorflow: z.string().optional(),
    reason: z.string().optional(),
  }),
  data: z.object({ name: z.string(), source: z.string(), digest: z.string(), images: z.number().int() }),
  seed: z.number().int(),
  quick: z.boolean(),
  budget: z.object({
    falseFailRate: z.number().describe('Of the whole run, shared by the union bound.'),
    randomChecks: z.number().int().describe('How many comparisons share it.'),
    spent: z.number().describe('The part of it that the comparisons of this run used.'),
  }),
  summary: z.object({
    supported: z.number().int(),
    refuted: z.number().int(),
    inconclusive: z.number().int(),
    falseVariants: z.number().int(),
    falseVariantsRefuted: z.number().int(),
    withoutRandomness: z.number().describe('Share of the evidence that used no random draws for its verdict.'),
  }),
  claims: z.array(claim),
  figures: z.array(figure),
  answers: z.array(answer).describe('Questions that the course left open.'),
  exercises: z
    .array(rehearsal)
    .optional()
    .describe("A course's own exercises: solution full, stub zero, every mistake told apart."),
  milliseconds: z.number().optional(),
});

export type Verification = z.infer<typeof verificationSchema>;
export type ClaimResult = Verification['claims'][number];
export type SettingResult = ClaimResult['settings'][number];
export type FalseVariantResult = ClaimResult['falseVariants'][number];
export type Rehearsal = NonNullable<Verification['exercises']>[number];
export type Answer = Verification['answers'][number];
export type Figure = Verification['figures'][number];
