import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own documents, which the damaged ones are pieces of. Compiled, this file lies in dist/bench/notes. */
export function corpus(): string[] {
  const up = import.meta.url.endsWith('.ts') ? '../..' : '../../..';
  const folder = fileURLToPath(new URL(`${up}/tests/notes/documents/`, import.meta.url));
  return readdirSync(folder)
    .filter((name) => /\.(md|tex)$/.test(name))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'));
}
