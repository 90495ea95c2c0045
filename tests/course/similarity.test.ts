import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokensOf } from '../../src/course/similarity/tokens.js';
import { fingerprints, guarantee, noise } from '../../src/course/similarity/winnowing.js';

const solution = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../exercises/${name}/solution.ts`, import.meta.url)), 'utf8');
const hashes = (text: string): Set<number> => new Set(fingerprints(tokensOf('a.ts', text)).map(({ hash }) => hash));
const share = (a: Set<number>, b: Set<number>): number =>
  [...a].filter((each) => b.has(each)).length / Math.min(a.size, b.size);
const tokens = (kinds: readonly number[]) => kinds.map((kind, i) => ({ kind: String(kind), line: i + 1 }));

describe('similar submissions (attack 41)', () => {
  it('are found through other names, comments, types and spaces', () => {
    const text = solution('04-denoising-score-matching');
    const disguised = text
      .replace(/\bsigma\b/g, 'std')
      .replace(/\bx0\b/g, 'clean')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/;\n/g, '; // my own work\n\n');
    expect(disguised).not.toBe(text);
    expect(share(hashes(text), hashes(disguised))).toBe(1);
    expect(share(hashes(text), hashes(solution('08-langevin-dynamics')))).toBeLessThan(0.5);
  });

  it('leave a fingerprint of every shared run of the guaranteed length, and of none below the noise', () => {
    const run = fc.array(fc.integer({ min: 0, max: 99 }), { minLength: guarantee, maxLength: 60 });
    const around = fc.array(fc.integer({ min: 100, max: 199 }), { maxLength: 40 });
    const other = fc.array(fc.integer({ min: 200, max: 299 }), { maxLength: 40 });
    const shared = (a: readonly number[], b: readonly number[]): boolean => {
      const right = new Set(fingerprints(tokens(b)).map(({ hash }) => hash));
      return fingerprints(tokens(a)).some(({ hash }) => right.has(hash));
    };
    fc.assert(fc.property(run, around, other, (common, a, b) => shared([...a, ...common], [...b, ...common, ...b])));
    fc.assert(
      fc.property(
        run,
        around,
        other,
        (common, a, b) => !shared([...a, ...common.slice(0, noise - 1)], [...b, ...common.slice(0, noise - 1)]),
      ),
    );
  });
});
