import { createRequire } from 'node:module';
import path from 'node:path';
import util from 'node:util';
import type * as tfjs from '@tensorflow/tfjs';
import type * as tfjsWasm from '@tensorflow/tfjs-backend-wasm';
import { lastProblem } from './cache.js';
import { loadPacked } from './packed.js';
import { thisHost } from './platform.js';
import { tfjsVersion } from './releases.js';
import { nativeTarget } from './target.js';

type TensorFlow = typeof tfjs;
type WasmBackend = typeof tfjsWasm;

/** Which implementation computes, for the head of a report. */
export interface Backend {
  readonly name: 'native' | 'wasm';
  /** Version of TensorFlow.js. */
  readonly tfjs: string;
  /** Version of the TensorFlow library, on the native backend. */
  readonly tensorflow?: string;
  /** Why the native backend is not used, on wasm: a sentence or two. */
  readonly reason?: string;
}

/** Thrown at import when `SCORECHECK_BACKEND=native` asks for a backend that is not provisioned or does not load; nothing falls back. */
export class NativeBackendUnavailable extends Error {
  override readonly name = 'NativeBackendUnavailable';
}

/** The backend that `SCORECHECK_BACKEND` forces, `undefined` when it leaves the choice; throws TypeError for another value. */
export function forcedBackend(env: NodeJS.ProcessEnv): 'native' | 'wasm' | undefined {
  const value = env['SCORECHECK_BACKEND'];
  if (value === undefined || value === '') return undefined;
  if (value === 'native' || value === 'wasm') return value;
  throw new TypeError(
    `Expected SCORECHECK_BACKEND to be native or wasm, got "${value}". Unset it to use the native backend where it is provisioned.`,
  );
}

/** Loads TensorFlow.js once: native from the user's cache where it is provisioned, otherwise on WebAssembly. */
export async function loadTensorFlow(env: NodeJS.ProcessEnv): Promise<{ tf: TensorFlow; backend: Backend }> {
  const forced = forcedBackend(env);
  if (forced === 'wasm') return loadWasm('SCORECHECK_BACKEND=wasm asks for WebAssembly.');
  const native = loadNative(env);
  if (typeof native !== 'string') return native;
  if (forced === 'native') {
    throw new NativeBackendUnavailable(
      `Expected the native backend, which SCORECHECK_BACKEND=native asks for. ${native} ` +
        'See `scorecheck doctor` for what is missing, or unset SCORECHECK_BACKEND to go on with WebAssembly.',
    );
  }
  return loadWasm(native);
}

/** tfjs-node 4.22.0 calls these, but Node 22 warns of both and Node 23 removed the first (tensorflow/tfjs issues 8609 and 8746). */
export const calledByTfjsNode = {
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isArray: Array.isArray,
};

/** The environment variable that names a folder of packed TensorFlow.js to a child of the sandbox. */
export const packedVariable = 'SCORECHECK_PACKED';

/** Native TensorFlow.js from the cache, or the reason why it cannot be loaded. */
function loadNative(env: NodeJS.ProcessEnv): { tf: TensorFlow; backend: Backend } | string {
  const target = nativeTarget(env, thisHost());
  if ('problem' in target) return target.problem.message;
  const { folder, provisioned } = target;
  if (provisioned === undefined) {
    const stopped = lastProblem(folder);
    return stopped === undefined
      ? 'The native backend is not provisioned (`scorecheck setup` does that).'
      : `The last \`scorecheck setup\` stopped: ${stopped.message}`;
  }
  // TensorFlow reads this when its library is loaded; at 2 it logs errors only.
  env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  Object.assign(util, calledByTfjsNode);
  try {
    // All of TensorFlow.js comes from the cache, its core included: two cores would be two engines with tensors of their own.
    const packed = env[packedVariable];
    const tf =
      packed === undefined
        ? (createRequire(path.join(folder, 'package.json'))('@tensorflow/tfjs-node') as TensorFlow)
        : loadPacked(packed, folder).tf;
    return { tf, backend: { name: 'native', tfjs: tfjsVersion, tensorflow: provisioned.tensorflow } };
  } catch (error) {
    const [detail] = (error instanceof Error ? error.message : String(error)).split('\n');
    return `The native backend does not load: ${detail}. Delete ${folder} and run \`scorecheck setup\` again.`;
  }
}

/** TensorFlow.js on WebAssembly; the binaries are files of the npm package, so no network is needed. */
async function loadWasm(reason: string): Promise<{ tf: TensorFlow; backend: Backend }> {
  const require = createRequire(import.meta.url);
  const tf = require('@tensorflow/tfjs') as TensorFlow;
  const wasm = require('@tensorflow/tfjs-backend-wasm') as WasmBackend;
  wasm.setWasmPaths(path.join(path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm')), path.sep));
  const listeners = processListeners();
  if (!(await tf.setBackend('wasm'))) {
    throw new Error(
      'Expected @tensorflow/tfjs-backend-wasm to start, but it did not. Install scorecheck again with `npm ci`.',
    );
  }
  removeNewListeners(listeners);
  return { tf, backend: { name: 'wasm', tfjs: tfjsVersion, reason } };
}

// The start-up code of the WebAssembly module rethrows every uncaught error from handlers of its own, which hides where
// the error came from and changes the exit code; the handlers serve its `exit`, which TensorFlow.js does not call.
const rethrown = ['uncaughtException', 'unhandledRejection'] as const;

function processListeners(): ReadonlySet<unknown> {
  return new Set<unknown>(rethrown.flatMap((event) => process.rawListeners(event)));
}

function removeNewListeners(before: ReadonlySet<unknown>): void {
  for (const event of rethrown) {
    for (const listener of process.rawListeners(event)) {
      if (!before.has(listener)) process.removeListener(event, listener as (...args: unknown[]) => void);
    }
  }
}
