import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { manifestFolder } from '../tensorflow/cache.js';

/** What a child process needs to run: a folder with its script and the packages that the script loads. */
export interface Runtime {
  /** Holds `child.mjs`, `watcher.mjs`, `native/` and `node_modules/` (links); readable for all users. */
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
    entryPoints: ['child', 'watcher'].map(ownFile),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
  await mkdir(path.join(folder, 'node_modules', '@tensorflow'), { recursive: true });
  for (const [name, target] of packageFolders()) {
    if (name.startsWith('@tensorflow/')) await symlink(target, path.join(folder, 'node_modules', name));
  }
  await symlink(manifestFolder(), path.join(folder, 'native'));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** A module of this folder: JavaScript where we are compiled, TypeScript where tests run the sources. */
export function ownFile(name: string): string {
  const compiled = path.join(here, `${name}.js`);
  return existsSync(compiled) ? compiled : path.join(here, `${name}.ts`);
}

/** The packages that the WebAssembly backend loads, by name, with all that they load in turn. */
export function packageFolders(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const add = (name: string, from: string): void => {
    const folder = packageFolder(name, from);
    // Types come without code, and a package inside another one is there with it.
    if (folder === undefined || found.has(name) || [...found.values()].some((other) => isInside(folder, other))) return;
    found.set(name, folder);
    const { dependencies = {} } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
      readonly dependencies?: Readonly<Record<string, string>>;
    };
    for (const each of Object.keys(dependencies)) if (!each.startsWith('@types/')) add(each, folder);
  };
  add('@tensorflow/tfjs', here);
  add('@tensorflow/tfjs-backend-wasm', here);
  return found;
}

/** Where Node finds a package for a module in `from`. */
function packageFolder(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name);
    if (existsSync(path.join(candidate, 'package.json'))) return realpathSync(candidate);
    if (folder === path.dirname(folder)) return undefined;
  }
}

function isInside(file: string, folder: string): boolean {
  return file.startsWith(folder + path.sep);
}
