import { worker, workerEmit } from 'workerpool';
import { studies } from './studies.js';
import type { Effort } from './study.js';

/** A process of the calibration: it runs the part of this name. */
function runPart(name: string, effort: Effort): unknown {
  workerEmit('begun');
  const part = studies.flatMap(({ parts }) => parts(effort)).find((one) => one.name === name);
  if (part === undefined) throw new Error(`Expected a part "${name}" of the calibration. This is a bug in scorecheck.`);
  return part.run();
}

worker({ runPart });
