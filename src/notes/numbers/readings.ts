import { plainReading, type Bindings, type Reading } from '../meaning/bindings.js';
import type { Trace } from './scope.js';

/** The readings that differ from the plain one in something that mattered. */
export function alternatives({ used }: Trace, bindings: Bindings): Reading[] {
  const others: Reading[] = [];
  if (used.has('score') && bindings.scoreDefined) others.push({ ...plainReading, score: 'score' });
  if (used.has('jacobian')) others.push({ ...plainReading, jacobian: 'columns' });
  if (used.has('jacobian') && used.has('score') && bindings.scoreDefined)
    others.push({ ...plainReading, jacobian: 'columns', score: 'score' });
  if (used.has('second')) others.push({ ...plainReading, second: 'laplacian' });
  if (used.has('noise')) others.push({ ...plainReading, noise: 'other' });
  if (used.has('energy') && bindings.energyHasBeta) others.push({ ...plainReading, energy: 'plain' });
  if (used.has('data') && bindings.hasRoles) others.push({ ...plainReading, data: 'same' });
  if ([...bindings.definitions.values()].some(({ density }) => density === true))
    others.push({ ...plainReading, law: 'any' });
  if (used.has('matrices') && !bindings.symmetric && !bindings.anyMatrix)
    others.push({ ...plainReading, matrices: 'symmetric' });
  if (used.has('denoiser')) others.push({ ...plainReading, denoiser: 'optimal' });
  if (used.has('inner')) others.push({ ...plainReading, inner: 'given' });
  if (used.has('bare')) others.push({ ...plainReading, bare: 'all' });
  return others;
}
