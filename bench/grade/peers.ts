import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadExercise } from '../../src/cli/exercise-folders.js';
import { exercise, type Exercise } from '../../src/grade/exercise.js';
import { grade } from '../../src/grade/grade.js';
import { openSandbox } from '../../src/sandbox/sandbox.js';
import { bundled } from './found.js';

/** What `peers/graders.py` prints. */
interface Measured {
  readonly truth: readonly number[];
  readonly graders: Readonly<
    Record<string, { readonly seconds: readonly number[]; readonly points: readonly number[] }>
  >;
}

const run = promisify(execFile);
const script = fileURLToPath(new URL('../../../bench/grade/peers/graders.py', import.meta.url));
const packages = ['otter-grader==7.0.0', 'nbgrader==0.9.6', 'numpy==2.4.6'];

/** How many times faster we mean to be. */
const goals: Readonly<Record<string, number>> = { 'otter run': 15, 'nbgrader autograde': 3 };

/** The five tasks in TypeScript. */
const right = {
  dsmTarget: `export const dsmTarget = (x: tf.Tensor2D, x0: tf.Tensor2D, sigma: number) => x0.sub(x).div(sigma ** 2);`,
  dsmLoss: `export function dsmLoss(score: Field, x0: tf.Tensor, noise: tf.Tensor, sigma: number) {
    const error = score(x0.add(noise.mul(sigma))).add(noise.div(sigma));
    return error.square().sum().div(x0.shape[0]);
  }`,
  hutchinsonTrace: `export const hutchinsonTrace = (matvec: Field, probes: tf.Tensor) => matvec(probes).mul(probes).sum(1).mean();`,
  ssmLoss: `export function ssmLoss(score: Field, x: tf.Tensor2D, probes: tf.Tensor3D) {
    const [m, n, d] = probes.shape;
    const v = probes.reshape([m * n, d]);
    const many = tf.tile(x, [m, 1]);
    const slope = tf.grad((y) => score(y).mul(v).sum())(many).mul(v).sum(1);
    return score(many).mul(v).sum(1).square().add(slope.mul(2)).mean();
  }`,
  reverseStep: `export function reverseStep(sde: Sde, score: (x: tf.Tensor, t: tf.Tensor) => tf.Tensor, x: tf.Tensor2D, t: tf.Tensor1D, dt: number, noise: tf.Tensor2D) {
    const time = t.reshape([-1, 1]);
    const vp = sde.kind === 'vp';
    const ratio = sde.sigmaMax / sde.sigmaMin;
    const g2 = vp
      ? time.mul(sde.betaMax - sde.betaMin).add(sde.betaMin)
      : tf.pow(ratio, time.mul(2)).mul(2 * sde.sigmaMin ** 2 * Math.log(ratio));
    const drift = (vp ? x.mul(g2).mul(-0.5) : tf.zerosLike(x)).sub(g2.mul(score(x, t)));
    return x.sub(drift.mul(dt)).add(g2.mul(dt).sqrt().mul(noise));
  }`,
};

/** The same mistakes as in graders.py, in the same order. */
const mistakes: readonly (readonly [task: keyof typeof right, from: string, to: string])[] = [
  ['dsmTarget', 'x0.sub(x)', 'x.sub(x0)'],
  ['dsmTarget', 'sigma ** 2', 'sigma'],
  ['dsmLoss', 'sum().div(x0.shape[0])', 'sum(0).mean()'],
  [
    'hutchinsonTrace',
    'matvec(probes).mul(probes).sum(1).mean()',
    'tf.sum(matvec(tf.eye(probes.shape[1]!)).mul(tf.eye(probes.shape[1]!)))',
  ],
  ['ssmLoss', 'slope.mul(2)', 'slope'],
  ['reverseStep', '.sub(g2.mul(score(x, t)))', '.add(g2.mul(score(x, t)))'],
  ['reverseStep', 'g2.mul(dt).sqrt()', 'g2.mul(dt)'],
];

const head = `import * as tf from '@tensorflow/tfjs';
type Field = (x: tf.Tensor) => tf.Tensor;
type Sde = any;
`;

