import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Host } from '../../src/tensorflow/platform.js';
import type { Release } from '../../src/tensorflow/releases.js';
import { libraryNames } from '../../src/tensorflow/libraries.js';
import { writeZip } from './zip.js';

/** A host that suits the native backend, on the platform of this test run. */
export const host: Host = { platform: 'linux-x64', glibc: '2.36', avx: true };

/** What the fake wheel holds: libraries of a few bytes and one header, among files that nobody needs. */
export const wheelEntries: Readonly<Record<string, string>> = {
  'tensorflow/__init__.py': 'raise ImportError',
  ...Object.fromEntries(libraryNames(process.platform).map((name) => [`tensorflow/${name}`, `this is ${name}`])),
  'tensorflow/include/tensorflow/c/c_api.h': '#pragma once',
  'tensorflow/include/unsupported/Eigen/Tensor.h': '#pragma once',
};

/** A folder of one test, with spaces in its name, that goes when the test is over. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'scorecheck test ')));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A world in which everything outside our own code is a fake of a few lines: wheel, npm, compiler and the TensorFlow.js that npm installs. */
export interface FakeWorld {
  readonly folder: string;
  readonly cache: string;
  readonly wheel: string;
  readonly releases: Readonly<Record<string, Release>>;
  readonly env: NodeJS.ProcessEnv;
  /** One line for each call of `npm ci` and of the compiler for the addon, so that a test can count them. */
  readonly calls: () => string[];
}

/** Makes the world of one test; `env` adds to its environment (the fakes below tell what they obey). */
export function fakeWorld(
  env: NodeJS.ProcessEnv = {},
  { entries = wheelEntries, folder = temporaryFolder() }: { entries?: Record<string, string>; folder?: string } = {},
): FakeWorld {
  const wheel = path.join(folder, 'tensorflow fake.whl');
  const contents = Object.entries(entries).map(([name, text]) => [name, () => Buffer.from(text)] as const);
  const release: Release = {
    distribution: 'tensorflow-fake',
    version: '2.0.1',
    tags: ['manylinux_2_17_x86_64'],
    ...writeZip(wheel, Object.fromEntries(contents)),
    unpacked: 100,
    glibc: '2.17',
  };
  const npm = path.join(folder, 'npm-cli.cjs');
  const compiler = path.join(folder, 'a compiler');
  const log = path.join(folder, 'calls.log');
  writeFileSync(log, '');
  writeFileSync(npm, npmScript);
  writeFileSync(compiler, `#!${process.execPath}\n${compilerScript}`, { mode: 0o755 });
  const cache = path.join(folder, 'the cache');
  return {
    folder,
    cache,
    wheel,
    releases: { [host.platform]: release },
    env: {
      PATH: process.env['PATH'],
      SCORECHECK_CACHE: cache,
      SCORECHECK_TENSORFLOW_WHEEL: wheel,
      CXX: compiler,
      npm_execpath: npm,
      CALLS: log,
      ...env,
    },
    calls: () => readFileSync(log, 'utf8').split('\n').filter(Boolean),
  };
}

// NPM_FAILS: prints an error and ends with 1. KILL_FROM=npm: kills the setup that called it, half-way. PAUSE: milliseconds to wait.
const npmScript = `
const fs = require('node:fs');
if (process.argv[2] === '--version') return console.log('11.0.0');
fs.appendFileSync(process.env.CALLS, 'npm ' + process.argv.slice(2).join(' ') + '\\n');
if (process.env.NPM_FAILS) { console.error('npm error code E403\\nnpm error 403 Forbidden'); process.exit(1); }
const folder = 'node_modules/@tensorflow/tfjs-node';
fs.mkdirSync(folder, { recursive: true });
if (process.env.KILL_FROM === 'npm') return process.kill(process.ppid, 'SIGKILL');
setTimeout(() => fs.writeFileSync(folder + '/index.js', ${JSON.stringify(fakeTensorFlow())}), Number(process.env.PAUSE ?? 0));
`;

// COMPILER_FAILS: cannot build the addon, though the small sample. KILL_FROM=compiler as above.
const compilerScript = `
const fs = require('node:fs');
if (process.argv[2] === '--version') return console.log('a compiler 1.0\\nof no use');
const output = process.argv[process.argv.indexOf('-o') + 1];
if (output.endsWith('.node')) {
  fs.appendFileSync(process.env.CALLS, 'compiler\\n');
  if (process.env.COMPILER_FAILS) { console.error('c_api.h: no such file'); process.exit(1); }
  if (process.env.KILL_FROM === 'compiler') process.kill(process.ppid, 'SIGKILL');
}
fs.writeFileSync(output, '');
`;

/** Answers the trial like TensorFlow.js 4.22.0 on TensorFlow 2.0.1; TENSORFLOW_SIGNAL ends the process instead, TENSORFLOW_VERSION lies. */
function fakeTensorFlow(): string {
  return `
const fs = require('node:fs');
if (process.env.TENSORFLOW_SIGNAL) process.kill(process.pid, process.env.TENSORFLOW_SIGNAL);
fs.readFileSync(__dirname + '/lib/napi-v8/tfjs_binding.node');
fs.readFileSync(__dirname + '/deps/include/tensorflow/c/c_api.h');
${JSON.stringify(libraryNames(process.platform))}.forEach((name) => {
  if (fs.readFileSync(__dirname + '/deps/lib/' + name, 'utf8') !== 'this is ' + name) throw new Error('wrong ' + name);
});
module.exports = {
  getBackend: () => 'tensorflow',
  backend: () => ({ binding: { TF_Version: process.env.TENSORFLOW_VERSION ?? '2.0.1' } }),
  tensor2d: (rows) => rows,
  matMul: (a, b) => ({ arraySync: () => a.map((row) => b[0].map((_, j) => row.reduce((sum, x, k) => sum + x * b[k][j], 0))) }),
};`;
}

/** Makes `folder` itself, for a test that needs it before the code under test does. */
export function makeFolder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return folder;
}
