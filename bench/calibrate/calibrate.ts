import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { duration } from '../../src/report/numbers.js';
import { optionsOf, whole } from '../options.js';
import { resultsOf } from './parts.js';
import { writeCalibration } from './report.js';
import { studies } from './studies.js';

const options = optionsOf(
  `npm run calibrate -- [--quick] [--seed N] [--out DIR] [--jobs N]
Measures the goals that docs/calibration.md sets, and writes calibration.md and calibration.json.`,
  {
    quick: { type: 'boolean', default: false },
    seed: { type: 'string', default: '7' },
    out: { type: 'string', default: 'reports' },
    jobs: { type: 'string', default: String(availableParallelism()) },
  },
);
const effort = { quick: options.quick, seed: whole('seed', options.seed, 0) };
const jobs = whole('jobs', options.jobs);
const folder = path.join(options.out, 'calibration-parts');

process.once('SIGINT', () => {
  console.error('\nInterrupted. The same command goes on where it stopped; the parts in work begin anew.');
  process.exit(130);
});

const started = performance.now();
const parts = studies.map((study) => study.parts(effort));
console.error(`${parts.flat().length} parts in ${jobs} processes; an interrupted run is taken up by the same command.`);
const results = await resultsOf(parts.flat(), effort, {
  jobs,
  folder,
  progress: ({ done, of, name, seconds }) => {
    const took = seconds === null ? 'from an earlier run' : duration(1000 * seconds);
    console.error(`[${duration(performance.now() - started)}] ${done}/${of} ${name} (${took})`);
  },
});
let taken = 0;
const goals = studies
  .flatMap((study, i) => study.goals(results.slice(taken, (taken += parts[i].length)), effort))
  .sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
const files = await writeCalibration({ ...effort, goals }, options.out);
// The next run measures anew.
rmSync(folder, { recursive: true });
for (const { id, title, measured, met } of goals)
  console.log(`${id.padEnd(4)} ${met === null ? 'not measured' : met ? 'met' : 'NOT MET'}  ${title}: ${measured}`);
console.log(`Report: ${files.join(', ')}`);
process.exitCode = goals.some(({ met }) => met === false) ? 1 : 0;
