import fc from 'fast-check';
import { float64 } from '../oracle/arithmetic.js';
import { formulaProblem } from '../report/katex-formula.js';
import type { Claim, Resources } from '../verify/claim.js';
import { evaluateAt } from '../verify/term.js';

/** Points at which a pointwise statement is tried before anything is judged. */
const trials = 8;

/** What is wrong with a claim of the course's own before anything is computed with it: a sentence for each thing, none where it is as ours are. `stem` is the name of its file. */
export function claimFaults(claim: Claim, stem: string): string[] {
  return [
    ...(claim.id === stem ? [] : [`id: expected "${stem}", as the file is named, got "${claim.id}".`]),
    ...(claim.source.trim() === '' ? ['source: expected where the statement stands, got nothing.'] : []),
    ...formulas(claim).flatMap(([where, latex]) => {
      const problem = formulaProblem(latex);
      return problem === undefined ? [] : [`${where}: expected LaTeX that can be set, got ${latex.trim()}: ${problem}`];
    }),
    ...(claim.settings.length >= 2
      ? []
      : [
          `settings: expected two or more, since numbers of one setting can hide a mistake, found ${claim.settings.length}.`,
        ]),
    ...(claim.falseVariants.length > 0
      ? []
      : ['falseVariants: expected one or more, which show that the check has power, found none.']),
    ...silent(claim),
    ...claim.settings.flatMap((setting) => {
      const problem = setting.usesDigits || setting.usesNetwork ? undefined : tried(setting.prepare);
      return problem === undefined ? [] : [`settings["${setting.name}"]: ${problem}`];
    }),
  ];
}

/** All LaTeX of a claim, with the place. */
function formulas({ statement, given, assumptions, falseVariants }: Claim): [string, string][] {
  const sentences = [
    ['given', given ?? ''],
    ...Object.entries(assumptions).map(([name, text]) => [`assumptions.${name}`, text]),
    ...falseVariants.map((variant) => [`falseVariants.${variant.id}.given`, variant.given ?? '']),
  ];
  const inSentences = sentences.flatMap(([place, text]) =>
    [...text.matchAll(/\$([^$]+)\$/g)].map(([, math]): [string, string] => [place, math]),
  );
  const variants = falseVariants.map((variant): [string, string] => [
    `falseVariants.${variant.id}.statement`,
    variant.statement,
  ]);
  return [['statement', statement], ...inSentences, ...variants];
}

function silent({ falseVariants, settings }: Claim): string[] {
  const names = settings.map(({ name }) => name);
  return falseVariants.flatMap(({ id, kind, silentIn }) => {
    const said = Object.keys(silentIn);
    const unknown = said.filter((name) => !names.includes(name));
    const where = `falseVariants.${id}.silentIn`;
    if (unknown.length > 0)
      return [`${where}: expected names of settings, got "${unknown[0]}". There are ${names.join(', ')}.`];
    return kind === 'value' && said.length > 0 && said.length >= names.length
      ? [`${where}: expected a setting that is left, in which the variant is refuted, found none.`]
      : [];
  });
}

/** The sides made, and for a pointwise statement computed at a few points; why that fails. */
function tried(prepare: Claim['settings'][number]['prepare']): string | undefined {
  try {
    // A setting on analytic densities draws on nothing else.
    const { statement } = prepare({} as Resources);
    if (statement.kind !== 'pointwise') return undefined;
    const points = fc.sample(statement.domain.points, { seed: 1, numRuns: trials });
    for (const side of ['lhs', 'rhs'] as const) {
      const finite = points.some((at) => evaluateAt(statement[side], float64, at).every(Number.isFinite));
      if (!finite) return `expected numbers on the side ${side}, found none at any of ${trials} points.`;
    }
    return undefined;
  } catch (error) {
    return `expected sides that can be computed, but that threw: ${error instanceof Error ? error.message : String(error)}`;
  }
}
