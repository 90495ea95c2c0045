import { describe, expect, it } from 'vitest';
import { readNotes } from '../../src/notes/notes.js';

/** The verdicts of the links of notes on scores, definitions left out. */
const verdicts = (text: string): string[] =>
  readNotes('x.md', `On scores of densities. ${text}`, { repairs: false })
    .links.map(({ verdict }) => verdict)
    .filter((verdict) => verdict !== 'definition');

describe('the least value of a loss', () => {
  it.each([
    ['at the score', '$\\min_S \\mathbb E_p[\\|S(x)\\|^2 + 2 \\nabla \\cdot S(x)] = -\\mathbb E_p \\|\\nabla \\log p(x)\\|^2$', 'true'],
    ['not 0', '$\\min_S \\mathbb E_p[\\|S(x)\\|^2 + 2 \\nabla \\cdot S(x)] = 0$', 'false'],
    ['0 of the explicit loss', '$\\min_S \\mathbb E_p \\|S(x) - \\nabla \\log p(x)\\|^2 = 0$', 'true'],
    ['of denoising, from the variance of the posterior', 'Let $x = x_0 + \\sigma \\varepsilon$. $$\\min_h \\mathbb E \\|h(x) - x_0\\|^2 = \\mathbb E \\|\\mathbb E[x_0 | x] - x_0\\|^2$$', 'true'],
    ['of denoising, not the noise', 'Let $x = x_0 + \\sigma \\varepsilon$ in $\\mathbb R^d$. $$\\min_h \\mathbb E \\|h(x) - x_0\\|^2 = d \\sigma^2$$', 'false'],
    ['at a field that the reader does not know', '$\\min_S \\mathbb E_p[\\|S(x)\\|^2 + \\nabla \\cdot S(x)] = 0$', 'not-checked'],
    ['over parameters', '$\\min_\\theta \\mathbb E_p \\|s_\\theta(x) - \\nabla \\log p(x)\\|^2 = 0$', 'not-checked'],
  ])('is %s', (_, text, expected) => {
    expect(verdicts(text)).toEqual([expected]);
  }); // prettier-ignore
});

describe('derivatives in the noise level', () => {
  it.each([
    ['the heat equation in σ', '$\\frac{\\partial}{\\partial \\sigma} p_\\sigma(x) = \\sigma \\Delta p_\\sigma(x)$', 'true'],
    ['the heat equation in σ²', '$\\frac{d}{d(\\sigma^2)} p_\\sigma(x) = \\frac12 \\Delta p_\\sigma(x)$', 'true'],
    ['σ for σ²', '$\\frac{d}{d(\\sigma^2)} p_\\sigma(x) = \\sigma \\Delta p_\\sigma(x)$', 'false'],
    ['de Bruijn', '$\\frac{d}{d(\\sigma^2)} \\operatorname{KL}(p_\\sigma \\Vert q_\\sigma) = -\\frac12 \\mathbb E_{p_\\sigma} \\|\\nabla \\log p_\\sigma - \\nabla \\log q_\\sigma\\|^2$', 'true'],
    ['de Bruijn without ½', '$\\frac{d}{d(\\sigma^2)} \\operatorname{KL}(p_\\sigma \\Vert q_\\sigma) = -\\mathbb E_{p_\\sigma} \\|\\nabla \\log p_\\sigma - \\nabla \\log q_\\sigma\\|^2$', 'false'],
    ['a field that may depend on σ unsaid', '$\\frac{\\partial}{\\partial \\sigma} S(x) = 0$', 'not-checked'],
    ['a time of which nothing is said', '$\\frac{\\partial}{\\partial t} p_t(x) = 0$', 'not-checked'],
    ['a level that the noise does not have', 'Let $x = x_0 + \\tau z$. $\\frac{\\partial}{\\partial \\sigma} p_\\sigma(x) = 0$', 'not-checked'],
  ])('%s', (_, text, expected) => {
    expect(verdicts(text).at(-1)).toBe(expected);
  }); // prettier-ignore
});

describe('entries, diag, vec and norms of matrices', () => {
  it.each([
    ['the Frobenius norm', '$\\|A\\|_F^2 = \\sum_{i=1}^d \\sum_{j=1}^d a_{ij}^2$', 'true'],
    ['… by the trace', '$\\|A\\|_F^2 = \\operatorname{tr}(A^\\top A)$', 'true'],
    ['… of the diagonal alone: A may be diagonal', '$\\|A\\|_F^2 = \\sum_{i=1}^d A_{ii}^2$', 'not-checked'],
    ['the trace by entries', '$\\operatorname{tr}(A) = \\sum_{i=1}^d A_{ii}$', 'true'],
    ['the square of a trace by pairs', '$\\operatorname{tr}(A)^2 = \\sum_{i \\ne j} A_{ii} A_{jj} + \\sum_{i=1}^d A_{ii}^2$', 'true'],
    ['a projection by coordinates', '$(v^\\top S(x))^2 = \\bigl(\\sum_{i=1}^d v_i S_i(x)\\bigr)^2$', 'true'],
    ['… squared too early', '$v^\\top S(x) S(x)^\\top v = \\sum_{i=1}^d v_i^2 S_i(x)^2$', 'false'],
    ['the length of a stacked vector', '$\\|\\operatorname{vec} S(x)\\|^2 = \\|S(x)\\|^2$', 'true'],
  ])('%s', (_, text, expected) => {
    expect(verdicts(text)).toEqual([expected]);
  }); // prettier-ignore
});

