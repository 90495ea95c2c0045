import { z } from 'zod';
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
