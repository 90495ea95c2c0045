import { expect, it } from 'vitest';
import { queueRunner } from '../../src/cli/class/queue.js';
import { WrongUse } from '../../src/cli/failure.js';
import type { Terminal } from '../../src/cli/terminal.js';

const terminal = (env: NodeJS.ProcessEnv): Terminal => ({ env, note: () => undefined }) as unknown as Terminal;

it('gives no password to workers whose submissions are isolated weakly', async () => {
  const env = { SCORECHECK_REDIS_URL: 'redis://:secret@127.0.0.1:1' };
  const refused = await queueRunner('redis://127.0.0.1:1', { isolation: 'weak' }, terminal(env)).catch(
    (error: unknown) => error,
  );
  expect(refused).toBeInstanceOf(WrongUse);
  expect((refused as Error).message).toMatch(/^Expected full isolation where SCORECHECK_REDIS_URL holds a password/);
  expect((refused as Error).message).not.toContain('secret');
});
