import { existsSync, readdirSync, rmSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import type { SetupOutcome } from '../../src/tensorflow/setup.js';
import { compiled, runNode, type Child } from './child.js';
import { fakeWorld, host, type FakeWorld } from './fakes.js';

let script = '';
beforeAll(async () => {
  script = await compiled('setup-child');
  return () => {
    rmSync(script);
  };
});

const runChild = (world: FakeWorld, env: NodeJS.ProcessEnv = {}): Promise<Child> =>
  runNode(script, [JSON.stringify({ host, releases: world.releases })], { ...world.env, ...env });

const outcome = ({ stdout }: Child): SetupOutcome => JSON.parse(stdout) as SetupOutcome;

test('two at once build one backend', async () => {
  const world = fakeWorld({ PAUSE: '1500' });
  const both = await Promise.all([runChild(world), runChild(world)]);
  expect(both.map(({ stderr }) => stderr)).toEqual(['', '']);
  expect(both.map(outcome)).toMatchObject([{ backend: 'native' }, { backend: 'native' }]);
  expect(world.calls().map((call) => call.split(' ')[0])).toEqual(['npm', 'compiler']);
  expect(readdirSync(world.cache)).toHaveLength(1);
});

// Each is killed by SIGKILL at another point, where it can clean up nothing; the next setup has to find its way all the same.
// The next one waits until the dead one's lock counts as left behind (10 s), so all run at once, each in a world of its own.
// Some 100 processes and 10 s of waiting: 22 s were seen beside other work on two cores, 60 s with eight times as much work as cores.
const patience = 300_000;

const deaths: [string, NodeJS.ProcessEnv][] = [
  ...['download', 'digest', 'extract', 'packages', 'compile', 'trial'].map((stage): [string, NodeJS.ProcessEnv] => [
    `at the stage ${stage}`,
    { DIE_AT: stage },
  ]),
  ['while npm is writing', { KILL_FROM: 'npm' }],
  ['while the compiler is at work', { KILL_FROM: 'compiler' }],
];

test(
  'killed at any point, the next setup completes',
  async () => {
    const worlds = deaths.map(([death, env]) => ({ death, env, world: fakeWorld() }));
    await Promise.all(
      worlds.map(async ({ death, env, world }) => {
        const killed = await runChild(world, env);
        expect([death, killed.signal]).toEqual([death, 'SIGKILL']);
        expect(existsSync(world.cache)).toBe(true);
        expect([death, outcome(await runChild(world))]).toMatchObject([death, { backend: 'native', fresh: true }]);
        expect([death, readdirSync(world.cache).length]).toEqual([death, 1]);
        expect([death, outcome(await runChild(world))]).toMatchObject([death, { backend: 'native', fresh: false }]);
      }),
    );
  },
  patience,
);
