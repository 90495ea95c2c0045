import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { classRunSchema, type ClassRun } from '../../src/course/result.js';
import { autograded } from './autograder.js';
import { environment, main, root, scorecheck, temporaryFolder } from './command-line.js';

const folder = temporaryFolder();
const at = (...names: string[]): string => path.join(folder, ...names);
const [courseFile, submissions, out] = [at('course', 'course.yaml'), at('submissions'), at('graded')];
const students = Array.from({ length: 9 }, (_, i) => `s0${i + 1}`);
const [esm, dsm] = ['02-explicit-score-matching', '04-denoising-score-matching'];

const solution = (exercise: string): string =>
  readFileSync(path.join(root, 'exercises', exercise, 'solution.ts'), 'utf8');
const halved = solution(esm).replace('.mean()', '.mean().div(2)');
const handIn = (student: string, exercise: string, text: string): void => {
  mkdirSync(path.join(submissions, student), { recursive: true });
  writeFileSync(path.join(submissions, student, `${exercise}.ts`), text);
};
const settings = (more = ''): string => `name: A small class
timezone: Asia/Taipei
roster: roster.csv
secret: { env: CLASS_SECRET }
exercises:
  - id: "02"
    points: 10
  - { id: "04", points: 4 }
${more}`;
const withSecret = { env: { CLASS_SECRET: 'sixteen bytes or more of chance' } };
const grade = (to: string, ...more: string[]) =>
  scorecheck(['grade', submissions, '--course', courseFile, '--out', to, ...more], withSecret);
const classIn = (of: string): ClassRun =>
  classRunSchema.parse(JSON.parse(readFileSync(path.join(of, 'class.json'), 'utf8')));
const pointsIn = (of: string, exercise: string): (number | null)[] =>
  classIn(of)
    .marks.filter((mark) => mark.exercise === exercise)
    .map(({ points }) => points);

/** The results that a ledger has, by file, with the time at which each was written. */
function resultsIn(of: string): Map<string, number> {
  const place = path.join(of, 'ledger', 'results');
  if (!existsSync(place)) return new Map();
  const files = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  return new Map(files.map((file) => [file, statSync(path.join(place, file)).mtimeMs]));
}

/** A process and all below it, by /proc. */
function familyOf(pid: number): number[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  if (!existsSync(file)) return [pid];
  return [pid, ...readFileSync(file, 'utf8').trim().split(' ').filter(Boolean).map(Number).flatMap(familyOf)];
}

