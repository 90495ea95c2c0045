// Compiles the sources into dist: `npm run build`. Quick when nothing changed, and dist never holds a file whose source is gone.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(path.join(path.dirname(fileURLToPath(import.meta.url)), '..'));
const tsc = path.join(path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');

const folders = ['src', 'reference', 'bench', 'exercises'];
// A solution is compiled by nobody but the tests, and a stub is the student's.
const staysSource = /^exercises\/[^/]+\/(solution|submission)\.ts$/;
const typed = folders.flatMap((folder) => files(folder)).filter((file) => file.endsWith('.ts'));
const sources = typed.filter((file) => !file.endsWith('.d.ts') && !staysSource.test(file.split(path.sep).join('/')));
const outputOf = (source) => path.join('dist', source.replace(/\.ts$/, '.js'));

// Even to find that nothing changed takes tsc some seconds, before every command of who works in a clone.
const stamp = 'dist/.built';
const state = stateOf([...typed, 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json']);
const complete = sources.every((source) => existsSync(outputOf(source)));
if (complete && existsSync(stamp) && readFileSync(stamp, 'utf8') === state) process.exit(0);
rmSync(stamp, { force: true });

// tsc remembers what it wrote and does not look whether it is still there.
if (!complete) rmSync('dist/.tsbuildinfo', { force: true });
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

const expected = new Set(sources.map(outputOf));
for (const folder of folders) {
  for (const file of files(path.join('dist', folder))) {
    if (!expected.has(file.replace(/(\.d\.ts|\.js\.map|\.js)$/, '.js'))) rmSync(file);
  }
}
chmodSync('dist/src/cli/main.js', 0o755);
writeFileSync(stamp, state);

/** Names, sizes and times of files in one line: another one where any of them changed. */
function stateOf(paths) {
  const hash = createHash('sha256');
  for (const each of paths) {
    const { size, mtimeMs } = statSync(each);
    hash.update(`${each} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function files(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
