import type { TaskFinding } from './check-task.js';
import { describe, type Diagnosis } from './describe.js';
import type { Task } from './exercise.js';
import { mistakesThatExplain } from './explain.js';

/**
 * Why a task fails: the mistakes of the exercise that explain every answer within rounding, all of them where several do; else what an
 * instrumented score, the draws or the numbers say.
 */
export function diagnose(task: Task, finding: TaskFinding): Diagnosis[] {
  const { compared, means, observed, unstable, properties } = finding;
  if (properties.every(({ verdict }) => verdict !== 'fail')) return [];
  if (unstable) return [unstableAnswers];
  const named = mistakesThatExplain(task, compared);
  if (named.length > 0) {
    return named.map(([id, { says, hint }]) => ({ id, sentence: says, hint }));
  }
  const seen = observed.map(({ id, says, hint }) => ({ id, sentence: says, ...(hint === undefined ? {} : { hint }) }));
  const random = means.map(({ check: { id, says, hint } }) => ({ id, sentence: says, hint }));
  return uniqueById([...seen, ...random, ...describe(compared)]);
}

const unstableAnswers: Diagnosis = {
  id: 'depends-on-earlier-calls',
  sentence: {
    en: 'The same question got two different answers: the function draws numbers of its own, or keeps something from call to call.',
    'zh-TW': '同一個問題得到兩個不同的答案：函式自己抽了亂數，或是在呼叫之間留下了狀態。',
  },
  hint: {
    en: 'The result may depend on the arguments alone.',
    'zh-TW': '結果只能取決於引數。',
  },
};

function uniqueById(diagnoses: readonly Diagnosis[]): Diagnosis[] {
  return [...new Map(diagnoses.map((each) => [each.id, each])).values()];
}
