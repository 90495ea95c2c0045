import { marginalAt } from '../../oracle/reverse-schemes.js';
import { scoreInTime } from '../axis-targets.js';
import type { ReverseSampler, SamplerSetting } from '../reverse-samplers.js';
import { lawOrder, uniformTimes } from './chain.js';
import type { OrderOfGaps } from './order.js';

/** The law at t = 0 of a reverse sampler started from p₁ comes to p₀ at the claimed order in the number of steps. */
export function reverseLawOrder(
  step: ReverseSampler['step'],
  { target, diffusion, steps }: SamplerSetting,
  order: number,
): OrderOfGaps {
  const score = scoreInTime(target, diffusion);
  return lawOrder({
    name: 'law of the end',
    of: 'Kolmogorov distance of the exact law of the end to the data',
    target,
    order,
    steps: [steps / 2, steps, 2 * steps],
    chain: (count) => ({
      times: uniformTimes(1, 0, count),
      step: (x, t, noise) => step(score, x, t, 1 / count, noise),
    }),
    start: target.axes.map(({ law }) => marginalAt(law, diffusion, 1)),
    end: target.axes.map(({ law }) => marginalAt(law, diffusion, 0)),
  });
}
