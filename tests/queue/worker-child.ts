// A worker in a process of its own, to be killed: `node worker-child.js URL [LOCK]`. It answers each job after a few milliseconds.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Runner } from '../../src/course/runner.js';
import { connect, queueAddress } from '../../src/queue/connection.js';
import { queueWorker } from '../../src/queue/worker.js';
import { resultOf } from './jobs.js';

const runner: Runner = {
  async run([job], { result }) {
    await sleep(10);
    await result(resultOf(job));
  },
  [Symbol.asyncDispose]: () => Promise.resolve(),
};
const redis = await connect(queueAddress(process.argv[2], {}));
const worker = queueWorker(redis, {
  runner,
  count: 2,
  version: '0.1.0',
  ...(process.argv[3] === undefined ? {} : { lock: Number(process.argv[3]) }),
  events: { graded: () => undefined, trouble: () => undefined },
});
process.once('SIGTERM', () => {
  void worker[Symbol.asyncDispose]().then(() => process.exit(0));
});
