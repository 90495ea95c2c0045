import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { classRunSchema } from '../../src/course/result.js';
import { redisPresent, redisServer, type RedisServer } from '../../bench/class/redis-server.js';
import { environment, main, root, scorecheck, temporaryFolder } from './command-line.js';

const folder = temporaryFolder();
const course = path.join(folder, 'course', 'course.yaml');
const submissions = path.join(folder, 'submissions');
const marksIn = (out: string): (number | null)[] =>
  classRunSchema
    .parse(JSON.parse(readFileSync(path.join(out, 'class.json'), 'utf8')))
    .marks.map(({ points }) => points);

/** `scorecheck worker` in a process of its own. */
function worker({ url }: RedisServer) {
  return spawn(process.execPath, [main, 'worker', '--queue', url, '--jobs', '1'], {
    env: environment(),
    stdio: 'ignore',
  });
}

// Debian: apt-get install redis-server. Where it is missing this says so.
describe.skipIf(!redisPresent)('a class on a queue', () => {
  it('has the marks of the local pool, though a worker is killed at work', async () => {
    expect(await scorecheck(['new', 'course', path.dirname(course)])).toMatchObject({ code: 0 });
    for (const [student, exercise] of [
      ['b12901001', '01-score-function'],
      ['b12901001', '02-explicit-score-matching'],
      ['b12901002', '02-explicit-score-matching'],
    ]) {
      mkdirSync(path.join(submissions, student), { recursive: true });
      const from = path.join(root, 'exercises', exercise, student.endsWith('1') ? 'solution.ts' : 'submission.ts');
      copyFileSync(from, path.join(submissions, student, `${exercise}.ts`));
    }
    const graded = (out: string, ...more: string[]) =>
      scorecheck(['grade', submissions, '--course', course, '--out', path.join(folder, out), ...more]);
    const local = await graded('local');
    expect(local, local.stderr).toMatchObject({ code: 0 });

    await using server = await redisServer({ keeps: true });
    const killed = worker(server);
    const run = graded('queued', '--queue', server.url, '--anonymous');
    const inHand = async (): Promise<string> => (await scorecheck(['status', '--queue', server.url])).stdout;
    while (!/in hand {4}1/.test(await inHand())) await sleep(100);
    killed.kill('SIGKILL');
    const second = worker(server);
    const queued = await run;
    second.kill('SIGTERM');
    expect(queued, queued.stderr).toMatchObject({ code: 0 });
    expect(marksIn(path.join(folder, 'queued'))).toEqual(marksIn(path.join(folder, 'local')));
    expect(marksIn(path.join(folder, 'local'))).toEqual(expect.arrayContaining([10, 0, null]));
    const page = readFileSync(path.join(folder, 'queued', 'class-anonymous.html'), 'utf8');
    expect(/b12901001|Wang/.test(page)).toBe(false);
    expect(readFileSync(path.join(folder, 'queued', 'students', 'b12901001.md'), 'utf8')).toContain(
      '**Total: 20 / 20.**',
    );
  });

  it('asks for a server that answers, and for no password on the command line', async () => {
    const at = (queue: string) => scorecheck(['status', '--queue', queue]);
    expect(await at('redis://127.0.0.1:1')).toMatchObject({ code: 2 });
    expect(await at('redis://:secret@127.0.0.1:1')).toMatchObject({ code: 2 });
    expect(await at('127.0.0.1')).toMatchObject({ code: 2 });
  });
});
