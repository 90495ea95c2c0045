import type { Library } from '../sandbox/bundle.js';
import type { TaskFinding } from './check-task.js';
import type { Task } from './exercise.js';

/** The task without what cannot be asked of arrays that remember no derivatives. */
export function askable(task: Task, library: Library): Task {
  if (library !== 'numpy') return task;
  const { gradient: _, ...properties } = task.properties;
  return { ...task, properties };
}

/**
 * The finding with the gradient that was not asked for: its points are given with those of the values, since a task has the same points for
 * everyone, and a wrong value has a wrong gradient.
 */
export function withUnchecked(task: Task, finding: TaskFinding): TaskFinding {
  const { gradient } = task.properties;
  if (gradient === undefined || finding.properties.some(({ id }) => id === 'gradient')) return finding;
  const right = finding.properties.every(({ id, verdict }) => id !== 'value' || verdict !== 'fail');
  const unchecked = { id: 'gradient', points: gradient.points, verdict: right ? 'unchecked' : 'fail' } as const;
  return { ...finding, properties: [...finding.properties, unchecked] };
}
