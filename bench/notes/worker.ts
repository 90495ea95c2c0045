import { worker } from 'workerpool';
import { recallOf } from './recall-of.js';
import { scoreOf } from './score.js';

// A process of processes.ts: one file at a time.
worker({ recallOf, scoreOf });
