import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Queue } from 'bullmq';
import { buildSync } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import type { JobResult } from '../../src/course/runner.js';
import { connect, explained, queueAddress, QueueProblem } from '../../src/queue/connection.js';
import { redisRunner } from '../../src/queue/redis-runner.js';
import { queueStatus } from '../../src/queue/status.js';
import { queueWorker } from '../../src/queue/worker.js';
import { jobOf, resultOf } from './jobs.js';
import { redisPresent, redisServer, type RedisServer } from '../../bench/class/redis-server.js';

const folder = mkdtempSync(
  path.join(fileURLToPath(new URL('../../node_modules/', import.meta.url)), '.scorecheck-queue-'),
);
const script = path.join(folder, 'worker.mjs');
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The worker of worker-child.ts in a process that can be killed. */
function workerProcess({ url }: RedisServer, ...lock: readonly string[]): ChildProcess {
  return spawn(process.execPath, [script, url, ...lock], { stdio: ['ignore', 'inherit', 'inherit'] });
}

const compiled = (): void => {
  buildSync({
    entryPoints: [fileURLToPath(new URL('worker-child.ts', import.meta.url))],
    outfile: script,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
};

describe('queueAddress', () => {
  it('takes a password from the environment and never from the command line', () => {
    expect(() => queueAddress('redis://:secret@localhost:6379', {})).toThrow(QueueProblem);
    const env = { SCORECHECK_REDIS_URL: 'rediss://user:secret@localhost:6379' };
    const address = queueAddress('redis://localhost:6379', env);
    expect(address.url).toContain('secret');
    expect(address.shown).not.toContain('secret');
    expect(address.shown).toMatch(/^rediss:/);
  });

  it.each(['localhost', 'http://localhost', 'redis://', 'redis:'])('refuses %s, and shows no password', (given) => {
    expect(() => queueAddress(given, {})).toThrow(/Expected redis:\/\/host:port/);
    const env = { SCORECHECK_REDIS_URL: `${given}:secret` };
    expect(() => queueAddress('redis://localhost:6379', env)).toThrow(expect.not.stringContaining('secret') as string);
  });

  it('refuses two servers', () => {
    const env = { SCORECHECK_REDIS_URL: 'redis://elsewhere:6379' };
    expect(() => queueAddress('redis://localhost:6379', env)).toThrow(/one server/);
  });

  it('refuses to leave out TLS where it is asked for', () => {
    const env = { SCORECHECK_REDIS_URL: 'redis://:secret@localhost:6379' };
    expect(() => queueAddress('rediss://localhost:6379', env)).toThrow(/no TLS/);
  });
});

// Debian: apt-get install redis-server. Where it is missing these tests say so.
describe.skipIf(!redisPresent)('the queue on a real Redis', () => {
  it('refuses a wrong password, and an address where nobody answers', async () => {
    await using server = await redisServer({ keeps: false, password: 'right' });
    const port = server.url.split(':').at(-1) ?? '';
    const at = (password: string) =>
      queueAddress(server.url, { SCORECHECK_REDIS_URL: `redis://:${password}@127.0.0.1:${port}` });
    const right = await connect(at('right'));
    right.disconnect();
    await expect(connect(at('wrong'))).rejects.toThrow(QueueProblem);
    await expect(connect(at('wrong'))).rejects.not.toThrow(/:wrong@/);
    await expect(connect(queueAddress(server.url, {}))).rejects.toThrow(/whoever gives no password/);
    await expect(connect(queueAddress('redis://127.0.0.1:1', {}))).rejects.toThrow(/got no answer/);
  });

  it('tells where others use its keys', async () => {
    await using server = await redisServer({ keeps: false });
    const address = queueAddress(server.url, {});
    const redis = await connect(address);
    await redis.set('scorecheck:grading:wait', 'of others');
    await expect(explained(queueStatus(redis), address)).rejects.toThrow(/hold what others wrote.*\/1/);
    await using runner = redisRunner(redis);
    await expect(explained(collect(runner, 1).run, address)).rejects.toThrow(QueueProblem);
  });

  it('gives each job one result, and leaves nothing in Redis', async () => {
    await using server = await redisServer({ keeps: false });
    const redis = await connect(queueAddress(server.url, {}));
    await using runner = redisRunner(redis);
    await using _worker = await inProcessWorker(server, '0.1.0');
    const { results, run } = collect(runner, 20);
    await run;
    const inOrder = results.toSorted((a, b) => a.key.localeCompare(b.key));
    expect(inOrder).toEqual(Array.from({ length: 20 }, (_, i) => resultOf(jobOf(i))));
    const status = await queueStatus(redis);
    expect(status).toMatchObject({ waiting: 0, active: 0, completed: 0, failed: 0 });
    expect(await redis.keys('*key-0*')).toEqual([]);
    // Nor in the list of news, which repeats results.
    expect(await redis.xlen('scorecheck:grading:events')).toBe(0);
  });

  it('tries again what an earlier run has not fetched the failure of', async () => {
    await using server = await redisServer({ keeps: false });
    const redis = await connect(queueAddress(server.url, {}));
    await using runner = redisRunner(redis);
    {
      const queue = new Queue('grading', { connection: redis, prefix: 'scorecheck' });
      await queue.add('grade', jobOf(0), { jobId: jobOf(0).key, attempts: 1 });
      await using _breaks = await inProcessWorker(server, '0.1.0', () => {
        throw new Error('broken');
      });
      while ((await queueStatus(redis)).failed === 0) await sleep(20);
      await queue.close();
    }
    await using _worker = await inProcessWorker(server, '0.1.0');
    const { results, run } = collect(runner, 1);
    await run;
    expect(results).toEqual([resultOf(jobOf(0))]);
  });

  it('gives the jobs of a worker that hangs to another, and takes one result where it comes back', async () => {
    compiled();
    await using server = await redisServer({ keeps: false });
    const redis = await connect(queueAddress(server.url, {}));
    await using runner = redisRunner(redis);
    const lock = '1000';
    const hangs = workerProcess(server, lock);
    const { results, run } = collect(runner, 200);
    while (results.length < 20) await sleep(5);
    hangs.kill('SIGSTOP');
    const taken = (await queueStatus(redis)).active;
    const other = workerProcess(server, lock);
    try {
      while (results.length < 150) await sleep(5);
      hangs.kill('SIGCONT');
      await run;
    } finally {
      for (const each of [hangs, other]) each.kill('SIGKILL');
    }
    expect(taken).toBeGreaterThan(0);
    expect(results.map(({ key }) => key).sort()).toEqual(Array.from({ length: 200 }, (_, i) => jobOf(i).key));
    expect(results.every((result) => result.kind === 'fault' && result.message.startsWith('job '))).toBe(true);
  });

  it('tells that nobody works', async () => {
    await using server = await redisServer({ keeps: false });
    const redis = await connect(queueAddress(server.url, {}));
    let idle = false;
    await using runner = redisRunner(redis, { idle: () => (idle = true) });
    const { run } = collect(runner, 1);
    while (!idle) await sleep(20);
    await using _worker = await inProcessWorker(server, '0.1.0');
    await run;
  });

  it('has a worker of another release refuse, and the job waits for one of this release', async () => {
    await using server = await redisServer({ keeps: false });
    await using runner = redisRunner(await connect(queueAddress(server.url, {})));
    const { results, run } = collect(runner, 1);
    // More of them than a job has tries: to be refused is no try.
    for (let i = 0; i < 5; i++) {
      const other = await inProcessWorker(server, '9.9.9');
      expect(await other.otherRelease).toBe('0.1.0');
      await other[Symbol.asyncDispose]();
    }
    await using _worker = await inProcessWorker(server, '0.1.0');
    await run;
    expect(results).toEqual([resultOf(jobOf(0))]);
  });

  it('takes no result that is not of the job', async () => {
    await using server = await redisServer({ keeps: false });
    await using runner = redisRunner(await connect(queueAddress(server.url, {})));
    await using _worker = await inProcessWorker(server, '0.1.0', () => resultOf(jobOf(7)));
    const { results, run } = collect(runner, 1);
    await run;
    expect(results).toMatchObject([{ key: jobOf(0).key, kind: 'fault' }]);
    expect(JSON.stringify(results)).toContain('no worker of this release writes');
  });

  it.each([
    ['with', true],
    ['without', false],
  ] as const)(
    'loses and doubles none of 500 jobs while workers and Redis are killed, %s an append-only file',
    async (_, keeps) => {
      compiled();
      await using server = await redisServer({ keeps });
      await using runner = redisRunner(await connect(queueAddress(server.url, {})));
      let workers = [workerProcess(server), workerProcess(server)];
      const { results, run } = collect(runner, 500);
      const until = async (count: number): Promise<void> => {
        while (results.length < count) await sleep(20);
      };
      await until(50);
      workers[0].kill('SIGKILL');
      await until(100);
      await server.kill();
      await sleep(300);
      await server.start();
      workers.push(workerProcess(server));
      await until(250);
      for (const worker of workers) worker.kill('SIGKILL');
      workers = [workerProcess(server), workerProcess(server)];
      await run;
      for (const worker of workers) worker.kill('SIGKILL');
      const keys = results.map(({ key }) => key).sort();
      expect(keys).toEqual(Array.from({ length: 500 }, (_each, i) => jobOf(i).key));
      expect(
        results.every((result) => result.kind === 'fault' && result.message === `job ${result.milliseconds}`),
      ).toBe(true);
    },
  );
});

function collect(
  runner: { run: ReturnType<typeof redisRunner>['run'] },
  count: number,
): { results: JobResult[]; run: Promise<void> } {
  const results: JobResult[] = [];
  const run = runner.run(
    Array.from({ length: count }, (_, i) => jobOf(i)),
    {
      result: (result) => {
        results.push(result);
        return Promise.resolve();
      },
    },
  );
  return { results, run };
}

async function inProcessWorker(
  server: RedisServer,
  version: string,
  answer = resultOf,
): Promise<ReturnType<typeof queueWorker>> {
  return queueWorker(await connect(queueAddress(server.url, {})), {
    runner: {
      run: async ([job], { result }) => {
        await result(answer(job));
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    },
    count: 2,
    version,
    events: { graded: () => undefined, trouble: () => undefined },
  });
}