const sources = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => {
    const functions: Record<string, string> = { ...right };
    if (i % 2 === 1) {
      const [task, from, to] = mistakes[Math.floor(i / 2) % mistakes.length];
      functions[task] = functions[task].replace(from, to);
    }
    return `${head}${Object.values(functions).join('\n')}\n`;
  });

/** Our own tasks of the same names, with all their properties: more is asked of a submission than the notebooks ask. */
async function ourExercise(): Promise<Exercise> {
  const folders = ['04-denoising-score-matching', '06-hutchinson-trace', '07-sliced-score-matching', '09-reverse-sde'];
  const all = (await Promise.all(folders.map((each) => loadExercise(each)))).flatMap(({ tasks }) => tasks);
  const tasks = Object.keys(right).map((name) => all.find((task) => task.name === name)!);
  return exercise({
    id: 'peers',
    number: '00',
    week: 0,
    title: { en: 'Five tasks', 'zh-TW': '五題' },
    claims: [],
    tasks,
  });
}

/** Seconds per submission in our sandbox, one after the other, from the source text to the grade; and which tasks fail. */
async function ours(count: number): Promise<{ seconds: number[]; failed: string[][]; isolation: string }> {
  const five = await ourExercise();
  await using sandbox = await openSandbox({ env: process.env, isolation: 'best', warm: 2, many: true });
  const options = { version: 'bench', seed: 7, language: 'en', show: false, again: () => '' } as const;
  const [seconds, failed]: [number[], string[][]] = [[], []];
  // What is loaded once for a class is loaded before, by one submission of each kind.
  for (const source of sources(2 * mistakes.length)) await grade(five, await bundled(source), { sandbox, options });
  for (const source of sources(count)) {
    const began = performance.now();
    const { tasks } = await grade(five, await bundled(source), { sandbox, options });
    seconds.push((performance.now() - began) / 1e3);
    failed.push(tasks.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name));
    await pause(0);
  }
  return { seconds, failed, isolation: sandbox.isolation.level };
}

/** Compares with otter-grader and nbgrader in one run, each grader one submission at a time; the report is `grade-peers.md` in `out`. */
export async function peers(out: string, count: number, given: string | undefined): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'scorecheck-peers-'));
  try {
    const environment = given ?? path.join(folder, 'environment');
    const python = path.join(environment, 'bin', 'python');
    if (!existsSync(python)) {
      console.error(`Installing ${packages.join(', ')} into a throw-away environment`);
      await run('python3', ['-m', 'venv', environment]);
      await run(python, ['-m', 'pip', 'install', '-q', ...packages], { maxBuffer: 1e8 });
    }
    const { stdout } = await run(python, [script, path.join(folder, 'class'), String(count)], { maxBuffer: 1e8 });
    const measured = JSON.parse(stdout) as Measured;
    const own = await ours(count);
    const text = peersMarkdown(measured, own);
    await writeFile(path.join(out, 'grade-peers.md'), text);
    console.log(text);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function peersMarkdown({ truth, graders }: Measured, own: Awaited<ReturnType<typeof ours>>): string {
  const mean = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;
  const mine = mean(own.seconds);
  const rows = Object.entries(graders).map(([name, { seconds, points }]) => {
    const right = points.filter((each, i) => each === truth[i]).length;
    const ratio = mean(seconds) / mine;
    return `| ${name} | ${mean(seconds).toFixed(2)} | ${ratio.toFixed(1)}x (goal ${goals[name]}x) | ${right} of ${truth.length} |`;
  });
  const right = own.failed.filter((failed, i) => failed.length === (truth[i] === 10 ? 0 : 1)).length;
  return [
    '# Five tasks, three graders',
    `${truth.length} submissions, one at a time for each grader, one after the other in one run. Load of the machine at the end: ${os.loadavg()[0].toFixed(1)} on ${os.availableParallelism()} cores.`,
    '| grader | seconds per submission | scorecheck is faster | submissions judged right |\n|---|---:|---|---|\n' +
      [
        ...rows,
        `| scorecheck (isolation ${own.isolation}) | ${mine.toFixed(2)} | | ${right} of ${truth.length} |`,
      ].join('\n'),
    'The notebooks ask two cases per question and run without isolation; scorecheck asks all properties of its tasks, in a sandbox. Its process has graded one submission of each kind before, as in a class; the others start one for each submission.',
    '',
  ].join('\n\n');
}
