import {
  divergenceIsTrace,
  hutchinson,
  hutchinsonCost,
  hutchinsonVariance,
  vjpForm,
} from '../../src/claims/confusions.js';
import { exercise } from '../../src/grade/exercise.js';
import { hutchinsonTraceTask } from './tasks/hutchinson-trace.js';
import { hutchinsonDivergenceTask } from './tasks/hutchinson-divergence.js';
import { drawProbesTask } from './tasks/draw-probes.js';

export default exercise({
  id: 'hutchinson-trace',
  number: '06',
  week: 8,
  title: { en: 'Hutchinson’s estimate of a trace', 'zh-TW': 'Hutchinson 跡估計' },
  claims: [divergenceIsTrace, hutchinson, hutchinsonCost, hutchinsonVariance, vjpForm],
  tasks: [hutchinsonTraceTask, hutchinsonDivergenceTask, drawProbesTask],
});
