import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { checkJsonSchema } from '../../src/cli/schema.js';
import type { Grade } from '../../src/grade/result.js';
import { environment, main, root, scorecheck, temporaryFolder } from './command-line.js';

const folder = temporaryFolder();
const work = path.join(folder, 'homework');
const exercise = path.join(work, '04-denoising-score-matching');
const submission = path.join(exercise, 'submission.ts');
const solution = path.join(root, 'exercises', '04-denoising-score-matching', 'solution.ts');

describe('a student', () => {
  it('makes a folder, fixes what the diagnosis names, and has all points', async () => {
    const made = await scorecheck(['new', work, '--exercise', '04']);
    expect(made).toMatchObject({ code: 0 });
    expect(made.stdout).toContain('edit');

    const stub = await scorecheck(['check', exercise]);
    expect(stub).toMatchObject({ code: 1 });
    expect(stub.stdout).toContain('Task 2 is still open');
    expect(stub.stdout).toMatch(/^Total: 0 of 11 points/m);

    // x0 − x over sigma, and a type error that costs nothing.
    const right = readFileSync(solution, 'utf8');
    const wrong = right.replace('x0.sub(x).div(sigma * sigma)', 'x0.sub(x).div(sigma)');
    writeFileSync(submission, `${wrong}\nconst count: number = 'three';\nvoid count;\n`);
    const json = path.join(folder, 'grade.json');
    const first = await scorecheck(['check', exercise, '--task', 'dsmTarget', '--json', json, '--out', folder]);
    expect(first).toMatchObject({ code: 1 });
    const grade = JSON.parse(readFileSync(json, 'utf8')) as Grade;
    const validate = new Ajv2020({ allErrors: true }).compile(checkJsonSchema());
    expect(validate(grade), JSON.stringify(validate.errors)).toBe(true);
    expect(grade.tasks).toHaveLength(1);
    expect(grade.tasks[0]).toMatchObject({ name: 'dsmTarget', points: 0, maxPoints: 2, verdict: 'fail' });
    expect(grade.tasks[0].diagnosis.map(({ id }) => id)).toEqual(['sigma-not-squared']);
    expect(grade.tasks[0].counterexample).not.toBeNull();
    expect(grade.warnings.join()).toContain("Type 'string' is not assignable to type 'number'");
    expect(readFileSync(path.join(folder, '04-denoising-score-matching.md'), 'utf8')).toContain('dsmTarget');

    // A loss that is wrong by its own mean as well has no name of its own, and points to what it is built on.
    writeFileSync(submission, wrong.replace(').mean();', ').mean().mul(3);'));
    const both = await scorecheck(['check', exercise]);
    expect(both.stdout).toContain('dsmTarget is wrong as well. If dsmLoss calls it, mend dsmTarget first.');

    copyFileSync(solution, submission);
    const last = await scorecheck(['check', work, '--lang', 'zh-TW', '--seed', '11']);
    expect(last).toMatchObject({ code: 0 });
    expect(last.stdout).toContain('11 / 11');
  });

  it('reads where a file is no program', async () => {
    const file = path.join(folder, '04-broken.ts');
    writeFileSync(file, 'export function perturb( {\n');
    const { code, stderr } = await scorecheck(['check', file]);
    expect(code).toBe(2);
    expect(stderr).toContain('04-broken.ts:');
  });

  it.each([
    [['check', 'no-such-file.ts'], 'no-such-file.ts'],
    [['check', submission, '--exercise', 'langevin'], '08-langevin-dynamics'],
    [['check', submission, '--task', 'dsmLos'], 'dsmLoss'],
    [['check', submission, '--lang', 'de'], 'zh-TW'],
  ])('is told what to do after %j', async (args, hint) => {
    const { code, stderr } = await scorecheck(args);
    expect(code).toBe(2);
    expect(stderr).toContain(hint);
  });

  it('watches: an edit changes the verdict, and Ctrl-C ends with the code of the last check', async () => {
    const place = path.join(folder, 'watched');
    mkdirSync(place);
    const file = path.join(place, '02-esm.ts');
    const right = readFileSync(path.join(root, 'exercises', '02-explicit-score-matching', 'solution.ts'), 'utf8');
    const stub = readFileSync(path.join(root, 'exercises', '02-explicit-score-matching', 'submission.ts'), 'utf8');
    writeFileSync(file, stub);
    // Its own report lies beside the submission, and is no reason to check again.
    const args = [main, 'check', file, '--watch', '--json', path.join(place, 'grade.json')];
    const watching = execa(process.execPath, args, { env: environment(), extendEnv: false, reject: false });
    let heard = '';
    watching.stderr.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    const waiting = async (times: number): Promise<void> => {
      while (heard.split('Waiting for a change').length <= times) {
        if (watching.exitCode !== null) throw new Error(`Expected it to go on, got its end: ${heard}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    await waiting(1);
    expect(heard).toContain('✗ esmLoss');
    writeFileSync(file, 'export function esmLoss( {');
    await waiting(2);
    expect(heard).toContain('02-esm.ts:1:');
    writeFileSync(file, right);
    await waiting(3);
    expect(heard).toContain('✓ esmLoss');
    watching.kill('SIGINT');
    const { exitCode, stdout } = await watching;
    expect(exitCode).toBe(0);
    expect(stdout.match(/^Total/gm)).toHaveLength(2);
  });

  it('hears of each file of a folder, also where one is no program, one is empty and one has other names', async () => {
    const place = path.join(folder, 'several');
    mkdirSync(place);
    const right = readFileSync(path.join(root, 'exercises', '02-explicit-score-matching', 'solution.ts'), 'utf8');
    writeFileSync(path.join(place, '01-broken.ts'), 'export function gaussianScore( {\n');
    writeFileSync(path.join(place, '02-esm.ts'), right.replace('function esmLoss', 'function EsmLoss'));
    writeFileSync(path.join(place, '03-empty.ts'), '\n');
    const { code, stdout, stderr } = await scorecheck(['check', place, '--lang', 'zh-TW']);
    expect(code).toBe(2);
    expect(stderr).toContain('01-broken.ts:');
    expect(stderr).toContain('03-empty.ts 是空的');
    expect(stdout).toContain('模組匯出了 EsmLoss，是不是這一個？');
  });
});
