import { describe, expect, it } from 'vitest';
import { checkTask } from '../../src/grade/check-task.js';
import { diagnose } from '../../src/grade/diagnosis.js';
import { exercise } from '../../src/grade/exercise.js';
import { formulaTask, type FormulaAnswer } from '../../src/grade/formula-answer.js';
import { grade } from '../../src/grade/grade.js';
import type { Answer } from '../../src/sandbox/question.js';
import { withoutBubblewrap } from '../../src/sandbox/trial.js';
import { testSeed } from '../seed.js';

const hint = { en: 'Look again.', 'zh-TW': '再看一次。' };
const target: FormulaAnswer = {
  name: 'f',
  points: 1,
  symbols: { x: [-3, 3], x0: [-3, 3], sigma: [0.3, 2.5] },
  right: '-(x - x0)/sigma^2',
  mistakes: { sign: { line: '(x - x0)/sigma^2', says: { en: 'The sign is wrong.', 'zh-TW': '正負號相反。' }, hint } },
};
const potential: FormulaAnswer = { ...target, right: '-(x - x0)^2/(2*sigma^2)', derivative: 'x', mistakes: {} };

const exchanged: FormulaAnswer = {
  ...target,
  symbols: { x: [-3, 3], mu: [-2, 2], sigma: [0.3, 2.5], tau: [0.3, 2.5] },
  right: '-(x - mu)^2/(2*sigma^2)',
  derivative: 'x',
  mistakes: {},
};
const about = { id: 'lines', number: '00', week: 0, title: { en: 'Lines', 'zh-TW': '公式' }, claims: [] };

const answered = (value: string): Answer => ({
  kind: 'answered',
  value,
  programs: [],
  draws: [],
  calls: [],
  changedInputs: [],
  leakedTensors: 0,
  callMilliseconds: 0,
  milliseconds: 0,
  output: '',
});

/** What is found about a line of text: the verdict, and what explains it. */
async function found(line: unknown, spec = target) {
  const answer = answered(line as string);
  const task = formulaTask(spec);
  const finding = await checkTask(task, () => Promise.resolve(answer), { seed: testSeed, path: ['formulas'] });
  const said = diagnose(task, finding).map(({ id, sentence }) => ({ id, ...sentence }));
  const { example, compared, properties } = finding;
  return { verdict: properties[0].verdict, said, example, fault: compared[0]?.fault };
}

describe('a formula', () => {
  it.each([
    '-(x - x0)/sigma^2',
    '(x0 − x) · sigma^(-2)',
    'x0/sigma^2 - x/(sigma*sigma)',
    '-1*(x-x0)/exp(2*log(sigma))',
  ])('is right as %s', async (line) => {
    expect(await found(line)).toMatchObject({ verdict: 'pass', said: [] });
  });

  it('is named where it is a known mistake', async () => {
    expect(await found('-(x0 - x)/sigma^2')).toMatchObject({ verdict: 'fail', said: [{ id: 'sign' }] });
  });

  it.each([
    ['sin(x)', 'another-function'],
    ['sqrt(x - 5)', 'another-function'],
    ['-3*(x - x0)/sigma^2', 'constant-factor'],
    ['-(x - x0)/sigma^3', 'factor-sigma^-1'],
    ['(x - x0)/sigma^2', 'sign', { ...target, mistakes: {} }],
    ['-(x - x0)/sigma^2 + 1e-6', 'up-to-a-constant'],
    ['-(x^2 - x0)/sigma^2', 'x-squared'],
    ['-x/sigma^2', 'x0-is-0'],
    ['-(sigma - x0)/x^2', 'x-and-sigma-exchanged'],
    ['-(x - mu)^2/(2*tau^2)', 'sigma-and-tau-exchanged', exchanged],
  ] as const)('is told by its numbers as %s: %s', async (line, id, spec: FormulaAnswer = target) => {
    const { verdict, said, example } = await found(line, spec);
    expect(verdict).toBe('fail');
    expect(said.map((each) => each.id)).toEqual([id]);
    expect(said[0]['zh-TW']).toMatch(/[\u4e00-\u9fff]/);
    expect(example?.en).toMatch(/^At .* the value (of the derivative in x )?is .*, and that of this formula is /);
    expect(example?.['zh-TW']).toMatch(/^在 .*應為 .*這個公式/);
  });

  it.each([
    ['-3*(x - x0)/sigma^2', /The formula is 3 times the right one/],
    ['sin(x)', /another function/],
    ['x + secret', /cannot be read/],
  ])('tells a graded run neither the points nor the line: %s', async (line, said) => {
    const sandbox = {
      isolation: withoutBubblewrap().isolation,
      run: () => ({ ask: () => Promise.resolve(answered(line)), [Symbol.asyncDispose]: () => Promise.resolve() }),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
    const bundle = {
      kind: 'bundle',
      library: 'tensorflow',
      modules: [],
      files: [],
      digest: '',
      placeIn: () => undefined,
    } as const;
    const whole = exercise({ ...about, tasks: [formulaTask({ ...target, mistakes: {} })] });
    const options = { version: '', seed: testSeed, language: 'en', show: false, again: () => '' } as const;
    const graded = JSON.stringify((await grade(whole, bundle, { sandbox, options })).tasks);
    expect(graded).toMatch(said);
    expect(graded).not.toMatch(/At x =|secret/);
  });

  it('is compared by its derivative where terms without x are free', async () => {
    expect(await found('-(x - x0)^2/(2*sigma^2) - log(sigma) + x0', potential)).toMatchObject({ verdict: 'pass' });
    expect(await found('-(x - x0)^2/(2*sigma^2) + x/1000', potential)).toMatchObject({ verdict: 'fail' });
  });

  it.each([
    ['', 'an empty line', 1],
    ['-(x - x0', 'the end of the line', 9],
    ['x - (x0))', '")"', 9],
    ['-(x - y)/sigma^2', '"y"', 7],
    ['x + tan(x0)', 'the function "tan"', 5],
    ['sigma(x - x0)', 'the function "sigma"', 1],
    ['exp(x, x0)', 'one argument', 1],
    ['x + exp', 'one argument', 5],
    ['x ! + 1', '"!"', 3],
    ['2^x', '"x"', 3],
    ['x^0.3', '0.3', 3],
    ['import("fs")', 'import', 1],
    ['x = 1', '', 1],
    ['"x"', '"x"', 2],
    ['(x)'.padEnd(500, '+ x '), '400 characters', 401],
  ])('is none as %s', async (line, what, at) => {
    const { verdict, said } = await found(line);
    expect(verdict).toBe('fail');
    expect(said).toMatchObject([{ id: 'not-a-formula' }]);
    expect(said[0].en).toContain(what);
    expect(said[0].en).toContain(`at character ${at} of`);
    expect(said[0]['zh-TW']).toContain(`第 ${at} 個字元`);
    expect(said[0]['zh-TW'].split('位於')[0]).toMatch(/[\u4e00-\u9fff]/);
  });

  it('has to be a text', async () => {
    expect(await found(3)).toMatchObject({ verdict: 'fail', fault: { kind: 'kind', expected: 'a line of text' } });
  });
});
