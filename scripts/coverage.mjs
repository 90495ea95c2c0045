// Lines that the tests reach, inside vitest and in the child processes of the end-to-end tests: `npm run coverage`; the report is in coverage/.
//
// vitest runs the TypeScript itself and instruments it; the children run dist/, where V8 writes down what it ran (NODE_V8_COVERAGE) and c8 maps
// that back through the source maps. The two divide a file into statements differently but agree on its lines, so lines are what is merged.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import coverage from 'istanbul-lib-coverage';
import report from 'istanbul-lib-report';
import reports from 'istanbul-reports';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
const bin = (name, file) =>
  path.join(path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), file);
const node = (args, env) =>
  spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status;

rmSync('coverage', { recursive: true, force: true });
mkdirSync('coverage/children', { recursive: true });
const vitest = [
  'run',
  '--coverage.enabled',
  '--coverage.provider=v8',
  '--coverage.reporter=json',
  '--coverage.reportOnFailure',
];
const include = [
  '--coverage.include=src/**',
  '--coverage.include=reference/**',
  '--coverage.reportsDirectory=coverage/tests',
];
const status = node([bin('vitest', 'vitest.mjs'), ...vitest, ...include, ...process.argv.slice(2)], {
  NODE_V8_COVERAGE: path.resolve('coverage/children'),
});
const c8 = ['report', '--temp-directory=coverage/children', '--reports-dir=coverage/cli', '--reporter=json'];
node([bin('c8', 'bin/c8.js'), ...c8, '--include=dist/**', '--include=src/**', '--include=reference/**']);

const inTests = read('coverage/tests/coverage-final.json');
const inChildren = read('coverage/cli/coverage-final.json');
const merged = coverage.createCoverageMap();
for (const file of new Set([...inTests.files(), ...inChildren.files()])) merged.addFileCoverage(linesOf(file));
const context = report.createContext({ dir: 'coverage', coverageMap: merged });
for (const name of ['html', 'lcovonly', 'text']) reports.create(name, { skipFull: true }).execute(context);
process.exitCode = status ?? 1;

function read(file) {
  return coverage.createCoverageMap(JSON.parse(readFileSync(file, 'utf8')));
}

/** A file with a statement per line: c8 counts comments and blank lines too, so vitest says which lines hold code. */
function linesOf(file) {
  const tests = inTests.files().includes(file) ? inTests.fileCoverageFor(file).getLineCoverage() : {};
  const children = inChildren.files().includes(file) ? inChildren.fileCoverageFor(file).getLineCoverage() : {};
  const lines = Object.keys(Object.keys(tests).length > 0 ? tests : children);
  const statementMap = {};
  const s = {};
  for (const line of lines) {
    const at = Number(line);
    statementMap[line] = { start: { line: at, column: 0 }, end: { line: at, column: 1000 } };
    s[line] = (tests[line] ?? 0) + (children[line] ?? 0);
  }
  return { path: file, statementMap, fnMap: {}, branchMap: {}, s, f: {}, b: {} };
}
