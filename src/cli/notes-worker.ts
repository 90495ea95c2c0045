import { worker } from 'workerpool';
import { judgedNotes } from './notes-job.js';

// A process of notes-processes.ts: it takes one file at a time and answers with plain data.
worker({ judgedNotes });
