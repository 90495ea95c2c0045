import type { ClaimResult, Verification } from '../verify/result.js';
import { plain, prose } from './markdown-text.js';
import { plural } from './numbers.js';

/** What this run leaves open, as a list in Markdown: each item is read off the results, none is a general caution. */
export function limits({ backend, claims, data, quick }: Verification): string {
  const undecided = claims.filter(({ verdict }) => verdict === 'inconclusive');
  const missed = claims.flatMap((claim) =>
    claim.falseVariants
      .filter(({ kind, refuted }) => kind === 'value' && refuted !== true)
      .map(({ mistake }) => ({ claim, mistake })),
  );
  const items = [
    `The other backend was not tried: this run used ${backend.name === 'native' ? 'the native one, not WebAssembly' : 'WebAssembly, not the native one'}.`,
    ...(data.name === 'MNIST' ? [] : [`MNIST was not used: where a claim names images, they are ${plain(data.name)}.`]),
    ...(quick ? [`This was a quick run; a full run uses more points and draws${leftOut(claims)}.`] : []),
    ...(undecided.length === 0 ? [] : [`Left undecided: ${titles(undecided)}.`]),
    ...missed.map(({ claim, mistake }) => `Not refuted although false, for "${plain(claim.title)}": ${prose(mistake)}`),
    ...untestedAssumptions(claims),
  ];
  return items.map((item) => `- ${item}`).join('\n');
}

/** What a quick run did not try of the false variants, as the end of a sentence. */
function leftOut(claims: readonly ClaimResult[]): string {
  const variants = claims.flatMap(({ falseVariants }) => falseVariants.filter(({ kind }) => kind === 'value'));
  const untried = variants.reduce((sum, { untriedIn = [] }) => sum + untriedIn.length, 0);
  const tried = variants.reduce((sum, { evidence }) => sum + new Set(evidence.map(({ setting }) => setting)).size, 0);
  return untried === 0
    ? ''
    : `, and tries each false variant in every setting where it speaks: here in one, ${tried} of ${tried + untried} in all`;
}

const titles = (claims: readonly ClaimResult[]): string => claims.map(({ title }) => plain(title)).join('; ');

function untestedAssumptions(claims: readonly ClaimResult[]): readonly string[] {
  const untested = claims.flatMap((claim) => {
    const tested = new Set(claim.withoutAssumption.map(({ assumption }) => assumption));
    const names = Object.keys(claim.assumptions).filter((name) => !tested.has(name));
    return names.length === 0 ? [] : [{ title: claim.title, names }];
  });
  if (untested.length === 0) return [];
  const total = untested.reduce((sum, { names }) => sum + names.length, 0);
  const listed = untested.map(({ title, names }) => `${plain(title)} (${names.map(plain).join(', ')})`);
  return [
    `No counterexample shows that ${plural(total, 'assumption')} ${total === 1 ? 'is' : 'are'} needed: ${listed.join('; ')}.`,
  ];
}
