import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const binary = ['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server'].find((file) =>
  existsSync(file),
);

/** Whether there is a Redis server to test against (Debian: `apt-get install redis-server`). */
export const redisPresent = binary !== undefined;

/** A Redis server of one run, on a port and in a folder of its own. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  /** Ends it at once, as a cut of power does. */
  kill(): Promise<void>;
  /** Starts it again on the same port and folder. */
  start(): Promise<void>;
}

/** Starts a server; with `keeps` it writes every change to its append-only file, without it forgets all when it ends. */
export async function redisServer({ keeps, password }: { keeps: boolean; password?: string }): Promise<RedisServer> {
  if (binary === undefined)
    throw new Error('Expected redis-server, found none. Install it: apt-get install redis-server.');
  const folder = await mkdtemp(path.join(tmpdir(), 'scorecheck-redis-'));
  const port = await freePort();
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const args = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--save',
      '',
      '--appendonly',
      keeps ? 'yes' : 'no',
      '--appendfsync',
      'always',
    ];
    if (password !== undefined) args.push('--requirepass', password);
    const started = spawn(binary, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    child = started;
    await new Promise<void>((resolve, reject) => {
      started.stdout.on('data', (text: Buffer) => {
        if (text.toString().includes('Ready to accept connections')) resolve();
      });
      started.once('exit', (code) => reject(new Error(`redis-server ended with ${code ?? 'a signal'}`)));
    });
  };
  const kill = async (): Promise<void> => {
    const ended = child;
    if (ended === undefined || ended.exitCode !== null || ended.signalCode !== null) return;
    const gone = new Promise((resolve) => ended.once('exit', resolve));
    ended.kill('SIGKILL');
    await gone;
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    start,
    async [Symbol.asyncDispose]() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });
