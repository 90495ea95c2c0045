import { verificationSchema, type Verification } from '../../src/verify/result.js';
import { scriptOutput } from './child.js';
import type { Effort, Goal } from './goal.js';
import { percent, plural } from '../../src/report/numbers.js';

/** One run of the real command line. */
async function verification(
  seed: number,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Verification> {
  const json = await scriptOutput(
    '../../src/cli/main.js',
    ['verify', '--seed', String(seed), ...args, '--json', '-'],
    env,
  ).catch(
    // Exit code 1 with its JSON is a finding, not a failure.
    (error: { stdout?: string }) => {
      if (error.stdout?.startsWith('{') === true) return error.stdout;
      throw error;
    },
  );
  return verificationSchema.parse(JSON.parse(json));
}

/** A quick calibration looks at these alone: two with random draws, two without, one on digits. */
const few = ['score-mean-zero', 'dsm-cross-term', 'score-is-log-gradient', 'tweedie-vp', 'score-ignores-normaliser'];

/** G5, G6, G10 and G11 are read from runs of `scorecheck verify` with fresh seeds; G9 repeats one. */
export async function verifications({ quick, seed, progress }: Effort): Promise<Goal[]> {
  const seeds = Array.from({ length: quick ? 1 : 5 }, (_, i) => seed + 1000 + i);
  const runs: Verification[] = [];
  for (const [i, each] of seeds.entries()) {
    progress(`G5, G6, G10, G11: verify --seed ${each}`);
    // The last one is a full run, the others are quick ones.
    const full = !quick && i === seeds.length - 1;
    runs.push(await verification(each, [...(full ? [] : ['--quick']), ...(quick ? ['--claim', ...few] : [])]));
  }
  return [
    catalogue(runs),
    withoutRandomness(runs),
    await repeated({ quick, seed, progress }),
    inconclusive(runs),
    order(runs),
  ];
}

function catalogue(runs: readonly Verification[]): Goal {
  const caught = runs.reduce((sum, { summary }) => sum + summary.falseVariantsRefuted, 0);
  const variants = runs.reduce((sum, { summary }) => sum + summary.falseVariants, 0);
  const alarms = runs.reduce((sum, { summary }) => sum + summary.refuted, 0);
  const claims = runs.reduce((sum, run) => sum + run.claims.length, 0);
  const missed = runs.flatMap((run) =>
    run.claims.flatMap(({ id, falseVariants }) =>
      falseVariants
        .filter(({ refuted }) => refuted === false)
        .map((variant) => [String(run.seed), `${id}: ${variant.id}`]),
    ),
  );
  return {
    id: 'G5',
    title: 'The catalogue of false variants',
    target: 'all caught, no false alarm, in runs with fresh seeds',
    measured: `${caught} of ${variants} caught; ${alarms} of ${claims} true claims refuted`,
    met: caught === variants && alarms === 0,
    method: `${plural(runs.length, 'run')} of the command line with seeds ${runs.map(({ seed }) => seed).join(', ')}, which no threshold has seen. Every false variant with numbers counts, samplers included.`,
    tables: missed.length === 0 ? [] : [{ caption: 'Not refuted', columns: ['seed', 'variant'], rows: missed }],
    figures: [],
  };
}

function withoutRandomness(runs: readonly Verification[]): Goal {
  const shares = runs.map(({ summary }) => summary.withoutRandomness);
  return {
    id: 'G6',
    title: 'Verdicts without randomness',
    target: 'at least 70 %',
    measured: `${percent(Math.min(...shares))} of the evidence`,
    met: Math.min(...shares) >= 0.7,
    method:
      'The share of the pieces of evidence whose verdict needed no random comparison; the smallest of the runs of G5.',
    tables: [],
    figures: [],
  };
}

function inconclusive(runs: readonly Verification[]): Goal {
  const found = runs.flatMap((run) =>
    run.claims.flatMap((claim) =>
      claim.settings
        .filter(({ verdict }) => verdict === 'inconclusive')
        .map(({ name }) => [String(run.seed), `${claim.id}: ${name}`]),
    ),
  );
  const settings = runs.reduce(
    (sum, { claims }) => sum + claims.reduce((inner, claim) => inner + claim.settings.length, 0),
    0,
  );
  return {
    id: 'G10',
    title: 'Inconclusive on a reference',
    target: 'none',
    measured: `${found.length} of ${settings} settings`,
    met: found.length === 0,
    method: 'The runs of G5.',
    tables: found.length === 0 ? [] : [{ caption: 'Inconclusive', columns: ['seed', 'setting'], rows: found }],
    figures: [],
  };
}

function order(runs: readonly Verification[]): Goal {
  const evidence = runs.flatMap(({ seed, claims }) =>
    claims.flatMap((claim) =>
      claim.settings.flatMap(({ name, evidence: all }) =>
        all.filter(({ method }) => method === 'order').map((one) => ({ seed, where: `${claim.id}: ${name}`, one })),
      ),
    ),
  );
  const worst = Math.max(0, ...evidence.map(({ one }) => one.residual ?? Infinity));
  return {
    id: 'G11',
    title: 'Orders of convergence',
    target: 'the observed order within 0.05 of the stated one',
    measured:
      evidence.length === 0
        ? 'no claim of an order ran'
        : `within ${Number(worst.toPrecision(2))} in ${plural(evidence.length, 'measurement')}`,
    met: evidence.length === 0 ? null : worst <= 0.05,
    method: 'The runs of G5, in float32 down to its rounding. That wrong schemes plateau is part of G5.',
    tables:
      evidence.length === 0
        ? []
        : [
            {
              caption: 'Observed order against the stated one',
              columns: ['seed', 'setting', 'compared', '|observed − stated|'],
              rows: evidence.map(({ seed, where, one }) => [String(seed), where, one.compared, String(one.residual)]),
            },
          ],
    figures: [],
  };
}

/** G9: one run again and again, on both backends and on one thread. */
async function repeated({ quick, seed, progress }: Effort): Promise<Goal> {
  const times = quick ? 2 : 100;
  const args = ['--quick', '--claim', ...few];
  const bytes = (run: Verification): string =>
    JSON.stringify(run, (key, value: unknown) => (key === 'milliseconds' ? undefined : value));
  const first = await verification(seed, args);
  let same = 1;
  for (let i = 1; i < times; i++) {
    progress(`G9: ${i + 1} of ${times}`);
    if (bytes(await verification(seed, args)) === bytes(first)) same++;
  }
  const verdicts = (run: Verification): string =>
    JSON.stringify(
      run.claims.map(({ id, verdict, falseVariants }) => [id, verdict, falseVariants.map(({ refuted }) => refuted)]),
    );
  const others = [
    { name: 'WebAssembly', env: { SCORECHECK_BACKEND: 'wasm' } },
    { name: 'one thread', env: { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1', OMP_NUM_THREADS: '1' } },
  ];
  const rows: string[][] = [];
  for (const { name, env } of others) {
    progress(`G9: ${name}`);
    rows.push([name, verdicts(await verification(seed, args, env)) === verdicts(first) ? 'the same' : 'others']);
  }
  return {
    id: 'G9',
    title: 'The same input, the same verdict',
    target: 'all runs byte-identical but for times; the same verdicts on both backends and on one thread',
    measured: `${same} of ${times} byte-identical; ${rows.map(([name, word]) => `${name}: ${word} verdicts`).join('; ')}`,
    met: same === times && rows.every(([, word]) => word === 'the same'),
    method: `\`scorecheck verify\` on ${few.length} claims with and without randomness, digits included. Submissions are graded by the same engine; their own repetition is part of the tests of grading.`,
    tables: [{ caption: 'Verdicts against the first run', columns: ['run', 'verdicts'], rows }],
    figures: [],
  };
}
