import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { manifestFolder } from '../tensorflow/cache.js';

/** What a child process needs to run: a folder with its script and the packages that the script loads. */
export interface Runtime {
  /** Holds `child.mjs`, `native/` and `node_modules/` (links); readable for all users. */
  readonly folder: string;
  [Symbol.asyncDispose](): Promise<void>;
}

const here = path.dirname(fileURLToPath(import.meta.url));

/** Builds the script of the child from our sources, alone in a new temporary folder. */
export async function makeRuntime(): Promise<Runtime> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'scorecheck-sandbox-'));
  // `mkdtemp` lets its owner in alone, and the child may be another user.
  await chmod(folder, 0o755);
  await build({
    entryPoints: [ownFile('child')],
    outfile: path.join(folder, 'child.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
  await mkdir(path.join(folder, 'node_modules', '@tensorflow'), { recursive: true });
  for (const [name, target] of packageFolders()) await symlink(target, path.join(folder, 'node_modules', name));
  await symlink(manifestFolder(), path.join(folder, 'native'));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** A module of this folder: JavaScript where we are compiled, TypeScript where tests run the sources. */
export function ownFile(name: string): string {
  const compiled = path.join(here, `${name}.js`);
  return existsSync(compiled) ? compiled : path.join(here, `${name}.ts`);
}

/** The packages that the WebAssembly backend loads, by name. */
export function packageFolders(): [name: string, folder: string][] {
  const require = createRequire(import.meta.url);
  return ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'].map((name) => [
    name,
    path.dirname(require.resolve(`${name}/package.json`)),
  ]);
}
