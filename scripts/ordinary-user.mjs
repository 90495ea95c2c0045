// Runs the tests of the sandbox as an ordinary user: `npm run test:ordinary-user`. As root it becomes one who owns nothing (Linux, util-linux);
// the checkout appears to him at a folder that he can read, wherever it lies. Arguments are handed to vitest.
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, URL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const nobody = 65534;
const tests = process.argv.length > 2 ? process.argv.slice(2) : ['tests/sandbox'];
// vitest otherwise writes its compiled configuration beside the configuration.
const vitest = [process.execPath, 'node_modules/vitest/vitest.mjs', 'run', '--configLoader', 'runner', ...tests];

const folder = mkdtempSync(path.join(os.tmpdir(), 'scorecheck-ordinary-'));
try {
  process.exitCode = (process.getuid() === 0 ? asNobody() : run(vitest, { cwd: root })) ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function asNobody() {
  chmodSync(folder, 0o755);
  const [home, checkout] = ['home', 'checkout'].map((name) => path.join(folder, name));
  mkdirSync(checkout);
  mkdirSync(home);
  chownSync(home, nobody, nobody);
  const become = ['setpriv', '--reuid', nobody, '--regid', nobody, '--clear-groups', '--'].map(String);
  const script = 'mount --bind "$1" "$2" && cd "$2" && shift 2 && exec "$@"';
  // The mount is in a namespace of its own and goes with it.
  const command = ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', root, checkout];
  const env = { ...process.env, HOME: home, XDG_CACHE_HOME: path.join(home, '.cache') };
  delete env.SCORECHECK_CACHE;
  return run([...command, ...become, ...vitest], { cwd: '/', env });
}

function run([file, ...args], options) {
  const { status, error } = spawnSync(file, args, { stdio: 'inherit', ...options });
  if (error) console.error(`Expected to run ${file}: ${error.message}`);
  return status;
}
