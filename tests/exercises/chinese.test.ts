import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sourceOf, type Mutant } from '../../bench/grade/mutant.js';
import { grade } from '../../src/grade/grade.js';
import type { Grade } from '../../src/grade/result.js';
import type { Texts } from '../../src/grade/texts.js';
import { gradeMarkdown, gradeText } from '../../src/report/grade-text.js';
import { bundle } from '../../src/sandbox/bundle.js';
import { withoutBubblewrap } from '../../src/sandbox/trial.js';
import { inProcess } from '../grade/in-process.js';
import { testSeed } from '../seed.js';
import { exerciseFolders, loadExercise } from './exercises.js';

const folder = mkdtempSync(path.join(tmpdir(), 'scorecheck-chinese-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const lists = new URL('../../bench/grade/mutants/', import.meta.url);
const mutantsOf = async (name: string): Promise<readonly Mutant[]> => {
  const file = readdirSync(lists).find((each) => each.startsWith(name.slice(0, 3)));
  return ((await import(/* @vite-ignore */ new URL(file!, lists).href)) as { mutants: readonly Mutant[] }).mutants;
};

const han = /\p{Script=Han}/u;

/**
 * The pieces of a report that are English sentences: four words in a row without any Chinese. Formulas, code, numbers, names of functions and paths are no words
 * here, nor are titles that the exercises have in both languages.
 */
function english(report: string): string[] {
  const prose = report
    .replaceAll(/`[^`]*`/g, ' ')
    .replaceAll(/^.*(npx scorecheck|npm).*$/gm, ' ')
    .replaceAll(/x -> .*$/gm, ' ')
    .replaceAll(/\[[^\]]*\]|\{[^}]*\}/g, ' ');
  return [...prose.matchAll(/(?:\b[A-Za-z]{2,}\b[ ,:;]+){3,}[A-Za-z]{2,}\b/g)].map(([words]) => words);
}

it('knows an English sentence where it sees one', () => {
  expect(english('函式擲出例外：The target has the wrong sign. 提示')).toHaveLength(1);
  expect(english('分數的正負號相反：它指向遠離平均的方向。mixtureScore：0 / 3 分')).toEqual([]);
});

/** All texts in two languages that an object holds. */
function textsIn(value: unknown, found: Texts[] = [], seen = new Set<unknown>()): Texts[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return found;
  seen.add(value);
  if ('en' in value && 'zh-TW' in value) found.push(value as Texts);
  for (const each of Object.values(value)) textsIn(each, found, seen);
  return found;
}

describe.each(exerciseFolders)('$name in Chinese', ({ name, folder: place }) => {
  it('has every text of its staff side in both languages', async () => {
    const texts = textsIn(await loadExercise(place));
    expect(texts.length).toBeGreaterThan(3);
    // A text may be a formula alone.
    const bare = texts.filter(({ 'zh-TW': zh }) => !han.test(zh));
    expect(bare.filter(({ en, 'zh-TW': zh }) => zh.replace('。', '.') !== en)).toEqual([]);
    expect(texts.filter(({ en }) => han.test(en))).toEqual([]);
    expect(texts.flatMap(({ 'zh-TW': zh }) => english(zh))).toEqual([]);
  });

  const solution = readFileSync(path.join(place, 'solution.ts'), 'utf8');
  const graded = async (id: string, source: string, tasks?: readonly string[]): Promise<Grade> => {
    const file = path.join(folder, `${name}-${id}.ts`);
    writeFileSync(file, source);
    const submission = await bundle(file);
    if (submission.kind === 'problems') throw new Error(JSON.stringify(submission.problems));
    const sandbox = {
      isolation: withoutBubblewrap().isolation,
      run: () => {
        const running = inProcess(file);
        return {
          ask: async (...asked: Parameters<Awaited<typeof running>['ask']>) => (await running).ask(...asked),
          [Symbol.asyncDispose]: () => Promise.resolve(),
        };
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
    const common = { version: '0', seed: testSeed, language: 'zh-TW', show: true, again: () => '' } as const;
    return await grade(await loadExercise(place), submission, {
      sandbox,
      options: { ...common, ...(tasks === undefined ? {} : { tasks }) },
    });
  };
  /** In the terminal and in the report. */
  const said = async (id: string, source: string, tasks?: readonly string[]): Promise<string[]> => {
    const grades = await graded(id, source, tasks);
    expect(gradeText(grades)).toMatch(han);
    return [gradeText(grades), gradeMarkdown(grades)].flatMap(english);
  };

  it('says nothing in English of its stub', async () => {
    expect(await said('stub', readFileSync(path.join(place, 'submission.ts'), 'utf8'))).toEqual([]);
  });

  it('says nothing in English of its solution', async () => {
    expect(await said('solution', solution)).toEqual([]);
  });

  it('says nothing in English of wrong ones', async () => {
    const wrong = (await mutantsOf(name)).filter((each) => each.verdict === 'wrong');
    // Their own words are looked at above; these show the others, and one of each function shows them.
    const chosen = wrong.filter(({ function: of }, i) => wrong[i - 1]?.function !== of);
    const words: string[] = [];
    for (const mutant of chosen) words.push(...(await said(mutant.id, sourceOf(solution, mutant), [mutant.function])));
    expect(words).toEqual([]);
  });
});
