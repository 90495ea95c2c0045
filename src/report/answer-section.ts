import type { Answer, ClaimResult, Verification } from '../verify/result.js';
import type { Context } from './claim-section.js';
import { clarityWord, methodName, verdictBadge } from './evidence-text.js';
import { link, plain, prose, table } from './markdown-text.js';
import { declared, measured } from './numbers.js';
import type { Section } from './outline.js';

type AnchorOf = (id: string) => string;

/** The questions that the course left open, each answered with the numbers of this run. */
export function answerSections({ answers, claims, figures }: Verification, context: Context): readonly Section[] {
  if (answers.length === 0) return [];
  const section = (answer: Answer): Section => ({
    level: 3,
    heading: answer.question,
    id: answer.id,
    body: (anchorOf) =>
      [
        ...answer.paragraphs.map(prose),
        numbers(answer, claims, anchorOf),
        ...figures.filter(({ id }) => answer.figures.includes(id)).map(context.figure),
        see(
          claims.filter(({ id }) => answer.claims.includes(id)),
          anchorOf,
        ),
      ]
        .filter((part) => part !== '')
        .join('\n\n'),
  });
  return [
    { level: 2, heading: 'Questions that the course left open', id: 'questions', body: () => '' },
    ...answers.map(section),
  ];
}

const see = (claims: readonly ClaimResult[], anchorOf: AnchorOf): string =>
  claims.length === 0 ? '' : `See ${claims.map(({ id, title }) => link(plain(title), anchorOf(id))).join(', ')}.`;

function numbers(answer: Answer, claims: readonly ClaimResult[], anchorOf: AnchorOf): string {
  switch (answer.shows) {
    case 'assumptions':
      return assumptions(claims, anchorOf);
    case 'evidence':
      return evidence(
        claims.filter(({ id }) => answer.claims.includes(id)),
        anchorOf,
      );
    case 'nothing':
      return '';
  }
}

/** Every counterexample of the run, not only those of the claims that the answer names. */
function assumptions(claims: readonly ClaimResult[], anchorOf: AnchorOf): string {
  const rows = claims.flatMap(({ id, title, withoutAssumption }) =>
    withoutAssumption.map(({ assumption, name, expectedResidual, shown, evidence: [found] }) => [
      link(plain(title), anchorOf(id)),
      plain(assumption),
      prose(name),
      declared(expectedResidual),
      found === undefined ? '–' : measured(found.residual),
      shown ? 'yes' : '**no**',
    ]),
  );
  return table(
    [
      ['Claim'],
      ['Assumption dropped'],
      ['Where'],
      ['Sides apart by, in theory', 'right'],
      ['Distance of the numbers from that', 'right'],
      ['Shown'],
    ],
    rows,
  );
}

function evidence(claims: readonly ClaimResult[], anchorOf: AnchorOf): string {
  const rows = claims.flatMap((claim) => [
    ...claim.settings.map(({ name, verdict, evidence: found }) => [
      link(plain(claim.title), anchorOf(claim.id)),
      prose(name),
      verdictBadge(verdict),
      [...new Set(found.map(({ method }) => methodName(method)))].join(', '),
      found.map(({ residual, tolerance }) => `${measured(residual)} / ${measured(tolerance)}`).join('; '),
    ]),
    ...claim.falseVariants
      .filter(({ refuted }) => refuted !== null)
      .map(({ mistake, refuted, clarity }) => [
        link(plain(claim.title), anchorOf(claim.id)),
        `false variant: ${prose(mistake)}`,
        verdictBadge(refuted === true ? 'refuted' : 'inconclusive'),
        '',
        refuted === true ? `clarity ${clarityWord(clarity)}` : 'not refuted in every setting',
      ]),
  ]);
  return table([['Claim'], ['Setting'], ['Verdict'], ['Method'], ['Residual / tolerance', 'right']], rows);
}
