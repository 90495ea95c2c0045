// Writes schema/verify.schema.json from the zod schema of a verification: `npm run schema`.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, URL } from 'node:url';

// By a computed name, since the compiled sources are not there before the build.
const { verifyJsonSchema } = await import(new URL('../dist/src/cli/schema.js', import.meta.url));
const file = fileURLToPath(new URL('../schema/verify.schema.json', import.meta.url));
mkdirSync(path.dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(verifyJsonSchema(), null, 2)}\n`);
