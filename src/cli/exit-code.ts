import type { ClaimResult, Verification } from '../verify/result.js';

/** What the exit code says; the help and the README list the same four. */
export const exitCodes = {
  asClaimed: 0,
  notAsClaimed: 1,
  wrongUse: 2,
  failed: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The list of exit codes for a help text. */
export const exitCodeHelp = `
Exit codes:
  0  done; for verify: every claim is supported, every false variant with numbers is refuted,
     and every assumption with a counterexample is shown to matter
  1  something is refuted, inconclusive or not shown
  2  wrong use: an unknown option or claim, a folder that cannot be written, a broken data file
  3  scorecheck itself failed, or something outside of it, such as the network`;

/** Everything in a verification that did not come out as the course claims; empty when all of it did. */
export function unexpected(verification: Verification): string[] {
  const ofExercises = (verification.exercises ?? []).flatMap(({ exercise, checks }) =>
    checks.filter(({ ok }) => !ok).map(({ task, of, says }) => `${exercise}, ${task}, ${of}: ${says}`),
  );
  return [...verification.claims.flatMap(unexpectedIn), ...ofExercises];
}

function unexpectedIn(claim: ClaimResult): string[] {
  return [
    ...claim.settings
      .filter(({ verdict }) => verdict !== 'supported')
      .map(({ name, verdict }) => `${claim.id}: ${verdict} for ${name}`),
    // A claim without settings has no evidence at all.
    ...(claim.settings.length === 0 ? [`${claim.id}: no setting, so no evidence`] : []),
    ...claim.falseVariants
      .filter(({ kind, refuted }) => kind === 'value' && refuted !== true)
      .map(({ id }) => `${claim.id}: its false variant ${id} is not refuted in every setting`),
    ...claim.withoutAssumption
      .filter(({ shown }) => !shown)
      .map(({ assumption, name }) => `${claim.id}: ${name} does not show that the assumption "${assumption}" matters`),
  ];
}

/** 0 where a verification has claims or exercises and all is as they say, else 1. */
export function exitCodeOf(verification: Verification): ExitCode {
  const tried = verification.claims.length + (verification.exercises ?? []).length;
  const asClaimed = tried > 0 && unexpected(verification).length === 0;
  return asClaimed ? exitCodes.asClaimed : exitCodes.notAsClaimed;
}
