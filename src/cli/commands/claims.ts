import Table from 'cli-table3';
import pc from 'picocolors';
import type { Claim } from '../../verify/claim.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { print, type PrintOptions } from '../output.js';
import { named } from '../suggest.js';
import type { Terminal } from '../terminal.js';

/** Lists the claims of the course. */
export async function claimsCommand(options: PrintOptions, terminal: Terminal): Promise<ExitCode> {
  const { claims } = await import('../../claims/index.js');
  await print(options, terminal, { text: () => list(claims), json: claims.map(described) });
  return exitCodes.asClaimed;
}

/** Shows one claim: statement, assumptions, settings, false variants. */
export async function showClaimCommand(id: string, options: PrintOptions, terminal: Terminal): Promise<ExitCode> {
  const { claims } = await import('../../claims/index.js');
  const claim = named(claims, id, 'claim');
  await print(options, terminal, { text: () => page(claim), json: described(claim) });
  return exitCodes.asClaimed;
}

/** What a claim says, as plain data. */
function described(claim: Claim) {
  const { id, title, source, kind, statement, given, assumptions, discrepancy, settings, falseVariants } = claim;
  return {
    id,
    title,
    source,
    kind,
    ...(given === undefined ? {} : { given }),
    statement: oneLine(statement),
    assumptions,
    discrepancy,
    settings: settings.map(({ name, usesDigits }) => ({ name, usesDigits })),
    falseVariants: falseVariants.map((variant) => ({ ...variant, statement: oneLine(variant.statement) })),
    withoutAssumption: claim.withoutAssumption.map(({ assumption, name, residual }) => ({
      assumption,
      name,
      residual,
    })),
  };
}

function list(claims: readonly Claim[]): string {
  const table = new Table({
    head: ['claim', 'says', 'settings', 'false variants'].map((name) => pc.bold(name)),
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'left', 'right', 'right'],
  });
  table.push(
    ...claims.map(({ id, title, settings, falseVariants }) => [id, title, settings.length, falseVariants.length]),
  );
  return `${table.toString()}\n\`scorecheck claims show ID\` shows one whole.`;
}

function page(claim: Claim): string {
  const lines = [pc.bold(claim.id), claim.title, `Source: ${claim.source}`];
  const section = (title: string, entries: readonly string[]): void => {
    if (entries.length > 0) lines.push('', pc.bold(title), ...entries.map((entry) => `  ${entry}`));
  };
  section('Given', claim.given === undefined ? [] : [claim.given]);
  section('Statement (LaTeX)', [oneLine(claim.statement)]);
  section(
    'Assumptions',
    Object.entries(claim.assumptions).map(([name, text]) => `${name}: ${oneLine(text)}`),
  );
  section(
    'Tested on',
    claim.settings.map(({ name, usesDigits, usesNetwork }) =>
      usesNetwork ? `${name} (digits, with --train)` : usesDigits ? `${name} (digits)` : name,
    ),
  );
  section(
    'Shown to matter',
    claim.withoutAssumption.map(
      ({ assumption, name, residual }) => `without "${assumption}": ${name}, where the sides differ by ${residual}`,
    ),
  );
  section(
    'False variants',
    claim.falseVariants.flatMap(({ id, mistake, statement, given, kind, reason, silentIn }) => [
      `${id}${kind === 'value' ? '' : ` (${kind})`}: ${mistake}`,
      ...(given === undefined ? [] : [`  ${given}`]),
      `  ${oneLine(statement)}`,
      ...(reason === undefined ? [] : [`  No numbers refute it: ${reason}`]),
      ...Object.entries(silentIn).map(([setting, why]) => `  Says nothing for ${setting}: ${why}`),
    ]),
  );
  section('Verify it alone', [`scorecheck verify --claim ${claim.id}`]);
  return lines.join('\n');
}

/** LaTeX is written over several indented lines in a claim's file. */
const oneLine = (latex: string): string => latex.replace(/\s+/g, ' ').trim();
