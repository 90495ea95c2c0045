import type { FormulaProblem } from '../oracle/written-formula.js';
import type { Tried } from './formula-difference.js';
import type { Texts } from './texts.js';
import type { Seen } from './trial.js';

/** The last that can be said of a wrong formula. */
export const anotherFunction: Seen = {
  id: 'another-function',
  says: { en: 'The formula is another function than the right one.', 'zh-TW': '這個公式和正確答案是不同的函數。' },
};

/** The point where a formula differs from the right one, with both values. */
export function differenceText({ point, got, expected }: Tried, derivative: string | undefined): Texts {
  const where = Object.entries(point)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');
  const [right, own] = [expected, got].map((value) =>
    Number.isFinite(value) ? String(Number(value.toPrecision(6))) : undefined,
  );
  const [what, zh] =
    derivative === undefined ? ['', '公式的值'] : [` of the derivative in ${derivative}`, `對 ${derivative} 的導數`];
  return {
    en: `At ${where} the value${what} is ${right}, and that of this formula is ${own ?? 'no number'}.`,
    'zh-TW': `在 ${where}，${zh}應為 ${right}，這個公式卻是 ${own ?? '沒有定義'}。`,
  };
}

/** What cannot be read, with its place in the line. A graded run shows neither: the line could carry what was asked before. */
export function problemText({ kind, at, found }: FormulaProblem, line: string, names: readonly string[]): Seen {
  const list = names.join(', ');
  const end = found === 'the end of the line';
  const en: Readonly<Record<FormulaProblem['kind'], string>> = {
    empty: 'Expected a formula, found an empty line',
    long: `Expected at most 400 characters, found ${found}`,
    syntax: end
      ? 'Expected more of the formula, found the end of the line (is a parenthesis still open?)'
      : `Expected a formula, found "${found}" where it does not belong`,
    symbol: `Expected the symbols ${list}, found "${found}"`,
    function: `Expected exp, log, sqrt, sin, cos, abs or sign, found the function "${found}" (a product needs a *)`,
    arguments: `Expected one argument in parentheses after "${found}"`,
    operator: `Expected +, -, *, / or ^, found "${found}"`,
    exponent: `Expected a whole exponent or 1/2, found "${found}"`,
  };
  const zh: Readonly<Record<FormulaProblem['kind'], string>> = {
    empty: '應該是公式，得到空白的一行',
    long: `最多 400 個字元，得到 ${found} 個`,
    syntax: end ? '公式還沒寫完就到了行尾（是不是少了右括號？）' : `公式裡不該在這裡出現「${found}」`,
    symbol: `可用的符號是 ${list}，得到「${found}」`,
    function: `可用的函數是 exp、log、sqrt、sin、cos、abs、sign，得到「${found}」（相乘要寫 *）`,
    arguments: `「${found}」後面的括號裡應有一個引數`,
    operator: `可用的運算是 +、-、*、/、^，得到「${found}」`,
    exponent: `指數應為整數或 1/2，得到「${found}」`,
  };
  const shown = line.length > 120 ? `${line.slice(0, 120)}…` : line;
  return {
    id: 'not-a-formula',
    says: {
      en: `${en[kind]}, at character ${at} of "${shown}".`,
      'zh-TW': `${zh[kind]}，位於「${shown}」的第 ${at} 個字元。`,
    },
    graded: {
      en: 'The line cannot be read as a formula of the symbols. `scorecheck check` shows where.',
      'zh-TW': '這一行無法讀成所給符號的公式。`scorecheck check` 會指出位置。',
    },
  };
}
