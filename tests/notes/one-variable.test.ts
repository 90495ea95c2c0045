import { describe, expect, it } from 'vitest';
import { readNotes } from '../../src/notes/notes.js';

/** The last link of notes on one real variable, with its suggested change. */
function last(text: string, before = 'Let $p$ be a density on the real line with score $\\psi(x) = (\\log p(x))\'$. '): string[] {
  const { links, repairs } = readNotes('a.md', `# Scores\n\n${before}${text}\n`);
  const link = links[links.length - 1];
  const fix = repairs.get(link);
  return [link.severity === 'error' ? 'red' : link.verdict, ...(fix ? [fix.text.trim()] : [])];
} // prettier-ignore

describe('a prime is a derivative of a function of one real variable', () => {
  it.each([
    ['the score', "\\psi(x) = \\frac{p'(x)}{p(x)}", 'true'],
    ['its derivative', "\\psi'(x) = \\frac{p''(x)}{p(x)} - \\left(\\frac{p'(x)}{p(x)}\\right)^2", 'true'],
    ['with the wrong sign', "\\psi'(x) = \\frac{p''(x)}{p(x)} + \\left(\\frac{p'(x)}{p(x)}\\right)^2", 'red'],
    ['the second derivative of a density', "p''(x) = p(x) (\\psi(x)^2 + \\psi'(x))", 'true'],
    ['with \\prime', '\\psi^{\\prime}(x) = \\frac{d}{dx} \\psi(x)', 'true'],
    ['of a function in brackets', "(\\log p)''(x) = \\psi'(x)", 'true'],
    ['of a product', "(p(x) \\psi(x))' = p''(x)", 'true'],
    ['Stein', "E[g(x) \\psi(x)] = -E[g'(x)]", 'true'],
    ['Stein without the sign', "E[g(x) \\psi(x)] = E[g'(x)]", 'red'],
    ['implicit score matching', "E[(s(x) - \\psi(x))^2] = E[s(x)^2 + 2 s'(x)] + E[\\psi(x)^2]", 'true'],
    ['implicit score matching without the 2', "E[(s(x) - \\psi(x))^2] = E[s(x)^2 + s'(x)] + E[\\psi(x)^2]", 'red'],
    ['the variable times the score', 'E[x \\psi(x)] = -1', 'true'],
    ['the other sign', 'E[x \\psi(x)] = 1', 'red'],
  ])('%s', (_, equation, expected) => {
    expect(last(`$${equation}$`)[0]).toBe(expected);
  });

  it('of the density that it names, where there is another one of the noisy variable', () => {
    const noise = 'With $y = x + \\sigma z$ and $z \\sim N(0,1)$: ';
    expect(last(`${noise} $\\psi'(x) = p''(x)/p(x) - \\psi(x)^2$`)).toEqual(['true']);
    expect(last(`${noise} $(\\log p)''(x) = \\psi'(x)$`)).toEqual(['true']);
    expect(last(`${noise} $p''(x)/p(x) = \\psi'(x) - \\psi(x)^2$`)[0]).toBe('red');
  });

  it('of a formula for a density', () => {
    const normal = 'Let $p(x) = \\frac{1}{\\sqrt{2\\pi}\\sigma} e^{-(x-\\mu)^2/(2\\sigma^2)}$. ';
    expect(last(`${normal} $\\psi(x) = -\\frac{x-\\mu}{\\sigma^2}$`)).toEqual(['true']);
    expect(last(`${normal} $\\psi'(x) = -\\frac{1}{\\sigma^2}$`)).toEqual(['true']);
    expect(last(`${normal} $\\psi'(x) = \\frac{1}{\\sigma^2}$`)).toEqual(['red', '-']);
  });

  it('is none where vectors are spoken of, nor where nothing says so', () => {
    expect(last("$p'(x) = 2 p(x)$", 'Score matching. Let $\\nabla \\log p$ be the score and $p\'$ a derivative. ')).toEqual(['not-checked']); // prettier-ignore
    expect(last("$p'(x) = 2 p(x)$", "Let $p'$ be another density. ")).toEqual(['not-checked']);
  });
});
