import type { Found } from './found.js';
import type { Outside } from './mutant.js';
import type { Overhead } from './overhead.js';

/** Everything that a run of the bench found. */
export interface Results {
  readonly isolation: string;
  /** The seeds go from `first` on. */
  readonly first: number;
  readonly seeds: number;
  readonly found: readonly Found[];
  readonly outside: readonly Outside[];
  readonly overheads: readonly Overhead[];
}

/** The goals of the project: share of named mistakes, seconds beside the answers. */
const goals = { named: 0.6, overhead: 0.15 };

/** What is not as it has to be: a wrong submission that passes, a right one that fails. */
export function odd(found: readonly Found[]): string[] {
  return found.flatMap(({ id, exercise, kind, seed, failed, undecided, named }) => {
    const what = `${exercise} ${id}, seed ${seed}`;
    if (kind === 'wrong') return failed.length > 0 ? [] : [`${what}: ${undecided.length > 0 ? 'undecided' : 'passes'}`];
    return failed.length === 0 ? [] : [`${what}: fails ${failed.join(', ')} (${named.join(', ')})`];
  });
}

/** The results as Markdown. */
export function benchMarkdown({ isolation, first, seeds, found, outside, overheads }: Results): string {
  const exercises = [...new Set(found.map(({ exercise }) => exercise))].sort();
  const rows = [...exercises, 'all'].map((exercise) => {
    const of = (kind: Found['kind']): Found[] =>
      found.filter((each) => each.kind === kind && (exercise === 'all' || each.exercise === exercise));
    const wrong = of('wrong');
    const failing = wrong.filter(({ failed }) => failed.length > 0);
    const right = [...of('legal'), ...of('solution')];
    const passing = right.filter(({ failed }) => failed.length === 0);
    const named = failing.filter(({ diagnosis, named: names }) => diagnosis !== undefined && names.includes(diagnosis));
    const one = failing.filter(({ named: names }) => names.length > 0);
    const unsure = right.filter(({ undecided }) => undecided.length > 0);
    const beyond = outside.filter((each) => exercise === 'all' || each.exercise === exercise).length;
    return `| ${[exercise, share(failing, wrong), share(named, failing), share(one, failing), share(passing, right), unsure.length, beyond].join(' | ')} |`;
  });
  const strange = odd(found);
  return [
    '# The grading, graded',
    `Isolation: ${isolation}. Seeds ${first} to ${first + seeds - 1}; a row counts submissions times seeds.`,
    '| exercise | wrong that fail | with the diagnosis of the catalogue | with any | right without loss | of these undecided | outside of the contract |\n|---|---|---|---|---|---:|---:|\n' +
      rows.join('\n'),
    `Goals: all, at least ${100 * goals.named} %, no goal, all.`,
    ...(strange.length === 0 ? [] : ['## Not as it has to be', strange.map((line) => `- ${line}`).join('\n')]),
    ...overheadMarkdown(overheads),
    '',
  ].join('\n\n');
}

/** What the harness adds to the answers, by exercise; nothing where nothing was measured. */
export function overheadMarkdown(overheads: readonly Overhead[]): string[] {
  if (overheads.length === 0) return [];
  const worst = Math.max(...overheads.map(({ wall, answers }) => wall - answers));
  const rows = overheads.map(({ exercise, wall, answers, own }) =>
    [exercise, ...[wall, answers, wall - answers, own].map((x) => x.toFixed(2))].join(' | '),
  );
  return [
    '## What the harness adds to the answers',
    'Solutions, pool warm, one submission at a time, in seconds; the median of three seeds. Wall clock from the bundle to the grade; what the functions of the submission themselves took of it, measured around each call; the rest, which the harness adds: loading the module, the way of questions and answers, comparisons that nothing hides. And the processor time of the harness. A busy machine inflates all of it.',
    `| exercise | wall | answers | added | processor |\n|---|---:|---:|---:|---:|\n${rows.map((row) => `| ${row} |`).join('\n')}`,
    `Goal: at most ${goals.overhead} s added; the largest is ${worst.toFixed(2)} s.`,
  ];
}

function share(part: readonly unknown[], whole: readonly unknown[]): string {
  if (whole.length === 0) return '–';
  return `${part.length} of ${whole.length} (${((100 * part.length) / whole.length).toFixed(1)} %)`;
}
