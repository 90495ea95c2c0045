import type { Course } from '../../course/course.js';
import { mergedIntake, type Intake } from '../../course/intake.js';
import { neededKeys, standings } from '../../course/marks/standing.js';
import { intakeOf, isClass, isFinal, openClass, resultsOf } from '../class/class-folder.js';
import { handOver } from '../class/hand-over.js';
import { loadCourse } from '../class/load-course.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { WrongUse } from '../failure.js';
import { checkFolder } from '../output.js';
import type { Terminal } from '../terminal.js';

/** The options of `scorecheck merge`. */
export interface MergeCommandOptions {
  readonly course: string;
  readonly out: string;
  readonly publish?: boolean;
  readonly anonymous?: boolean;
}

/** Puts the results of several folders of one class together, such as those of `grade --shard`; each is believed only as its seal says. */
export async function mergeCommand(
  from: readonly string[],
  options: MergeCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const loaded = await loadCourse(options.course, terminal.env);
  const strange = from.find((each) => !isClass(each));
  if (strange !== undefined)
    throw new WrongUse(`Expected folders of \`scorecheck grade\`, got ${strange}, which is none.`);
  await checkFolder(options.out, '--out');
  await using folder = await openClass(options.out, loaded, terminal.note);
  const exercises = loaded.course.exercises.map(({ facts }) => facts.id);
  let intake = await intakeOf(folder);
  let merged = 0;
  for (const each of from) {
    await using shard = await openClass(each, loaded, terminal.note);
    const found = await intakeOf(shard);
    checkCourse(each, found, loaded.course, terminal);
    // All shards took in the same; a folder that looked at some exercises only says nothing about the others.
    const seen = exercises.filter((id) => found.attempts.some(({ exercise }) => exercise === id));
    intake = mergedIntake(intake, found, { exercises: seen });
    for (const key of neededKeys(standings(loaded.course, found))) {
      const [job, result, have] = await Promise.all([
        shard.ledger.readJob(key),
        shard.ledger.readResult(key),
        folder.ledger.readResult(key),
      ]);
      if (job.kind === 'there') await folder.ledger.writeJob(job.data);
      if (result.kind !== 'there' || (have.kind === 'there' && isFinal(have.data))) continue;
      await folder.ledger.writeResult(result.data);
      merged++;
    }
  }
  await folder.ledger.writeTable('intake', intake);
  const needed = neededKeys(standings(loaded.course, intake));
  const { results, problems } = await resultsOf(folder, needed);
  const did = `${merged} results taken over, ${results.size - merged} were there`;
  const code = await handOver(folder, loaded, { intake, results, problems, did, options, terminal });
  const waiting = needed.length - results.size;
  if (waiting === 0) return code;
  terminal.note(
    `${waiting} submissions have no result in any of these folders: is a shard missing? Merge it as well, or grade the rest into ${options.out}.`,
  );
  return code === exitCodes.asClaimed ? exitCodes.notAsClaimed : code;
}

/** WrongUse where a folder has nothing of this course; what the course does not have any more is told. */
function checkCourse(folder: string, { attempts }: Intake, { exercises, roster }: Course, terminal: Terminal): void {
  const ids = exercises.map(({ facts }) => facts.id);
  const found = [...new Set(attempts.map(({ exercise }) => exercise))].sort();
  const strange = found.filter((id) => !ids.includes(id));
  if (found.length > 0 && strange.length === found.length)
    throw new WrongUse(
      `Expected ${folder} to be of this course, with ${ids.join(', ')}, but it has ${found.join(', ')}. Name its course.yaml, or other folders.`,
    );
  const students = new Set(roster.map(({ id }) => id));
  const others = new Set(attempts.map(({ student }) => student).filter((id) => !students.has(id)));
  if (strange.length > 0)
    terminal.note(`Of ${folder} is left out ${strange.join(', ')}, which the course does not have.`);
  if (others.size > 0)
    terminal.note(`Of ${folder} are left out ${others.size} students whom the roster does not have.`);
}
