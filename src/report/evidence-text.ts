import type { Verification } from '../verify/result.js';
import { plain } from './markdown-text.js';
import { count, declared, measured } from './numbers.js';

export type Evidence = Verification['claims'][number]['settings'][number]['evidence'][number];
export type Verdict = Evidence['verdict'];

const marks: Readonly<Record<Verdict, string>> = { supported: '✓', refuted: '✗', inconclusive: '?' };

/** A verdict as a mark and a word, so that nobody needs to see a colour. */
export const verdictWord = (verdict: Verdict): string => `${marks[verdict]} ${verdict}`;

/** The same in Markdown; html.ts makes a badge of it. */
export const verdictBadge = (verdict: Verdict): string => `**${verdictWord(verdict)}**`;

/** How often each method was used: "quadrature × 2, sequential mean". */
export function methodsUsed(evidence: readonly Evidence[]): string {
  const uses = new Map<string, number>();
  for (const { method } of evidence) uses.set(method, (uses.get(method) ?? 0) + 1);
  return [...uses].map(([method, times]) => methodName(method) + (times > 1 ? ` × ${times}` : '')).join(', ');
}

/** A method's name in words. */
export const methodName = (method: string): string => method.replaceAll('-', ' ');

/** Residual ÷ tolerance of the clearest refutation among the evidence; null where nothing was refuted or a residual is not finite. */
export function clarityOf(evidence: readonly Evidence[]): number | null {
  // A tolerance of 0, as of a symbolic comparison, leaves nothing to measure a residual by.
  const ratios = evidence.flatMap(({ verdict, residual, tolerance }) =>
    verdict === 'refuted' && residual !== null && tolerance !== null ? [residual / tolerance] : [],
  );
  return ratios.length === 0 ? null : Math.max(...ratios);
}

/** How many times its tolerance a residual is, in words where there is no such number. */
export const clarityWord = (clarity: number | null): string =>
  clarity === null || !Number.isFinite(clarity) ? 'refuted beyond measure' : measured(clarity);

/** What a sequential test certified, in one line of Markdown. */
export function sequentialLine({ verdict, samples, comparisons = 1, sequential, residual }: Evidence): string {
  if (sequential === undefined) return '';
  const last = sequential.looks.at(-1);
  const outcome: Record<Verdict, string> = {
    supported: `**supported**: |effect| < ${declared(sequential.delta1)} (certified, $\\beta$ = ${declared(sequential.beta)})`,
    refuted: `**refuted**: |effect| > ${declared(sequential.delta0)} (certified, $\\alpha$ = ${declared(sequential.alpha)})`,
    inconclusive: `**inconclusive**: neither |effect| < ${declared(sequential.delta1)} nor |effect| > ${declared(sequential.delta0)} could be certified`,
  };
  const draws = samples ?? last?.n;
  const estimate = last === undefined ? measured(residual) : `${measured(last.estimate)} ± ${measured(last.halfWidth)}`;
  return [
    outcome[verdict],
    ...(draws === undefined ? [] : [`n = ${count(draws)}`]),
    `estimate ${estimate}`,
    `declared variance ${declared(sequential.variance)} (${plain(sequential.varianceSource)})`,
    `$\\alpha$ = ${declared(sequential.alpha)}${comparisons > 1 ? ` for each of ${count(comparisons)} coordinates` : ''}`,
  ].join(', ');
}
