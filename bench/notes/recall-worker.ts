import { worker } from 'workerpool';
import { recallOf } from './recall-of.js';

// A process of bench/notes/recall.ts, for one file at a time.
worker({ recallOf });
