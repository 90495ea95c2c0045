import { describe, expect, it } from 'vitest';
import { readNotes } from '../../src/notes/notes.js';

/** The verdicts of the displayed equations behind a sentence that states a process. */
const verdicts = (sentence: string, ...equations: readonly string[]): string[] =>
  readNotes('a.md', `On diffusion models. ${sentence}\n\n${equations.map((e) => `$$${e}$$\n\nand\n\n`).join('')}`, {
    repairs: false,
  })
    .links.filter(({ statement }) => statement.display)
    .map(({ verdict }) => verdict);

const usual = '$dx = f(x, t)\\, dt + g(t)\\, dW$.';
const langevin = '$dx = f(x, t)\\, dt + \\sqrt 2 g(t)\\, dW$.';
const vp = '$dx_t = -\\tfrac12 \\beta(t) x_t\\, dt + \\sqrt{\\beta(t)}\\, dW_t$.';

describe('how a density moves', () => {
  const right =
    '\\frac{\\partial p_t(x)}{\\partial t} = -\\nabla \\cdot (f(x, t) p_t(x)) + \\tfrac12 g(t)^2 \\Delta p_t(x)';
  const withoutHalf = '\\partial_t p_t = -\\nabla \\cdot (f p_t) + g^2 \\Delta p_t';

  it('is true and false by the stochastic equation of the document', () => {
    expect(verdicts(usual, right, withoutHalf)).toEqual(['true', 'false']);
    expect(verdicts(langevin, right, withoutHalf)).toEqual(['false', 'true']);
  }); // prettier-ignore

  it.each([
    '\\partial_t p(x, t) = -\\nabla \\cdot \\bigl[ (f - \\tfrac12 g^2 \\nabla \\log p_t) p_t \\bigr]',
    '\\partial_t \\log p_t = -\\nabla \\cdot f - f \\cdot \\nabla \\log p_t + \\tfrac12 g^2 (\\Delta \\log p_t + \\|\\nabla \\log p_t\\|^2)',
    '-\\frac{\\partial p_t}{\\partial t} = p_t (\\nabla \\cdot f) + f \\cdot \\nabla p_t - \\tfrac12 g(t)^2 \\nabla \\cdot (p_t \\nabla \\log p_t)',
  ])('is read in other forms: %s', (equation) => {
    expect(verdicts(usual, equation)).toEqual(['true']);
  });

  it('has noise that depends on the state as Itô has it', () => {
    expect(
      verdicts(
        '$dx = f(x, t)\\, dt + g(x, t)\\, dW$.',
        '\\partial_t p_t = -\\nabla \\cdot (f p_t) + \\tfrac12 \\Delta (g^2 p_t)',
        '\\partial_t p_t = -\\nabla \\cdot (f p_t) + \\tfrac12 g^2 \\Delta p_t',
      ),
    ).toEqual(['true', 'false']);
  });

  it('has the coefficients of a process whatever their notation', () => {
    expect(
      verdicts(
        vp,
        '\\partial_t p_t(x) = \\tfrac12 \\beta_t \\nabla \\cdot (x p_t(x)) + \\tfrac12 \\beta_t \\Delta p_t(x)',
        '\\partial_t p_t(x) = \\tfrac12 \\beta_t \\nabla \\cdot (x p_t(x)) + \\beta_t \\Delta p_t(x)',
      ),
    ).toEqual(['true', 'false']);
  });

  it.each([
    ['no process is stated', 'Fokker and Planck.', withoutHalf],
    ['it has not the coefficients of the process', usual, '\\partial_t p = -\\nabla \\cdot (f p)'],
    ['another velocity is meant', usual, '\\partial_t p_t = -\\nabla \\cdot (v p_t)'],
    ['it is on another density', usual, '\\partial_t q_t = -\\nabla \\cdot (f q_t) + g^2 \\Delta q_t'],
    ['it is on a transition', usual, '-\\partial_t p(y \\mid x) = f \\cdot \\nabla p(y \\mid x) + g^2 \\Delta p(y \\mid x)'],
    ['the noise is another', `${usual} $dW^2 = 2\\, dt$.`, withoutHalf],
    ['the noise is another in words', `${usual} Here $W$ has the variance $2t$.`, withoutHalf],
    ['the integral is another', `${usual} This is meant in the sense of Stratonovich.`, withoutHalf],
    ['the derivative is along the path', usual, '\\frac{d}{dt} \\log p_t(x_t) = -\\nabla \\cdot (f - \\tfrac12 g^2 \\nabla \\log p_t)'],
    ['it may be along the path', usual, '\\frac{\\partial \\log p_t(x_t)}{\\partial t} = -\\nabla \\cdot (f - \\tfrac12 g^2 \\nabla \\log p_t)'],
    ['there is no coefficient', '$dx = dW$.', '\\partial_t p = \\Delta p'],
    ['the process is stated twice, once so', `${usual} Others write ${langevin}`, withoutHalf],
  ])('is not false where %s', (_, sentence, equation) => {
    expect(verdicts(sentence, equation)).not.toContain('false');
  }); // prettier-ignore
});

