import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadExercise, exerciseNames, studentFolder } from '../../src/cli/exercise-folders.js';
import type { Exercise } from '../../src/grade/exercise.js';
import { grade } from '../../src/grade/grade.js';
import { bundle } from '../../src/sandbox/bundle.js';
import { openSandbox } from '../../src/sandbox/sandbox.js';
import { sourceOf, type Mutant } from './mutant.js';

// `npm run bench:grade [-- --seeds N --exercise NN]`: every mutant and every solution, in the sandbox, over N seeds. A wrong one has to fail, a legal one has
// to get all points; the share of failing mutants with the diagnosis that its entry names is printed, and what the harness adds to the answers' own time.
const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '3' }, exercise: { type: 'string', default: '' } },
});
const seeds = Number(values.seeds);
if (!(Number.isInteger(seeds) && seeds > 0)) {
  console.error(`Expected --seeds N with a whole N > 0, got "${values.seeds}".`);
  process.exit(2);
}
const lists = new URL('./mutants/', import.meta.url);
const files = readdirSync(lists).filter((file) => file.endsWith('.js') && file.startsWith(values.exercise));
const mutants = (
  await Promise.all(
    files.map(async (file) => ((await import(new URL(file, lists).href)) as { mutants: readonly Mutant[] }).mutants),
  )
).flat();

const folder = mkdtempSync(path.join(tmpdir(), 'scorecheck-bench-'));
await using sandbox = await openSandbox({ env: process.env, isolation: 'best', warm: 2 });
console.log(`isolation ${sandbox.isolation.level}, ${seeds} seeds`);
const wrong = mutants.filter((mutant) => mutant.verdict === 'wrong');
const legal = mutants.filter((mutant) => mutant.verdict === 'legal');
const outside = mutants.filter((mutant) => mutant.verdict === 'outside');
const counts = { failed: 0, named: 0, passed: 0, solutions: 0 };
const total = { wrong: 0, legal: 0, solutions: 0, answers: 0, wall: 0 };
const odd: string[] = [];

for (let seed = 1; seed <= seeds; seed++) {
  for (const mutant of [...wrong, ...legal]) {
    const exercise = await loadExercise(mutant.exercise);
    const solution = readFileSync(path.join(studentFolder(), mutant.exercise, 'solution.ts'), 'utf8');
    const [task] = (await graded(exercise, sourceOf(solution, mutant), seed, [mutant.function])).tasks;
    const named = task.diagnosis.map(({ id }) => id);
    if (mutant.verdict === 'legal') {
      total.legal++;
      if (task.verdict === 'pass' || task.verdict === 'undecided') counts.passed++;
      else odd.push(`${mutant.id} seed ${seed}: ${task.verdict} ${named.join(', ')}`);
      continue;
    }
    total.wrong++;
    if (task.verdict === 'fail') counts.failed++;
    else odd.push(`${mutant.id} seed ${seed}: ${task.verdict}`);
    if (mutant.diagnosis !== undefined && named.includes(mutant.diagnosis)) counts.named++;
  }
  for (const name of exerciseNames().filter((each) => each.startsWith(values.exercise))) {
    const exercise = await loadExercise(name);
    const solution = readFileSync(path.join(studentFolder(), name, 'solution.ts'), 'utf8');
    const start = performance.now();
    const result = await graded(exercise, solution, seed);
    total.wall += performance.now() - start;
    total.answers += result.tasks.reduce((sum, { milliseconds = 0 }) => sum + milliseconds, 0);
    total.solutions++;
    if (result.tasks.every(({ verdict }) => verdict === 'pass')) counts.solutions++;
    else odd.push(`solution ${name} seed ${seed}: ${result.tasks.map(({ verdict }) => verdict).join(', ')}`);
  }
}
rmSync(folder, { recursive: true });

const share = (part: number, whole: number): string => `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`;
console.log(`mutants: ${wrong.length} wrong, ${legal.length} legal, ${outside.length} outside the contract`);
console.log(`wrong that fail:              ${share(counts.failed, total.wrong)}`);
console.log(`  with the diagnosis named:   ${share(counts.named, total.wrong)}`);
console.log(`legal with all points:        ${share(counts.passed, total.legal)}`);
console.log(`solutions with all points:    ${share(counts.solutions, total.solutions)}`);
console.log(
  `beside the answers' own time:  ${((total.wall - total.answers) / total.solutions / 1000).toFixed(2)} s a submission`,
);
for (const line of odd) console.log(`  ${line}`);
process.exitCode = odd.length === 0 ? 0 : 1;

async function graded(exercise: Exercise, source: string, seed: number, tasks?: readonly string[]) {
  const file = path.join(folder, `${exercise.number}-submission.ts`);
  writeFileSync(file, source);
  const bundled = await bundle(file);
  if (bundled.kind === 'problems') throw new Error(bundled.problems.map(({ message }) => message).join('\n'));
  return grade(exercise, bundled, { sandbox, options: optionsOf(seed, tasks) });
}

function optionsOf(seed: number, tasks: readonly string[] | undefined) {
  const common = { version: 'bench', seed, language: 'en' as const, show: false, again: () => '' };
  return tasks === undefined ? common : { ...common, tasks };
}
