import { dsmEqualsEsm, dsmTarget } from '../../src/claims/confusions.js';
import { exercise } from '../../src/grade/exercise.js';
import { perturbTask } from './tasks/perturb.js';
import { dsmTargetTask } from './tasks/dsm-target.js';
import { dsmLossTask } from './tasks/dsm-loss.js';
import { multiScaleDsmLossTask } from './tasks/multi-scale-dsm-loss.js';
import { dsmTargetFormulaTask } from './tasks/dsm-target-formula.js';

export default exercise({
  id: 'denoising-score-matching',
  number: '04',
  week: 7,
  title: { en: 'Denoising score matching', 'zh-TW': '去噪分數匹配' },
  claims: [dsmTarget, dsmEqualsEsm],
  tasks: [perturbTask, dsmTargetTask, dsmLossTask, multiScaleDsmLossTask, dsmTargetFormulaTask],
});
