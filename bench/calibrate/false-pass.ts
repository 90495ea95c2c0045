import { randomStream } from '../../src/numerics/random.js';
import { geometricLooks, type MeanTest } from '../../src/verify/evidence/catoni.js';
import type { Goal } from './goal.js';
import { laws, mirrored, sampler, type AtomLaw } from './laws.js';
import { largestCount, runTest } from './sequential.js';
import { study, type Effort } from './study.js';
import { share } from './words.js';

const NOMINAL = 1e-2;

const TEST: MeanTest = {
  delta0: 0,
  delta1: 0.1,
  variance: 1,
  alpha: 1e-6,
  beta: NOMINAL,
  looks: geometricLooks(2 ** 15),
};

/** Verdicts on one law. */
interface Verdicts {
  readonly name: string;
  readonly supported: number;
  readonly refuted: number;
  readonly inconclusive: number;
}

const runsOf = ({ quick }: Effort): number => (quick ? 150 : 6000);

/** G3: how often a claim that is wrong by exactly the stated discrepancy is called true. */
export const falsePass = study<Verdicts>({
  parts: (effort) =>
    laws
      .flatMap((law) => [law, mirrored(law)])
      .map((law) => ({ name: `G3, ${law.name}`, run: () => verdicts(law, runsOf(effort), effort.seed) })),
  goals: (rows, effort) => [goal(rows, runsOf(effort))],
});

function verdicts(law: AtomLaw, runs: number, seed: number): Verdicts {
  const random = randomStream(seed, 'G3', law.name);
  const draw = sampler(law);
  const ends = Array.from({ length: runs }, () => runTest(TEST, draw, TEST.delta1, random));
  const of = (verdict: string): number => ends.filter((end) => end.verdict === verdict).length;
  return { name: law.name, supported: of('supported'), refuted: of('refuted'), inconclusive: of('inconclusive') };
}

function goal(rows: readonly Verdicts[], runs: number): Goal {
  const worst = Math.max(...rows.map(({ supported }) => supported)) / runs;
  return {
    id: 'G3',
    title: 'False supports at the stated discrepancy',
    target: `at most ${NOMINAL}, the nominal rate, for every law`,
    measured: `worst law ${share(worst)}, nominal ${share(NOMINAL)}`,
    met: rows.every(({ supported }) => supported <= largestCount(runs, NOMINAL)),
    method:
      'The claim is wrong by exactly $\\delta_1 = 0.1$ standard deviations. z, t and `allclose` state no such rate: that they find nothing certifies nothing. ' +
      'TensorFlow Probability states one where its second assertion is written (see G4).',
    beside: {
      measure: `false supports at the discrepancy, nominal ${share(NOMINAL)}`,
      reached: { scorecheck: share(worst), DKWM: 'stated, not measured' },
    },
    tables: [
      {
        caption: `Verdicts of ${runs} runs at an effect of exactly the discrepancy`,
        columns: ['law', 'supported (false)', 'refuted', 'inconclusive'],
        rows: rows.map((row) => [row.name, String(row.supported), String(row.refuted), String(row.inconclusive)]),
      },
    ],
    figures: [],
  };
}
