import { availableParallelism, cpus } from 'node:os';
import { loadDigits } from '../reference/data/digits.js';
import { mnistFolder } from '../reference/data/mnist-folder.js';
import { backend } from '../src/tensorflow/tensorflow.js';
import { benchMemory } from './memory.js';
import { optionsOf, whole, wrongUse } from './options.js';
import { benchSampler } from './sampler.js';
import { benchScore } from './score.js';

const values = optionsOf(
  `npm run bench -- [--only score|sampler|memory] [--repeats N]
Measurements side by side, as ratios, since times belong to one machine.`,
  { only: { type: 'string' }, repeats: { type: 'string', default: '5' } },
);
const repeats = whole('repeats', values.repeats);
const sections = ['score', 'sampler', 'memory'];
if (values.only !== undefined && !sections.includes(values.only))
  wrongUse(`Expected --only ${sections.join('|')}, got "${values.only}".`);
const wanted = (section: string): boolean => values.only === undefined || values.only === section;
const print = (line: string): void => console.log(line);

const digits = loadDigits(process.env, mnistFolder(process.env));
print(`Node ${process.version}, ${availableParallelism()} cores, ${cpus()[0]?.model.trim() ?? 'unknown processor'}`);
print(
  `TensorFlow.js ${backend.tfjs}, ${backend.name}${backend.tensorflow === undefined ? '' : ` (TensorFlow ${backend.tensorflow})`}`,
);
if (backend.reason !== undefined) print(`not native: ${backend.reason}`);
print(`Digits: ${digits.name}, ${digits.train.count} to train`);
if (wanted('score')) await benchScore(digits, repeats, print);
// A run takes a minute or so: one of each, unless more are asked for.
if (wanted('sampler')) await benchSampler(digits, Math.ceil(repeats / 5), print);
if (wanted('memory')) await benchMemory(print);
