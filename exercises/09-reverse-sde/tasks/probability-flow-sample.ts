import { cases } from '../../../src/grade/arbitraries.js';
import { task } from '../../../src/grade/exercise.js';
import { exactFlow } from '../exact-flow.js';
import { flowingAlong, flowMistakes, type FlowRun, processes, words, flowRun } from '../formulas.js';

export const probabilityFlowSampleTask = task<FlowRun>({
  name: 'probabilityFlowSample',
  inputs: ['sde', 'score', 'start', 'options'],
  returns: ({ start }) => start.shape,
  answer: flowingAlong(),
  properties: {
    order: {
      points: 2,
      count: 10,
      // The VE process has no drift, so most cases are of the other.
      cases: cases({ n: [2], d: [2, 1] }, (parts): FlowRun => ({
        ...flowRun([32])(parts),
        sde: parts.pick([processes[0], processes[1], processes[2]]),
      })),
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
