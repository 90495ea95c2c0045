import type { TaskFinding } from './check-task.js';
import { worstCoordinate, type Compared } from './compare.js';
import { describe, type Diagnosis } from './describe.js';
import type { Mistake, Task } from './exercise.js';
import { expectedGradient, expectedValues, formulationsOf, type Expected } from './formula.js';
import type { Case } from './inputs.js';

/**
 * Why a task fails: the mistakes of the exercise that explain every answer within rounding, all of them where several do; else what an
 * instrumented score, the draws or the numbers say.
 */
export function diagnose(task: Task, finding: TaskFinding): Diagnosis[] {
  const { compared, means, observed, unstable } = finding;
  if (!compared.some(({ fault }) => fault !== undefined) && means.length === 0 && observed.length === 0 && !unstable) {
    return [];
  }
  if (unstable) return [unstableAnswers];
  const named = Object.entries(task.mistakes).filter(([, mistake]) => explains(task, mistake, compared));
  if (named.length > 0) {
    return named.map(([id, { says, hint }]) => ({ id, sentence: says, hint }));
  }
  const seen = observed.map(({ id, says }) => ({ id, sentence: says }));
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

/** Whether a mistake gives every answer that the submission gave, and not only where it agrees with the right one. */
function explains(task: Task, mistake: Mistake<Case>, compared: readonly Compared[]): boolean {
  let told = 0;
  for (const each of compared) {
    if (each.property === 'score' || each.property === 'cost') continue;
    const predicted = predictionOf(task, mistake, each);
    if (predicted === undefined) continue;
    const { got, fault } = each;
    if (got === undefined) {
      // A formula that has no number there explains an answer that has none, and says nothing about an exception.
      if (fault?.kind === 'not-finite' && predicted.values.some((value) => !Number.isFinite(value))) told++;
      else if (fault?.kind === 'not-finite' || fault?.kind === 'shape' || fault?.kind === 'gradient-missing')
        return false;
      continue;
    }
    if (worstCoordinate(predicted, got).excess > 1) return false;
    if (worstCoordinate(each.expected, got).excess > 1) told++;
  }
  return told > 0;
}

/** What a submission with this mistake answers; undefined where the mistake says nothing about the question. */
function predictionOf(task: Task, { answer, gradient }: Mistake<Case>, each: Compared): Expected | undefined {
  const wrong = each.gradient ? (gradient ?? answer) : answer;
  const formulations = wrong === undefined ? formulationsOf(task) : [wrong];
  if (formulations.length === 0) return undefined;
  const predicted = each.gradient
    ? expectedGradient(formulations, each.case)
    : expectedValues(formulations, each.case, each.normals);
  return relaxed(predicted, each.expected);
}

/**
 * Wrong answers are computed in ways that nobody lists: each is allowed what the right one is allowed, in absolute terms or relative to its
 * size (at most 2⁻¹⁰ of it), and twice its own bound.
 */
function relaxed(predicted: Expected, right: Expected): Expected {
  const tolerances = predicted.values.map((value, i) => {
    const relative = right.tolerances[i] / Math.max(Math.abs(right.values[i]), Number.MIN_VALUE);
    return 2 * Math.max(predicted.tolerances[i], right.tolerances[i], Math.min(relative, 2 ** -10) * Math.abs(value));
  });
  return { values: predicted.values, tolerances };
}
