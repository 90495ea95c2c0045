import type { ClaimResult, Figure, SettingResult, Verification } from '../verify/result.js';
import { answerSections } from './answer-section.js';
import { claimSections, type Context } from './claim-section.js';
import { methodsUsed, clarityWord, verdictBadge } from './evidence-text.js';
import { code, link, plain, prose, table } from './markdown-text.js';
import { count, declared, duration, percent, plural } from './numbers.js';
import { outline, type Section } from './outline.js';
import { limits } from './limits.js';
import { rehearsalSections } from './rehearsal-section.js';
import { readSources, sourcesNamed, type Source } from './sources.js';

/** How the document refers to its figures, and whether it tells times. */
export interface TheoryOptions {
  /** Figure -> what a Markdown image links to. */
  readonly figures: (figure: Figure) => string;
  /** False leaves every time out, so that two runs give the same text. */
  readonly times?: boolean;
}

/** The theory report: what a lecturer reads about one run of `scorecheck verify`, in Markdown with LaTeX. */
export function theoryMarkdown(verification: Verification, { figures, times = true }: TheoryOptions): string {
  const sources = readSources();
  const { claims } = verification;
  const context: Context = {
    sources,
    seed: verification.seed,
    figure: (figure) => figureMarkdown(figure, figures(figure), verification.figures.indexOf(figure) + 1),
  };
  const answering = new Set(verification.answers.flatMap((answer) => answer.figures));
  const general = verification.figures.filter(({ claim }) => !claims.some(({ id }) => id === claim));
  const sections: Section[] = [
    { level: 1, heading: 'Theory report', body: () => lead(verification) },
    { level: 2, heading: 'Contents', body: (anchorOf) => contents(verification, general.length > 0, times, anchorOf) },
    { level: 2, heading: 'This run', id: 'run', body: () => thisRun(verification, times) },
    { level: 2, heading: 'Summary', id: 'summary', body: (anchorOf) => summary(claims, times, anchorOf) },
    { level: 2, heading: 'How to read a verdict', id: 'verdicts', body: () => howToRead },
    ...answerSections(verification, context),
    { level: 2, heading: 'Claims', id: 'claims', body: () => '' },
    ...claims.flatMap((claim) =>
      claimSections(
        claim,
        verification.figures.filter((figure) => figure.claim === claim.id && !answering.has(figure.id)),
        context,
      ),
    ),
    ...(general.length === 0
      ? []
      : [
          {
            level: 2,
            heading: 'Figures',
            id: 'figures',
            body: () => general.map(context.figure).join('\n\n'),
          } as const,
        ]),
    ...rehearsalSections(verification.exercises ?? []),
    ...(times ? [{ level: 2, heading: 'Run time', id: 'times', body: () => runTimes(claims) } as const] : []),
    { level: 2, heading: 'What was not checked', id: 'limits', body: () => limits(verification) },
    { level: 2, heading: 'Sources', id: 'sources', body: () => sourceList(claims, sources) },
  ];
  return outline(sections);
}

function lead({ summary, claims }: Verification): string {
  const { refuted, total, worded } = variantCounts(claims);
  return [
    `**${plural(claims.length, 'claim')}: ${summary.supported} supported, ${summary.refuted} refuted, ${summary.inconclusive} inconclusive.**`,
    `${refuted} of ${plural(total, 'false variant')} refuted by numbers${worded === 0 ? '' : `; ${count(worded)} more have no numbers to refute`}.`,
    `${percent(summary.withoutRandomness)} of the evidence used no random draws for its verdict.`,
  ].join(' ');
}

/** How many false variants of the claims have numbers, how many of those are refuted, and how many have none. */
export function variantCounts(claims: readonly ClaimResult[]): { refuted: number; total: number; worded: number } {
  const variants = claims.flatMap(({ falseVariants }) => falseVariants);
  const valued = variants.filter(({ kind }) => kind === 'value');
  return {
    refuted: valued.filter(({ refuted }) => refuted === true).length,
    total: valued.length,
    worded: variants.length - valued.length,
  };
}

function contents(
  { claims, answers }: Verification,
  figures: boolean,
  times: boolean,
  anchorOf: (id: string) => string,
): string {
  const entry = (text: string, id: string): string => `- ${link(text, anchorOf(id))}`;
  return [
    entry('This run', 'run'),
    entry('Summary', 'summary'),
    entry('How to read a verdict', 'verdicts'),
    ...(answers.length === 0 ? [] : [entry('Questions that the course left open', 'questions')]),
    ...answers.map(({ id, question }) => `  ${entry(plain(question), id)}`),
    entry('Claims', 'claims'),
    ...claims.map(({ id, title }) => `  ${entry(plain(title), id)}`),
    ...(figures ? [entry('Figures', 'figures')] : []),
    ...(times ? [entry('Run time', 'times')] : []),
    entry('What was not checked', 'limits'),
    entry('Sources', 'sources'),
  ].join('\n');
}

