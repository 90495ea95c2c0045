import { describe, expect, it } from 'vitest';
import { readNotes } from '../../src/notes/notes.js';

/** Verdict, severity and reason of each link. */
const verdicts = (text: string): string[] =>
  readNotes('a.md', text, { repairs: false }).links.map(({ verdict, severity, reason }) =>
    [verdict, severity, reason].filter((word) => word !== '' && word !== 'none').join(' '),
  );

describe('static checks', () => {
  it.each([
    ['a divergence put equal to a matrix', '$\\nabla \\cdot S(x) = \\nabla S(x)$', 'not-checked error ill-typed'],
    ['an expectation of nothing', '$E_{x \\sim p(x)} = \\int \\|S(x)\\|^2 p(x) dx$', 'not-checked error malformed'],
    [
      'a relation inside of a norm',
      '$0 = E_{x \\sim p(x)} \\|S(x) = \\nabla \\log p(x)\\|^2$',
      'not-checked error malformed',
    ],
    ['an integral without its differential', 'Score matching: $1 = \\int p(x)$', 'not-checked error malformed'],
    ['two equal sides', '$\\argmin L_{ISM} = \\argmin L_{ISM}$', 'not-checked warning vacuous'],
    [
      'a variable that nothing draws',
      '$E_{x \\sim p_\\sigma(x)} \\|S(x)\\|^2 = E_{x \\sim p_\\sigma(x)} E_{x|x_0} \\|S(x)\\|^2$',
      'false error unbound',
    ],
    ['a draw that nothing uses', '$M = E_{x_0} E_{y} \\|h(x_0)\\|^2$', 'definition error unused'],
  ])('reports %s', (_, text, expected) => {
    expect(verdicts(text)).toEqual([expected]);
  });
});

describe('readings', () => {
  it('does not take a formula for false that it does not understand', () => {
    expect(
      verdicts(
        '$\\mathcal{W}_2(p, q) = \\inf \\int c(x, y) d\\pi$ and $\\binom{n}{k} = 3$ and $\\hat{p}_n(x) = \\zeta_3$',
      ),
    ).not.toContain(expect.stringContaining('false'));
  });

  it('knows Jacobians in either layout, losses up to a constant, and approximations', () => {
    expect(verdicts('$v^T \\nabla (v^T S(x)) = v^T (\\nabla S(x)) v$')).toEqual(['true']);
    expect(
      verdicts(
        '$E_{x \\sim p(x)} \\|S(x) - \\nabla \\log p(x)\\|^2 = E_{x \\sim p(x)} [\\|S(x)\\|^2 + 2 \\nabla \\cdot S(x)] + C$',
      ),
    ).toEqual(['true']);
    expect(verdicts('$S(x) \\approx 2 \\nabla \\log p(x)$')).toEqual(['not-checked approximate']);
  });

  it('compares with the last correct member of a chain, over several formulas', () => {
    expect(
      verdicts('$$\\|u - v\\|^2 = \\|u\\|^2 + \\|v\\|^2$$\n\nno:\n\n$$= \\|u\\|^2 - 2 u \\cdot v + \\|v\\|^2$$'),
    ).toEqual(['false error', 'true']);
  });
});

describe('what is not sure', () => {
  it.each([
    [
      'a gradient in one of two points',
      '$\\nabla \\log p(x | x_0) = \\nabla \\log p(x, x_0)$',
      'not-checked warning unbound',
    ],
    [
      'probes of any law',
      '$\\mathbb E \\operatorname{tr}(v v^T A) = \\operatorname{tr}(A) \\quad \\text{for every } v$',
      'not-checked unbound',
    ],
    ['a condition', '$\\gamma > 0$', 'definition'],
    [
      'the score of the clean data in a reverse SDE',
      '$dX = [f(X, t) - g(t)^2 \\nabla \\log p_0(X)] dt + g(t) d\\bar W$',
      'false error',
    ],
    [
      'a reverse SDE from another law than p_T',
      '$$X_T \\sim \\mathcal N(0, \\tfrac14 \\sigma_T^2 I), \\quad dX = [f(X, t) - g(t)^2 \\nabla \\log p_t(X)] dt + g(t) d\\bar W$$',
      'not-checked undecided',
    ],
  ])('does not call %s true', (_, text, expected) => {
    expect(verdicts(text)).toEqual([expected]);
  });
});

