import type { ClaimResult, FalseVariantResult, Figure } from '../verify/result.js';
import { clarityOf, methodName, sequentialLine, clarityWord, verdictBadge, type Evidence } from './evidence-text.js';
import { code, displayMath, inlineMath, link, plain, prose, table } from './markdown-text.js';
import { coordinate, count, declared, measured } from './numbers.js';
import type { Section } from './outline.js';
import { citation, type Source } from './sources.js';

/** What every part of the document needs to know. */
export interface Context {
  readonly sources: ReadonlyMap<string, Source>;
  readonly seed: number;
  /** A figure in Markdown, with its caption. */
  readonly figure: (figure: Figure) => string;
}

/** A claim: its statement, what was found about it, and what was found about its false neighbours. */
export function claimSections(claim: ClaimResult, figures: readonly Figure[], context: Context): readonly Section[] {
  const part = (heading: string, body: string): readonly Section[] =>
    body === '' ? [] : [{ level: 4, heading, body: () => body }];
  return [
    { level: 3, heading: claim.title, id: claim.id, body: (anchorOf) => head(claim, context, anchorOf('sources')) },
    ...part('Assumptions', assumptions(claim)),
    ...part('Evidence', evidence(claim, context)),
    ...part('False variants', falseVariants(claim.falseVariants)),
    ...part('Without an assumption', withoutAssumptions(claim)),
    ...part('Figures', figures.map(context.figure).join('\n\n')),
  ];
}

function head(claim: ClaimResult, { sources }: Context, sourcesAnchor: string): string {
  const source = link(citation(claim.source, sources), sourcesAnchor);
  return [
    `${verdictBadge(claim.verdict)} · ${code(claim.id)} · ${kinds[claim.kind]} · ${source}`,
    ...(claim.given === undefined ? [] : [prose(claim.given)]),
    displayMath(claim.statement),
  ].join('\n\n');
}

const kinds: Readonly<Record<ClaimResult['kind'], string>> = {
  pointwise: 'at every point',
  identity: 'equality of expectations',
  minimiser: 'minimiser of a loss',
  law: 'law of a process',
  order: 'order of convergence',
  ordering: 'one quantity at most another',
  estimator: 'mean and variance of an estimator',
  cost: 'count of operations',
};

const assumptions = ({ assumptions }: ClaimResult): string =>
  Object.entries(assumptions)
    .map(([name, text]) => `- *${plain(name)}*: ${prose(text)}`)
    .join('\n');

function evidence(claim: ClaimResult, context: Context): string {
  const found = claim.settings.flatMap(({ name, evidence }) => evidence.map((each) => ({ name, each })));
  if (found.length === 0) return 'This claim was not tried in any setting.';
  const rows = found.map(({ name, each }) => [
    prose(name),
    verdictBadge(each.verdict),
    methodName(each.method),
    measured(each.residual),
    measured(each.tolerance),
    measured(each.resolution),
    each.samples === undefined ? '–' : count(each.samples),
    prose(each.compared),
  ]);
  const remarks = found.flatMap(({ name, each }) => [
    ...(each.sequential === undefined ? [] : [`- ${prose(name)}, sequential test: ${sequentialLine(each)}.`]),
    ...(each.note === undefined ? [] : [`- ${prose(name)}, ${methodName(each.method)}: ${prose(each.note)}`]),
    ...(each.counterexample === undefined ? [] : [counterexample(name, each.counterexample, claim.id, context.seed)]),
  ]);
  return [table(evidenceColumns, rows), remarks.join('\n')].filter((part) => part !== '').join('\n\n');
}

const evidenceColumns = [
  ['Setting'],
  ['Verdict'],
  ['Method'],
  ['Residual', 'right'],
  ['Tolerance', 'right'],
  ['Resolution', 'right'],
  ['Samples', 'right'],
  ['Compared'],
] as const;

