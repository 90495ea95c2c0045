import { divergenceIsTrace, esmEqualsIsm } from '../../src/claims/confusions.js';
import { exercise } from '../../src/grade/exercise.js';
import { divergenceTask } from './tasks/divergence.js';
import { ismLossTask } from './tasks/ism-loss.js';

export default exercise({
  id: 'implicit-score-matching',
  number: '03',
  week: 7,
  title: { en: 'Implicit score matching', 'zh-TW': '隱式分數匹配' },
  claims: [divergenceIsTrace, esmEqualsIsm],
  tasks: [divergenceTask, ismLossTask],
});
