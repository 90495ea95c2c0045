import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { backendFolder, rememberProblem } from '../../src/tensorflow/cache.js';
import { releaseOn, thisHost } from '../../src/tensorflow/platform.js';
import { problem } from '../../src/tensorflow/problem.js';
import { backend, tf, type Backend } from '../../src/tensorflow/tensorflow.js';
import { compiled, runNode, type Child } from './child.js';
import { temporaryFolder } from './fakes.js';

let script = '';
beforeAll(async () => {
  script = await compiled('product-child');
  return () => {
    rmSync(script);
  };
});

interface Answers {
  readonly backend: Backend;
  readonly name: string;
  readonly answers: Readonly<Record<string, unknown>>;
}

const runChild = (env: NodeJS.ProcessEnv, ...args: string[]): Promise<Child> =>
  runNode(script, args, { ...process.env, TF_CPP_MIN_LOG_LEVEL: undefined, SCORECHECK_BACKEND: undefined, ...env });

const answers = ({ stdout }: Child): Answers => JSON.parse(stdout) as Answers;

/** Every number in a value, in order. */
const numbers = (value: unknown): number[] =>
  typeof value === 'number' ? [value] : Object.values(value as object).flatMap(numbers);

const pinned = releaseOn(thisHost());

test('this process computes on the backend that it names', () => {
  expect(backend.tfjs).toBe('4.22.0');
  expect(tf.getBackend()).toBe({ native: 'tensorflow', wasm: 'wasm' }[backend.name]);
  expect(backend.reason === undefined).toBe(backend.name === 'native');
});

test('wasm when it is asked for, without the network and with nothing else on either stream', async () => {
  const child = await runChild({ SCORECHECK_BACKEND: 'wasm' });
  expect(child).toMatchObject({ code: 0, stderr: '' });
  expect(answers(child)).toMatchObject({
    name: 'wasm',
    backend: { name: 'wasm', tfjs: '4.22.0', reason: 'SCORECHECK_BACKEND=wasm asks for WebAssembly.' },
  });
});

test.runIf(backend.name === 'native')('native and wasm agree', async () => {
  const [native, wasm] = await Promise.all([
    runChild({ SCORECHECK_BACKEND: 'native' }),
    runChild({ SCORECHECK_BACKEND: 'wasm' }),
  ]);
  expect(native).toMatchObject({ code: 0, stderr: '' });
  expect(answers(native)).toMatchObject({ name: 'tensorflow', backend: { name: 'native', tfjs: '4.22.0' } });
  const ours = numbers(answers(native).answers);
  expect(ours).toHaveLength(4 + 6 + 6 + 1);
  // Sums of at most three products and a few elementary functions of numbers below 8: 16 roundings of 2^-24 times 8.
  numbers(answers(wasm).answers).forEach((value, i) => {
    expect(Math.abs(value - (ours[i] ?? NaN))).toBeLessThan(16 * 8 * 2 ** -24);
  });
});

test('with an empty cache wasm computes and says why; native by force is an error', async () => {
  const env = { SCORECHECK_CACHE: temporaryFolder() };
  const free = answers(await runChild(env)).backend;
  expect(free.name).toBe('wasm');
  if (!('problem' in pinned)) {
    expect(free.reason).toBe('The native backend is not provisioned (`scorecheck setup` does that).');
  }
  const forced = await runChild({ ...env, SCORECHECK_BACKEND: 'native' });
  expect(forced.code).toBe(1);
  expect(forced.stderr).toContain(
    'NativeBackendUnavailable: Expected the native backend, which SCORECHECK_BACKEND=native asks for.',
  );
});

test('an unknown backend is refused', async () => {
  const child = await runChild({ SCORECHECK_BACKEND: 'cuda' });
  expect(child.stderr).toContain('TypeError: Expected SCORECHECK_BACKEND to be native or wasm, got "cuda".');
});

test.runIf('release' in pinned)(
  'what stopped the last setup is the reason; so is a folder that does not load',
  async () => {
    if ('problem' in pinned) return;
    const cache = temporaryFolder();
    const folder = backendFolder({ SCORECHECK_CACHE: cache }, thisHost().platform, pinned.release);
    rememberProblem(folder, problem('no-npm'));
    expect(answers(await runChild({ SCORECHECK_CACHE: cache })).backend.reason).toBe(
      'The last `scorecheck setup` stopped: Expected npm beside this Node or on the PATH, found none.',
    );
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'provisioned.json'), '{}');
    const { reason } = answers(await runChild({ SCORECHECK_CACHE: cache })).backend;
    expect(reason).toMatch(/^The native backend does not load: Cannot find module '@tensorflow\/tfjs-node'/);
    expect(reason).toContain(`Delete ${folder} and run`);
  },
);

// The WebAssembly module would swallow the place of the error and change the exit code.
test.each(['wasm', 'native'])('an error that nobody catches ends the process as usual on %s', async (name) => {
  const child = await runChild({ SCORECHECK_BACKEND: name === backend.name ? name : 'wasm' }, 'throw');
  expect(child.code).toBe(1);
  expect(child.stderr).toContain('RangeError: nobody catches this\n    at file://');
});
