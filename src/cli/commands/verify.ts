import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pc from 'picocolors';
import { loadDigits, type Digits } from '../../../reference/data/digits.js';
import type { Claim } from '../../verify/claim.js';
import type { Figure, Verification } from '../../verify/result.js';
import { courseFolder, ownClaims, type CourseFolder } from '../course-folder.js';
import { rehearseCourse } from '../course-rehearsal.js';
import { exitCodeOf, unexpected, type ExitCode } from '../exit-code.js';
import { WrongUse } from '../failure.js';
import { mnistFolder } from '../../../reference/data/mnist-folder.js';
import { judgedToTheEnd } from '../own-claim-failure.js';
import { asJson, checkFile, checkFolder } from '../output.js';
import { packageVersion } from '../package.js';
import { verifyProgress } from '../progress.js';
import { provisioned } from '../provision.js';
import { named } from '../suggest.js';
import type { Terminal } from '../terminal.js';
import { networkOfRun } from '../training.js';
import { startLanes, type Lanes, type Plan, type PlannedClaim, type SettingEvent } from '../verify-processes.js';

/** The options of `scorecheck verify` as commander hands them over. */
export interface VerifyCommandOptions {
  readonly claim?: readonly string[];
  readonly seed: number;
  readonly quick?: boolean;
  readonly out?: string;
  readonly json?: string;
  readonly format?: string;
  readonly jobs?: number;
  readonly train?: boolean;
  readonly course?: string;
}

/**
 * Training images of the exact digit densities. WebAssembly is some 20 times slower than the native backend and gets a twentieth, but 2,000 at least: of 1,000 MNIST
 * images the posterior mean beats the Wiener denoiser by 0.07 standard deviations at most, at any noise, and to certify that takes 40,000 draws.
 */
const trainingImages = { native: { full: 60_000, quick: 2_000 }, wasm: { full: 3_000, quick: 2_000 } };

/** Verifies the claims and writes the report; 1 where something is not as the course claims. */
export async function verifyCommand(options: VerifyCommandOptions, terminal: Terminal): Promise<ExitCode> {
  // What can go wrong by a mistyped option goes wrong before anything is downloaded or computed.
  const destination = await destinationOf(options);
  const course = options.course === undefined ? undefined : courseFolder(options.course);
  const digits = loadDigits(terminal.env, mnistFolder(terminal.env));
  await provisioned(terminal);
  // Nothing is half done from here on, so Ctrl-C may end the process at once: a listener would wait until TensorFlow has computed.
  process.removeAllListeners('SIGINT');
  const most = options.claim?.length ?? course?.claimFiles.length ?? Infinity;
  const jobs = Math.min(options.jobs ?? defaultJobs(), most);
  const lanes = jobs > 1 ? startLanes(jobs) : undefined;
  try {
    return await verifyOn(lanes, { options, course, digits, destination }, terminal);
  } finally {
    await lanes?.stop();
  }
}

/** All that was checked before something is computed. */
interface Checked {
  readonly options: VerifyCommandOptions;
  readonly course: CourseFolder | undefined;
  readonly digits: Digits;
  readonly destination: Destination;
}

/** The verification in these processes, or in this one, and its report. */
async function verifyOn(
  lanes: Lanes | undefined,
  { options, course, digits, destination }: Checked,
  terminal: Terminal,
): Promise<ExitCode> {
  const { seed, quick = false } = options;
  const plan = lanes !== undefined && course === undefined ? await planOf(lanes) : await planHere(course);
  const selected = selectedClaims(plan, options.claim);
  const { backend } = plan;
  const images = Math.min(digits.train.count, trainingImages[backend.name][quick ? 'quick' : 'full']);
  terminal.note(
    [
      `backend  ${backend.name}${backend.tensorflow === undefined ? '' : `, TensorFlow ${backend.tensorflow}`}`,
      `data     ${digits.name} (${digits.source}), ${images} of ${digits.train.count} training images`,
      `seed     ${seed}${quick ? '; a quick run: fewer draws and images, larger discrepancies, each false variant in one setting' : ''}`,
    ].join('\n'),
  );

  const trained = options.train === true ? await networkOfRun(digits, seed, terminal) : undefined;
  const started = performance.now();
  const resources = { digits, trainingImages: images, ...(trained === undefined ? {} : { network: trained.network }) };
  const run = { version: packageVersion(), seed, quick };
  const { progress, finish } = verifyProgress(terminal, {
    claims: selected.length,
    settings: selected
      .flatMap(({ settings }) => settings)
      .filter(({ usesNetwork }) => !usesNetwork || trained !== undefined).length,
  });
  const inProcesses = async (others: Lanes): Promise<Verification> => {
    const { summary } = await import('../../verify/summary.js');
    const job = {
      ...run,
      mnistFolder: mnistFolder(terminal.env),
      trainingImages: images,
      ...(course === undefined ? {} : { course: course.folder }),
      ...(trained === undefined ? {} : { networkFile: trained.file }),
    };
    const drawing = drawsFigures(destination) ? drawer() : () => undefined;
    const found = await others.verify(selected, job, {
      progress,
      verified: ({ figures }) => {
        drawing(figures);
      },
    });
    const results = found.map(({ result }) => result);
    const whole = summary(results, { ...run, resources, backend }, performance.now() - started);
    return { ...whole, figures: found.flatMap(({ figures }) => figures) };
  };
  const here = async (): Promise<Verification> => {
    const [{ verify }, { figuresOf }] = await Promise.all([
      import('../../verify/verify.js'),
      import('../../claims/figures/index.js'),
    ]);
    const wanted = new Set(selected.map(({ id }) => id));
    const chosen = plan.loaded.filter(({ id }) => wanted.has(id));
    const found = await judgedToTheEnd(course, (told) => {
      const both = (event: SettingEvent): void => {
        told(event);
        progress(event);
      };
      return verify(chosen, { ...run, resources, progress: both });
    });
    return { ...found, figures: figuresOf(found, resources) };
  };
  const verified = await (lanes === undefined ? here() : inProcesses(lanes)).finally(finish);
  const exercises = course === undefined ? undefined : await rehearseCourse(course, seed, terminal);
  const { answersOf } = await import('../../claims/answers.js');
  const verification = {
    ...verified,
    answers: answersOf(verified),
    ...(exercises === undefined ? {} : { exercises }),
  };

  await hand(verification, destination, terminal);
  return exitCodeOf(verification);
}

