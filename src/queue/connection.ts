import { Redis } from 'ioredis';

/** All our keys in Redis begin so. */
export const prefix = 'scorecheck';
/** The one queue of jobs. */
export const queueName = 'grading';

/** A connection to Redis. */
export type Connection = Redis;

/** Where the queue is, as a command line says it: no password, which the environment holds. */
export interface QueueAddress {
  /** The URL for ioredis, password included where there is one. */
  readonly url: string;
  /** The same for messages, without it. */
  readonly shown: string;
}

/** A server that cannot be reached, or an address that none can have. */
export class QueueProblem extends Error {
  override readonly name = 'QueueProblem';
}

/**
 * Reads `--queue redis://host:port` (`rediss://` with TLS). User and password come from SCORECHECK_REDIS_URL, an address for the same host, since a command line is
 * seen by everybody on the machine. Throws QueueProblem where a password stands in the option, or the two name different servers.
 */
export function queueAddress(given: string, env: NodeJS.ProcessEnv): QueueAddress {
  const option = redisUrl(given, '--queue');
  if (option.password !== '') {
    throw new QueueProblem(
      'Expected --queue without a password, which everybody on this machine could read. Put the whole address into SCORECHECK_REDIS_URL, and give --queue without it.',
    );
  }
  const secret = env['SCORECHECK_REDIS_URL'] ?? '';
  if (secret === '') return { url: option.href, shown: option.href };
  const url = redisUrl(secret, 'SCORECHECK_REDIS_URL');
  if (url.host !== option.host) {
    throw new QueueProblem(
      `Expected --queue and SCORECHECK_REDIS_URL to name one server, got ${option.host} and ${url.host}. Correct one of them.`,
    );
  }
  if (option.protocol === 'rediss:' && url.protocol === 'redis:') {
    throw new QueueProblem(
      'Expected SCORECHECK_REDIS_URL to begin with rediss:// as --queue does, got redis://, which has no TLS. Correct one of them.',
    );
  }
  return { url: url.href, shown: `${url.protocol}//${url.host}${url.pathname}` };
}

function redisUrl(text: string, where: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '') {
    throw new QueueProblem(`Expected redis://host:port or rediss://host:port in ${where}, got something else.`);
  }
  return url;
}

/** How long the first answer of a server may take. */
const firstAnswer = 10_000;

/**
 * A connection that has answered once. Later it waits for a server that is away and comes back: what was asked meanwhile is asked again. Throws QueueProblem where
 * there is no answer within ten seconds.
 */
export async function connect({ url, shown }: QueueAddress): Promise<Redis> {
  const redis = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true, connectTimeout: firstAnswer });
  let reason: Error & { readonly code?: string } = new Error('');
  redis.on('error', (error: Error) => (reason = error));
  const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), firstAnswer).unref());
  const answer = await Promise.race([redis.connect().then(() => redis.ping()), late]).catch(() => 'late' as const);
  if (answer === 'late') {
    redis.disconnect();
    throw new QueueProblem(whyNot(reason, shown));
  }
  return redis;
}

/** Why there is no connection, and what to do about it. */
function whyNot({ message, code = '' }: Error & { readonly code?: string }, shown: string): string {
  const said = message.replace(/[.:\s]+$/, '');
  if (/^(NOAUTH|WRONGPASS|NOPERM)/.test(message)) {
    const whom = message.startsWith('NOAUTH') ? 'whoever gives no password' : 'this user or password';
    return `Expected the server at ${shown} to let us in, but it refuses ${whom}. Put the whole address into SCORECHECK_REDIS_URL: redis://user:password@host:port.`;
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `Expected the certificate of ${shown} to be for that name, but: ${said}. Give the address by a name that stands in the certificate, in --queue and in SCORECHECK_REDIS_URL.`;
  }
  if (/CERT|UNABLE_TO_(GET_ISSUER|VERIFY)/.test(code)) {
    return `Expected a certificate of ${shown} that this machine trusts, but: ${said}. Name the file of the authority that signed it (of a self-signed one, itself) in NODE_EXTRA_CA_CERTS.`;
  }
  return `Expected a Redis server at ${shown}, got no answer${said === '' ? '' : `: ${said}`}. Is it running, and is it right that the address asks for ${shown.startsWith('rediss:') ? 'TLS' : 'no TLS'}?`;
}

/** What `work` comes to; QueueProblem where the keys that are ours hold what others wrote. */
export async function explained<T>(work: Promise<T>, { shown }: Pick<QueueAddress, 'shown'>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Error) || !/WRONGTYPE|NOPERM|OOM command/.test(error.message)) throw error;
    const [, what] = /(WRONGTYPE|NOPERM|OOM)/.exec(error.message) ?? [];
    const reason = {
      WRONGTYPE: `keys that begin with ${prefix}: hold what others wrote. Use a database of its own, such as ${shown.replace(/\/\d*$/, '')}/1`,
      NOPERM: 'the user may not do all that a queue needs. Give it all commands on keys that begin with scorecheck:',
      OOM: 'its memory is full. Give it more, and the policy noeviction',
    }[what as 'WRONGTYPE' | 'NOPERM' | 'OOM'];
    throw new QueueProblem(`Expected a queue at ${shown}, but ${reason}.`);
  }
}
