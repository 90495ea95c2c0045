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

/**
 * What `scorecheck verify` prints at the end: a row per claim and the totals. Where the table is wider than `width` columns, the
 * list of methods is broken into lines. Colours only on a terminal, and not with NO_COLOR.
 */
export function summaryTable(verification: Verification, width = process.stdout.columns ?? 120): string {
  const natural = tableOf(verification.claims);
  // The border holds characters of one column each, whatever the cells hold.
  const excess = natural.indexOf('\n') - width;
  const table = excess > 0 ? tableOf(verification.claims, excess) : natural;
  return `${table}\n${totals(verification)}\n`;
}

function tableOf(claims: readonly ClaimResult[], excess = 0): string {
  const rows = claims.map((claim) => [
    claim.id,
    colours[claim.verdict](verdictWord(claim.verdict)),
    methods(claim),
    variantsRefuted(claim),
    claim.milliseconds === undefined ? '' : duration(claim.milliseconds),
  ]);
  const widest = Math.max('evidence'.length, ...claims.map((claim) => methods(claim).length)) + 2;
  const table = new Table({
    head: ['claim', 'verdict', 'evidence', 'variants refuted', 'time'].map((name) => pc.bold(name)),
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'left', 'left', 'right', 'right'],
    colWidths: excess === 0 ? [] : [null, null, Math.max(narrowest, widest - excess)],
    wordWrap: true,
  });
  table.push(...rows);
  return table.toString();
}

// "sequential" and a space at either side.
const narrowest = 12;

const methods = ({ settings }: ClaimResult): string => methodsUsed(settings.flatMap(({ evidence }) => evidence));

function variantsRefuted(claim: ClaimResult): string {
  const { refuted, total } = variantCounts([claim]);
  const cell = `${refuted}/${total}`;
  return total === 0 ? '' : refuted === total ? cell : pc.red(cell);
}

function totals({ backend, budget, claims, data, milliseconds, quick, seed, summary }: Verification): string {
  const { refuted, total } = variantCounts(claims);
  return [
    `${plural(claims.length, 'claim')}: ${summary.supported} supported, ${summary.refuted} refuted, ` +
      `${summary.inconclusive} inconclusive; ${refuted} of ${plural(total, 'false variant')} refuted`,
    `error budget ${declared(budget.falseFailRate)}, ${declared(budget.spent)} spent on ` +
      plural(budget.randomChecks, 'random comparison'),
    [
      `backend ${backend.name}`,
      `data: ${data.name}`,
      `seed ${seed}`,
      ...(quick ? ['quick run'] : []),
      ...(milliseconds === undefined ? [] : [duration(milliseconds)]),
    ].join(' · '),
  ].join('\n');
}
