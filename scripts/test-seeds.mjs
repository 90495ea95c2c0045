// Repeats what draws at random with fresh seeds: `npm run test:seeds [-- REPETITIONS]`. A seed is for replay, not for validity, so every seed must do:
// a verification errs by chance with probability at most 1e-6, so a hundred of them with 1e-4.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import process from 'node:process';

const repetitions = Number(process.argv[2] ?? 5);
if (!Number.isInteger(repetitions) || repetitions < 1) {
  console.error(`Expected how often to repeat, a whole number above 0, got "${process.argv[2]}".`);
  process.exit(2);
}
let failed = 0;
for (let i = 1; i <= repetitions; i++) {
  const seed = String(randomInt(2 ** 47));
  const { status, stdout } = spawnSync('npx', ['vitest', 'run', 'tests/verify', 'tests/claims'], {
    env: { ...process.env, SCORECHECK_TEST_SEED: seed },
    encoding: 'utf8',
    maxBuffer: 1e9,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  console.log(`${status === 0 ? 'passed' : 'FAILED'}  seed ${seed} (${i} of ${repetitions})`);
  if (status === 0) continue;
  failed++;
  console.log(`${stdout}\nAgain: SCORECHECK_TEST_SEED=${seed} npx vitest run tests/verify tests/claims`);
}
console.log(`${repetitions - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
