import { worstCoordinate, type Compared } from './compare.js';
import type { Mistake, Task } from './exercise.js';
import type { Fault } from './fault.js';
import { expectedGradient, expectedValues, formulationsOf, type Expected } from './formula.js';
import type { Case } from './inputs.js';

type Named = readonly [string, Mistake<Case>];

/** What was found before: whether a task is judged again and how its mistake is called ask for the same, and each mistake costs a formula per answer. */
const found = new WeakMap<
  readonly Compared[],
  { readonly mistakes: Task['mistakes']; readonly named: readonly Named[] }
>();

/** The mistakes of a task, by name, that give every answer that a submission gave. `compared` is complete: it does not change afterwards. */
export function mistakesThatExplain(task: Task, compared: readonly Compared[]): readonly Named[] {
  const known = found.get(compared);
  if (known?.mistakes === task.mistakes) return known.named;
  const named = Object.entries(task.mistakes).filter(([, mistake]) => explains(task, mistake, compared));
  found.set(compared, { mistakes: task.mistakes, named });
  return named;
}

/** Faults of an answer without numbers about which a formula says something. */
const sayable: ReadonlySet<Fault['kind'] | undefined> = new Set(['not-finite', 'shape', 'gradient-missing']);

/** Whether a mistake gives every answer that the submission gave, and not only where it agrees with the right one. */
function explains(task: Task, mistake: Mistake<Case>, compared: readonly Compared[]): boolean {
  let told = 0;
  for (const each of compared) {
    if (each.property === 'score' || each.property === 'cost') continue;
    const { got, fault } = each;
    // No formula says anything about an exception, or about a function that is not there.
    if (got === undefined && !sayable.has(fault?.kind)) continue;
    const predicted = predictionOf(task, mistake, each);
    if (predicted === undefined) continue;
    if (got === undefined) {
      // A formula that has no number there explains an answer that has none.
      if (fault?.kind === 'not-finite' && predicted.values.some((value) => !Number.isFinite(value))) told++;
      else return false;
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
