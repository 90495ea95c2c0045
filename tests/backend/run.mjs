// Runs the kernel tests that TensorFlow.js ships in its npm packages against the provisioned native backend: `npm run test:backend`.
//
// tfjs-node's own runner (dist/run_tests.js) names the specs and the ones that do not apply, but does not run under Node as it is: the tests are
// ES modules without file extensions. So esbuild makes one script of the runner, the tests and all of TensorFlow.js, which also gives them one engine.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { URL } from 'node:url';
import { build } from 'esbuild';

// By a computed name, since the compiled sources are not there before `npm run setup`, which runs first.
const { setup } = await import(new URL('../../dist/src/tensorflow/setup.js', import.meta.url));
const provisioned = await setup();
if (provisioned.backend !== 'native') {
  const { message, remedy } = provisioned.problem ?? {
    message: 'SCORECHECK_BACKEND=wasm is set.',
    remedy: 'Unset it.',
  };
  console.error(`There is no native backend to test. ${message} ${remedy}`);
  process.exit(1);
}

const tfjsNode = path.join(provisioned.folder, 'node_modules', '@tensorflow', 'tfjs-node');
const folder = mkdtempSync(path.join(tmpdir(), 'scorecheck-backend-'));
const script = path.join(folder, 'run.cjs');
try {
  await build({
    entryPoints: [path.join(tfjsNode, 'dist', 'run_tests.js')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    ignoreAnnotations: true, // the packages call the modules that register kernels, gradients and tests free of side effects
    logLevel: 'error',
    plugins: [{ name: 'tfjs-node', setup: adaptTfjsNode }],
  });
  const { status } = spawnSync(process.execPath, [script], {
    cwd: folder, // the runner also looks for TypeScript specs below the current folder
    stdio: 'inherit',
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' },
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** What tfjs-node's files need when they are part of one script. */
function adaptTfjsNode({ onLoad, onResolve }) {
  // Jasmine is our development dependency; node-pre-gyp, which finds the addon, requires packages that nobody installs.
  onResolve({ filter: /^jasmine/ }, ({ path: name }) =>
    outside(createRequire(import.meta.url).resolve('jasmine'), name),
  );
  onResolve({ filter: /^@mapbox\/node-pre-gyp$/ }, ({ path: name, importer }) => outside(importer, name));
  onLoad({ filter: /tfjs-node[\\/]dist[\\/].*\.js$/ }, ({ path: file }) => ({
    contents: readFileSync(file, 'utf8')
      // They look for the addon from their own place.
      .replaceAll('__dirname', JSON.stringify(path.dirname(file)))
      // The backend is a class in ES5, its base class one in ES2015, which can only be constructed.
      .replaceAll(/_super\.call\(this\) \|\| this/g, 'Reflect.construct(_super, [], this.constructor)'),
  }));
}

/** A module that stays out of the script and is required from its own place. */
function outside(from, name) {
  return { path: createRequire(from).resolve(name), external: true };
}
