import type { Runner } from '../../course/runner.js';
import { connect, queueAddress, QueueProblem, type Connection } from '../../queue/connection.js';
import { WrongUse } from '../failure.js';
import type { Terminal } from '../terminal.js';

/** A connection to the queue that an option names; WrongUse where there is none. `shown` is the address without a password. */
export async function queueAt(
  given: string,
  { env }: Terminal,
): Promise<{ readonly redis: Connection; readonly shown: string }> {
  try {
    const address = queueAddress(given, env);
    return { redis: await connect(address), shown: address.shown };
  } catch (error) {
    throw error instanceof QueueProblem ? new WrongUse(error.message) : error;
  }
}

/** A runner that puts its jobs on a queue. */
export async function queueRunner(given: string, terminal: Terminal): Promise<Runner> {
  const { redis, shown } = await queueAt(given, terminal);
  const { redisRunner } = await import('../../queue/redis-runner.js');
  terminal.note(`Jobs go to ${shown}; \`scorecheck worker --queue ${shown}\` takes them, on any machine.`);
  return redisRunner(redis);
}
