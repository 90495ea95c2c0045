// Prints "N passed, N failed" from vitest's JSON and the number of other steps that failed; exit code 1 where something failed or nothing ran.
import { readFileSync } from 'node:fs';

const [file, steps] = process.argv.slice(2);
let results = {};
try {
  results = JSON.parse(readFileSync(file, 'utf8'));
} catch {
  console.log('vitest wrote no results.');
}
const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, testResults = [], success = false } = results;
// A file that fails before its tests, by an import or in a hook, has no failed test to count.
const files = testResults.filter(
  (each) => each.status === 'failed' && each.assertionResults.every((test) => test.status !== 'failed'),
);
if (numPendingTests > 0) console.log(`${numPendingTests} skipped, each with its reason above`);
const failed = Math.max(numFailedTests + files.length + Number(steps), success ? 0 : 1);
console.log(`${numPassedTests} passed, ${failed} failed`);
process.exitCode = failed > 0 || numPassedTests === 0 ? 1 : 0;
