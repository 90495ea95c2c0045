import { daeLoss, dsmIsDae, tweedie } from '../../src/claims/confusions.js';
import { exercise } from '../../src/grade/exercise.js';
import { denoiserFromScoreTask } from './tasks/denoiser-from-score.js';
import { scoreFromDenoiserTask } from './tasks/score-from-denoiser.js';
import { daeLossTask } from './tasks/dae-loss.js';
import { posteriorMeanTask } from './tasks/posterior-mean.js';
import { posteriorMeanFormulaTask } from './tasks/posterior-mean-formula.js';

export default exercise({
  id: 'denoising-autoencoder',
  number: '05',
  week: 7,
  title: { en: 'The denoising autoencoder', 'zh-TW': '去噪自編碼器' },
  claims: [daeLoss, tweedie, dsmIsDae],
  tasks: [denoiserFromScoreTask, scoreFromDenoiserTask, daeLossTask, posteriorMeanTask, posteriorMeanFormulaTask],
});
