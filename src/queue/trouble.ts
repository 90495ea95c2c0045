import type { Connection } from './connection.js';

/** Tells once that the server is away, and once that it is back: a connection tries again every second or two, for hours if it has to. */
export function tellWhenAway(redis: Connection, shown: string, tell: (message: string) => void): void {
  let away = false;
  redis.on('error', ({ message }: Error) => {
    if (!away) tell(`No answer from ${shown}: ${message}. Waiting for it; what has a result is not lost.`);
    away = true;
  });
  redis.on('ready', () => {
    if (away) tell(`${shown} answers again.`);
    away = false;
  });
}

/** What a worker says to an error of BullMQ; undefined where `tellWhenAway` says it. */
export function troubleText(message: string): string | undefined {
  if (/ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|Connection is closed/.test(message))
    return undefined;
  const [, key] = /(?:Missing (?:key|lock)|[Cc]ould not renew lock) for job (\w{12})/.exec(message) ?? [];
  if (key === undefined) return `The queue: ${message}`;
  return `${key}  is no longer this worker's: the server forgot it, or gave it to another one. \`grade\` sees to it that it has one result.`;
}
