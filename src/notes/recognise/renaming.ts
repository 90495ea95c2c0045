import { densityLetters } from '../read/binder.js';

/** Which letter of the document stands for which letter of a known statement, and back. */
export interface Renaming {
  readonly forth: ReadonlyMap<string, string>;
  readonly back: ReadonlyMap<string, string>;
}

export const noRenaming: Renaming = { forth: new Map(), back: new Map() };

/** Letters may be named anew within their kind alone; of any other kind, such as E, N, I, d and e, each means itself. */
const kinds: readonly RegExp[] = [
  /^[xyzuvXYZ]$|^(epsilon|xi|eta)$/,
  /^[WwB]$/,
  /^[fb]$/,
  /^g$/,
  /^[aclmnkrstijKLMNTh]$|^(alpha|beta|gamma|delta|zeta|kappa|lambda|mu|rho|sigma|tau|omega|chi)$/,
  /^(S|s|psi)$/,
];

const kindOf = (letter: string): number | undefined => {
  if (densityLetters.has(letter)) return -1;
  const at = kinds.findIndex((kind) => kind.test(letter));
  return at < 0 ? undefined : at;
};

/** The renaming with `known` ↔ `found` added; undefined where one of them already stands for another letter, or their kinds differ. */
export function withLetter(renaming: Renaming, known: string, found: string): Renaming | undefined {
  const kind = kindOf(known);
  if (kind === undefined || kind !== kindOf(found)) return known === found ? renaming : undefined;
  const [there, here] = [renaming.forth.get(known), renaming.back.get(found)];
  if (there === undefined && here === undefined)
    return {
      forth: new Map([...renaming.forth, [known, found]]),
      back: new Map([...renaming.back, [found, known]]),
    };
  return there === found && here === known ? renaming : undefined;
}

/** The same for words such as `sigma_l`, `t+1` and `x~`: letter by letter; accents, signs and longer words mean themselves. */
export function withWord(renaming: Renaming, known: string, found: string): Renaming | undefined {
  const [a, b] = [lettersOf(known), lettersOf(found)];
  if (a.length !== b.length) return undefined;
  let now: Renaming | undefined = renaming;
  for (const [i, letter] of a.entries()) {
    if (now === undefined) return undefined;
    now = withLetter(now, letter, b[i]);
  }
  return now;
}

/** The letters, words and signs of a subscript or of a name with its accent. */
export const lettersOf = (word: string): readonly string[] => word.match(/[A-Za-z]+|./gu) ?? [];
