import { heunStep } from '../../reference/samplers/heun.js';
import { eulerStep } from '../../reference/samplers/euler-maruyama.js';
import { onTheFlow, samplerSettings, schemes, type FlowStep } from '../../src/claims/reverse-sampler-order.js';
import { FLOAT32_ROUNDOFF } from '../../src/oracle/running-error.js';
import { orderEvidence, orderOfGaps, type OrderOfGaps } from '../../src/verify/evidence/order.js';
import { reverseLawOrder } from '../../src/verify/evidence/reverse-law.js';
import type { ReverseSampler, SamplerSetting } from '../../src/verify/reverse-samplers.js';
import { measured } from '../../src/report/numbers.js';
import { extrapolatedOrder, type OrderFound, type RootMeanSquare } from './extrapolation.js';
import type { Goal } from './goal.js';
import { study } from './study.js';

/** A scheme of the course, and the same with one mistake of one per cent. */
interface Scheme {
  readonly name: string;
  readonly right: (setting: SamplerSetting) => OrderOfGaps;
  readonly wrong: Readonly<Record<string, (setting: SamplerSetting) => OrderOfGaps>>;
  readonly steps: readonly number[];
}

/** Numbers of steps, doubled from 8. */
const doubled = (count: number): number[] => Array.from({ length: count }, (_, k) => 8 * 2 ** k);

const faster =
  (step: FlowStep): FlowStep =>
  (velocity, x, t, h) =>
    step((y, s) => velocity(y, s).mul(1.01), x, t, h);

const flow = (name: string, step: FlowStep, order: number): Scheme => ({
  name,
  right: (setting) => onTheFlow(name, { step, order }, setting),
  wrong: { 'velocity × 1.01': (setting) => onTheFlow(name, { step: faster(step), order }, setting) },
  steps: doubled(7),
});

const inLaw =
  (change: (step: ReverseSampler['step']) => ReverseSampler['step']) =>
  (setting: SamplerSetting): OrderOfGaps =>
    reverseLawOrder(change(schemes.eulerMaruyama.step(setting.diffusion)), setting, schemes.eulerMaruyama.order);

const compared: readonly Scheme[] = [
  flow('Euler', eulerStep, schemes.euler.order),
  flow('Heun', heunStep, schemes.heun.order),
  {
    name: 'Euler and Maruyama',
    right: inLaw((step) => step),
    wrong: {
      'noise × 1.01': inLaw((step) => (score, x, t, h, noise) => step(score, x, t, h, noise.mul(1.01))),
      'score × 1.01': inLaw((step) => (score, x, t, h, noise) => step((y, s) => score(y, s).mul(1.01), x, t, h, noise)),
    },
    steps: doubled(5),
  },
];

/**
 * What float32 moves F(x) by after N steps: each step rounds x by at most 2⁻²⁴ |x|, which moves F by p(x) |x| 2⁻²⁴ ≤ 2⁻²⁴ (p(x) |x| < 1 for laws of one or two
 * modes), N of them as a random walk; and scores are off by some units, over a way of length 1 in F.
 */
const roundingAfter = (steps: number): number => FLOAT32_ROUNDOFF * (8 + Math.sqrt(steps));

interface Found {
  readonly scheme: string;
  readonly setting: string;
  readonly claimed: number;
  /** The evidence `order` supports the scheme on these steps. */
  readonly supported: boolean;
  readonly errors: readonly RootMeanSquare[];
  readonly order: OrderFound | null;
  readonly bugs: readonly { readonly bug: string; readonly refuted: boolean }[];
}

function measure(scheme: Scheme, setting: SamplerSetting, name: string): Found {
  const claim = scheme.right(setting);
  const known = new Map<number, readonly number[]>();
  const gapsAt = (steps: number): readonly number[] => {
    const gaps = known.get(steps) ?? claim.gapsAt(steps);
    known.set(steps, gaps);
    return gaps;
  };
  const right = orderEvidence(orderOfGaps({ ...claim, gapsAt, steps: scheme.steps }));
  const errors = scheme.steps.map((steps) => {
    const gaps = gapsAt(steps);
    return {
      steps,
      error: Math.sqrt(gaps.reduce((sum, gap) => sum + gap * gap, 0) / gaps.length),
      rounding: roundingAfter(steps),
    };
  });
  const bugs = Object.entries(scheme.wrong).map(([bug, wrong]) => {
    const { verdict } = orderEvidence({ ...wrong(setting), steps: scheme.steps });
    return { bug, refuted: verdict === 'refuted' };
  });
  return {
    scheme: scheme.name,
    setting: name,
    claimed: claim.order,
    supported: right.verdict === 'supported',
    errors,
    order: extrapolatedOrder(errors) ?? null,
    bugs,
  };
}

/** G11: the order at which the schemes of the course converge in float32, and bugs of one per cent that leave a plateau. */
export const orders = study<Found>({
  parts: () =>
    compared.flatMap((scheme) =>
      Object.entries(samplerSettings).map(([name, setting]) => ({
        name: `G11, ${scheme.name}, ${name}`,
        run: () => measure(scheme, setting, name),
      })),
    ),
  goals: (found) => [goal(found)],
});

function goal(found: readonly Found[]): Goal {
  const worst = Math.max(
    ...found.map(({ order, claimed }) => (order === null ? Infinity : Math.abs(order.order - claimed))),
  );
  const bugs = found.flatMap(({ bugs: all }) => all);
  const caught = bugs.filter(({ refuted }) => refuted).length;
  return {
    id: 'G11',
    title: 'Orders of convergence',
    target: 'the observed order within 0.05 of the stated one in float32, down to its rounding; bugs of 1 % caught',
    measured: `within ${measured(worst)} in ${found.length} pairs of scheme and setting; ${caught} of ${bugs.length} bugs of 1 % caught, ${found.filter(({ supported }) => supported).length} of ${found.length} right ones supported`,
    met: worst <= 0.05 && caught === bugs.length && found.every(({ supported }) => supported),
    method:
      'The error of a scheme with $N$ steps is the root mean square of $F(x) - u$ over quantiles: it has the expansion $C N^{-p} (1 + a/N + O(N^{-2}))$, without the kinks of a largest value. So the order ' +
      'seen between $N$ and $2N$ is $p + a / (2N \\log 2) + O(N^{-2})$, and twice the next one less this one has no term in $1/N$ (Richardson). It is taken at the finest $N, 2N, 4N$ at which float32 moves it by less than ' +
      '0.025. All $N$ that were run stand in the table. The bugs and the right schemes are judged by the evidence `order`, as claims are.',
    tables: [
      {
        caption: 'Observed orders',
        columns: [
          'scheme',
          'setting',
          'stated',
          'N to 2N, N = 8, 16, …',
          'extrapolated',
          'from N',
          'rounding moves it by',
        ],
        rows: found.map(({ scheme, setting, claimed, errors, order }) => [
          scheme,
          setting,
          String(claimed),
          errors
            .slice(1)
            .map(({ error }, i) => Math.log2(errors[i].error / error).toFixed(2))
            .join(', '),
          order === null ? 'rounding hides it' : order.order.toFixed(3),
          order === null ? '' : String(order.from),
          order === null ? '' : measured(order.rounding),
        ]),
      },
      {
        caption: 'Schemes with a bug of one per cent',
        columns: ['scheme', 'setting', 'bug', 'verdict'],
        rows: found.flatMap(({ scheme, setting, bugs: all }) =>
          all.map(({ bug, refuted }) => [scheme, setting, bug, refuted ? 'refuted' : 'not found']),
        ),
      },
    ],
    figures: [],
  };
}
