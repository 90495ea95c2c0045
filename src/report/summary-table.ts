import Table from 'cli-table3';
import pc from 'picocolors';
import type { ClaimResult, Verification } from '../verify/result.js';
import { methodsUsed, verdictWord, type Verdict } from './evidence-text.js';
import { declared, duration, plural } from './numbers.js';
import { variantCounts } from './theory-markdown.js';

const colours: Readonly<Record<Verdict, (text: string) => string>> = {
  supported: pc.green,
  refuted: pc.red,
  inconclusive: pc.yellow,
};

/** What `scorecheck verify` prints at the end: a row per claim and the totals, at most `width` columns wide. */
export function summaryTable(verification: Verification, width = process.stdout.columns ?? 120): string {
  const { claims } = verification;
  const head = ['claim', 'verdict', 'evidence', 'refuted', 'time'];
  const rows = claims.map((claim) => [
    claim.id,
    verdictWord(claim.verdict),
    methodsUsed(claim.settings.flatMap(({ evidence }) => evidence)),
    variantsRefuted(claim),
    claim.milliseconds === undefined ? '' : duration(claim.milliseconds),
  ]);
  const widest = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)));
  // The evidence column gives way; each cell has a space at either side, each column a border.
  const others = widest.reduce((sum, each, column) => sum + (column === 2 ? 0 : each + 3), 0);
  const evidenceWidth = Math.max(12, Math.min(widest[2] ?? 0, width - others - 4));
  const table = new Table({
    head: head.map((name) => pc.bold(name)),
    style: { head: [], border: [] },
    colAligns: ['left', 'left', 'left', 'right', 'right'],
    colWidths: widest.map((each, column) => (column === 2 ? evidenceWidth : each) + 2),
    wordWrap: true,
  });
  rows.forEach((row, index) => {
    const verdict = claims[index]?.verdict;
    table.push(row.map((cell, column) => (column === 1 && verdict !== undefined ? colours[verdict](cell) : cell)));
  });
  return `${table.toString()}\n${totals(verification)}\n`;
}

function variantsRefuted(claim: ClaimResult): string {
  const { refuted, total } = variantCounts([claim]);
  const cell = `${refuted}/${total}`;
  return total === 0 ? '' : refuted === total ? cell : pc.red(cell);
}

function totals({ backend, budget, claims, data, milliseconds, quick, seed, summary }: Verification): string {
  const { refuted, total } = variantCounts(claims);
  return [
    `${plural(claims.length, 'claim')}: ${summary.supported} supported, ${summary.refuted} refuted, ${summary.inconclusive} inconclusive; ` +
      `${refuted} of ${plural(total, 'false variant')} refuted`,
    `error budget ${declared(budget.falseFailRate)}, ${declared(budget.spent)} spent on ${plural(budget.randomChecks, 'random comparison')}`,
    [
      `backend ${backend.name}`,
      `data ${data.name}`,
      `seed ${seed}`,
      ...(quick ? ['quick'] : []),
      ...(milliseconds === undefined ? [] : [duration(milliseconds)]),
    ].join(', '),
  ].join('\n');
}
