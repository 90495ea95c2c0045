import { worker, workerEmit } from 'workerpool';
import { studies } from './studies.js';
import type { Effort } from './study.js';

/** A process of the calibration: it runs the part of this name. */
function runPart(name: string, effort: Effort): unknown {
  workerEmit('begun');
  // One study after the other: to list the parts of some takes a while.
  for (const { parts } of studies) {
    const part = parts(effort).find((one) => one.name === name);
    if (part !== undefined) return part.run();
  }
  throw new Error(`Expected a part "${name}" of the calibration. This is a bug in scorecheck.`);
}

worker({ runPart });
