// Writes src/notes/known/course-claims.ts and known-prints.ts from the registry of claims; `npm run schema` runs it. The notes reader names a false
// variant without loading TensorFlow.js, which the claims themselves need, and without computing the values of all variants.
import { writeFileSync } from 'node:fs';
import { fileURLToPath, URL } from 'node:url';

const { claims } = await import(new URL('../dist/src/claims/index.js', import.meta.url));
const { variantPrints } = await import(new URL('../dist/src/notes/known/variant-prints.js', import.meta.url));
const data = claims.map(({ id, given, statement, falseVariants }) => ({
  id,
  given,
  statement,
  variants: Object.fromEntries(
    falseVariants.map((variant) => [
      variant.id,
      { given: variant.given, statement: variant.statement, kind: variant.kind === 'value' ? undefined : variant.kind },
    ]),
  ),
}));
const write = (name, text) =>
  writeFileSync(
    fileURLToPath(new URL(`../src/notes/known/${name}`, import.meta.url)),
    `// Written by scripts/notes-claims.mjs from src/claims; a test compares.\n\n${text}`,
  );
write(
  'course-claims.ts',
  `/** A statement in LaTeX, and what its letters mean: a line of Markdown, or none. */\ninterface Stated {\n  readonly given?: string;\n  readonly statement: string;\n  /** Of a false variant that has no numbers. */\n  readonly kind?: 'ill-formed' | 'vacuous' | 'naming';\n}\n\n/** What the course claims, and its false variants. */\nexport const courseClaims: readonly (Stated & { readonly id: string; readonly variants: Readonly<Record<string, Stated>> })[] = ${JSON.stringify(data, null, 2)};\n`,
);
const prints = variantPrints(data).map((print) => `  ${JSON.stringify(print)},\n`);
write(
  'known-prints.ts',
  `import type { VariantPrint } from './variant-prints.js';\n\n/** The values of both sides of the false variants' equations, on one instance. */\n// prettier-ignore\nexport const knownPrints: readonly VariantPrint[] = [\n${prints.join('')}];\n`,
);
