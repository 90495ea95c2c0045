import { randomStream } from '../../src/numerics/random.js';

/** A side with one slip in it. */
export interface Mutation {
  readonly text: string;
  readonly slip: string;
}

// Slips as authors make them, on the LaTeX itself: the reader's own trees and edits take no part.
const slips: readonly (readonly [slip: string, pattern: RegExp, put: string])[] = [
  ['a sign', /(?<=[\w})\]|] ?)\+/g, '-'],
  ['a sign', /(?<=[\w})\]|] ?)-/g, '+'],
  ['a sign in front', /^-\s*/g, ''],
  ['a sign in front', /^(?!-)/g, '-'],
  ['a factor 2', /^(?!-)/g, '2 '],
  ['a factor 1/2', /^(?!-)/g, '\\frac{1}{2} '],
  ['a factor lost', /(?<![\w^_{])2\s*(?=\\|\()/g, ''],
  ['a factor lost', /\\frac\{1\}\{2\}/g, ''],
  ['an exponent', /\\sigma\^2/g, '\\sigma'],
  ['an exponent', /\\sigma\^2/g, '\\sigma^4'],
  ['an exponent', /\\sigma\^4/g, '\\sigma^2'],
  ['an exponent', /g\(t\)\^2/g, 'g(t)'],
  ['a root lost', /\\sqrt\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}/g, '{$1}'],
  ['a logarithm lost', /\\log /g, ''],
  ['a divergence', /\\nabla(_\{[^}]*\}|_\w)? ?\\cdot /g, '\\nabla$1 '],
  ['a trace lost', /\\(?:mathrm\{tr\}|operatorname\{tr\}|Tr|text\{tr\})/g, ''],
  ['another law', /\\sim p\(/g, '\\sim p_\\sigma('],
];

/** Every way to make one slip in a side, in an order that `seed` shuffles; at most `count`. */
export function mutationsOf(side: string, seed: number, count: number): Mutation[] {
  const all: Mutation[] = [];
  for (const [slip, pattern, put] of slips)
    for (const match of side.matchAll(pattern)) {
      // Inside of a subscript a sign is no term's.
      if (depthOfScripts(side, match.index) > 0 && slip === 'a sign') continue;
      const plain = side.slice(0, match.index) + replaced(side, pattern, match.index, put);
      if (plain !== side && plain.trim() !== '') all.push({ text: plain, slip });
    }
  const random = randomStream(seed, 'mutations', side);
  return all
    .map((mutation) => ({ mutation, key: random.uniform() }))
    .sort((a, b) => a.key - b.key)
    .slice(0, count)
    .map(({ mutation }) => mutation);
}

/** What follows `at` with the match there replaced. */
function replaced(side: string, pattern: RegExp, at: number, put: string): string {
  let done = '';
  side.replace(pattern, (...found: unknown[]) => {
    const offset = found.find((each): each is number => typeof each === 'number') ?? -1;
    const whole = String(found[0]);
    if (offset === at) done = put.replace('$1', typeof found[1] === 'string' ? found[1] : '') + side.slice(at + whole.length); // prettier-ignore
    return whole;
  });
  return done;
}

function depthOfScripts(text: string, at: number): number {
  let depth = 0;
  const open: boolean[] = [];
  for (let i = 0; i < at; i++) {
    if (text[i] === '{') {
      const isScript = text[i - 1] === '_';
      open.push(isScript);
      if (isScript) depth++;
    } else if (text[i] === '}' && open.pop() === true) depth--;
  }
  return depth;
}
