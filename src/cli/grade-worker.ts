import { worker } from 'workerpool';
import { benchFor } from './bench.js';
import { gradeJob } from '../course/grade-job.js';
import type { GradeJob, JobResult } from '../course/runner.js';

// A process of grade-processes.ts: it takes one job at a time and answers with plain data.
// A terminal tells Ctrl-C to all processes of a command; what is in hand is for the command to finish or to drop, and this process ends when that one does.
process.on('SIGINT', () => undefined);

const bench = benchFor(process.env);

worker({
  async gradeJob(job: GradeJob): Promise<JobResult> {
    return gradeJob(job, await bench.with(job));
  },
  async close(): Promise<void> {
    await bench[Symbol.asyncDispose]();
  },
});
