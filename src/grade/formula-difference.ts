import { float64, type Arithmetic } from '../oracle/arithmetic.js';
import { FLOAT64_ROUNDOFF, runningError, tolerance } from '../oracle/running-error.js';
import type { WrittenFormula } from '../oracle/written-formula.js';
import { describe } from './describe.js';
import type { Texts } from './texts.js';
import type { Seen } from './trial.js';

/** Numbers for the symbols of a formula. */
export type SymbolValues = Readonly<Record<string, number>>;

/** What two formulas say at one point. */
export interface Tried {
  readonly point: SymbolValues;
  readonly expected: number;
  readonly got: number;
  /** |got − expected| that float64 rounding explains. */
  readonly allowed: number;
  readonly differs: boolean;
}

/** A change of one symbol of a formula, or of two. */
type Change = <T>(a: Arithmetic<T>, symbol: T) => T;

/**
 * A formula and the right one at each of the points where the right one has a value; the symbols of the latter may be changed first.
 */
export function comparedAt(
  points: readonly SymbolValues[],
  given: WrittenFormula,
  right: WrittenFormula,
  derivative: string | undefined,
  changed: (name: string) => { readonly from: string; readonly change: Change } = (name) => ({
    from: name,
    change: same,
  }),
): readonly Tried[] {
  const [theirs, ours] = [given, right].map((each) =>
    derivative === undefined ? each.value : each.derivative(derivative),
  );
  const at = <T>(a: Arithmetic<T>, point: SymbolValues): Record<string, T[]> =>
    Object.fromEntries(Object.entries(point).map(([name, value]) => [name, [a.c(value)]]));
  const moved = <T>(a: Arithmetic<T>, point: SymbolValues): Record<string, T[]> =>
    Object.fromEntries(
      Object.keys(point).map((name) => {
        const { from, change } = changed(name);
        return [name, [change(a, a.c(point[from]))]];
      }),
    );
  return points.flatMap((point): Tried[] => {
    const expected = ours(float64, moved(float64, point));
    // Where the right formula has no number there is nothing to compare.
    if (!Number.isFinite(expected)) return [];
    const got = theirs(float64, at(float64, point));
    const allowed =
      tolerance(theirs(runningError, at(runningError, point)), FLOAT64_ROUNDOFF) +
      tolerance(ours(runningError, moved(runningError, point)), FLOAT64_ROUNDOFF);
    return [{ point, expected, got, allowed, differs: !(Math.abs(got - expected) <= allowed) }];
  });
}

const same: Change = (_, symbol) => symbol;

/**
 * What a wrong formula is, where that can be said in a sentence: the right one times a factor, or up to a constant, or with something else in place of a
 * symbol. Empty where nothing of this kind gives all its values.
 */
export function described(
  tried: readonly Tried[],
  {
    points,
    given,
    right,
    derivative,
  }: {
    readonly points: readonly SymbolValues[];
    readonly given: WrittenFormula;
    readonly right: WrittenFormula;
    readonly derivative: string | undefined;
  },
): Seen[] {
  const compared = tried.map(({ point, expected, got, allowed, differs }) => ({
    property: 'formula' as const,
    case: point,
    gradient: false,
    expected: { values: [expected], tolerances: [allowed] },
    got: Number.isFinite(got) ? [got] : undefined,
    fault: differs ? ({ kind: 'value', coordinate: 0 } as const) : undefined,
  }));
  // Where a formula has no number, a factor of the rest says little.
  const inNumbers = compared.every(({ got }) => got !== undefined) ? describe(compared, subjectOf(derivative)) : [];
  const told = inNumbers
    .filter(({ id }) => id !== 'factor-per-question')
    .map(({ id, sentence }) => ({ id, says: sentence }));
  if (told.length > 0) return told;
  const names = Object.keys(points[0]);
  const substitution = substitutions(names, derivative).find(({ changed }) => {
    const other = comparedAt(points, given, right, derivative, changed);
    return other.length === points.length && !other.some(({ differs }) => differs);
  });
  return substitution === undefined ? [] : [{ id: substitution.id, says: substitution.says }];
}

const subjectOf = (derivative: string | undefined): Texts =>
  derivative === undefined
    ? { en: 'The formula', 'zh-TW': '這個公式' }
    : { en: `The derivative of the formula in ${derivative}`, 'zh-TW': `這個公式對 ${derivative} 的導數` };

/** Something else in place of a symbol: its square, its root, its opposite, 1, 0, or another symbol. A symbol that is differentiated in stays. */
function substitutions(
  names: readonly string[],
  derivative: string | undefined,
): { id: string; says: Texts; changed: (name: string) => { from: string; change: Change } }[] {
  const free = names.filter((name) => name !== derivative);
  const replaced = changes.flatMap(({ id, written, change }) =>
    free.map((symbol) => ({
      id: `${symbol}-${id}`,
      says: {
        en: `This is the right formula with ${written(symbol)} in place of ${symbol}.`,
        'zh-TW': `這是正確的公式，只是 ${symbol} 換成了 ${written(symbol)}。`,
      },
      changed: (name: string) => ({ from: name, change: name === symbol ? change : same }),
    })),
  );
  const exchanged = free.flatMap((first, i) =>
    free.slice(i + 1).map((second) => ({
      id: `${first}-and-${second}-exchanged`,
      says: {
        en: `This is the right formula with ${first} and ${second} exchanged.`,
        'zh-TW': `這是正確的公式，只是 ${first} 和 ${second} 對調了。`,
      },
      changed: (name: string) => ({ from: name === first ? second : name === second ? first : name, change: same }),
    })),
  );
  return [...replaced, ...exchanged];
}

const changes: readonly { id: string; written: (symbol: string) => string; change: Change }[] = [
  { id: 'squared', written: (symbol) => `${symbol}^2`, change: (a, symbol) => a.mul(symbol, symbol) },
  { id: 'root', written: (symbol) => `sqrt(${symbol})`, change: (a, symbol) => a.sqrt(symbol) },
  { id: 'sign', written: (symbol) => `-${symbol}`, change: (a, symbol) => a.sub(a.c(0), symbol) },
  { id: 'is-1', written: () => '1', change: (a) => a.c(1) },
  { id: 'is-0', written: () => '0', change: (a) => a.c(0) },
];
