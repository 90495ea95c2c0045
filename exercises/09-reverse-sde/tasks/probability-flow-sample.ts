import { cases } from '../../../src/grade/arbitraries.js';
import { task } from '../../../src/grade/exercise.js';
import { exactFlow } from '../exact-flow.js';
import { flowingAlong, flowMistakes, type FlowRun, isVp, processes, words, flowRun } from '../formulas.js';

/**
 * Steps so short that every scheme of order 1 halves its error within the 20 % of the contract, also one that steps in sigma or in the log-SNR from one time of the grid to the
 * next. Its error is C h (1 + c h + …): c h is the relative change of the slope in a step, which for VE is that of sigma, log(2/0.25)/96 = 2 % there, times what the score makes of
 * it. With Euler steps in sigma the largest ratio over 400 cases is 0.57 (0.64 with 32 steps, 0.90 where sigma grows by 30 in place of 8).
 */
const [VP_STEPS, VE_STEPS] = [32, 96];

export const probabilityFlowSampleTask = task<FlowRun>({
  name: 'probabilityFlowSample',
  inputs: ['sde', 'score', 'start', 'options'],
  returns: ({ start }) => start.shape,
  answer: flowingAlong(),
  properties: {
    order: {
      points: 2,
      count: 10,
      cases: cases({ n: [2], d: [2, 1] }, (parts): FlowRun => {
        const run = flowRun([VP_STEPS])(parts);
        // The VE process has no drift, so most cases are of the other.
        const sde = parts.pick([processes[0], processes[3], processes[2]]);
        return { ...run, sde, options: { ...run.options, steps: isVp(sde) ? VP_STEPS : VE_STEPS } };
      }),
      doubled: (c) => ({ ...c, options: { ...c.options, steps: 2 * c.options.steps } }),
      exact: exactFlow,
    },
  },
  mistakes: {
    ...flowMistakes(flowingAlong),
    'time-runs-upward': {
      ...words('Time runs from 0 upward.', '時間從 0 往上走。', 'The grid begins at t = 1.', '網格從 t = 1 開始。'),
      answer: flowingAlong({ time: (k, dt) => (k + 1) * dt }),
    },
    'end-ignored': {
      ...words(
        'The grid ends at 0 whatever tEnd is.',
        '不管 tEnd 是多少，網格都到 0。',
        'The last state belongs to tEnd.',
        '最後的狀態屬於 tEnd。',
      ),
      answer: flowingAlong({ end: 0 }),
    },
    'score-gets-the-index': {
      ...words(
        'The score is told the number of the step in place of t.',
        '分數收到的是步數，不是 t。',
        'The second argument of score is t.',
        'score 的第二個引數是 t。',
      ),
      answer: flowingAlong({ toldAt: (k) => k }),
    },
  },
});