describe('what claims nothing', () => {
  it.each([
    ['points that are spoken of', 'The density is cut off where $p = 0$. At a mode $\\nabla \\log p(x) = 0$.'],
    ['a condition', 'If $S(x) = 0$ the loss is constant; assume that $\\nabla p(x) = 0$.'],
    [
      'losses that are finite',
      'The ISM loss: $\\mathbb E_p \\|S\\|^2$ and $\\mathbb E_p \\|\\nabla \\log p\\|^2$ are finite.',
    ],
  ])('does not judge %s', (_, text) => {
    expect(verdicts(text).filter((verdict) => verdict !== 'definition')).toEqual([]);
  });

  it.each([
    ['words in front', 'Wrong: $\\|\\sigma u\\|^2 = \\sigma \\|u\\|^2$'],
    [
      'the head of a column',
      '| Mistake | False statement |\n| --- | --- |\n| the square | $\\|\\sigma u\\|^2 = \\sigma \\|u\\|^2$ |\n',
    ],
  ])('takes no offence at an equation that %s call false', (_, text) => {
    expect(verdicts(text)).toEqual(['false']);
  });

  it('does not keep to a condition in what follows', () => {
    expect(
      verdicts('If $\\sigma = 0$, nothing changes. $\\|\\sigma u\\|^2 = \\sigma^2 \\|u\\|^2 = \\sigma \\|u\\|^2$'),
    ).toEqual(['definition', 'true', 'false error']);
  });
});

describe('minimisers over functions', () => {
  it('compares them with the function at x', () => {
    const loss =
      '$h(x) = x + \\sigma^2 S(x)$, $L(h) = \\mathbb E \\|h(x) - x_0\\|^2$, $x = x_0 + \\sigma \\varepsilon$';
    const best = '\\operatorname*{arg\\,min}_h L = \\mathbb E[x_0 \\mid x] = x';
    expect(verdicts(`${loss}: $${best} + \\sigma^2 \\nabla \\log p_\\sigma(x)$`).slice(-2)).toEqual(['true', 'true']);
    expect(verdicts(`${loss}: $${best} - \\sigma^2 \\nabla \\log p_\\sigma(x)$`).slice(-2)).toEqual([
      'true',
      'false error',
    ]);
  });
});

describe('what an author may say', () => {
  it('skips, expects and states by comments', () => {
    expect(verdicts('<!-- scorecheck: skip reason="informal" -->\n\n$\\|u\\|^2 = 2 \\|u\\|^2$')).toEqual([
      'not-checked skipped',
    ]);
    expect(verdicts('<!-- scorecheck: expect FALSE -->\n\n$\\|u\\|^2 = 2 \\|u\\|^2$')).toEqual(['false']);
    expect(verdicts('<!-- scorecheck: expect FALSE -->\n\n$\\|u\\|^2 = u \\cdot u$')).toEqual(['true error']);
    expect(
      verdicts(
        '<!-- scorecheck: let x = \\alpha x_0 + \\tau \\epsilon -->\n\n$\\nabla_x \\log p(x|x_0) = -\\frac{x - \\alpha x_0}{\\tau^2}$',
      ),
    ).toEqual(['true']);
  });

  it('says how an equation is meant', () => {
    const sides =
      'E_{x \\sim p(x)} \\|S_\\theta(x) - \\nabla \\log p(x)\\|^2 = E_{x \\sim p(x)} [\\|S_\\theta(x)\\|^2 + 2 \\nabla \\cdot S_\\theta(x)]';
    expect(verdicts(`$$${sides}$$`)).toEqual(['false error']);
    expect(verdicts(`<!-- scorecheck: claim mode=up-to-constant wrt=\\theta -->\n\n$$${sides}$$`)).toEqual(['true']);
    expect(verdicts(`<!-- scorecheck: claim mode=up-to-scale -->\n\n$$${sides}$$`)).toEqual(['false error']);
    expect(verdicts('<!-- scorecheck: claim mode=somehow -->\n\n$\\|u\\|^2 = u \\cdot u$')).toEqual([
      'not-checked unsupported',
    ]);
  });

  it('states in front matter, and takes macros from there', () => {
    expect(
      verdicts(
        '---\nscorecheck:\n  let: ["x = x_0 + \\\\tau \\\\epsilon"]\nmacros:\n  "\\\\half": "\\\\frac{1}{2}"\n---\n$\\log p(x|x_0) + \\half \\|\\epsilon\\|^2 = -\\frac{d}{2} \\log(2 \\pi \\tau^2)$',
      ),
    ).toEqual(['true']);
  });
});

