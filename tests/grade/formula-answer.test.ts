import { describe, expect, it } from 'vitest';
import { checkTask } from '../../src/grade/check-task.js';
import { diagnose } from '../../src/grade/diagnosis.js';
import { formulaTask, type FormulaAnswer } from '../../src/grade/formula-answer.js';
import { testSeed } from '../seed.js';

const target: FormulaAnswer = {
  name: 'f',
  points: 1,
  symbols: { x: [-3, 3], x0: [-3, 3], sigma: [0.3, 2.5] },
  right: '-(x - x0)/sigma^2',
  mistakes: { sign: { line: '(x - x0)/sigma^2', says: { en: 'The sign is wrong.', 'zh-TW': '正負號相反。' } } },
};
const potential: FormulaAnswer = { ...target, right: '-(x - x0)^2/(2*sigma^2)', derivative: 'x', mistakes: {} };

/** What is found about a line of text: the verdict, and what explains it. */
async function found(line: unknown, spec = target) {
  const circumstances = { milliseconds: 0, output: '', callMilliseconds: 0, changedInputs: [], leakedTensors: 0 };
  const answer = { kind: 'answered', value: line as string, programs: [], draws: [], ...circumstances } as const;
  const task = formulaTask(spec);
  const finding = await checkTask(task, () => Promise.resolve(answer), { seed: testSeed, path: ['formulas'] });
  const said = diagnose(task, finding).map(({ id, sentence }) => ({ id, ...sentence }));
  return { verdict: finding.properties[0].verdict, said, fault: finding.compared[0]?.fault };
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

  it.each(['-(x - x0)/sigma^2 + 1e-6', 'sqrt(x - 5)', '-(x - x0)/sigma^3'])(
    'is another function as %s',
    async (line) => {
      const { verdict, said } = await found(line);
      expect(verdict).toBe('fail');
      expect(said[0]).toMatchObject({
        id: 'another-function',
        en: expect.stringMatching(/^At x = .* the value is /) as string,
      });
    },
  );

  it('is compared by its derivative where terms without x are free', async () => {
    expect(await found('-(x - x0)^2/(2*sigma^2) - log(sigma) + x0', potential)).toMatchObject({ verdict: 'pass' });
    expect(await found('-(x - x0)^2/(2*sigma^2) + x/1000', potential)).toMatchObject({ verdict: 'fail' });
  });

  it.each([
    ['', 'an empty line', 1],
    ['-(x - x0', 'the end of the line', 9],
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
  });

  it('has to be a text', async () => {
    expect(await found(3)).toMatchObject({ verdict: 'fail', fault: { kind: 'kind', expected: 'a line of text' } });
  });
});
