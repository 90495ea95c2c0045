// Writes schema/*.schema.json from the zod schemas in the code: `npm run schema`.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, URL } from 'node:url';

// By a computed name, since the compiled sources are not there before the build.
const { checkJsonSchema, classJsonSchema, courseJsonSchema, notesJsonSchema, verifyJsonSchema } = await import(
  new URL('../dist/src/cli/schema.js', import.meta.url)
);
for (const [name, schema] of Object.entries({
  verify: verifyJsonSchema(),
  check: checkJsonSchema(),
  notes: notesJsonSchema(),
  course: courseJsonSchema(),
  class: classJsonSchema(),
})) {
  const file = fileURLToPath(new URL(`../schema/${name}.schema.json`, import.meta.url));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
}
