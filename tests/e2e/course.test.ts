import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { verificationSchema } from '../../src/verify/result.js';
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
    expect(await message('export default {\n  id: 3')).toMatch(/a\.ts:2:\d+/);
    expect(await message('export default 3')).toContain('Expected one claim');
    expect(await message("throw new Error('no such density');")).toContain('no such density');
    expect(await message("import { claim } from 'scorecheck/clam'; claim();")).toContain('scorecheck/claim');
    expect(await scorecheck(['verify', '--course', path.join(folder, 'nowhere')])).toMatchObject({ code: 2 });
    expect(await scorecheck(['new', 'claim', 'tweedie', '--course', course])).toMatchObject({ code: 2 });
    expect(await scorecheck(['new', 'exercise', '04-mine', '--course', course])).toMatchObject({ code: 2 });
  });
});
