import { cases } from '../../../src/grade/arbitraries.js';
import { task } from '../../../src/grade/exercise.js';
import { type Flow, flow, flowing, flowMistakes, sizes } from '../formulas.js';

export const probabilityFlowStepTask = task<Flow>({
  name: 'probabilityFlowStep',
  inputs: ['sde', 'score', 'x', 't', 'dt'],
  returns: ({ x }) => x.shape,
  answer: flowing(),
  properties: { value: { points: 1.5, count: 20, cases: cases(sizes, flow) } },
  mistakes: flowMistakes(flowing),
});
