import type { Name } from '../read/expression.js';
import { keyOf } from '../read/expression.js';
import { densityLetters } from '../read/binder.js';

// The course pack: what a name means where the document does not say.

const base = (name: string): string => name.replace(/[~^.-]+$/, '');

/** Points of R^d: x, y, z, u, v, w in either case. */
export const isPointName = ({ name, sub, font }: Name): boolean =>
  font !== 'text' && font !== 'bb' && /^[xyzuvwXY]$/.test(base(name)) && sub !== 'theta';

export const isNoiseName = ({ name, font }: Name): boolean =>
  font === '' && ['epsilon', 'xi', 'eta'].includes(base(name));

/** Vectors that probe a trace or a direction; E[v vᵀ] = I unless said otherwise. */
export const isProbe = (key: string): boolean => /^(v|z|u|w|xi|epsilon|eta)(_[a-z0-9]+)?$/.test(key);

export const isDensityName = ({ name }: Name): boolean => densityLetters.has(name);

/** Score models share one field: S, s_θ, ψ, \hat s, score. */
export function fieldKey({ name, sub }: Pick<Name, 'name' | 'sub'>): string | undefined {
  const letter = base(name);
  if (['S', 's', 'psi', 'score', 'Psi'].includes(letter)) return 'S';
  if (['h', 'D', 'denoiser'].includes(letter) && !/^(KL|F)$/.test(sub)) return 'h';
  if (name === 'x^' || name === 'X^') return 'h';
  return undefined;
}

/** `S_1`, `s_d`, `S_i`, `s_{θ,i}`: a component where the subscript is an index; S_0, S_θ and S_σ are models. */
export const componentIndex = (sub: string): string | undefined =>
  /^(?:(?:theta|phi),?)?([1-9]|d|n|i|j|k|m)$/.exec(sub)?.[1] ?? /^([1-9]|d|i|j|k),?(?:theta|phi)$/.exec(sub)?.[1];

/** The usual name of a loss: ESM, ISM, DSM, SSM, DAE; undefined where it is none of them. */
export function lossOf({ name, sub, font }: Name): string | undefined {
  const letter = base(name);
  if (!['L', 'J', 'ell', 'Loss', 'loss'].includes(letter) && font !== 'cal') return undefined;
  const word = sub.toUpperCase().replace(/[^A-Z]/g, '');
  return ['ESM', 'ISM', 'DSM', 'SSM', 'DAE'].find((known) => word === known || word === `${known}EXPLICIT`);
}

export const isLossName = ({ name, font, sub }: Name): boolean =>
  ['L', 'J', 'ell', 'Loss', 'loss'].includes(base(name)) &&
  (font === 'cal' || sub.length > 1 || /^(Loss|loss|ell)$/.test(name) || name === 'J' || name === 'L');

/** The key of a loss or of another defined name: fonts and the case of the subscript play no part. */
export const definitionKey = (name: Name): string =>
  isLossName(name)
    ? `${base(name.name)}_${name.sub.replace(/[^A-Za-z0-9]/g, '').toUpperCase()}`
    : keyOf(name) + (name.star ? '*' : '');

/** Positive scalars, Greek and others. */
export const isScalarName = ({ name, sub, font }: Name): boolean =>
  font !== 'bb' &&
  (/^(sigma|alpha|beta|gamma|delta|lambda|tau|kappa|mu|omega|rho|eta|zeta|nu|chi)[~^-]?$/.test(name) ||
    /^[tTgcrkKNmabZ]$/.test(name) ||
    (name === 'C' && sub !== '')) &&
  !/^[ij]$/.test(name);

export const isDimension = ({ name, sub }: Name): boolean =>
  sub === '' && (name === 'd' || name === 'n' || name === 'D');

export const isMatrixName = ({ name, font }: Name): boolean =>
  font !== 'bb' && font !== 'cal' && /^[ABMQRHGK]$/.test(name);

export const isConstantName = ({ name, font }: Name): boolean => name === 'const' || (name === 'C' && font !== 'bb');