function counterexample(
  setting: string,
  { at, expected, got, coordinate: worst, tolerance }: NonNullable<Evidence['counterexample']>,
  claim: string,
  seed: number,
): string {
  const point = Object.entries(at).map(([name, values]) => `${plain(name)} = ${vector(values)}`);
  // Of an image only the worst pixel is kept.
  const place =
    expected.length > 1
      ? ` (worst in coordinate ${worst + 1} of ${expected.length})`
      : worst > 0
        ? ` (coordinate ${worst + 1})`
        : '';
  const long = expected.length > mostCoordinates;
  const [right, wrong] = long
    ? [coordinate(expected[worst] ?? null), coordinate(got[worst] ?? null)]
    : [vector(expected), vector(got)];
  return (
    `- ${prose(setting)}, counterexample: expected ${right}, got ${wrong}${place} at ${point.join(', ')}; ` +
    `tolerance ${measured(tolerance)}. Again: ${code(`npx scorecheck verify --claim ${claim} --seed ${seed}`)}`
  );
}

// An image has 784 coordinates: the first ones tell which point it is.
const mostCoordinates = 6;

function vector(values: readonly (number | null)[]): string {
  const shown = values.slice(0, mostCoordinates).map(coordinate).join(', ');
  if (values.length === 1) return shown;
  return values.length > mostCoordinates ? `(${shown}, …; ${count(values.length)} numbers)` : `(${shown})`;
}

function falseVariants(variants: readonly FalseVariantResult[]): string {
  const valued = variants.filter(({ kind }) => kind === 'value');
  const worded = variants.filter(({ kind }) => kind !== 'value');
  const valuedRows = valued.map((variant) => [
    prose(variant.mistake),
    wrongly(variant),
    variant.refuted === true ? '**✓ refuted**' : '**✗ not refuted**',
    refutations(variant),
    Object.entries(variant.silentIn)
      .map(([setting, reason]) => `${prose(setting)}: ${prose(reason)}`)
      .join('; ') || '–',
  ]);
  const wordedRows = worded.map((variant) => [
    prose(variant.mistake),
    wrongly(variant),
    variant.kind,
    prose(variant.reason ?? '–'),
  ]);
  const quick = valued.some(({ untriedIn = [] }) => untriedIn.length > 0);
  return [
    quick ? 'Each in one of its settings, in turn, since this was a quick run.' : '',
    valued.length === 0 ? '' : table(valuedColumns, valuedRows),
    worded.length === 0 ? '' : `These have no numbers to compare:\n\n${table(wordedColumns, wordedRows)}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** A false statement, behind what its letters mean where that is not what the claim gives. */
const wrongly = ({ given, statement }: FalseVariantResult): string =>
  [...(given === undefined ? [] : [prose(given)]), inlineMath(statement)].join(' ');

const valuedColumns = [
  ['Mistake'],
  ['False statement'],
  ['Outcome'],
  ['Refuted in (residual ÷ tolerance)'],
  ['Silent in'],
] as const;
const wordedColumns = [['Mistake'], ['Wrong statement'], ['Kind'], ['Why no number refutes it']] as const;

/** Each setting that refutes the variant, with how clearly; and each that had its say and did not. */
function refutations({ evidence }: FalseVariantResult): string {
  const settings = [...new Set(evidence.map(({ setting }) => setting))];
  const parts = settings.map((setting) => {
    const here = evidence.filter((each) => each.setting === setting);
    const refuted = here.some(({ verdict }) => verdict === 'refuted');
    return `${prose(setting)}: ${refuted ? clarityWord(clarityOf(here)) : 'not refuted'}`;
  });
  return parts.join('; ') || '–';
}

const withoutAssumptions = ({ withoutAssumption }: ClaimResult): string =>
  withoutAssumption
    .map(({ assumption, name, expectedResidual, shown, evidence }) => {
      const found = evidence.map(
        ({ method, residual, tolerance }) =>
          `${measured(residual)} (${methodName(method)}, tolerance ${measured(tolerance)})`,
      );
      const outcome = shown ? 'So the assumption matters.' : 'That is **not** what was predicted.';
      return (
        `Without the assumption *${plain(assumption)}*, on ${prose(name)}, the two sides should differ by ` +
        `${declared(expectedResidual)}; they differ by ${found.join(' and ') || 'an unknown amount'}. ${outcome}`
      );
    })
    .join('\n\n');
