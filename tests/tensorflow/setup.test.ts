import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findNpm } from '../../src/tensorflow/packages.js';
import { setup, type SetupOutcome } from '../../src/tensorflow/setup.js';
import { status } from '../../src/tensorflow/status.js';
import { fakeWorld, host, makeFolder, temporaryFolder, wheelEntries, type FakeWorld } from './fakes.js';

const run = (world: FakeWorld, env: NodeJS.ProcessEnv = {}): Promise<SetupOutcome> =>
  setup({ env: { ...world.env, ...env }, host, releases: world.releases });

/** What stopped a setup, in one string. */
async function stop(world: FakeWorld, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const outcome = await run(world, env);
  expect(outcome.backend).toBe('wasm');
  const problem = 'problem' in outcome ? outcome.problem : undefined;
  return `${problem?.code}: ${problem?.message} ${problem?.remedy}`;
}

/** Names in the cache folder without the release's own, which is long. */
function cached(world: FakeWorld): string[] {
  return readdirSync(world.cache)
    .map((name) => name.replace(/^tfjs-4\.22\.0-tensorflow-2\.0\.1-linux-x64-[0-9a-f]{12}/, 'BACKEND'))
    .sort();
}

/** The address of a server on a free port, which ends with the test. */
async function listening(http: Server): Promise<string> {
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

async function server(listener: RequestListener): Promise<string> {
  return `${await listening(createServer(listener))}/a.whl`;
}

test('a setup goes through its stages, leaves the backend alone in the cache, and is not done twice', async () => {
  const world = fakeWorld();
  const stages: string[] = [];
  const outcome = await setup({
    env: world.env,
    host,
    releases: world.releases,
    progress: ({ stage }) => stages.at(-1) !== stage && stages.push(stage),
  });
  expect(outcome).toMatchObject({ backend: 'native', tensorflow: '2.0.1', fresh: true });
  expect(stages).toEqual(['download', 'digest', 'extract', 'packages', 'compile', 'trial']);
  expect(cached(world)).toEqual(['BACKEND']);
  expect(existsSync(world.wheel)).toBe(true); // the user's own file stays
  expect(world.calls()[0]).toContain('npm ci --ignore-scripts');

  // The quickest of five: a busy machine makes any single one slow.
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const started = performance.now();
    expect(await run(world)).toMatchObject({ backend: 'native', fresh: false });
    times.push(performance.now() - started);
  }
  expect(Math.min(...times)).toBeLessThan(50);
  expect(world.calls()).toHaveLength(2);
});

test('SCORECHECK_BACKEND=wasm leaves everything as it is; another value is refused', async () => {
  const world = fakeWorld({ SCORECHECK_BACKEND: 'wasm' });
  expect(await run(world)).toEqual({ backend: 'wasm' });
  expect(existsSync(world.cache)).toBe(false);
  await expect(run(world, { SCORECHECK_BACKEND: 'gpu' })).rejects.toThrow(
    'Expected SCORECHECK_BACKEND to be native or wasm, got "gpu".',
  );
});

test('a host without wheels is told so before anything is tried', async () => {
  const world = fakeWorld();
  const outcome = await setup({ env: world.env, host: { platform: 'linux-x64' }, releases: world.releases });
  expect(outcome).toMatchObject({ backend: 'wasm', problem: { code: 'musl' } });
  expect(existsSync(world.cache)).toBe(false);
});

