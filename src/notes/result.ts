import { z } from 'zod';

// The JSON of `scorecheck notes`; `npm run schema` publishes it.

const place = {
  line: z.int().min(1).describe('from 1'),
  column: z.int().min(1).describe('from 1, in UTF-16 units'),
  endLine: z.int().min(1),
  endColumn: z.int().min(1).describe('of the first character behind'),
};

const fixSchema = z
  .object({
    text: z.string().describe('what to put in the place'),
    from: z.string().describe('what stands there; empty where something is put in'),
    reads: z
      .string()
      .nullable()
      .describe('the side that the change mends, as it reads then; null where it concerns more'),
    ...place,
    what: z.string(),
    others: z.array(z.string()).describe('other changes as small that also make the link true'),
  })
  .describe('the smallest change found that makes the link true');

const witnessSchema = z.object({
  instance: z.string(),
  point: z.record(z.string(), z.array(z.number())),
  lhs: z.array(z.number().nullable()),
  rhs: z.array(z.number().nullable()),
  residual: z.number().nullable(),
});

const linkSchema = z.object({
  ...place,
  lhs: z.string().describe('the last correct member of the chain, as it stands in the file'),
  rhs: z.string(),
  relation: z.string(),
  verdict: z.enum(['true', 'false', 'definition', 'not-checked']),
  severity: z.enum(['error', 'warning', 'none']),
  reason: z.string().describe('why it is not true, or was not checked: a word, and a sentence behind a colon'),
  residual: z.number().nullable().describe('the largest relative difference of the two sides'),
  claim: z.string().nullable().describe('the claim of the course whose false variant this is, as claim/variant'),
  fix: fixSchema.nullable(),
  symbols: z.record(z.string(), z.string()).describe('what each symbol was taken for'),
  method: z.string().describe('how the sides were compared, where not by value'),
  witnesses: z.array(witnessSchema).describe('both sides on the instances used, at the point where they differ most'),
});

const remarkSchema = z.object({ ...place, text: z.string() });

const fileSchema = z.object({
  path: z.string(),
  links: z.array(linkSchema),
  coverage: z
    .number()
    .min(0)
    .max(1)
    .describe('the part of the links, definitions aside, that were found true or false'),
  remarks: z.array(remarkSchema).describe('damage of the text, TeX outside of formulas'),
});

export const notesSchema = z.object({
  version: z.string(),
  files: z.array(fileSchema),
});

export type NotesResult = z.infer<typeof notesSchema>;
export type FileResult = NotesResult['files'][number];
export type LinkResult = FileResult['links'][number];
export type FixResult = NonNullable<LinkResult['fix']>;
