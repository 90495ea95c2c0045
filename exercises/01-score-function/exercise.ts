import { scoreIgnoresNormaliser, scoreIsLogGradient } from '../../src/claims/confusions.js';
import { exercise } from '../../src/grade/exercise.js';
import { gaussianLogDensityTask } from './tasks/gaussian-log-density.js';
import { gaussianScoreTask } from './tasks/gaussian-score.js';
import { mixtureLogDensityTask } from './tasks/mixture-log-density.js';
import { mixtureScoreTask } from './tasks/mixture-score.js';
import { logDensityFormulaTask } from './tasks/log-density-formula.js';

export default exercise({
  id: 'score-function',
  number: '01',
  week: 7,
  title: { en: 'The score function', 'zh-TW': '分數函數' },
  claims: [scoreIsLogGradient, scoreIgnoresNormaliser],
  tasks: [gaussianLogDensityTask, gaussianScoreTask, mixtureLogDensityTask, mixtureScoreTask, logDensityFormulaTask],
});
