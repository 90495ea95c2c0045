import type { Span } from './span.js';

/** What a token is: `letter` also holds Greek letters by name and single Unicode letters; `word` is an upright name such as tr or KL. */
export type TokenKind = 'number' | 'letter' | 'command' | 'char' | 'text' | 'newline' | 'space';

/** A token of LaTeX with its place in the file; tokens that a macro made carry the span of its call. */
export interface Token extends Span {
  readonly kind: TokenKind;
  readonly text: string;
}

/** Longer formulas are not read: 20,000 tokens are some forty pages. */
export const MAX_TOKENS = 20_000;

const spaces = new Set([',', ';', '!', ':', '>', ' ', '\n', '\t', '\r', '/']);

/** LaTeX in `source` from `start` to `end` as tokens. Comments, spacing and the host's escapes (\_ and \\| in Markdown) are gone. */
export function lex(source: string, { start, end }: Span): Token[] {
  const tokens: Token[] = [];
  let at = start;
  const push = (kind: TokenKind, text: string, to: number): void => {
    tokens.push({ kind, text, start: at, end: to });
    at = to;
  };
  while (at < end && tokens.length <= MAX_TOKENS) {
    const char = source[at];
    if (char === '\\') {
      const next = at + 1 < end ? source[at + 1] : '';
      if (/[A-Za-z]/.test(next)) {
        let to = at + 2;
        while (to < end && /[A-Za-z]/.test(source[to])) to++;
        if (source[to] === '*' && to < end && /^\\operatorname$/.test(source.slice(at, to))) to++;
        command(source.slice(at + 1, to), to);
      } else if (next === '\\') {
        // `\\|` is how some Markdown hosts want `\|`.
        if (source[at + 2] === '|' && at + 2 < end) push('command', '|', at + 3);
        else push('newline', '\\\\', at + 2);
      } else if (spaces.has(next) || next === '') at += next === '' ? 1 : 2;
      else if (next === '_') push('char', '_', at + 2);
      else if (next === '[' || next === ']' || next === '(' || next === ')') at += 1;
      else push('command', next, at + 2);
    } else if (char === '%') {
      const line = source.indexOf('\n', at);
      at = line < 0 || line > end ? end : line;
    } else if (/\s/.test(char) || char === '~') at++;
    else if (/[0-9]/.test(char)) {
      const number = /^\d+(?:\.\d+)?/.exec(source.slice(at, Math.min(end, at + 40)))?.[0] ?? char;
      // \frac12 and x^23 take one digit each.
      const text = takesDigit(tokens) ? char : number;
      push('number', text, at + text.length);
    } else {
      const point = source.codePointAt(at) ?? 0;
      const width = Math.min(point > 0xffff ? 2 : 1, end - at);
      const letter = source.slice(at, at + width).normalize('NFKC');
      if (letter in unicodeLetters) push('letter', unicodeLetters[letter], at + width);
      else if (letter in unicodeCommands) push('command', unicodeCommands[letter], at + width);
      else if (/^[A-Za-z]$/.test(letter)) push('letter', letter, at + width);
      else push('char', letter.length === 0 ? '?' : letter, at + width);
    }
  }
  return tokens;

  function command(name: string, to: number): void {
    if (name in greek) push('letter', greek[name], to);
    else if (textCommands.has(name)) {
      const open = skipSpace(to);
      if (source[open] !== '{' || open >= end) {
        push('command', name, to);
        return;
      }
      const close = closing(open);
      push('text', source.slice(open + 1, close).replace(/\\[,;:! ]/g, ''), Math.min(close + 1, end));
    } else if (name === 'begin' || name === 'end') {
      const match = /^\s*\{([A-Za-z]+\*?)\}/.exec(source.slice(to, Math.min(end, to + 60)));
      if (match) push('command', `${name}:${match[1]}`, to + match[0].length);
      else push('command', name, to);
    } else push('command', name, to);
  }

  function skipSpace(from: number): number {
    let to = from;
    while (to < end && /\s/.test(source[to])) to++;
    return to;
  }

  function closing(open: number): number {
    let depth = 0;
    for (let to = open; to < end; to++) {
      if (source[to] === '\\') to++;
      else if (source[to] === '{') depth++;
      else if (source[to] === '}' && --depth === 0) return to;
    }
    return end;
  }
}

/** Whether the next digit is an argument of its own. */
function takesDigit(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  if (last === undefined) return false;
  const isFraction = (token: Token | undefined): boolean => token?.kind === 'command' && /^[dt]?frac$/.test(token.text);
  if (isFraction(last) || (last.kind === 'char' && (last.text === '^' || last.text === '_'))) return true;
  return last.kind === 'number' && last.text.length === 1 && isFraction(tokens.at(-2));
}

const textCommands = new Set([
  'text',
  'textrm',
  'textbf',
  'textit',
  'mbox',
  'textsf',
  'texttt',
  'operatorname',
  'operatorname*',
]);

const greekNames =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega ' +
  'Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega';
const greek: Readonly<Record<string, string>> = {
  ...Object.fromEntries(greekNames.split(' ').map((name) => [name, name])),
  varepsilon: 'epsilon',
  vartheta: 'theta',
  varphi: 'phi',
  varrho: 'rho',
  varsigma: 'sigma',
  ell: 'ell',
};
const unicodeLetters: Readonly<Record<string, string>> = {
  α: 'alpha', β: 'beta', γ: 'gamma', δ: 'delta', ε: 'epsilon', ϵ: 'epsilon', η: 'eta', θ: 'theta', λ: 'lambda', μ: 'mu', ξ: 'xi', π: 'pi',
  ρ: 'rho', σ: 'sigma', τ: 'tau', φ: 'phi', ϕ: 'phi', ψ: 'psi', ω: 'omega', Σ: 'Sigma', Δ: 'Delta', Θ: 'Theta', ℓ: 'ell',
}; // prettier-ignore
const unicodeCommands: Readonly<Record<string, string>> = {
  '∇': 'nabla', '∂': 'partial', '∫': 'int', '∑': 'sum', '∏': 'prod', '·': 'cdot', '⋅': 'cdot', '×': 'times', '‖': '|', '∥': '|', '≤': 'le',
  '≥': 'ge', '≈': 'approx', '∼': 'sim', '∝': 'propto', '∈': 'in', '→': 'to', '⇒': 'Rightarrow', '≡': 'equiv', '≠': 'ne', '⟨': 'langle',
  '⟩': 'rangle', '…': 'dots', '⋯': 'dots', '−': 'minus', '√': 'sqrt',
}; // prettier-ignore