/** The claims that a run without --claim verifies, and all that --claim may name. */
interface Choice extends Plan {
  readonly unnamed: readonly PlannedClaim[];
  /** The claims themselves, where this process has loaded them. */
  readonly loaded: readonly Claim[];
}

/** The plan of the processes; where none of them starts, the reason is that of TensorFlow.js itself. */
async function planOf(lanes: Lanes): Promise<Choice> {
  try {
    const plan = await lanes.plan();
    return { ...plan, unnamed: plan.claims, loaded: [] };
  } catch (error) {
    await import('../../tensorflow/tensorflow.js');
    throw error;
  }
}

/** Ours and, of a course with claims of its own, those. */
async function planHere(course: CourseFolder | undefined): Promise<Choice> {
  const [{ backend }, { claims }] = await Promise.all([
    import('../../tensorflow/tensorflow.js'),
    import('../../claims/index.js'),
  ]);
  if (course === undefined) return { backend, claims, unnamed: claims, loaded: claims };
  const own = await ownClaims(
    course,
    claims.map(({ id }) => id),
  );
  const all = [...claims, ...own];
  return { backend, claims: all, unnamed: own, loaded: all };
}

const drawsFigures = ({ folder, formats: wanted }: Destination): boolean =>
  folder !== undefined && (wanted.has('md') || wanted.has('html'));

/** Draws figures as they come, while the processes are at work; an error is told when the report asks for the figure. */
const drawer = (): ((figures: readonly Figure[]) => void) => {
  const drawing = import('../../report/figures.js');
  return (figures) => {
    void drawing.then(({ drawFigures }) => drawFigures(figures)).catch(() => undefined);
  };
};

/** A process for each core, up to four, as far as 2 GiB of free memory are there for each: it may hold the 60,000 images and the densities on them. */
const defaultJobs = (): number =>
  Math.max(1, Math.min(4, os.availableParallelism(), Math.floor(process.availableMemory() / 2 ** 31)));

function selectedClaims({ claims, unnamed }: Choice, ids?: readonly string[]): readonly PlannedClaim[] {
  if (ids === undefined) return unnamed;
  const chosen = new Set(ids.map((id) => named(claims, id, 'claim').id));
  return claims.filter(({ id }) => chosen.has(id));
}

const formats = ['md', 'html', 'json'] as const;
type Format = (typeof formats)[number];

/** Where the results go: a folder for the report, a file for the JSON alone. */
interface Destination {
  readonly folder: string | undefined;
  readonly formats: ReadonlySet<Format>;
  readonly json: string | undefined;
}

/** `--json FILE` alone writes that file and no report. */
async function destinationOf({ out, json, format }: VerifyCommandOptions): Promise<Destination> {
  const asked = format === undefined ? formats : format.split(',').map(formatNamed);
  const folder = json !== undefined && out === undefined && format === undefined ? undefined : (out ?? 'reports');
  if (folder !== undefined) await checkFolder(folder, '--out');
  if (json !== undefined && json !== '-') await checkFile(json, '--json');
  return { folder, formats: new Set(asked), json };
}

function formatNamed(name: string): Format {
  const found = formats.find((format) => format === name.trim());
  if (found === undefined) throw new WrongUse(`Expected --format to list ${formats.join(', ')}, got "${name}".`);
  return found;
}

async function hand(verification: Verification, destination: Destination, terminal: Terminal): Promise<void> {
  const { result, note } = terminal;
  const { summaryTable } = await import('../../report/summary-table.js');
  const toStdout = destination.json === '-';
  (toStdout ? note : result)(summaryTable(verification));
  const odd = unexpected(verification);
  if (odd.length > 0) {
    note(pc.bold('Not as the course claims:'));
    for (const line of odd) note(`  ${line}`);
    note(`Again: scorecheck verify --claim ID --seed ${verification.seed}${verification.quick ? ' --quick' : ''}`);
  }
  if (destination.folder !== undefined) {
    const { writeTheoryReport } = await import('../../report/report.js');
    const { reports } = await writeTheoryReport(verification, destination.folder, { formats: destination.formats });
    note(`Report: ${reports.map((file) => path.relative('', file)).join(', ')}`);
  }
  if (toStdout) result(asJson(verification));
  else if (destination.json !== undefined) {
    await writeFile(destination.json, asJson(verification));
    note(`JSON: ${destination.json}`);
  }
}
