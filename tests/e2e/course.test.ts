import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { classRunSchema } from '../../src/course/result.js';
import { verificationSchema } from '../../src/verify/result.js';
import { autograded } from './autograder.js';
import { scorecheck, temporaryFolder } from './command-line.js';

const folder = temporaryFolder();
const course = path.join(folder, 'course');
const claim = path.join(course, 'claims', 'tempered-score.ts');
const exercise = path.join(course, 'exercises', '51-tempered-score');
const verify = (...args: string[]) => scorecheck(['verify', '--course', course, '--quick', '--json', '-', ...args]);
const edit = (file: string, from: string, to: string): void => {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
};

describe("a course's own claims and exercises", () => {
  it('are begun by a command and hold as they are', async () => {
    expect(await scorecheck(['new', 'claim', 'tempered-score', '--course', course])).toMatchObject({ code: 0 });
    expect(await scorecheck(['new', 'exercise', '51-tempered-score', '--course', course])).toMatchObject({ code: 0 });
    const again = await scorecheck(['new', 'claim', 'tempered-score', '--course', course]);
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('left it as it is') as string });

    // One of ours beside it, in another process.
    const { code, stdout } = await verify('--claim', 'tempered-score', 'score-is-log-gradient', '--jobs', '2');
    const verification = verificationSchema.parse(JSON.parse(stdout));
    expect(verification.claims.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['score-is-log-gradient', 'supported'],
      ['tempered-score', 'supported'],
    ]);
    expect(verification.claims[1].falseVariants.map(({ refuted }) => refuted)).toEqual([true, true]);
    expect(verification.exercises).toMatchObject([{ exercise: '51-tempered-score' }]);
    expect(verification.exercises?.[0].checks.map(({ of, ok }) => [of, ok])).toEqual([
      ['solution', true],
      ['stub', true],
      ['multiplied', true],
      ['square-root', true],
    ]);
    expect(code).toBe(0);
  });

  it('are checked and graded like ours', async () => {
    const submissions = path.join(folder, 'submissions');
    const right = readFileSync(path.join(exercise, 'solution.ts'), 'utf8');
    const texts = { b12901001: right, b12901002: right.replace('div(temperature)', 'mul(temperature)') };
    for (const [student, text] of Object.entries(texts)) {
      mkdirSync(path.join(submissions, student), { recursive: true });
      writeFileSync(path.join(submissions, student, '51-tempered-score.ts'), text);
    }
    const wrong = path.join(submissions, 'b12901002', '51-tempered-score.ts');
    const checked = await scorecheck(['check', wrong, '--course', course]);
    expect(checked, checked.stderr).toMatchObject({ code: 1 });
    expect(checked.stdout).toContain('The score is multiplied by the temperature');

    expect(await scorecheck(['new', 'course', path.join(folder, 'example')])).toMatchObject({ code: 0 });
    for (const file of ['roster.csv', 'secret.key'])
      copyFileSync(path.join(folder, 'example', file), path.join(course, file));
    const settings = readFileSync(path.join(folder, 'example', 'course.yaml'), 'utf8').replace(
      /^exercises:[^]*?(?=^#)/m,
      'exercises:\n  - id: 51-tempered-score\n    points: 10\n',
    );
    writeFileSync(path.join(course, 'course.yaml'), settings);
    const out = path.join(folder, 'graded');
    const graded = await scorecheck(['grade', submissions, '--course', path.join(course, 'course.yaml'), '--out', out]);
    expect(graded, graded.stderr).toMatchObject({ code: 0 });
    const { marks } = classRunSchema.parse(JSON.parse(readFileSync(path.join(out, 'class.json'), 'utf8')));
    expect(marks.map(({ points }) => points)).toEqual([10, 0]);

    const options = ['--course', path.join(course, 'course.yaml'), '--exercise', '51'];
    expect(await scorecheck(['gradescope', out, ...options])).toMatchObject({ code: 0 });
    const results = await autograded(path.join(out, 'autograder.zip'), path.join(folder, 'autograder'), right);
    expect(results.tests).toMatchObject([{ name: 'temperedScore', score: 10, max_score: 10 }]);
    expect(
      existsSync(path.join(folder, 'autograder', 'source', 'course', 'exercises', '51-tempered-score', 'solution.ts')),
    ).toBe(false);
  });

  it('are told where a variant is true, a solution is wrong and a mistake is none', async () => {
    edit(claim, 'times(setting.temperature, score(setting))', 'times(1 / setting.temperature, score(setting))');
    edit(path.join(exercise, 'solution.ts'), 'div(temperature)', 'div(temperature * temperature)');
    edit(path.join(exercise, 'exercise.ts'), 'temperature ** -0.5', '1 / temperature');
    const { code, stdout, stderr } = await verify();
    const { claims, exercises } = verificationSchema.parse(JSON.parse(stdout));
    expect(claims.map(({ id }) => id)).toEqual(['tempered-score']);
    expect(exercises?.[0].checks.filter(({ ok }) => !ok).map(({ of }) => of)).toEqual(['solution', 'square-root']);
    expect(stderr).toContain('its false variant temperature-for-its-inverse is not refuted');
    expect(code).toBe(1);
  });

  it('are refused where they cannot be read, with the place', async () => {
    const broken = path.join(folder, 'broken', 'claims', 'a.ts');
    expect(await scorecheck(['new', 'claim', 'a', '--course', path.join(folder, 'broken')])).toMatchObject({ code: 0 });
    const message = async (text: string): Promise<string> => {
      writeFileSync(broken, text);
      const { code, stderr } = await scorecheck(['verify', '--course', path.join(folder, 'broken')]);
      expect(code).toBe(2);
      return stderr;
    };
    const whole = readFileSync(broken, 'utf8');
    const faulty = await message(
      whole
        .replace(/ {4}'cold, in 2-D': \{[^]*?\n {4}\},\n/, '')
        .replace('\\frac1T', '\\fracc1T')
        .replace('1 / setting.temperature', '1 / setting.temprature')
        .replace(/falseVariants: \{[^]*?\n {2}\},\n/, 'falseVariants: {},\n'),
    );
    for (const place of [
      'statement: ',
      'settings: ',
      'falseVariants: ',
      'settings["hot, in 1-D"]: expected numbers on the side rhs',
    ])
      expect(faulty).toContain(place);
    expect(await message(whole.replace("id: 'a'", "id: 'b'"))).toContain('id: expected "a"');
    expect(await message('export default {\n  id: 3')).toMatch(/a\.ts:2:\d+/);
    expect(await message('export default 3')).toContain('Expected one claim');
    expect(await message("throw new Error('no such density');")).toContain('no such density');
    const throwing = whole.replace(
      /const tempered = ([^]*?)\n\n/,
      "const tempered = (s: Setting): Term => ({ ...score(s), tensor: () => { throw new Error('not yet'); } });\n\n",
    );
    expect(await message(throwing)).toMatch(
      /the claim a to be judged to the end, but it threw at .*a\.ts:\d+:\d+: not yet\n/,
    );
    expect(await message("import { claim } from 'scorecheck/clam'; claim();")).toContain('scorecheck/claim');
    expect(await scorecheck(['verify', '--course', path.join(folder, 'nowhere')])).toMatchObject({ code: 2 });
    expect(await scorecheck(['new', 'claim', 'tweedie', '--course', course])).toMatchObject({ code: 2 });
    expect(await scorecheck(['new', 'exercise', '04-mine', '--course', course])).toMatchObject({ code: 2 });
  });
});