describe('a class by the command line', () => {
  it('goes on where it was killed, and loses at most what was in hand', async () => {
    mkdirSync(at('course'));
    writeFileSync(courseFile, settings());
    writeFileSync(at('course', 'roster.csv'), `id,name\n${students.map((id) => `${id},Student ${id}\n`).join('')}`);
    handIn('s01', esm, solution(esm));
    handIn('s01', dsm, solution(dsm));
    handIn('s02', esm, halved);
    handIn('s03', esm, readFileSync(path.join(root, 'exercises', esm, 'submission.ts'), 'utf8'));
    handIn('s04', esm, 'export function esmLoss( {');
    handIn('s05', esm, `process.exit(0);\n${solution(esm)}`);
    handIn('s06', esm, solution(esm).replaceAll('trueScore', 'target'));
    handIn('s07', dsm, solution(dsm).replace('sigma * sigma', 'sigma'));
    handIn('s08', esm, solution(esm));

    const run = spawn(process.execPath, [main, 'grade', submissions, '--course', courseFile, '--out', out], {
      env: environment(withSecret.env),
      stdio: 'ignore',
    });
    while (resultsIn(out).size < 2) await sleep(20);
    const family = familyOf(run.pid ?? 0);
    run.kill('SIGKILL');
    // Nothing of it computes on: each process ends by itself when the one above it is gone.
    while (family.slice(1).some((pid) => existsSync(`/proc/${pid}`))) await sleep(50);
    const done = resultsIn(out);
    expect(done.size).toBeLessThan(9);

    const resumed = await grade(out, '--resume', '--publish');
    expect(resumed, resumed.stderr).toMatchObject({ code: 0 });
    expect(resumed.stdout).toContain(`${9 - done.size} submissions graded now, ${done.size} before.`);
    const after = resultsIn(out);
    expect([...done].filter(([file, when]) => after.get(file) !== when)).toEqual([]);
    expect(after.size).toBe(9);
    expect(pointsIn(out, esm)).toEqual([10, 0, 0, 0, 0, 10, null, 10, null]);
    const [right, , , , , , wrong] = pointsIn(out, dsm);
    expect(right).toBe(4);
    expect(wrong).toBeLessThan(4);
  });

  it('grades a second time what changed, and shows the difference before it is published', async () => {
    handIn('s02', esm, solution(esm));
    handIn('s09', esm, halved);
    const gradebook = (): string => readFileSync(path.join(out, 'gradebook', 'grades.csv'), 'utf8');
    const published = gradebook();
    const changed = await grade(out);
    expect(changed.stdout).toContain('2 submissions graded now, 8 before.');
    expect(changed.stdout).toContain('2 marks differ from what is published');
    expect(changed.stdout).toMatch(/s02 {2}02-\S+ {2}0 -> 10 {2}\(submission\)/);
    expect(changed.stdout).toMatch(/s09 {2}02-\S+ {2}not graded -> 0 {2}\(new\)/);
    expect(gradebook()).toBe(published);

    // Other points for the same work: nothing is graded again.
    writeFileSync(courseFile, settings().replace('points: 10', 'points: 20'));
    const scaled = await grade(out, '--publish');
    expect(scaled.stdout).toContain('0 submissions graded now, 10 before.');
    expect(scaled.stdout).toMatch(/s01 {2}02-\S+ {2}10 -> 20 {2}\(course\)/);
    expect(pointsIn(out, esm)).toEqual([20, 20, 0, 0, 0, 20, null, 20, 0]);
    expect(gradebook()).toContain('s02,Student s02,,20,');
  });

  it('has the same marks from shards, one of them of a zip', async () => {
    const zip = new ZipFile();
    for (const file of readdirSync(submissions, { recursive: true, encoding: 'utf8' }).filter((each) =>
      each.endsWith('.ts'),
    ))
      zip.addFile(path.join(submissions, file), `export/${file}`);
    zip.end();
    await pipeline(zip.outputStream, createWriteStream(at('export.zip')));
    const first = await scorecheck(
      ['grade', at('export.zip'), '--course', courseFile, '--out', at('part1'), '--shard', '1/2'],
      withSecret,
    );
    expect(first, first.stderr).toMatchObject({ code: 0 });
    expect(await grade(at('part2'), '--shard', '2/2')).toMatchObject({ code: 0 });
    expect(resultsIn(at('part1')).size + resultsIn(at('part2')).size).toBe(10);
    const merge = (...parts: string[]) =>
      scorecheck(['merge', ...parts, '--course', courseFile, '--out', at('merged')], withSecret);
    const lacking = resultsIn(at('part2')).size;
    const half = await merge(at('part1'), at('part1'));
    expect(half, half.stderr).toMatchObject({ code: lacking > 0 ? 1 : 0 });
    expect(half.stderr).toMatch(lacking > 0 ? new RegExp(`${lacking} submissions have no result`) : /^/);
    const merged = await merge(at('part1'), at('part2'));
    expect(merged, merged.stderr).toMatchObject({ code: 0 });
    expect(merged.stdout).toContain(`${lacking} results taken over, ${10 - lacking} were there`);
    const [whole, parts] = [classIn(out), classIn(at('merged'))];
    expect(parts.marks).toEqual(whole.marks);
    expect(parts.totals).toEqual(whole.totals);
    expect(parts.similarity).toEqual(whole.similarity);
  });

  it('has each mark again from its ledger alone', async () => {
    const replay = await scorecheck(['replay', out, 's07', '--course', courseFile, '--exercise', '04'], withSecret);
    expect(replay, replay.stderr).toMatchObject({ code: 0 });
    expect(replay.stderr).toContain('Same verdicts and points');
    // The questions are shown to who asks: it is the instructor.
    expect(replay.stdout).toMatch(/sigma = /);
  });

  it('has an autograder for Gradescope, which knows no student and shows no question', async () => {
    const bundle = await scorecheck(
      ['gradescope', at('bundle'), '--course', courseFile, '--exercise', '02'],
      withSecret,
    );
    expect(bundle, bundle.stderr).toMatchObject({ code: 0 });
    const zip = at('bundle', 'autograder.zip');
    const right = await autograded(zip, at('right'), solution(esm));
    expect(right.tests).toMatchObject([{ name: 'esmLoss', score: 20, max_score: 20, status: 'passed' }]);
    const wrong = await autograded(zip, at('wrong'), halved);
    expect(wrong.tests).toMatchObject([{ score: 0, max_score: 20, status: 'failed' }]);
    expect(wrong.tests?.[0].output).toContain('factor 1/2');
    // Neither an input nor an answer, which are numbers in brackets.
    expect(JSON.stringify(wrong)).not.toMatch(/\[-?[\d.]/);
    const setting = readFileSync(at('wrong', 'source', 'setting.json'), 'utf8');
    expect(setting).not.toMatch(/chance|CLASS_SECRET|s01|roster\.csv/);
  });

  it('is refused for wrong use, with the place and what to do', async () => {
    const refused = async (args: readonly string[], env: NodeJS.ProcessEnv = withSecret.env): Promise<string> => {
      const { code, stderr } = await scorecheck(args, { env });
      expect(code, stderr).toBe(2);
      return stderr;
    };
    const withSettings = (text: string): Promise<string> => {
      writeFileSync(at('course', 'other.yaml'), text);
      return refused(['grade', submissions, '--course', at('course', 'other.yaml'), '--out', at('none')]);
    };
    expect(await withSettings(settings().replace('points: 10', 'points: many'))).toMatch(/other\.yaml:7:13 .*points/);
    expect(await withSettings(settings('lates: refuse\n'))).toMatch(/other\.yaml:9:1 .*lates/);
    expect(await withSettings(settings().replace('roster.csv', 'nobody.csv'))).toContain('nobody.csv');
    expect(await withSettings(settings().replace('"02"', '"22"'))).toContain('Expected an exercise, got "22"');
    const usual = ['grade', submissions, '--course', courseFile, '--out', at('none')];
    expect(await refused(usual, { CLASS_SECRET: '' })).toContain('CLASS_SECRET');
    expect(await refused(usual, { CLASS_SECRET: 'short' })).toContain('at least 16 bytes');
    expect(await refused(['grade', at('nowhere'), ...usual.slice(2)])).toContain('nowhere');
    expect(await refused([...usual, '--resume'])).toContain('--resume');
    expect(await refused([...usual, '--shard', '3/2'])).toContain('3/2');
    expect(await refused([...usual, '--only', 'nobody'])).toContain('"nobody"');
    expect(existsSync(at('none', 'ledger'))).toBe(false);
    // Another secret draws other questions and opens no ledger.
    const [, , ...rest] = usual;
    const other = { CLASS_SECRET: 'another secret of the course' };
    expect(await refused(['grade', submissions, ...rest.slice(0, 3), out], other)).toContain('another secret');
  });
});