describe('conditional laws that are no noise', () => {
  const guided = (rest: string): string =>
    `The score of $p(x|y)$ follows from $p(y|x)$, at each time $p_t(x|y)$.\n\n$$\\nabla_x \\log p_t(x|y) = ${rest}$$\n`;

  it("knows Bayes' rule of any two variables, and calls a slip in it false", () => {
    expect(verdicts(guided('\\nabla_x \\log p_t(x) + \\nabla_x \\log p_t(y|x)'))).toEqual(['true']);
    expect(verdicts(guided('\\nabla_x \\log p_t(x) - \\nabla_x \\log p_t(y|x)'))).toEqual(['false error']);
    expect(verdicts(guided('\\nabla_x \\log p_t(y|x)'))).toEqual(['false error']);
  });

  it('takes guidance for what it is: a density of its own', () => {
    const scaled = '$$\\nabla \\log p_\\gamma(x|y) = \\nabla \\log p(x) + \\gamma \\nabla \\log p(y|x)$$';
    expect(verdicts(`With $p(x|y) = p(y|x) p(x) / p(y)$,\n\n${scaled}`)).toEqual(['true', 'not-checked unbound']);
  });

  it('does not judge a likelihood that it does not know', () => {
    expect(
      verdicts(
        'Let $y = A x + n$. Then $\\nabla_x \\log p(y|x) = A^T (y - A x)$ and $p(x|y) = p(y|x) p(x) / p(y)$.',
      ).slice(1),
    ).toEqual(['not-checked unbound', 'true']);
  });

  it('leaves an equation between different draws alone', () => {
    expect(
      verdicts(
        '$$x_t = \\sqrt{\\alpha_t} x_{t-1} + \\sqrt{1-\\alpha_t} \\epsilon_{t-1} = \\sqrt{\\alpha_t \\alpha_{t-1}} x_{t-2} + \\sqrt{1 - \\alpha_t \\alpha_{t-1}} \\bar\\epsilon_{t-2}$$',
      ),
    ).toEqual(['definition', 'not-checked undecided']);
  });

  it('takes a coefficient that is given again for another case', () => {
    expect(
      verdicts('$dX = f(X, t) dt + g(t) dW$; VE: $f(x, t) = 0$, VP: $f(x, t) = -\\frac{1}{2} \\beta(t) x$.'),
    ).toEqual(['definition', 'definition', 'definition']);
  });
});

