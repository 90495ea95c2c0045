import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';
import type * as tfjs from '@tensorflow/tfjs';

/** What a folder of packed TensorFlow.js holds: all of its JavaScript as one script, and what V8 made of that. */
export const packedFiles = { script: 'tensorflow.cjs', compiled: 'tensorflow.v8' } as const;

/** The main module of native TensorFlow.js in its folder. */
export const nativeModule = (native: string): string =>
  path.join(native, 'node_modules', '@tensorflow', 'tfjs-node', 'dist', 'index.js');

/**
 * Native TensorFlow.js of the folder `native` from the script in `packed`: the same code, without some hundred files to be found, read and compiled. Code that V8 made
 * for another version or with other flags is left aside by V8 itself. `compiled` hands out what is compiled by then.
 */
export function loadPacked(
  packed: string,
  native: string,
): { readonly tf: typeof tfjs; readonly compiled: () => Buffer } {
  const [file, known] = [path.join(packed, packedFiles.script), path.join(packed, packedFiles.compiled)];
  const script = new vm.Script(
    `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'utf8')}\n})`,
    { filename: file, ...(existsSync(known) ? { cachedData: readFileSync(known) } : {}) },
  );
  const module = { exports: {} as typeof tfjs };
  const main = nativeModule(native);
  const run = script.runInThisContext() as (...given: unknown[]) => void;
  run(module.exports, createRequire(main), module, main, path.dirname(main));
  return { tf: module.exports, compiled: () => script.createCachedData() };
}
