import { randomStream } from '../../src/numerics/random.js';
import { influence, refutationLog, scaleAndThreshold, type MeanTest } from '../../src/verify/evidence/catoni.js';
import type { Goal } from './goal.js';
import { laws, mirrored, type AtomLaw } from './laws.js';
import { normalCritical, tCritical } from './quantiles.js';
import { study, type Effort } from './study.js';
import { sumExceeds, tExceeds, type Rate } from './tilting.js';
import { count } from '../../src/report/numbers.js';
import { scientific } from './words.js';

const NOMINAL = 1e-8;
const engines = ['z, known sd', 't', 'scorecheck'] as const;
type Engine = (typeof engines)[number];

/** One law and number of draws. */
interface Cell {
  readonly law: string;
  readonly n: number;
  /** Of each engine. */
  readonly rates: readonly Rate[];
}

const sizesOf = ({ quick }: Effort): number[] => (quick ? [256, 4096] : [256, 4096, 16_384, 65_536]);
const runsOf = ({ quick }: Effort): number => (quick ? 60 : 1000);

/** G1: how often a true claim is called false at a nominal 1e-8, in one look of n draws, for 20 pairs of law and n. */
export const falseFail = study<Cell>({
  parts: (effort) =>
    laws.flatMap((law) =>
      sizesOf(effort).map((n) => ({
        name: `G1, ${law.name}, ${n} draws`,
        run: () => ({
          law: law.name,
          n,
          rates: engines.map((engine) => bothSides(engine, law, n, runsOf(effort), effort.seed)),
        }),
      })),
    ),
  goals: (cells, effort) => [goal(cells, sizesOf(effort), runsOf(effort))],
});

function goal(cells: readonly Cell[], sizes: readonly number[], runs: number): Goal {
  const worst = engines.map((_, e) => Math.max(...cells.map(({ rates }) => rates[e].probability)) / NOMINAL);
  const [z, t, ours] = worst;
  return {
    id: 'G1',
    title: 'False refutations at a rate of 1e-8',
    target: 'true rate ÷ nominal rate at most 1 in every cell',
    measured: `largest true rate ÷ nominal: scorecheck ${scientific(ours)}, z ${scientific(z)}, t ${scientific(t)}`,
    met: ours <= 1,
    method:
      'A true claim, one look of $n$ draws, both sides. A rate of $10^{-8}$ is seen by importance sampling: draws from the exponential tilt under which the false ' +
      'refutation is as likely as not, weighted back. The laws have $4096$ points, mean 0 and variance 1, exactly. The tilt can miss a second way to reject, so the ' +
      'rates of z and t are lower bounds; that of scorecheck is bounded by proof (`src/verify/evidence/catoni.ts`).',
    beside: {
      measure: 'false refutations ÷ nominal 1e-8, worst law',
      reached: { scorecheck: scientific(ours), 'z, known variance': scientific(z), t: scientific(t) },
    },
    tables: [
      {
        caption: `True rate of a false refutation, nominal 1e-8 (relative standard error of the estimate; ${runs} weighted runs a side)`,
        columns: ['law', 'n', ...engines],
        rows: cells.map(({ law, n, rates }) => [
          law,
          count(n),
          ...rates.map(({ probability, relativeError }) =>
            probability === 0 ? '0' : `${scientific(probability)} (±${Math.round(100 * relativeError)} %)`,
          ),
        ]),
      },
    ],
    figures: [
      {
        kind: 'lines',
        id: 'false-fail',
        claim: null,
        title: 'True rate of a false refutation, nominal 1e-8',
        caption: 'The worst law at each number of draws. Below the dashed line an engine keeps its word.',
        x: { label: 'draws n', log: true },
        y: { label: 'true rate', log: true },
        series: [
          ...engines.map((name, e) => ({
            name,
            dashed: false,
            points: sizes.map((n): [number, number] => [
              n,
              Math.max(...cells.filter((cell) => cell.n === n).map(({ rates }) => rates[e].probability)),
            ]),
          })),
          { name: 'nominal', dashed: true, points: sizes.map((n): [number, number] => [n, NOMINAL]) },
        ],
      },
    ],
  };
}

function bothSides(engine: Engine, law: AtomLaw, n: number, runs: number, seed: number): Rate {
  const sides = [law, mirrored(law)].map((side) => {
    const random = randomStream(seed, 'G1', engine, side.name, String(n));
    return oneSide(engine, side, { n, runs, random });
  });
  const probability = sides.reduce((sum, side) => sum + side.probability, 0);
  const error = Math.hypot(...sides.map((side) => side.probability * side.relativeError));
  return { probability, relativeError: probability === 0 ? 0 : error / probability };
}

function oneSide(engine: Engine, law: AtomLaw, design: Parameters<typeof tExceeds>[2]): Rate {
  const { n } = design;
  switch (engine) {
    case 'z, known sd':
      return sumExceeds(law, (d) => d, normalCritical(NOMINAL / 2) * Math.sqrt(n), design);
    case 't':
      return tExceeds(law, tCritical(NOMINAL / 2, n - 1), design);
    case 'scorecheck': {
      const test: MeanTest = { delta0: 0, delta1: 1, variance: 1, alpha: NOMINAL, beta: 1e-4, looks: [n] };
      const { lambda, threshold } = scaleAndThreshold(n, test, refutationLog(test));
      return sumExceeds(law, (d) => influence(lambda * d), threshold, design);
    }
  }
}
