import { z } from 'zod';
import { notesSchema } from '../notes/result.js';
import { gradeSchema } from '../grade/result.js';
import { verificationSchema } from '../verify/result.js';

/** The JSON Schema of the JSON of `scorecheck verify`, published as schema/verify.schema.json. */
export function verifyJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(verificationSchema);
  return {
    $schema,
    title: 'Result of `scorecheck verify --json`',
    description:
      'Claims with their verdicts, the evidence in each setting, and the false variants with what refutes them. A number that is not finite is written as null.',
    ...schema,
  };
}

/** The JSON Schema of the JSON of `scorecheck check` for one exercise, published as schema/check.schema.json. */
export function checkJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(gradeSchema);
  return {
    $schema,
    title: 'Result of `scorecheck check --json` for one exercise',
    description:
      'Tasks with their points and verdicts, the diagnosis of what is wrong, and the smallest failing input. Where several exercises are checked, the file holds a list of these.',
    ...schema,
  };
}

/** The JSON Schema of the JSON of `scorecheck notes`, published as schema/notes.schema.json. */
export function notesJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(notesSchema);
  return {
    $schema,
    title: 'Result of `scorecheck notes --format json`',
    description:
      'The links of every chain of equations with their verdicts. Lines and columns count from 1, columns in UTF-16 units; lhs and rhs stand as in the file.',
    ...schema,
  };
}
