// Writes src/claims/confusions.ts from the claims: `npm run schema`.
import { writeFileSync } from 'node:fs';
import { fileURLToPath, URL } from 'node:url';

// By a computed name, since the compiled sources are not there before the build.
const { claims } = await import(new URL('../dist/src/claims/index.js', import.meta.url));

const camelCase = (id) => id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
const parts = claims.map(({ id, falseVariants }) => {
  const variants = falseVariants.map(({ id: variant, mistake }) => ({ id: variant, mistake }));
  return `export const ${camelCase(id)} = ${JSON.stringify({ id, falseVariants: variants })} as const;\n`;
});
const head = `// Written from the claims by \`npm run schema\`, and compared with them in a test: what each claim is confused with, as sentences alone.
// The claims themselves load TensorFlow.js and the computer algebra, which takes longer than to check a submission.
`;
writeFileSync(fileURLToPath(new URL('../src/claims/confusions.ts', import.meta.url)), [head, ...parts].join('\n'));
