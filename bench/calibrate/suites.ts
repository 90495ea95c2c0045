import { randomGamma } from 'd3-random';
import { randomStream, type Random } from '../../src/numerics/random.js';
import { geometricLooks, type MeanTest } from '../../src/verify/evidence/catoni.js';
import type { Goal } from './goal.js';
import { laws, sampler } from './laws.js';
import { tCritical } from './quantiles.js';
import { largestCount, runTest } from './sequential.js';
import { study, type Effort } from './study.js';
import { share } from './words.js';

const CHECKS = 40;
const LOOKS = geometricLooks(4096);

const NOMINAL = [0.1, 0.01];
/** Draws of a comparison by `allclose`. */
const CUSTOMARY = [1e3, 1e4];

/** Suites per part. */
const CHUNK = 500;
const suitesOf = ({ quick }: Effort): number => (quick ? 150 : 10_000);
const chunksOf = (effort: Effort): number[] =>
  Array.from({ length: Math.ceil(suitesOf(effort) / CHUNK) }, (_, i) => Math.min(CHUNK, suitesOf(effort) - i * CHUNK));

/** How many suites failed, of how many. */
interface Failed {
  readonly engine: string;
  /** The nominal rate; null where none is stated. */
  readonly nominal: number | null;
  readonly failed: number;
  readonly suites: number;
}

/** G2: how often a suite of 40 true checks calls any of them false, at rates that can be simulated. */
export const suites = study<readonly Failed[]>({
  parts: (effort) =>
    chunksOf(effort).map((count, chunk) => ({
      name: `G2, suites ${CHUNK * chunk + 1} to ${CHUNK * chunk + count}`,
      run: () => failures(count, (...path) => randomStream(effort.seed, 'G2', ...path, String(chunk))),
    })),
  goals: (chunks) => [goal(totals(chunks))],
});

function failures(suites: number, stream: (...path: string[]) => Random): readonly Failed[] {
  const random = NOMINAL.flatMap((nominal) => {
    const draws = stream(String(nominal));
    return [
      {
        engine: 'scorecheck',
        nominal,
        suites,
        failed: times(suites, () => failsAny((law) => engineFails(law, nominal / CHECKS, draws))),
      },
      {
        engine: 't with union bound',
        nominal,
        suites,
        failed: times(suites, () => failsAny((law) => tFails(law, nominal / CHECKS, draws))),
      },
    ];
  });
  const close = CUSTOMARY.map((n) => {
    const draws = stream('allclose', String(n));
    const gamma = randomGamma.source(() => draws.uniform())(n / 2, 2 / n);
    return {
      engine: `allclose, n = ${n}, rtol 5 %`,
      nominal: null,
      suites,
      failed: times(suites, () => Array.from({ length: CHECKS }, gamma).some((mean) => Math.abs(mean - 1) > 0.05)),
    };
  });
  return [...random, ...close];
}

const totals = (chunks: readonly (readonly Failed[])[]): Failed[] =>
  chunks[0].map((row, i) => ({
    ...row,
    failed: chunks.reduce((sum, chunk) => sum + chunk[i].failed, 0),
    suites: chunks.reduce((sum, chunk) => sum + chunk[i].suites, 0),
  }));

function goal(rows: readonly Failed[]): Goal {
  const rate = (engine: string, nominal: number): string =>
    share(
      rows
        .filter((row) => row.engine === engine && row.nominal === nominal)
        .map(({ failed, suites: of }) => failed / of)[0],
    );
  const met = rows.every(
    ({ engine, nominal, failed, suites: of }) => engine !== 'scorecheck' || failed <= largestCount(of, nominal ?? 0),
  );
  return {
    id: 'G2',
    title: 'False refutations of a whole suite',
    target: 'at most the nominal rate',
    measured: NOMINAL.map(
      (nominal) =>
        `nominal ${nominal}: scorecheck ${rate('scorecheck', nominal)}, t ${rate('t with union bound', nominal)}`,
    ).join('; '),
    met,
    method:
      `A suite has ${CHECKS} true checks over five laws, each with 1/${CHECKS} of the rate; scorecheck runs to its own end (support, refutation or ${LOOKS[LOOKS.length - 1]} draws), ` +
      't looks at the same geometric numbers of draws and shares its rate among them. `allclose` compares the mean of $n$ squares of Gaussian draws with 1 at a relative 5 %, as is customary; ' +
      'its rate is not asked for by anybody. The nominal $10^{-6}$ of a real run is not simulated: it is the proof, G1, and these.',
    beside: {
      measure: 'suites with a false refutation, nominal 1 %',
      reached: {
        scorecheck: rate('scorecheck', 0.01),
        t: rate('t with union bound', 0.01),
        allclose: `${rows
          .filter(({ nominal }) => nominal === null)
          .map(({ failed, suites: of }) => share(failed / of))
          .join(' or ')}, none stated`,
      },
    },
    tables: [
      {
        caption: `Suites with at least one false refutation, of ${rows[0].suites}`,
        columns: ['engine', 'nominal', 'failed', 'share'],
        rows: rows.map(({ engine, nominal, failed, suites: of }) => [
          engine,
          nominal === null ? 'not stated' : String(nominal),
          String(failed),
          share(failed / of),
        ]),
      },
    ],
    figures: [],
  };
}

const samplers = laws.map(sampler);

const times = (runs: number, event: () => boolean): number =>
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
