import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { bundlePython } from './bundle-python.js';
import { bundleTypeScript } from './bundle-typescript.js';
import type { Bundle, Problems } from './bundled.js';

export type { Bundle, BundleProblem, Library, Problems } from './bundled.js';

/**
 * Bundles the module `file` (TypeScript, JavaScript or Python) and what it imports from its own folder (or `root`, a folder above it).
 * Nothing of the submission runs.
 */
export async function bundle(file: string, root = path.dirname(file)): Promise<Bundle | Problems> {
  const [entry, folder] = [await realpath(file), await realpath(root)];
  return path.extname(entry) === '.py' ? bundlePython(entry, folder) : bundleTypeScript(entry, folder);
}