describe('what is said of every letter', () => {
  it.each([
    ['one probe for every v', '$$\\operatorname{tr}(A) = v^\\top A v \\quad \\text{for every } v$$', 'false'],
    ['one probe, of which nothing is said', '$$\\operatorname{tr}(A) = v^\\top A v$$', 'not-checked'],
    ['a bound of every field', '$$\\mathbb E_p[\\|S(x)\\|^2 + 2 \\nabla \\cdot S(x)] \\ge -\\mathbb E_p \\|\\nabla \\log p(x)\\|^2 \\quad \\text{for every } S$$', 'true'],
    ['what some fields exceed', '$$\\mathbb E_p[\\nabla \\cdot S(x)] \\le 0 \\quad \\text{for every } S$$', 'false'],
    ['… of a field of which no more is said', '$$\\mathbb E_p[\\nabla \\cdot S(x)] \\le 0$$', 'not-checked'],
  ])('%s', (_, text, expected) => {
    expect(verdicts(text)).toEqual([expected]);
  }); // prettier-ignore

  it('tells a norm of any matrix from that of its symmetric part', () => {
    const variance = '$$\\operatorname{Var}_{v \\sim \\mathcal N(0, I)}[v^\\top A v] = 2 \\|A\\|_F^2$$';
    expect(verdicts(variance)).toEqual(['not-checked']);
    expect(verdicts(`Let $A$ be any matrix. ${variance}`)).toEqual(['false']);
    expect(verdicts(`Let $A$ be symmetric. ${variance}`)).toEqual(['true']);
  });
});

describe('equations that hold in one dimension', () => {
  const energy = '$$\\mathbb E_{x_0} \\mathbb E_{x | x_0} \\|\\nabla_x \\log p(x | x_0)\\|^2';
  it('are false where the equation is of vectors', () => {
    expect(verdicts(`${energy} = \\frac{1}{\\sigma^2}$$`)).toEqual(['false']);
    expect(verdicts(`${energy} = \\frac{d}{\\sigma^2}$$`)).toEqual(['true']);
  });
  it('are left open where it is of numbers', () => {
    const text = '$$\\mathbb E_{x_0} \\mathbb E_{x | x_0} |\\nabla_x \\log p(x | x_0)|^2 = \\frac{1}{\\sigma^2}$$';
    expect(verdicts(text)).toEqual(['not-checked']);
  });
});

describe('noise that is not Gaussian', () => {
  const tweedie = '$$\\mathbb E[x_0 | x] = x + b^2 \\nabla \\log p(x)$$';
  it.each([
    ['\\xi_j \\sim \\operatorname{Laplace}(0, b)', 'not-checked'],
    ['\\xi \\sim U([-b, b]^d)', 'not-checked'],
    ['\\xi \\sim \\mathcal N(0, b^2 I)', 'true'],
    ['\\xi \\sim \\mathcal N(0, b I)', 'false'],
  ])('under $%s$ Tweedie is %s', (law, expected) => {
    expect(verdicts(`Let $x = x_0 + \\xi$ with $${law}$. ${tweedie}`)).toEqual([expected]);
  });
  it('is not averaged over as if it were', () => {
    const text = 'Let $x = x_0 + \\sigma z$ with $z \\sim U(-1, 1)^d$. $$\\mathbb E_z[z z^\\top] = I$$';
    expect(verdicts(text)).toEqual(['not-checked']);
  });
});

describe('an expectation over several variables', () => {
  const noising = 'Let $x = x_0 + \\sigma \\epsilon$ with $\\epsilon \\sim N(0, I)$.';
  const body = '\\|S(x) - \\nabla_x \\log p(x|x_0)\\|^2';
  const joint = `\\mathbb E_{x_0} \\mathbb E_{x|x_0} ${body}`;
  it.each([
    ['is over their joint law', 'x_0, x', 'true'],
    ['… in either order', 'x, x_0', 'true'],
    ['… in brackets', '(x, x_0)', 'true'],
    ['… with the condition first', 'x|x_0, x_0', 'true'],
    ['… with one law stated', 'x_0 \\sim p(x_0), x', 'true'],
    ['… with the law of both stated', 'x_0, x \\sim p(x_0, x)', 'true'],
    ['is over the product where both laws are written out', 'x \\sim p(x), x_0 \\sim p(x_0)', 'false'],
  ])('%s', (_, subscript, expected) => {
    expect(verdicts(`${noising} $\\mathbb E_{${subscript}} ${body} = ${joint}$`)).toEqual([expected]);
  });

  it('is false by a factor all the same', () => {
    expect(verdicts(`${noising} $\\mathbb E_{x_0, x} ${body} = 2 ${joint}$`)).toEqual(['false']);
  });

  it('may draw the inner one of two given the outer one', () => {
    expect(verdicts(`${noising} $\\mathbb E_{x_0} \\mathbb E_x ${body} = ${joint}$`)).toEqual(['true']);
    expect(verdicts(`${noising} $\\mathbb E_{x_0} \\mathbb E_x ${body} = 2 ${joint}$`)).toEqual(['false']);
  });

  it('goes to a finer rule where the sides agree, but not surely', () => {
    const cross = '\\mathbb E_{x_0, x} \\langle S(x), \\nabla_x \\log p(x|x_0) \\rangle';
    expect(verdicts(`${noising} $${joint} = \\mathbb E \\|S(x)\\|^2 - 2 ${cross} + C$`)).toEqual(['true']);
    expect(verdicts(`${noising} $${joint} = \\mathbb E \\|S(x)\\|^2 - ${cross} + C$`)).toEqual(['false']);
  });
});
