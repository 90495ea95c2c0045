import { forwardVe, forwardVp, probabilityFlow, reverseSamplerOrder, reverseSde } from '../../src/claims/confusions.js';
import { exercise } from '../../src/grade/exercise.js';
import { driftTask } from './tasks/drift.js';
import { diffusionCoefficientTask } from './tasks/diffusion-coefficient.js';
import { perturbationKernelTask } from './tasks/perturbation-kernel.js';
import { priorTask } from './tasks/prior.js';
import { reverseStepTask } from './tasks/reverse-step.js';
import { reverseSampleTask } from './tasks/reverse-sample.js';
import { probabilityFlowStepTask } from './tasks/probability-flow-step.js';
import { probabilityFlowSampleTask } from './tasks/probability-flow-sample.js';

export default exercise({
  id: 'reverse-sde',
  number: '09',
  week: 8,
  title: { en: 'Reverse-time SDE and probability flow', 'zh-TW': '反向 SDE 與機率流' },
  claims: [forwardVe, forwardVp, probabilityFlow, reverseSamplerOrder, reverseSde],
  tasks: [
    driftTask,
    diffusionCoefficientTask,
    perturbationKernelTask,
    priorTask,
    reverseStepTask,
    reverseSampleTask,
    probabilityFlowStepTask,
    probabilityFlowSampleTask,
  ],
});
