import { randomStream } from '../../src/numerics/random.js';
import { geometricLooks, type MeanTest } from '../../src/verify/evidence/catoni.js';
import type { Effort, Goal } from './goal.js';
import { laws, mirrored, sampler } from './laws.js';
import { largestCount, runTest } from './sequential.js';
import { share } from './words.js';

const NOMINAL = 1e-2;

/** G3: how often a claim that is wrong by exactly the stated discrepancy is called true. */
export function falsePass({ quick, seed, progress }: Effort): Goal {
  const runs = quick ? 150 : 6000;
  const test: MeanTest = {
    delta0: 0,
    delta1: 0.1,
    variance: 1,
    alpha: 1e-6,
    beta: NOMINAL,
    looks: geometricLooks(2 ** 15),
  };
  const rows = laws.flatMap((law) =>
    [law, mirrored(law)].map((side) => {
      progress(`G3: ${side.name}`);
      const random = randomStream(seed, 'G3', side.name);
      const draw = sampler(side);
      const ends = Array.from({ length: runs }, () => runTest(test, draw, test.delta1, random));
      const of = (verdict: string): number => ends.filter((end) => end.verdict === verdict).length;
      return { name: side.name, supported: of('supported'), refuted: of('refuted'), inconclusive: of('inconclusive') };
    }),
  );
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
