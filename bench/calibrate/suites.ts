import { randomGamma } from 'd3-random';
import { randomStream, type Random } from '../../src/numerics/random.js';
import { geometricLooks, type MeanTest } from '../../src/verify/evidence/catoni.js';
import type { Effort, Goal } from './goal.js';
import { laws, sampler } from './laws.js';
import { tCritical } from './quantiles.js';
import { largestCount, runTest } from './sequential.js';
import { share } from './words.js';

const CHECKS = 40;
const LOOKS = geometricLooks(4096);

/** G2: how often a suite of 40 true checks calls any of them false, at rates that can be simulated. */
export function suites({ quick, seed, progress }: Effort): Goal {
  const suites = quick ? 150 : 10_000;
  const rows = [0.1, 0.01].map((nominal) => {
    progress(`G2: ${suites} suites at ${nominal}`);
    const random = randomStream(seed, 'G2', String(nominal));
    const engine = count(suites, () => failsAny((law) => engineFails(law, nominal / CHECKS, random)));
    const t = count(suites, () => failsAny((law) => tFails(law, nominal / CHECKS, random)));
    return { nominal, engine, t };
  });
  const close = ([1e3, 1e4] as const).map((n) => {
    const random = randomStream(seed, 'G2', 'allclose', String(n));
    const gamma = randomGamma.source(() => random.uniform())(n / 2, 2 / n);
    return {
      n,
      failed: count(suites, () => Array.from({ length: CHECKS }, gamma).some((mean) => Math.abs(mean - 1) > 0.05)),
    };
  });
  const met = rows.every(({ nominal, engine }) => engine <= largestCount(suites, nominal));
  const [first] = rows;
  return {
    id: 'G2',
    title: 'False refutations of a whole suite',
    target: 'at most the nominal rate',
    measured: rows
      .map(
        ({ nominal, engine, t }) => `nominal ${nominal}: scorecheck ${share(engine / suites)}, t ${share(t / suites)}`,
      )
      .join('; '),
    met,
    method:
      `A suite has ${CHECKS} true checks over five laws, each with 1/${CHECKS} of the rate; scorecheck runs to its own end (support, refutation or ${LOOKS[LOOKS.length - 1]} draws), ` +
      't looks at the same geometric numbers of draws and shares its rate among them. `allclose` compares the mean of $n$ squares of Gaussian draws with 1 at a relative 5 %, as is customary; ' +
      'its rate is not asked for by anybody. The nominal $10^{-6}$ of a real run is not simulated: it is the proof, G1, and these.',
    tables: [
      {
        caption: `Suites with at least one false refutation, of ${first === undefined ? 0 : suites}`,
        columns: ['engine', 'nominal', 'failed', 'share'],
        rows: [
          ...rows.flatMap(({ nominal, engine, t }) => [
            ['scorecheck', String(nominal), String(engine), share(engine / suites)],
            ['t with union bound', String(nominal), String(t), share(t / suites)],
          ]),
          ...close.map(({ n, failed }) => [
            `allclose, n = ${n}, rtol 5 %`,
            'not stated',
            String(failed),
            share(failed / suites),
          ]),
        ],
      },
    ],
    figures: [],
  };
}

const samplers = laws.map(sampler);

const count = (runs: number, event: () => boolean): number =>
  Array.from({ length: runs }, event).filter(Boolean).length;

const failsAny = (fails: (law: number) => boolean): boolean =>
  Array.from({ length: CHECKS }, (_, i) => i % laws.length).some(fails);

function engineFails(law: number, alpha: number, random: Random): boolean {
  const test: MeanTest = { delta0: 0, delta1: 0.1, variance: 1, alpha, beta: 1e-2, looks: LOOKS };
  return runTest(test, samplers[law], 0, random).verdict === 'refuted';
}

/** Critical values of t at the looks, memorised by rate. */
const criticals = new Map<number, number[]>();

function tFails(law: number, alpha: number, random: Random): boolean {
  const known = criticals.get(alpha) ?? LOOKS.map((n) => tCritical(alpha / (2 * LOOKS.length), n - 1));
  criticals.set(alpha, known);
  let [n, sum, squares] = [0, 0, 0];
  return LOOKS.some((look, k) => {
    for (; n < look; n++) {
      const d = samplers[law](random);
      sum += d;
      squares += d * d;
    }
    return Math.abs(sum) > known[k] * Math.sqrt((n * (squares - (sum * sum) / n)) / (n - 1));
  });
}