test('without a compiler', async () => {
  const world = fakeWorld();
  const empty = makeFolder(path.join(world.folder, 'empty'));
  expect(await stop(world, { PATH: empty, CXX: '/no/such/compiler --fast' })).toMatch(
    /^no-compiler: Expected a C\+\+17 compiler .* none that works: \/no\/such\/compiler --fast \(.*ENOENT.*\); c\+\+ \(.*\); g\+\+ \(.*\); clang\+\+ \(.*\)\. Install one \(Debian and Ubuntu: `apt-get install g\+\+`/,
  );
});

test('a compiler that cannot build a library is passed over for the next one', async () => {
  const world = fakeWorld({ CXX: 'false' });
  const bin = makeFolder(path.join(world.folder, 'bin'));
  symlinkSync(path.join(world.folder, 'a compiler'), path.join(bin, 'clang++'));
  expect(await run(world, { PATH: bin })).toMatchObject({ backend: 'native', fresh: true });
});

test('without npm', async () => {
  const empty = temporaryFolder();
  await expect(
    findNpm({ env: { PATH: empty }, log: () => undefined }, path.join(empty, 'bin', 'node')),
  ).rejects.toThrow('Expected npm beside this Node or on the PATH, found none.');
});

test('without pip and uv, and with pip alone as the way to them', async () => {
  const world = fakeWorld({ SCORECHECK_TENSORFLOW_WHEEL: '' });
  const bin = makeFolder(path.join(world.folder, 'bin'));
  expect(await stop(world, { PATH: bin })).toMatch(
    /^no-pip: Expected pip or uv to download .*SCORECHECK_TENSORFLOW_WHEEL/,
  );

  // Answers as pip does; a fake uv hands on to it. It is told for which Python and platform, and leaves the wheel where it is told to.
  const uv = `#!${process.execPath}
const fs = require('node:fs');
const args = process.argv.slice(2);
if (args.splice(0, 3).join(' ') !== 'tool run pip') process.exit(2);
if (args[0] === '--version') return console.log('pip 23.2.1 from /somewhere (python 3.11)');
fs.appendFileSync(process.env.CALLS, args.join(' ').replace(/--dest=.*? --/, '--') + '\\n');
const dest = args.find((arg) => arg.startsWith('--dest=')).slice('--dest='.length);
fs.writeFileSync(process.env.TMPDIR + '/partial', 'x');
fs.copyFileSync(${JSON.stringify(world.wheel)}, dest + '/tensorflow_fake-2.0.1.whl');
`;
  writeFileSync(path.join(bin, 'uv'), uv, { mode: 0o755 });
  expect(await run(world, { PATH: bin })).toMatchObject({ backend: 'native', fresh: true });
  expect(world.calls()[0]).toBe(
    'download --no-deps --only-binary=:all: --python-version=3.11 --implementation=cp --platform=manylinux_2_17_x86_64 --progress-bar=off tensorflow-fake==2.0.1',
  );
});

test('a download of pip that fails is told with its last lines', async () => {
  const world = fakeWorld({ SCORECHECK_TENSORFLOW_WHEEL: '' });
  const bin = makeFolder(path.join(world.folder, 'bin'));
  const pip = `#!${process.execPath}
if (process.argv.includes('--version')) return console.log('pip 23.2.1 from /somewhere');
console.error('ERROR: No matching distribution found for tensorflow-fake==2.0.1');
process.exit(1);`;
  writeFileSync(path.join(bin, 'pip3'), pip, { mode: 0o755 });
  expect(await stop(world, { PATH: bin })).toContain(
    'download-failed: Expected to download tensorflow-fake 2.0.1 with pip3, but it failed: ERROR: No matching distribution found for tensorflow-fake==2.0.1 Check the network',
  );
  expect(cached(world)).toEqual(['BACKEND.problem.json']);
});

test('a wheel that is named but not there', async () => {
  const world = fakeWorld();
  expect(await stop(world, { SCORECHECK_TENSORFLOW_WHEEL: '/no/such.whl' })).toContain(
    'no-wheel-file: Expected a wheel at /no/such.whl',
  );
});

test('a wheel from a URL; a server that refuses, and one that breaks off', async () => {
  const world = fakeWorld();
  const refuses = await server((_, response) => response.writeHead(403).end());
  expect(await stop(world, { SCORECHECK_TENSORFLOW_WHEEL: refuses })).toContain(
    `download-failed: Expected to download tensorflow-fake 2.0.1 with ${refuses}, but it failed: the server answered 403`,
  );
  const breaksOff = await server((_, response) => {
    response.writeHead(200, { 'content-length': '1000' }).write('PK');
    setTimeout(() => response.destroy(), 50);
  });
  expect(await stop(world, { SCORECHECK_TENSORFLOW_WHEEL: breaksOff })).toContain('download-failed: ');
  expect(cached(world)).toEqual(['BACKEND.problem.json']);
  const serves = await server((_, response) => response.end(readFileSync(world.wheel)));
  expect(await run(world, { SCORECHECK_TENSORFLOW_WHEEL: serves })).toMatchObject({ backend: 'native', fresh: true });
  expect(cached(world)).toEqual(['BACKEND']);
});

test('a proxy is used for a URL where the environment names one', async () => {
  const world = fakeWorld();
  const origin = await server((_, response) => response.end(readFileSync(world.wheel)));
  const asked: (string | undefined)[] = [];
  const proxy = createServer().on('connect', (request, client) => {
    asked.push(request.url);
    const tunnel = connect(Number(new URL(origin).port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(tunnel).pipe(client);
    });
  });
  const address = await listening(proxy);
  const env = { SCORECHECK_TENSORFLOW_WHEEL: 'http://wheels.invalid/a.whl', http_proxy: address };
  expect(await run(world, env)).toMatchObject({ backend: 'native', fresh: true });
  expect(asked).toEqual(['wheels.invalid:80']);
});

test('a wheel with another digest is not opened', async () => {
  const world = fakeWorld();
  writeFileSync(world.wheel, 'something else');
  const { sha256 } = world.releases[host.platform] ?? { sha256: '' };
  const found = createHash('sha256').update('something else').digest('hex');
  expect(await stop(world)).toBe(
    `wrong-digest: Expected the SHA-256 of ${world.wheel} to be ${sha256} (tensorflow-fake 2.0.1, CPython 3.11, manylinux_2_17_x86_64), got ${found}; the file was not opened. ` +
      'It is another wheel, a cut-off download, or it was changed on the way: take the original from PyPI and name it in SCORECHECK_TENSORFLOW_WHEEL=FILE|URL. Then run `scorecheck setup` again.',
  );
  expect(cached(world)).toEqual(['BACKEND.problem.json']);
});

test.each([
  ['no library', { 'tensorflow/include/tensorflow/c/c_api.h': '' }, /^damaged-wheel: .*it has no libtensorflow_cc/],
  ['a name that leads out', { ...wheelEntries, '../../evil.h': '' }, /^damaged-wheel: .*invalid relative path/],
])('a wheel with %s, though its digest is right', async (_, entries, expected) => {
  const world = fakeWorld({}, { entries });
  expect(await stop(world)).toMatch(expected);
  expect(existsSync(path.join(world.folder, 'evil.h'))).toBe(false);
});

test('npm that fails is told with its last lines, and costs no second download', async () => {
  const world = fakeWorld();
  expect(await stop(world, { NPM_FAILS: '1' })).toContain(
    'npm-failed: Expected `npm ci` to install TensorFlow.js in the cache folder, but it failed: npm error code E403\nnpm error 403 Forbidden Check the network',
  );
  expect(cached(world)).toEqual(['BACKEND.libraries', 'BACKEND.problem.json']);
  rmSync(world.wheel);
  expect(await run(world)).toMatchObject({ backend: 'native', fresh: true });
  expect(cached(world)).toEqual(['BACKEND']);
});

test('an addon that does not compile', async () => {
  const world = fakeWorld();
  expect(await stop(world, { COMPILER_FAILS: '1' })).toContain(
    `compile-failed: Expected ${world.env['CXX']} to build the addon of TensorFlow.js, but it failed: c_api.h: no such file Install a newer compiler`,
  );
});

test('a backend that does not run', async () => {
  const world = fakeWorld();
  expect(await stop(world, { TENSORFLOW_SIGNAL: 'SIGILL' })).toContain(
    'trial-failed: Expected the new backend to multiply two matrices in a process of its own, but it was ended by the signal SIGILL',
  );
  expect(await stop(world, { TENSORFLOW_VERSION: '2.0.0' })).toContain(
    'it answered {"backend":"tensorflow","tensorflow":"2.0.0"',
  );
  expect(cached(world)).toEqual(['BACKEND.libraries', 'BACKEND.problem.json']);
});

test('a cache that cannot be made', async () => {
  const world = fakeWorld();
  writeFileSync(path.join(world.folder, 'a file'), '');
  const cache = path.join(world.folder, 'a file', 'cache');
  expect(await stop(world, { SCORECHECK_CACHE: cache })).toMatch(
    /^cache-not-writable: Expected to write to the cache folder .*a file\/cache, but ENOTDIR/,
  );
});

test('a disk that is too small', async () => {
  const world = fakeWorld();
  const release = world.releases[host.platform];
  if (release === undefined) throw new Error('no release');
  const outcome = await setup({ env: world.env, host, releases: { [host.platform]: { ...release, unpacked: 1e18 } } });
  expect(outcome).toMatchObject({ problem: { code: 'little-disk' } });
  expect('problem' in outcome && outcome.problem?.message).toMatch(
    /^Expected 1000000000\.4 GB free for .*the cache, found \d+\.\d GB\.$/,
  );
});

test('the status tells what a setup would meet, and changes nothing', async () => {
  const world = fakeWorld();
  const ask = (env: NodeJS.ProcessEnv = {}) =>
    status({ env: { ...world.env, ...env }, host, releases: world.releases });
  expect(await ask()).toMatchObject({
    backend: 'wasm',
    versions: { tfjs: '4.22.0', compiler: 'a compiler 1.0' },
    problems: [{ code: 'not-provisioned' }],
  });
  const empty = makeFolder(path.join(world.folder, 'empty'));
  const bare = await ask({ PATH: empty, CXX: '', SCORECHECK_TENSORFLOW_WHEEL: '' });
  expect(bare.problems.map(({ code }) => code)).toEqual(['no-compiler', 'no-pip']);
  expect(existsSync(world.cache)).toBe(false);

  await run(world, { COMPILER_FAILS: '1' });
  expect((await ask()).problems).toMatchObject([{ code: 'compile-failed' }]);
  await run(world);
  const ready = await status({ env: world.env, host, releases: world.releases, trial: true });
  expect(ready).toMatchObject({
    backend: 'native',
    versions: { tensorflow: '2.0.1' },
    problems: [],
    cache: { others: [] },
  });
  expect(ready.cache.bytes).toBe(ready.cache.native?.bytes);
  const broken = await status({
    env: { ...world.env, TENSORFLOW_SIGNAL: 'SIGKILL' },
    host,
    releases: world.releases,
    trial: true,
  });
  expect(broken.problems).toMatchObject([{ code: 'trial-failed' }]);
});
