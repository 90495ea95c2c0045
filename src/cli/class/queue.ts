import type { GradeJob, Runner } from '../../course/runner.js';
import { connect, explained, queueAddress, QueueProblem, type Connection } from '../../queue/connection.js';
import { WrongUse } from '../failure.js';
import type { Terminal } from '../terminal.js';

/** A connection to the queue that an option names; WrongUse where there is none. `shown` is the address without a password. */
export async function queueAt(
  given: string,
  { env }: Terminal,
): Promise<{ readonly redis: Connection; readonly shown: string }> {
  return asWrongUse(async () => {
    const address = queueAddress(given, env);
    return { redis: await connect(address), shown: address.shown };
  });
}

/** What is done with the queue; WrongUse where the server has something against it. */
export const onQueue = <T>(shown: string, work: () => Promise<T>): Promise<T> =>
  asWrongUse(() => explained(work(), { shown }));

async function asWrongUse<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof QueueProblem ? new WrongUse(error.message) : error;
  }
}

/** How often it is said that nobody works, milliseconds. */
const tellEvery = 60_000;

/**
 * A runner that puts its jobs on a queue. WrongUse where submissions are to be isolated weakly by workers that have a password: what runs as the worker's user can read
 * what that user can, its environment included.
 */
export async function queueRunner(
  given: string,
  { isolation }: Pick<GradeJob, 'isolation'>,
  terminal: Terminal,
): Promise<Runner> {
  if (isolation === 'weak' && (terminal.env['SCORECHECK_REDIS_URL'] ?? '') !== '') {
    throw new WrongUse(
      'Expected full isolation where SCORECHECK_REDIS_URL holds a password: a submission that is isolated weakly may read all that the user of the worker can, the password too. ' +
        'Install bubblewrap on the workers, or share the work by --shard, which needs no server.',
    );
  }
  const { redis, shown } = await queueAt(given, terminal);
  const { redisRunner } = await import('../../queue/redis-runner.js');
  const { tellWhenAway } = await import('../../queue/trouble.js');
  tellWhenAway(redis, shown, terminal.note);
  terminal.note(`Jobs go to ${shown}; \`scorecheck worker --queue ${shown}\` takes them, on any machine.`);
  let told = -Infinity;
  const idle = (): void => {
    if (performance.now() - told < tellEvery) return;
    told = performance.now();
    terminal.note(`No worker takes jobs from ${shown} now. Start one; what waits there is not lost.`);
  };
  const runner = redisRunner(redis, { idle });
  return {
    run: (jobs, events) => onQueue(shown, () => runner.run(jobs, events)),
    [Symbol.asyncDispose]: () => runner[Symbol.asyncDispose](),
  };
}