describe('the probability flow', () => {
  const half = '\\frac{dX}{dt} = f(X, t) - \\tfrac12 g(t)^2 \\nabla \\log p_t(X)';
  const whole = '\\frac{dX_t}{dt} = f(X_t, t) - g(t)^2 \\nabla \\log p_t(X_t)';

  it('is true and false by the stochastic equation of the document', () => {
    expect(verdicts(usual, half, whole)).toEqual(['true', 'false']);
    expect(verdicts(langevin, half, whole)).toEqual(['false', 'true']);
    expect(verdicts('$dx = g(t)\\, dW$.', '\\frac{dx}{dt} = -\\tfrac12 g(t)^2 \\nabla \\log p_t(x)', '\\frac{dx}{dt} = -g(t)^2 \\nabla \\log p_t(x)')).toEqual(['true', 'false']); // prettier-ignore
  });

  it.each([
    ['no process is stated', 'The flow.', whole],
    ['time runs the other way', usual, '\\frac{dX}{dt} = -f(X, t) + \\tfrac12 g(t)^2 \\nabla \\log p_t(X)'],
    ['a gradient flow is meant', usual, '\\frac{dx}{dt} = \\nabla \\log p(x)'],
    ['a learned velocity is meant', usual, '\\frac{dx}{dt} = v_\\theta(x, t)'],
    ['the time is another', usual, '\\frac{dX}{dt} = f(X, T - t) - g(T - t)^2 \\nabla \\log p_{T - t}(X)'],
    ['the noise is another', `${usual} $\\mathbb E[dW^2] = 2\\, dt$.`, whole],
  ])('is not false where %s', (_, sentence, equation) => {
    expect(verdicts(sentence, equation)).not.toContain('false');
  });

  it('has no drift where the process has none, in any font', () => {
    const flow = '\\frac{\\mathrm d\\mathbf x}{\\mathrm dt} = -\\tfrac12 g(t)^2 \\nabla \\log p_t(\\mathbf x)';
    expect(verdicts('$\\mathrm{d}\\mathbf{x} = g(t)\\, \\mathrm{d}\\mathbf{w}$.', flow)).toEqual(['true']);
  });

  it('has a slip where a minus stands in front of all of it', () => {
    const slip = 'dX = -[f(X, t) - g(t)^2 \\nabla \\log p_t(X)]\\, dt + g(t)\\, d\\bar W';
    const otherTime = 'dX = [-f(X, t) + g(t)^2 \\nabla \\log p_t(X)]\\, dt + g(t)\\, d\\bar W';
    expect(verdicts(usual, slip, otherTime)).toEqual(['false', 'not-checked']);
  });

  it('is asked of a reverse equation in the convention of the forward one', () => {
    const reverse = 'dX = [f(X, t) - 2 g(t)^2 \\nabla \\log p_t(X)]\\, dt + \\sqrt 2 g(t)\\, d\\bar W';
    expect(verdicts(langevin, reverse)).toEqual(['true']);
    expect(verdicts(usual, reverse)).toEqual(['false']);
  });
});
