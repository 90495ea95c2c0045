import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { libraryNames } from '../../src/tensorflow/libraries.js';
import { thisHost } from '../../src/tensorflow/platform.js';
import { setup } from '../../src/tensorflow/setup.js';
import { nativeTarget } from '../../src/tensorflow/target.js';
import { backend } from '../../src/tensorflow/tensorflow.js';
import { temporaryFolder } from './fakes.js';
import { writeZip } from './zip.js';

// Writes 600 MB three times and compiles: 28 s were seen beside other work on two cores, 150 s with eight times as much work as cores.
const patience = 300_000;

// `npm test` has provisioned from the network. Here the same is done once more without it: the wheel is made again from the libraries and
// headers in the user's cache, and a stand-in for npm links the packages from there. Extraction, compiler, addon and trial are the real ones.
test.runIf(backend.name === 'native')(
  'the real libraries, compiler and addon make a backend in a fresh cache',
  async () => {
    const host = thisHost();
    const target = nativeTarget(process.env, host);
    if ('problem' in target) throw new Error(target.problem.message);
    const module = path.join(target.folder, 'node_modules', '@tensorflow', 'tfjs-node');

    const folder = temporaryFolder();
    const wheel = path.join(folder, 'tensorflow.whl');
    const headers = readdirSync(path.join(module, 'deps', 'include'), { recursive: true, encoding: 'utf8' });
    const entry = (name: string, ...at: string[]): [string, () => Buffer] => [
      `tensorflow/${name}`,
      () => readFileSync(path.join(module, 'deps', ...at)),
    ];
    const written = writeZip(
      wheel,
      Object.fromEntries([
        ...libraryNames(process.platform).map((name) => entry(name, 'lib', name)),
        ...headers.filter((name) => name.endsWith('.h')).map((name) => entry(`include/${name}`, 'include', name)),
      ]),
    );

    const npm = path.join(folder, 'npm-cli.cjs');
    writeFileSync(npm, npmScript);
    const outcome = await setup({
      env: {
        ...process.env,
        SCORECHECK_CACHE: path.join(folder, 'the cache'),
        SCORECHECK_TENSORFLOW_WHEEL: wheel,
        npm_execpath: npm,
        PROVISIONED: path.join(target.folder, 'node_modules'),
      },
      host,
      releases: {
        [host.platform]: { ...target.release, ...written },
      },
    });
    expect(outcome).toMatchObject({ backend: 'native', tensorflow: target.release.version, fresh: true });
  },
  patience,
);

// tfjs-node itself is copied, without what a setup adds to it; everything else is linked.
const npmScript = `
const fs = require('node:fs');
const path = require('node:path');
if (process.argv[2] === '--version') return console.log('11.0.0');
const from = process.env.PROVISIONED;
fs.mkdirSync('node_modules/@tensorflow', { recursive: true });
for (const name of fs.readdirSync(from)) if (name !== '@tensorflow') fs.symlinkSync(path.join(from, name), 'node_modules/' + name);
for (const name of fs.readdirSync(from + '/@tensorflow')) {
  const at = '/@tensorflow/' + name;
  const added = [from + at + '/deps', from + at + '/lib'];
  if (name === 'tfjs-node') fs.cpSync(from + at, 'node_modules' + at, { recursive: true, filter: (file) => !added.includes(file) });
  else fs.symlinkSync(from + at, 'node_modules' + at);
}
`;
