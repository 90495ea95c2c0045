import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readNotes } from '../../src/notes/notes.js';

// Pages of the neighbouring subjects as people write them: statistical physics, inverse problems, guidance, flows, energies, noise contrast, Stein,
// exponential families, Kalman, MCMC, likelihoods, manifolds, homework, exams, laboratory notes, slides, Chinese and French. Every equation is true.

const folder = fileURLToPath(new URL('pages', import.meta.url));
const linksOf = (file: string): ReturnType<typeof readNotes>['links'] =>
  readNotes(file, readFileSync(path.join(folder, file), 'utf8')).links;

it.each(readdirSync(folder))('%s has no red line', (file) => {
  const links = linksOf(file);
  expect(links.length).toBeGreaterThan(9);
  const red = links.filter(({ severity }) => severity === 'error');
  expect(red.map(({ lhs, rhs, message }) => [lhs.text, rhs.text, message])).toEqual([]);
  for (const { verdict, message } of links) if (verdict === 'not-checked') expect(message).not.toBe('');
});

const verdicts = (text: string): string[] =>
  readNotes('a.md', `Score matching. ${text}`, { repairs: false }).links.map(({ verdict, severity }) =>
    severity === 'error' ? 'red' : verdict,
  );

describe('what is no reason for a red line, and the nearest that is', () => {
  it.each([
    [
      'noise that leads to the point',
      'Let $y = x + \\sigma z$. $\\mathbb E[\\|z\\|^2 \\|y - x\\|^2] = 0$',
      ['definition', 'red'],
    ],
    [
      'a function of the document',
      '$\\sigma(u) = 1/(1+e^{-u})$ and $\\frac{p(x)}{p(x)+q(x)} = \\sigma(\\log p(x) - \\log q(x))$',
      ['not-checked', 'not-checked'],
    ],
    ['a letter for no density', '$\\nabla \\rho(x) = x - D(x)$', ['not-checked']],
    [
      'a letter for a density',
      '$\\mathbb E_\\rho[\\nabla \\log \\rho(x)] = 0$ and $\\nabla \\rho(x) = x \\log \\rho(x)$',
      ['true', 'red'],
    ],
    ['a letter that stands on one side only', '$\\operatorname{tr}(C) = \\sum_{i=1}^d \\lambda_i$', ['not-checked']],
    ['letters on both sides', '$\\operatorname{tr}(A + B) = \\operatorname{tr} A - \\operatorname{tr} B$', ['red']],
    ['a case in other letters', '$D = \\frac{T}{\\gamma}$ and $D = \\frac{T}{\\zeta}$', ['definition', 'not-checked']],
    [
      'values at two times',
      '$x_t = a(t) x_0 + \\gamma(t) z$, $\\gamma(0) = \\gamma(1)$',
      ['definition', 'not-checked'],
    ],
    ['a point', '$x_t = x_0 + \\sigma z$ and $x_0 = 0$', ['not-checked', 'not-checked']],
    ['an unknown function', '$u(x, t) = \\nabla \\log \\varphi(x, t)$ and $\\|x\\|^2 = x$', ['definition', 'red']],
    [
      'a law up to its constant',
      '$\\tilde p(x) \\propto p(x)^2$, $\\nabla \\log \\tilde p(x) = 2 \\nabla \\log p(x)$',
      ['not-checked', 'not-checked'],
    ],
    [
      'what an average runs over',
      '$X_t = (1-t) x_0 + t x_1 + Z$, $E[X_t] = (1-t) x_0 + t x_1$',
      ['definition', 'not-checked'],
    ],
    ['an integral in short', '$H = \\int p \\log p$', ['not-checked']],
    [
      'a model of the noise',
      '$\\|x_0 - \\hat x_\\theta\\|^2 = \\frac{\\sigma^2}{\\alpha^2} \\|\\epsilon - \\hat\\epsilon_\\theta\\|^2$',
      ['not-checked'],
    ],
    [
      'a product with a density',
      '$\\Delta p = p (\\Delta \\log p + \\|\\nabla \\log p\\|^2)$, $\\Delta p = p (\\Delta \\log p - \\|\\nabla \\log p\\|^2)$',
      ['true', 'red'],
    ],
    [
      'components of a model',
      '$\\nabla \\cdot s_\\theta(x) = \\sum_{i=1}^d \\frac{\\partial s_{\\theta,i}(x)}{\\partial x_i}$, $\\nabla \\cdot s_\\theta(x) = 2\\sum_{i=1}^d \\frac{\\partial s_{\\theta,i}(x)}{\\partial x_i}$',
      ['true', 'red'],
    ],
    [
      'a stated dimension',
      'Let $d = 2$ and $\\sigma = 0.5$. $\\tilde x = x + \\sigma \\epsilon$, $\\epsilon \\sim N(0, I)$. $E\\|\\frac{\\epsilon}{\\sigma}\\|^2 = \\frac{d}{\\sigma^2} = 8$, $E\\|\\frac{\\epsilon}{\\sigma}\\|^2 = 4$',
      ['definition', 'definition', 'definition', 'true', 'true', 'red'],
    ],
    [
      'a level left out',
      '$\\|s_\\theta(x, \\sigma)\\|^2 = s_\\theta(x)^\\top s_\\theta(x)$, $\\|s_\\theta(x, \\sigma)\\|^2 = 2 s_\\theta(x)^\\top s_\\theta(x)$',
      ['true', 'red'],
    ],
    ['a measure that is no variable', '$F = \\int f(x, \\theta) dq_t(\\theta)$', ['definition']],
    [
      'a trajectory that an average draws',
      '$\\nabla J(\\theta) = \\mathbb E_{\\tau \\sim \\pi_\\theta}[\\sum_t \\nabla_\\theta \\log \\pi_\\theta(a_t | s_t)]$',
      ['not-checked'],
    ],
    [
      'a part of what an average draws',
      '$\\mathbb E_{x_{1:T}}[\\log p(x_T)] = \\mathbb E_{x_T}[\\log p(x_T)]$',
      ['not-checked'],
    ],
    ['a letter for an energy', '$v = -\\nabla \\frac{\\delta \\mathcal E}{\\delta \\rho}$', ['not-checked']],
    [
      'a matrix of data',
      '$L(w) = \\frac12 \\|Xw - y\\|^2$ and $\\nabla L(w) = X^T(Xw - y)$',
      ['definition', 'not-checked'],
    ],
    ['labels that are numbers', '$\\nabla \\ell(w) = (w^T x_i - y_i) x_i$', ['not-checked']],
    [
      'a letter that a force has, too',
      '$F = -\\frac1\\beta \\log Z$ and $-\\beta \\nabla U(x) = \\beta \\mathbf F(x)$',
      ['definition', 'not-checked'],
    ],
    ['the probability of an event', '$\\mathbb P[X \\ge r] = 1$', ['not-checked']],
    ['differentials by themselves', '$d(R_t^2) = 2 R_t dR_t + dt$', ['not-checked']],
    ['the norm of a function', '$\\|1\\|^2 = 2 \\pi$', ['not-checked']],
    [
      'a density that is 0 somewhere',
      'On $p_\\phi(x) = 0$ for $x \\in A$; $\\int p_\\phi(x) dx = 1$',
      ['definition', 'not-checked'],
    ],
    [
      'a letter that words behind the formula redefine',
      '$x_t = \\alpha_t x_0 + \\sigma_t \\epsilon$. $$\\nabla_{x_t} \\log p_t(x_t) = -\\frac{\\epsilon}{\\sigma_t}$$\n(note: here $\\epsilon$ denotes the optimal estimate)',
      ['definition', 'not-checked'],
    ],
    [
      'noise that is called noise behind the formula',
      '$x_t = \\alpha_t x_0 + \\sigma_t \\epsilon$. $$\\nabla_{x_t} \\log p_t(x_t) = -\\frac{\\epsilon}{\\sigma_t}$$\nwhere $\\epsilon$ is standard Gaussian noise',
      ['definition', 'red'],
    ],
    [
      'a step on the way',
      '$dx = f(x, t) dt + g(t) dw$. Remove the random term: $dx = [f(x, t) - g(t)^2 \\nabla_x \\log p_t(x)] dt$',
      ['definition', 'not-checked'],
    ],
    [
      'a flow that is stated',
      '$dx = f(x, t) dt + g(t) dw$. The flow: $dx = [f(x, t) - g(t)^2 \\nabla_x \\log p_t(x)] dt$',
      ['definition', 'red'],
    ],
    [
      'a clean point with the letter of a noisy one',
      '$x = y + n$, $n \\sim N(0, \\sigma^2 I)$, $D(x; \\sigma) = \\mathbb E[y \\mid x]$, $\\nabla_x \\log p(x; \\sigma) = (D(x; \\sigma) - x)/\\sigma^2$, $\\nabla_x \\log p(x; \\sigma) = (x - D(x; \\sigma))/\\sigma^2$',
      ['definition', 'true', 'true', 'red'],
    ],
    [
      'a step in time',
      '$v(t + \\epsilon) = v(t + \\tfrac{\\epsilon}{2}) + \\tfrac{\\epsilon}{2} \\nabla_\\theta \\log p(\\theta)$',
      ['not-checked'],
    ],
    [
      'an exponential entry by entry',
      '$\\langle e^{\\eta}, \\eta \\rangle = \\lambda \\log \\lambda$',
      ['not-checked'],
    ],
    ['a divergence of laws inside of brackets', '$E_p[D_{KL}(q(z) \\| p(z))] = I(x; z)$', ['not-checked']],
  ])('%s', (_, text, expected) => {
    expect(verdicts(text)).toEqual(expected);
  });

  it('an index that runs over times is no component', () => {
    expect(verdicts('$\\log p(y_{1:T}) = \\sum_{k=1}^T \\log N(y_k; H m_k, S_k)$')).toEqual(['definition']);
  });
});
