import { percent, plural } from '../../src/report/numbers.js';
import type { Verification } from '../../src/verify/result.js';
import { few, verification } from './command.js';
import type { Goal } from './goal.js';
import { study, type Effort } from './study.js';

/** What counts of a run of `scorecheck verify`. */
interface Run {
  readonly seed: number;
  readonly full: boolean;
  readonly claims: number;
  readonly settings: number;
  readonly variants: number;
  readonly caught: number;
  /** True claims refuted. */
  readonly alarms: readonly string[];
  readonly missed: readonly string[];
  readonly inconclusive: readonly string[];
  readonly withoutRandomness: number;
}

/** Quick runs, and at the end one that is not. */
const runsOf = ({ quick, seed }: Effort): { seed: number; full: boolean }[] =>
  Array.from({ length: quick ? 1 : 5 }, (_, i) => ({ seed: seed + 1000 + i, full: !quick && i === 4 }));

/** G5, G6 and G10 are read from runs of `scorecheck verify` with fresh seeds. */
export const verdicts = study<Run>({
  parts: (effort) =>
    runsOf(effort).map(({ seed, full }) => ({
      name: `G5, G6, G10, ${full ? 'a full run' : 'a quick run'} of verify with seed ${seed}`,
      run: async () =>
        counted(
          await verification(seed, [...(full ? [] : ['--quick']), ...(effort.quick ? ['--claim', ...few] : [])]),
          full,
        ),
    })),
  goals: (runs) => [catalogue(runs), withoutRandomness(runs), inconclusive(runs)],
});

function counted({ seed, summary, claims }: Verification, full: boolean): Run {
  return {
    seed,
    full,
    claims: claims.length,
    settings: claims.reduce((sum, { settings }) => sum + settings.length, 0),
    variants: summary.falseVariants,
    caught: summary.falseVariantsRefuted,
    alarms: claims.filter(({ verdict }) => verdict === 'refuted').map(({ id }) => id),
    missed: claims.flatMap(({ id, falseVariants }) =>
      falseVariants.filter(({ refuted }) => refuted === false).map((variant) => `${id}: ${variant.id}`),
    ),
    inconclusive: claims.flatMap(({ id, settings }) =>
      settings.filter(({ verdict }) => verdict === 'inconclusive').map(({ name }) => `${id}: ${name}`),
    ),
    withoutRandomness: summary.withoutRandomness,
  };
}

/** A table of what should not have happened; none where nothing did. */
function exceptions(caption: string, column: string, runs: readonly Run[], of: (run: Run) => readonly string[]) {
  const rows = runs.flatMap((run) => of(run).map((what) => [String(run.seed), what]));
  return rows.length === 0 ? [] : [{ caption, columns: ['seed', column], rows }];
}

const total = (runs: readonly Run[], of: (run: Run) => number): number => runs.reduce((sum, run) => sum + of(run), 0);

function catalogue(runs: readonly Run[]): Goal {
  const caught = total(runs, (run) => run.caught);
  const variants = total(runs, (run) => run.variants);
  const alarms = total(runs, (run) => run.alarms.length);
  const full = runs.filter((run) => run.full).length;
  return {
    id: 'G5',
    title: 'The catalogue of false variants',
    target: 'all caught, no false alarm, in runs with fresh seeds',
    measured: `${caught} of ${variants} caught; ${alarms} of ${total(runs, ({ claims }) => claims)} true claims refuted`,
    met: caught === variants && alarms === 0,
    method:
      `${plural(runs.length - full, 'quick run')} ${full === 0 ? '' : `and ${plural(full, 'full one')} `}of the command line with seeds ${runs.map(({ seed }) => seed).join(', ')}, which no threshold has seen. ` +
      'Every false variant with numbers counts, samplers included: in a quick run in one of its settings, in turn from seed to seed; in a full one in each.',
    tables: [
      ...exceptions('Not refuted', 'variant', runs, ({ missed }) => missed),
      ...exceptions('False alarms', 'claim', runs, (run) => run.alarms),
    ],
    figures: [],
  };
}

function withoutRandomness(runs: readonly Run[]): Goal {
  const least = Math.min(...runs.map((run) => run.withoutRandomness));
  return {
    id: 'G6',
    title: 'Verdicts without randomness',
    target: 'at least 70 %',
    measured: `${percent(least)} of the evidence`,
    met: least >= 0.7,
    method:
      'The share of the pieces of evidence whose verdict needed no random comparison; the smallest of the runs of G5.',
    tables: [],
    figures: [],
  };
}

function inconclusive(runs: readonly Run[]): Goal {
  const found = total(runs, (run) => run.inconclusive.length);
  return {
    id: 'G10',
    title: 'Inconclusive on a reference',
    target: 'none',
    measured: `${found} of ${total(runs, ({ settings }) => settings)} settings`,
    met: found === 0,
    method: 'The runs of G5.',
    tables: exceptions('Inconclusive', 'setting', runs, (run) => run.inconclusive),
    figures: [],
  };
}
