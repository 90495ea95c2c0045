// Writes src/notes/known/course-claims.ts from the registry of claims: `node scripts/notes-claims.mjs` after `npm run build`. The notes reader names a
// false variant without loading TensorFlow.js, which the claims themselves need.
import { writeFileSync } from 'node:fs';
import { fileURLToPath, URL } from 'node:url';

const { claims } = await import(new URL('../dist/src/claims/index.js', import.meta.url));
const data = claims.map(({ id, statement, falseVariants }) => ({
  id,
  statement,
  variants: Object.fromEntries(falseVariants.map((variant) => [variant.id, variant.statement])),
}));
const file = fileURLToPath(new URL('../src/notes/known/course-claims.ts', import.meta.url));
writeFileSync(
  file,
  `// Written by scripts/notes-claims.mjs from src/claims; a test compares.\n\n/** What the course claims, and its false variants, in LaTeX. */\nexport const courseClaims: readonly {\n  readonly id: string;\n  readonly statement: string;\n  readonly variants: Readonly<Record<string, string>>;\n}[] = ${JSON.stringify(data, null, 2)};\n`,
);
