import { createHash } from 'node:crypto';
import type { Verification } from '../../src/verify/result.js';
import { few, verification } from './command.js';
import type { Goal } from './goal.js';
import { study } from './study.js';

/** What is repeated: claims with and without randomness, digits included. */
const ARGUMENTS = ['--quick', '--claim', ...few];
/** Runs per part. */
const CHUNK = 5;

const ELSEWHERE: readonly { readonly name: string; readonly env: Readonly<Record<string, string>> }[] = [
  { name: 'WebAssembly', env: { SCORECHECK_BACKEND: 'wasm' } },
  { name: 'one thread', env: { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1', OMP_NUM_THREADS: '1' } },
];

/** A run: all of its bytes but the times, and its verdicts alone. */
interface Repetition {
  readonly where: string;
  readonly bytes: string;
  readonly verdicts: string;
}

/** G9: one run again and again, on both backends and on one thread. */
export const repeated = study<readonly Repetition[]>({
  parts: ({ quick, seed }) => {
    const times = quick ? 2 : 100;
    const chunks = Array.from({ length: Math.ceil(times / CHUNK) }, (_, i) => Math.min(CHUNK, times - i * CHUNK));
    return [
      ...chunks.map((count, i) => ({
        name: `G9, runs ${CHUNK * i + 1} to ${CHUNK * i + count}`,
        run: async () => {
          const found: Repetition[] = [];
          for (let k = 0; k < count; k++) found.push(await repetition('', seed, {}));
          return found;
        },
      })),
      ...ELSEWHERE.map(({ name, env }) => ({
        name: `G9, ${name}`,
        run: async () => [await repetition(name, seed, env)],
      })),
    ];
  },
  goals: (found) => [goal(found.flat())],
});

async function repetition(where: string, seed: number, env: Readonly<Record<string, string>>): Promise<Repetition> {
  const run = await verification(seed, ARGUMENTS, env);
  const untimed = JSON.stringify(run, (key, value: unknown) => (key === 'milliseconds' ? undefined : value));
  return { where, bytes: hash(untimed), verdicts: hash(JSON.stringify(verdictsOf(run))) };
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

const verdictsOf = ({ claims }: Verification): unknown[] =>
  claims.map(({ id, verdict, falseVariants }) => [id, verdict, falseVariants.map(({ refuted }) => refuted)]);

function goal(runs: readonly Repetition[]): Goal {
  const [first] = runs;
  const same = runs.filter(({ where }) => where === '');
  const equal = same.filter(({ bytes }) => bytes === first.bytes).length;
  const rows = runs
    .filter(({ where }) => where !== '')
    .map(({ where, verdicts }) => [where, verdicts === first.verdicts ? 'the same' : 'others']);
  return {
    id: 'G9',
    title: 'The same input, the same verdict',
    target: 'all runs byte-identical but for times; the same verdicts on both backends and on one thread',
    measured: `${equal} of ${same.length} byte-identical; ${rows.map(([name, word]) => `${name}: ${word} verdicts`).join('; ')}`,
    met: equal === same.length && rows.every(([, word]) => word === 'the same'),
    method: `\`scorecheck verify\` on ${few.length} claims with and without randomness, digits included. Submissions are graded by the same engine; their own repetition is part of the tests of grading.`,
    tables: [{ caption: 'Verdicts against the first run', columns: ['run', 'verdicts'], rows }],
    figures: [],
  };
}
