import { ssmEqualsIsm, ssmTwoForms } from '../../src/claims/confusions.js';
import { exercise } from '../../src/grade/exercise.js';
import { ssmLossTask } from './tasks/ssm-loss.js';
import { ssmLossVarianceReducedTask } from './tasks/ssm-loss-variance-reduced.js';

export default exercise({
  id: 'sliced-score-matching',
  number: '07',
  week: 8,
  title: { en: 'Sliced score matching', 'zh-TW': '切片分數匹配' },
  claims: [ssmEqualsIsm, ssmTwoForms],
  tasks: [ssmLossTask, ssmLossVarianceReducedTask],
});
