import { QueueEvents } from 'bullmq';
import type { Redis } from 'ioredis';
import { prefix, queueName } from './connection.js';

/** What workers do, as it happens. Some of it is missed while the server is away: whoever needs all of it has to look as well. */
export interface News extends AsyncDisposable {
  /** The keys of jobs that were begun or finished since the last call; waits for one, but no longer than so many milliseconds. */
  next(milliseconds: number): Promise<ReadonlySet<string>>;
}

/** Listens on a connection of its own, which waits for a server that is away. */
export function queueNews(redis: Redis): News {
  const events = new QueueEvents(queueName, { connection: redis, prefix });
  let heard = new Set<string>();
  let wake = (): void => undefined;
  const hear = ({ jobId }: { readonly jobId: string }): void => {
    heard.add(jobId);
    wake();
  };
  for (const kind of ['active', 'completed', 'failed'] as const) events.on(kind, hear);
  // It reads on when the server is back; without a listener the process would end.
  events.on('error', () => undefined);
  return {
    async next(milliseconds) {
      if (heard.size === 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      const news = heard;
      heard = new Set();
      return news;
    },
    [Symbol.asyncDispose]: () => events.close(),
  };
}