describe('signs of formulas', () => {
  it.each([
    ['parameters behind a semicolon', '$I(X; Y) = I(Y; X)$ and $\\ell(\\theta; \\sigma) = 2 \\sigma$', 'malformed'],
    ['a superscript minus as a name', '$\\mathbf{m}_k^- = A \\mathbf{m}_{k-1}$ and $x^{+} = x$', 'malformed'],
    ['a sum of negative terms', '$H = \\sum_i -p_i \\log p_i$', 'malformed'],
    ['a constant with a full stop', '$\\|x\\|^2 = \\|x\\|^2 + \\text{const.}$', 'malformed'],
    ['a ket', '$|\\psi\\rangle = |0\\rangle$', 'malformed'],
  ])('reads %s', (_, text, word) => {
    expect(verdicts(text).join(' ')).not.toContain(word);
  });

  it('reads a gradient that is transposed behind its density', () => {
    const hessian = '\\nabla^2 \\log p = \\frac{\\nabla^2 p}{p} - \\nabla \\log p \\nabla \\log p^\\top';
    expect(verdicts(`$${hessian}$`)).toEqual(['true']);
    expect(verdicts(`$${hessian.replace('- ', '+ ')}$`)).toEqual(['false error']);
  });

  it('reads an expectation in braces, and integrals over a variable', () => {
    expect(verdicts('Let $z = x + \\sigma \\epsilon$. $E\\{x \\mid z\\} = z + \\sigma^2 \\nabla \\log p(z)$')).toEqual([
      'definition',
      'true',
    ]);
    expect(verdicts('$\\int_x p(x) dx = 1$')).toEqual(['true']);
  });
});

describe('samplers', () => {
  it.each([
    ['along a score', '\\gamma \\nabla \\log p(x_k) + \\sqrt{2\\gamma} z_k', 'true'],
    ['along ∇p over p', '\\gamma \\frac{\\nabla p(x_k)}{p(x_k)} + \\sqrt{2\\gamma} z_k', 'true'],
    ['down a potential', '- \\gamma \\nabla U(x_k) + \\sqrt{2\\gamma} z_k', 'true'],
    [
      'down a potential at a temperature',
      '- \\gamma \\nabla U(x_k) + \\sqrt{2\\gamma/\\beta} z_k',
      'not-checked unbound',
    ],
    ['along ∇p', '\\gamma \\nabla p(x_k) + \\sqrt{2\\gamma} z_k', 'false error'],
    ['along ∇p in x', '\\gamma \\nabla_x p(x_k) + \\sqrt{2\\gamma} z_k', 'false error'],
    ['with too little noise', '\\gamma \\nabla \\log p(x_k) + \\sqrt{\\gamma} z_k', 'false error'],
    ['of size ε', '\\frac{\\epsilon}{2} \\nabla \\log p(x_k) + \\sqrt{\\epsilon} z_k', 'true'],
    ['of size ε with too little noise', '\\epsilon \\nabla \\log p(x_k) + \\sqrt{\\epsilon} z_k', 'false error'],
    ['of size η', '\\eta s_\\theta(x_k) + \\sqrt{2\\eta} \\xi_k', 'true'],
    ['at a temperature', '\\gamma \\nabla \\log p(x_k) + \\sqrt{2\\gamma T} z_k', 'not-checked undecided'],
    ['at an inverse temperature', '\\gamma \\beta s(x_k) + \\sqrt{2\\gamma} z_k', 'not-checked undecided'],
    ['with noise of a fixed size', '\\gamma \\nabla \\log p(x_k) + \\sqrt{2} z_k', 'false error'],
  ])('judges a step %s', (_, rest, expected) => {
    expect(verdicts(`$$x_{k+1} = x_k ${rest.startsWith('-') ? rest : `+ ${rest}`}$$`)).toEqual([expected]);
  });

  it('leaves a step back in time open: it may be one of the reverse process', () => {
    expect(verdicts('$$x_{t-1} = x_t + \\gamma s_\\theta(x_t) + \\sqrt{\\gamma} z_t$$')).toEqual([
      'not-checked undecided',
    ]);
  });

  it.each([
    ['dX_t = \\nabla \\log p(X_t) dt + \\sqrt{2} dW_t', 'true'],
    ['dX_t = -\\nabla U(X_t) dt + \\sqrt{2} dW_t', 'true'],
    ['dX_t = \\nabla \\log p(X_t) dt + dW_t', 'false error'],
    ['dX_t = \\nabla p(X_t) dt + \\sqrt{2} dW_t', 'false error'],
    ['dX_t = \\nabla \\log p(X_t) dt + \\sigma dW_t', 'not-checked undecided'],
  ])('judges the Langevin equation %s', (sde, expected) => {
    expect(verdicts(`$$${sde}$$`)).toEqual([expected]);
  });

  it('puts a lost logarithm back', () => {
    const { repairs } = readNotes('a.md', '$$x_{k+1} = x_k + \\gamma \\nabla p(x_k) + \\sqrt{2\\gamma} z_k$$');
    expect([...repairs.values()].map(({ text }) => text)).toEqual(['\\log ']);
  });
});

