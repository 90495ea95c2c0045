import { parseArgs } from 'node:util';
import { drawsToVerdict } from './draws-to-verdict.js';
import { falseFail } from './false-fail.js';
import { falsePass } from './false-pass.js';
import type { Goal } from './goal.js';
import { identities } from './identities.js';
import { writeCalibration } from './report.js';
import { rounding } from './rounding.js';
import { verifications } from './runs.js';
import { suites } from './suites.js';

// `npm run calibrate [-- --quick] [--seed N] [--out DIR]`: measures the goals that docs/calibration.md sets, and writes calibration.md and .json.
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    seed: { type: 'string', default: '7' },
    out: { type: 'string', default: 'reports' },
  },
});
const seed = Number(values.seed);
if (!Number.isSafeInteger(seed) || seed < 0) {
  console.error(`Expected --seed to be a whole number, 0 or more, got "${values.seed}".`);
  process.exit(2);
}
const started = performance.now();
const effort = {
  quick: values.quick,
  seed,
  progress: (what: string): void => {
    console.error(`[${((performance.now() - started) / 60_000).toFixed(1)} min] ${what}`);
  },
};
const goals: Goal[] = [
  falseFail(effort),
  suites(effort),
  falsePass(effort),
  drawsToVerdict(effort),
  await rounding(effort),
  identities(effort),
  ...(await verifications(effort)),
].sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
const files = await writeCalibration({ seed, quick: values.quick, goals }, values.out);
for (const { id, title, measured, met } of goals)
  console.log(`${id.padEnd(4)} ${met === null ? 'not measured' : met ? 'met' : 'NOT MET'}  ${title}: ${measured}`);
console.log(`Report: ${files.join(', ')}`);
process.exitCode = goals.some(({ met }) => met === false) ? 1 : 0;
