import { worker } from 'workerpool';
import { scoreOf } from './score.js';

// A process of bench/notes.ts, for one file at a time.
worker({ scoreOf });