describe('what stands before an equation', () => {
  it.each([
    ['With $v \\sim N(0, I)$, Hutchinson has $E[v^T A v] = 2 tr(A)$', 'false error'],
    ['With $v \\sim N(0, I)$, Hutchinson has $E[v^T A v] = tr(A)$', 'true'],
    [
      'With $x = x_0 + \\sigma z$, $z \\sim N(0, I)$, $E[x_0|x] = x - \\sigma^2 \\nabla \\log p_\\sigma(x)$',
      'false error',
    ],
    ['At $x = \\mu$, $\\nabla \\log p(x) = 0$', 'not-checked undecided'],
  ])('is a condition only where it picks points: %s', (text, expected) => {
    expect(verdicts(text).at(-1)).toBe(expected);
  });
});

describe('a noising law that is stated twice', () => {
  it('is compared with the first, which goes on to hold', () => {
    const text =
      'Let $y = x + \\sigma z$ with $z \\sim N(0, I)$. So $p(y | x) = N(y; x, \\sigma^4 I)$ and $\\nabla_y \\log p(y|x) = -\\frac{y - x}{\\sigma^2}$.';
    expect(verdicts(text)).toEqual(['definition', 'false error', 'true']);
    expect(verdicts(text.replace('^4', '^2'))).toEqual(['definition', 'true', 'true']);
    expect([...readNotes('a.md', text).repairs.values()].map((fix) => fix.text)).toEqual(['2']);
  });

  it('sees a deviation in the place of a variance', () => {
    const text =
      '$q(x_t|x_0) = \\mathcal{N}(x_t; \\sqrt{\\alpha_t} x_0, (1 - \\alpha_t) I)$, so $x_t = \\sqrt{\\alpha_t} x_0 + (1 - \\alpha_t) \\epsilon$ with $\\epsilon \\sim N(0, I)$, the noise of diffusion models.';
    expect(verdicts(text)).toEqual(['true', 'false error']);
    expect(verdicts(text.replace('+ (1 - \\alpha_t)', '+ \\sqrt{1 - \\alpha_t}'))).toEqual(['true', 'definition']);
  });

  it('takes other letters, and another section, for another case', () => {
    const cases =
      '$x_t = \\alpha_t x_0 + \\sigma_t \\epsilon$. VP: $q(x_t|x_0) = N(x_t; \\sqrt{\\bar\\alpha_t} x_0, (1 - \\bar\\alpha_t) I)$.';
    expect(verdicts(cases)).toEqual(['definition', 'true']);
    const sections = 'Score: $x = x_0 + \\sigma \\epsilon$.\n\n# Variances\n\n$x = x_0 + \\sqrt{\\sigma} \\epsilon$.';
    expect(verdicts(sections)).toEqual(['definition', 'definition']);
  });
});

describe('displays that follow each other', () => {
  it.each([
    ['an equation of its own that begins with −', '-\\|2u\\|^2 = -4\\|u\\|^2', ['true', 'true']],
    ['… false by itself, when a sum might go on', '-\\|2u\\|^2 = -2\\|u\\|^2', ['true', 'not-checked undecided']],
    ['a sum that goes on', '- \\|u\\|^2 + u \\cdot u', ['true']],
    ['a sum that goes on, and is false', '- \\|u\\|^2', ['false error']],
  ])('%s', (_, second, expected) => {
    expect(verdicts(`On scores. $$\\|u\\|^2 = u \\cdot u$$\n\n$$${second}$$`)).toEqual(expected);
  });
});
