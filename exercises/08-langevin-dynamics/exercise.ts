import { annealedLangevin, langevinStationary } from '../../src/claims/confusions.js';
import { exercise } from '../../src/grade/exercise.js';
import { geometricSigmasTask } from './tasks/geometric-sigmas.js';
import { langevinStepTask } from './tasks/langevin-step.js';
import { langevinSampleTask } from './tasks/langevin-sample.js';
import { annealedLangevinSampleTask } from './tasks/annealed-langevin-sample.js';

export default exercise({
  id: 'langevin-dynamics',
  number: '08',
  week: 8,
  title: { en: 'Langevin dynamics', 'zh-TW': 'Langevin 動力學' },
  claims: [annealedLangevin, langevinStationary],
  tasks: [geometricSigmasTask, langevinStepTask, langevinSampleTask, annealedLangevinSampleTask],
});