function thisRun({ version, backend, data, seed, quick, budget, milliseconds }: Verification, times: boolean): string {
  const library = [
    `TensorFlow.js ${backend.tfjs}`,
    ...(backend.tensorflow === undefined ? [] : [`TensorFlow ${backend.tensorflow}`]),
  ];
  const name = backend.name === 'native' ? 'native' : 'WebAssembly';
  return table(
    [['Item'], ['Value']],
    [
      ['Program', `scorecheck ${plain(version)}`],
      ['Backend', `${name} (${plain(library.join(', '))})`],
      ...(backend.reason === undefined ? [] : [['Why this backend', prose(backend.reason)]]),
      ['Data', `${plain(data.name)}, ${plural(data.images, 'image')}`],
      ['Digest of the data', code(data.digest)],
      ['Seed', String(seed)],
      [
        'Size of the run',
        quick ? 'quick: fewer points and draws than a full run, each false variant in one setting' : 'full',
      ],
      [
        'Error budget',
        `${declared(budget.falseFailRate)} for the whole run: the chance that it refutes anything true, shared by ` +
          `${plural(budget.randomChecks, 'random comparison')} (union bound); ${declared(budget.spent)} spent`,
      ],
      ...(times && milliseconds !== undefined ? [['Run time', duration(milliseconds)]] : []),
    ],
  );
}

function summary(claims: readonly ClaimResult[], times: boolean, anchorOf: (id: string) => string): string {
  const rows = claims.map((claim) => {
    const { refuted, total } = variantCounts([claim]);
    return [
      link(plain(claim.title), anchorOf(claim.id)),
      verdictBadge(claim.verdict),
      methodsUsed(claim.settings.flatMap(({ evidence }) => evidence)) || '–',
      total === 0 ? '–' : `${refuted}/${total}`,
      smallestClarity(claim),
      ...(times ? [claim.milliseconds === undefined ? '–' : duration(claim.milliseconds)] : []),
    ];
  });
  return table(
    [
      ['Claim'],
      ['Verdict'],
      ['Evidence'],
      ['False variants refuted', 'right'],
      ['Smallest clarity', 'right'],
      ...(times ? [['Time', 'right'] as const] : []),
    ],
    rows,
  );
}

function smallestClarity({ falseVariants }: ClaimResult): string {
  const clarities = falseVariants.flatMap(({ refuted, clarity }) =>
    refuted === true && clarity !== null ? [clarity] : [],
  );
  return clarities.length === 0 ? '–' : clarityWord(Math.min(...clarities));
}

const howToRead = `A claim is an equation; each check computes both of its sides and compares them.

- **✓ supported**: in every setting tried, the sides agree to within the tolerance, and a difference as large as the resolution would have been found.
- **✗ refuted**: somewhere the sides differ by more than rounding, quadrature or chance can explain.
- **? inconclusive**: the check could not decide. Its note says why.

No number of checks proves a theorem, so no verdict says "proved". What gives a support its weight is the other half of the table: the same check refutes each false variant of the claim.

- *Residual*: the largest difference found between the sides; of a sequential test, the estimated difference of their means.
- *Tolerance*: what rounding, the quadrature or chance explain. A larger residual refutes.
- *Resolution*: the smallest difference that the check would have found.
- *Samples*: points, quadrature nodes or random draws used.
- *Clarity* of a refuted variant: residual ÷ tolerance, the smallest over the settings that refute it.`;

function figureMarkdown(figure: Figure, reference: string, number: number): string {
  // A closing bracket or a space would end the address of the image.
  const address = encodeURI(reference).replace(/[()]/g, (bracket) => (bracket === '(' ? '%28' : '%29'));
  const more =
    figure.kind === 'digits'
      ? ` Rows from the top: ${figure.rows.map(({ label }, index) => `(${index + 1}) ${prose(label)}`).join('; ')}.`
      : '';
  return `![${plain(figure.title)}](${address})\n\n**Figure ${number}.** *${plain(figure.title)}.* ${prose(figure.caption)}${more}`;
}

function runTimes(claims: readonly ClaimResult[]): string {
  const timed = claims
    .map(({ title, milliseconds = 0, settings }) => ({ title, milliseconds, settings }))
    .sort((one, other) => other.milliseconds - one.milliseconds);
  const rows = timed.map(({ title, milliseconds, settings }) => {
    const slowest = settings.reduce<SettingResult | undefined>(
      (worst, each) => ((each.milliseconds ?? 0) > (worst?.milliseconds ?? 0) ? each : worst),
      undefined,
    );
    return [
      plain(title),
      duration(milliseconds),
      count(settings.length),
      slowest === undefined ? '–' : `${prose(slowest.name)} (${duration(slowest.milliseconds ?? 0)})`,
    ];
  });
  return table([['Claim'], ['Time', 'right'], ['Settings', 'right'], ['Slowest setting']], rows);
}

function sourceList(claims: readonly ClaimResult[], sources: ReadonlyMap<string, Source>): string {
  const named = new Set(claims.flatMap(({ source }) => sourcesNamed(source, sources)));
  return [...named]
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ full }) => `- ${full}`)
    .join('\n');
}
