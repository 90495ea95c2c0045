import { createHash } from 'node:crypto';
import type { Token } from './tokens.js';

/** Shared runs of fewer tokens than this are noise. */
export const noise = 12;

/** Every shared run of so many tokens is found for certain. */
export const guarantee = 20;

/** A fingerprint: the hash of `noise` tokens in a row, the index of the first, and the lines that they stand on. */
export interface Fingerprint {
  readonly hash: number;
  readonly at: number;
  readonly line: number;
  readonly endLine: number;
}

/**
 * The fingerprints of a program by winnowing (Schleimer, Wilkerson and Aiken 2003, section 3): of every window of w = guarantee − noise + 1 hashes in a row
 * the smallest is kept, the rightmost of equal ones. So every run of `guarantee` tokens that two programs share leaves a fingerprint in both, and no run shorter than
 * `noise` leaves one.
 */
export function fingerprints(tokens: readonly Token[]): Fingerprint[] {
  const hashes: number[] = [];
  for (let i = 0; i + noise <= tokens.length; i++) hashes.push(hashOf(tokens, i));
  const width = guarantee - noise + 1;
  const kept: Fingerprint[] = [];
  let last = -1;
  for (let start = 0; start + Math.min(width, hashes.length) <= hashes.length && hashes.length > 0; start++) {
    let smallest = start;
    for (let i = start; i < Math.min(start + width, hashes.length); i++)
      if (hashes[i] <= hashes[smallest]) smallest = i;
    if (smallest === last) continue;
    last = smallest;
    const [first, end] = [tokens[smallest], tokens[smallest + noise - 1]];
    kept.push({ hash: hashes[smallest], at: smallest, line: first.line, endLine: end.line });
  }
  return kept;
}

function hashOf(tokens: readonly Token[], from: number): number {
  const hash = createHash('sha256');
  for (let i = from; i < from + noise; i++) hash.update(`${tokens[i].kind}\n`);
  return hash.digest().readUIntBE(0, 6);
}
