import type { ReadStatement } from '../read/document.js';

// Laws of probes as notes write them: v_i ~ U(−1, 1), v ~ U(𝕊^{d−1}), v ~ U({−1, 1}^d), v ~ U{e_1, …, e_d}, Rademacher.

/** A law on R^d that is the same in each coordinate, or under rotations or permutations of them. */
export type ProbeLaw =
  | { readonly kind: 'box'; readonly low: number; readonly high: number }
  | { readonly kind: 'points'; readonly values: readonly number[] }
  /** The sphere of radius 1, or √d. */
  | { readonly kind: 'sphere'; readonly root: boolean }
  /** e_1, …, e_d, or √d times these. */
  | { readonly kind: 'axes'; readonly root: boolean };

/** A law that a document states for a probe, and where. */
export interface StatedProbe {
  readonly key: string;
  readonly law: ProbeLaw;
  readonly at: number;
}

/** The law that LaTeX names; undefined for what is none of these. */
export function probeLawOf(latex: string): ProbeLaw | undefined {
  const text = latex
    .replace(/\\\{/g, '<')
    .replace(/\\\}/g, '>')
    .replace(/\\(?:mathcal|mathrm|mathbb|mathbf|mathsf|operatorname|text|textrm|left|right|[bB]igg?[lr]?|[,;:!])/g, '')
    .replace(/[{}\s]|\\ /g, '')
    .replace(/\\[lc]?dots/g, '...');
  if (/^Rad(?:emacher)?(?:\(.*\))?$/.test(text)) return { kind: 'points', values: [-1, 1] };
  const inside = /^(?:U|Unif|Uniform|uniform)(?:\((.*)\)|(<.*>(?:\^d)?|\[.*\](?:\^d)?))$/.exec(text);
  const of = inside?.[1] ?? inside?.[2];
  if (of === undefined) return undefined;
  if (/^(?:\\sqrtd)?S\^d-1(?:\(\\sqrtd\))?$/.test(of)) return { kind: 'sphere', root: of.includes('sqrt') };
  if (/^(?:\\sqrtd)?<e_1,(?:e_2,)?\.\.\.,e_d>$/.test(of)) return { kind: 'axes', root: of.includes('sqrt') };
  const set = /^<(.*)>(?:\^d)?$/.exec(of)?.[1] ?? '';
  const values = set.split(',').flatMap(signed);
  if (set !== '' && values.every(Number.isFinite)) return { kind: 'points', values };
  const [low, high, ...more] = of
    .replace(/^[[(]|[\])](?:\^d)?$/g, '')
    .split(',')
    .flatMap(signed);
  return high !== undefined && more.length === 0 && low < high ? { kind: 'box', low, high } : undefined;
}

/** −1, 0.5, √3, ±1; NaN for what is no number. */
function signed(text: string): number[] {
  const match = /^(-|\\pm)?(\\sqrt)?(\d+(?:\.\d+)?)$/.exec(text);
  if (match === null) return [Number.NaN];
  const size = match[2] === undefined ? Number(match[3]) : Math.sqrt(Number(match[3]));
  return match[1] === '\\pm' ? [-size, size] : [match[1] === '-' ? -size : size];
}

/** `v \sim U(-1, 1)`, or of each coordinate `v_i`. */
export function statedProbes(statements: readonly ReadStatement[]): StatedProbe[] {
  return statements.flatMap(({ sides, relations, at }) =>
    relations.flatMap(({ relation }, i): StatedProbe[] => {
      const [left, right] = [sides[i]?.tree, sides[i + 1]];
      if (relation !== '~' || left?.k !== 'name' || !/^[vzuw]$/.test(left.name) || !/^[ijk]?$/.test(left.sub))
        return [];
      const law = right === undefined ? undefined : probeLawOf(right.text);
      return law === undefined ? [] : [{ key: left.name, law, at }];
    }),
  );
}
