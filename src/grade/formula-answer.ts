import { float64 } from '../oracle/arithmetic.js';
import { FLOAT64_ROUNDOFF, runningError, tolerance } from '../oracle/running-error.js';
import type { FormulaProblem, WrittenFormula } from '../oracle/written-formula.js';
import { randomStream } from '../numerics/random.js';
import { task, type Task } from './exercise.js';
import type { Texts } from './texts.js';
import type { Seen, Trial } from './trial.js';

/** A formula that a student derives by hand and hands in as a line of text. */
export interface FormulaAnswer {
  readonly name: string;
  readonly points: number;
  /** The symbols that the line may use, each with the interval that it is tried on. */
  readonly symbols: Readonly<Record<string, readonly [from: number, to: number]>>;
  readonly right: string;
  /** Compared by its derivative in this symbol, where terms without it are free. */
  readonly derivative?: string;
  /** Lines that students write, by the name of the mistake. */
  readonly mistakes: Readonly<Record<string, { readonly line: string; readonly says: Texts }>>;
}

/** Formulas that agree at so many points drawn at random are the same: two different ones of these operations agree on a set of measure 0. */
const POINTS = 32;

/** The task of a formula: its function takes nothing and returns the line. */
export function formulaTask(spec: FormulaAnswer): Task {
  return task({
    name: spec.name,
    inputs: [],
    returns: () => [],
    properties: { formula: { points: spec.points } },
    mistakes: {},
    trial: formulaTrial(spec),
  });
}

/** Reads the line and compares it as a function. */
export const formulaTrial =
  (spec: FormulaAnswer): Trial =>
  async ({ text }, { seed, path }) => {
    const answer = await text({});
    if ('broken' in answer) {
      return { verdicts: [{ id: 'formula', verdict: 'fail' }], seen: [], broken: answer.broken };
    }
    const seen = await wrongWith(spec, answer.text, randomStream(seed, 'points', ...path));
    return { verdicts: [{ id: 'formula', verdict: seen === undefined ? 'pass' : 'fail' }], seen: seen ?? [] };
  };

async function wrongWith(
  spec: FormulaAnswer,
  line: string,
  random: { uniform: () => number },
): Promise<Seen[] | undefined> {
  // The computer algebra loads where a formula is read, and nowhere else.
  const { writtenFormula } = await import('../oracle/symbolic.js');
  const names = Object.keys(spec.symbols);
  const read = writtenFormula(line, names);
  if ('problem' in read) return [{ id: 'not-a-formula', says: problemText(read.problem, line, names) }];
  const known = (text: string): WrittenFormula => {
    const found = writtenFormula(text, names);
    if ('problem' in found)
      throw new Error(`The formula ${text} of ${spec.name} cannot be read. This is a bug in scorecheck.`);
    return found.formula;
  };
  const points = Array.from({ length: POINTS }, () =>
    Object.fromEntries(names.map((name) => [name, within(spec.symbols[name], random.uniform())])),
  );
  const right = known(spec.right);
  const wrong = difference(spec, read.formula, right, points);
  if (wrong === undefined) return undefined;
  const named = Object.entries(spec.mistakes).filter(
    ([, mistake]) => difference(spec, read.formula, known(mistake.line), points) === undefined,
  );
  return named.length > 0 ? named.map(([id, { says }]) => ({ id, says })) : [wrong];
}

/** The first point where two formulas differ by more than float64 rounding explains, in words; undefined where there is none. */
function difference(
  { derivative, symbols }: FormulaAnswer,
  given: WrittenFormula,
  right: WrittenFormula,
  points: readonly Readonly<Record<string, number>>[],
): Seen | undefined {
  const [theirs, ours] = [given, right].map((each) =>
    derivative === undefined ? each.value : each.derivative(derivative),
  );
  let compared = 0;
  for (const point of points) {
    const at = Object.fromEntries(Object.entries(point).map(([name, value]) => [name, [value]]));
    const bounded = Object.fromEntries(Object.entries(point).map(([name, value]) => [name, [runningError.c(value)]]));
    const [got, expected] = [theirs(float64, at), ours(float64, at)];
    // Where the right formula has no number there is nothing to compare.
    if (!Number.isFinite(expected)) continue;
    compared++;
    const allowed =
      tolerance(theirs(runningError, bounded), FLOAT64_ROUNDOFF) +
      tolerance(ours(runningError, bounded), FLOAT64_ROUNDOFF);
    if (Math.abs(got - expected) <= allowed) continue;
    return differs({ point, got, expected, derivative });
  }
  if (compared === 0)
    throw new Error(`No point of ${Object.keys(symbols).join(', ')} has a value. This is a bug in scorecheck.`);
  return undefined;
}

const within = ([from, to]: readonly [number, number], u: number): number =>
  // Two decimals: a student can put them in by hand.
  Math.round(100 * (from + u * (to - from))) / 100;

function differs({
  point,
  got,
  expected,
  derivative,
}: {
  readonly point: Readonly<Record<string, number>>;
  readonly got: number;
  readonly expected: number;
  readonly derivative: string | undefined;
}): Seen {
  const where = Object.entries(point)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');
  const numbers = [expected, got].map((value) =>
    Number.isFinite(value) ? String(Number(value.toPrecision(6))) : undefined,
  );
  const [what, zh] =
    derivative === undefined ? ['', '公式的值'] : [` of the derivative in ${derivative}`, `對 ${derivative} 的導數`];
  return {
    id: 'another-function',
    says: {
      en: `At ${where} the value${what} is ${numbers[0]}, and that of this formula is ${numbers[1] ?? 'no number'}.`,
      'zh-TW': `在 ${where}，${zh}應為 ${numbers[0]}，這個公式卻是 ${numbers[1] ?? '沒有定義'}。`,
    },
  };
}

/** What cannot be read, with the place under the line. */
function problemText({ kind, at, found }: FormulaProblem, line: string, names: readonly string[]): Texts {
  const list = names.join(', ');
  const en: Readonly<Record<FormulaProblem['kind'], string>> = {
    empty: 'Expected a formula, found an empty line',
    long: `Expected at most 400 characters, found ${found}`,
    syntax: `Expected a formula, found "${found}" where it does not belong`,
    symbol: `Expected the symbols ${list}, found "${found}"`,
    function: `Expected exp, log, sqrt, sin, cos, abs or sign, found the function "${found}" (a product needs a *)`,
    arguments: `Expected one argument in parentheses after "${found}"`,
    operator: `Expected +, -, *, / or ^, found "${found}"`,
    exponent: `Expected a whole exponent or 1/2, found "${found}"`,
  };
  const zh: Readonly<Record<FormulaProblem['kind'], string>> = {
    empty: '應該是公式，得到空白的一行',
    long: `最多 400 個字元，得到 ${found} 個`,
    syntax: `公式裡不該在這裡出現「${found === 'the end of the line' ? '行尾' : found}」`,
    symbol: `可用的符號是 ${list}，得到「${found}」`,
    function: `可用的函數是 exp、log、sqrt、sin、cos、abs、sign，得到「${found}」（相乘要寫 *）`,
    arguments: `「${found}」後面的括號裡應有一個引數`,
    operator: `可用的運算是 +、-、*、/、^，得到「${found}」`,
    exponent: `指數應為整數或 1/2，得到「${found}」`,
  };
  const shown = line.length > 120 ? `${line.slice(0, 120)}…` : line;
  return {
    en: `${en[kind]}, at character ${at} of "${shown}".`,
    'zh-TW': `${zh[kind]}，位於「${shown}」的第 ${at} 個字元。`,
  };
}
