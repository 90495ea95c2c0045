import type { Answer } from '../sandbox/question.js';
import type { TaskFinding } from './check-task.js';
import { problemOf } from './compare.js';
import { propertyIds, type Task } from './exercise.js';
import type { Fault } from './fault.js';

/** What was found about a task whose function is not there, or whose module does not load: every question would have this one answer, and none is put. */
export function withoutFunction(task: Task, answer: Answer): TaskFinding {
  const fault = faultOf(answer);
  const properties = propertyIds.flatMap((id) => {
    const property = task.properties[id];
    if (property === undefined) return [];
    const { points, reason } = property;
    return [{ id, points, verdict: 'fail' as const, ...(reason === undefined ? {} : { reason }) }];
  });
  const compared = properties.slice(0, 1).map(({ id: property }) => ({
    property,
    case: {},
    gradient: false,
    expected: { values: [], tolerances: [] },
    got: undefined,
    fault,
  }));
  const { milliseconds, output } = answer;
  return {
    properties,
    compared,
    means: [],
    observed: [],
    unstable: false,
    changed: [],
    leakedTensors: 0,
    milliseconds,
    output,
  };
}

/** No function was called, so what was thrown comes from the module itself. */
function faultOf(answer: Answer): Fault | undefined {
  const fault = problemOf(answer);
  return fault?.kind === 'threw' ? { ...fault, kind: 'unloaded' } : fault;
}
