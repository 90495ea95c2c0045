import { z } from 'zod';
import { notesSchema } from '../notes/result.js';
import { gradeSchema } from '../grade/result.js';
import { courseFileSchema } from '../course/file/schema.js';
import { classRunSchema } from '../course/result.js';
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

/** The JSON Schema of `course.yaml`, published as schema/course.schema.json for editors. */
export function courseJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(courseFileSchema, { io: 'input' });
  return {
    $schema,
    title: 'course.yaml of scorecheck',
    description: 'A course: exercises, points, deadlines, late work.',
    ...schema,
  };
}

/** The JSON Schema of class.json of `scorecheck grade`, published as schema/class.schema.json. */
export function classJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(classRunSchema);
  return {
    $schema,
    title: 'class.json of `scorecheck grade`',
    description:
      'Students, attempts with their grades, marks, differences to what is published, problems and similar pairs. It is for the instructor alone.',
    ...schema,
  };
}
