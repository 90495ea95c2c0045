import type { Random } from '../../src/numerics/random.js';
import { lookAt, type MeanTest } from '../../src/verify/evidence/catoni.js';

/** How a sequential test of the engine ended, and after how many draws. */
export interface Ended {
  readonly verdict: 'refuted' | 'supported' | 'inconclusive';
  readonly n: number;
}

/** Runs the engine's test on draws of E[D] = `effect`. */
export function runTest(test: MeanTest, draw: (random: Random) => number, effect: number, random: Random): Ended {
  const last = test.looks[test.looks.length - 1];
  const draws = bufferOf(last);
  let filled = 0;
  for (const look of test.looks) {
    for (; filled < look; filled++) draws[filled] = draw(random) + effect;
    const verdict = lookAt(draws, look, test);
    if (verdict !== 'continue') return { verdict, n: look };
  }
  return { verdict: 'inconclusive', n: last };
}

let buffer = new Float64Array(0);

function bufferOf(length: number): Float64Array {
  if (buffer.length < length) buffer = new Float64Array(length);
  return buffer;
}

/**
 * The count that k ~ Binomial(n, rate) exceeds with probability below 1e-6 (Chernoff: P(k ≥ m) ≤ exp(−n KL(m/n ‖ rate))): a count above it says that the
 * true rate is above `rate`.
 */
export function largestCount(n: number, rate: number): number {
  const kl = (q: number): number => q * Math.log(q / rate) + (1 - q) * Math.log((1 - q) / (1 - rate));
  let m = Math.ceil(n * rate) + 1;
  while (m < n && n * kl(m / n) < Math.log(1e6)) m++;
  return m - 1;
}
