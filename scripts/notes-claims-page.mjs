// Writes docs/notes-claims.md: what the reader, which knows the claims by what scripts/notes-claims.mjs wrote, makes of each. `npm run schema` runs it
// after a second build.
import { writeFileSync } from 'node:fs';
import { fileURLToPath, URL } from 'node:url';

const { ownClaimsPage, ownVerdicts } = await import(new URL('../dist/bench/notes/own-claims.js', import.meta.url));
writeFileSync(fileURLToPath(new URL('../docs/notes-claims.md', import.meta.url)), ownClaimsPage(ownVerdicts()));
