// Written by scripts/notes-claims.mjs from src/claims; a test compares.

/** A statement in LaTeX, and what its letters mean: a line of Markdown, or none. */
interface Stated {
  readonly given?: string;
  readonly statement: string;
  /** Of a false variant that has no numbers. */
  readonly kind?: 'ill-formed' | 'vacuous' | 'naming';
}

/** What the course claims, and its false variants. */
export const courseClaims: readonly (Stated & {
  readonly id: string;
  readonly variants: Readonly<Record<string, Stated>>;
})[] = [
  {
    id: 'score-is-log-gradient',
    statement: 's(x) = \\nabla \\log p(x) = \\frac{\\nabla p(x)}{p(x)}',
    variants: {
      'gradient-of-density': {
        statement: '\\nabla \\log p(x) = \\nabla p(x)',
      },
      'divided-twice': {
        statement: '\\nabla \\log p(x) = \\frac{\\nabla p(x)}{p(x)^2}',
      },
    },
  },
  {
    id: 'score-points-uphill',
    statement: '\\nabla \\log p(x) \\cdot \\nabla p(x) \\ge 0',
    variants: {
      downhill: {
        statement: '-\\nabla \\log p(x) \\cdot \\nabla p(x) \\ge 0',
      },
      'slope-of-the-logarithm': {
        statement: '\\nabla \\log p(x) \\cdot \\nabla p(x) \\ge \\lVert \\nabla \\log p(x) \\rVert^2',
      },
      'a-number': {
        statement: '\\nabla \\log p(x) \\ge 0',
        kind: 'ill-formed',
      },
    },
  },
  {
    id: 'score-ignores-normaliser',
    given: 'Let $p(x) = \\frac{q(x)}{Z}$.',
    statement: 'p(x) = \\frac{q(x)}{Z} \\quad \\Rightarrow \\quad \\nabla \\log p(x) = \\nabla \\log q(x)',
    variants: {
      'gradient-of-density': {
        statement: '\\nabla p(x) = \\nabla q(x)',
      },
      'divided-by-z': {
        statement: '\\nabla \\log p(x) = \\frac{1}{Z} \\nabla \\log q(x)',
      },
      'log-z-kept': {
        statement: '\\nabla \\log p(x) = \\nabla \\log q(x) - (\\log Z) \\mathbf 1',
      },
    },
  },
  {
    id: 'score-mean-zero',
    statement: '\\mathbb E_{x \\sim p} \\bigl[ \\nabla \\log p(x) \\bigr] = \\int \\nabla p(x)\\, dx = 0',
    variants: {
      'under-the-noisy-law': {
        statement: '\\mathbb E_{x \\sim p_\\sigma} \\bigl[ \\nabla \\log p(x) \\bigr] = 0',
      },
      'square-too': {
        statement: '\\mathbb E_{x \\sim p} \\lVert \\nabla \\log p(x) \\rVert^2 = 0',
      },
    },
  },
  {
    id: 'gibbs-force',
    given: 'Let $\\beta > 0$.',
    statement:
      'p(x) = \\frac{e^{-\\beta E(x)}}{Z} \\quad \\Rightarrow \\quad \\nabla \\log p(x) = -\\beta \\nabla E(x) = \\beta F(x)',
    variants: {
      uphill: {
        statement: '\\nabla \\log p(x) = \\beta \\nabla E(x)',
      },
      'without-beta': {
        statement: '\\nabla \\log p(x) = -\\nabla E(x)',
      },
      'temperature-for-its-inverse': {
        statement: '\\nabla \\log p(x) = -\\frac{1}{\\beta} \\nabla E(x)',
      },
      'energy-for-its-gradient': {
        statement: '\\nabla \\log p(x) = -\\beta E(x)',
        kind: 'ill-formed',
      },
    },
  },
  {
    id: 'exponential-family',
    given:
      'Let $p_\\theta(x) = e^{\\theta^\\top x} / Z(\\theta)$ on a box $B$, where $Z(\\theta) = \\int_B e^{\\theta^\\top x}\\, dx$.',
    statement:
      '\\int_B \\frac{e^{\\theta^\\top x}}{Z(\\theta)}\\, dx = 1, \\quad \\nabla_x \\log p_\\theta(x) = \\theta, \\quad \\mathbb E_{p_\\theta}[x] = \\nabla_\\theta \\log Z(\\theta)',
    variants: {
      'gradient-is-theta': {
        statement: '\\nabla_\\theta \\log Z(\\theta) = \\theta',
      },
      'score-is-x': {
        statement: '\\nabla_x \\log p_\\theta(x) = x',
      },
      'gradient-of-z': {
        statement: '\\mathbb E_{p_\\theta}[x] = \\nabla_\\theta Z(\\theta)',
      },
      'settles-as-the-box-grows': {
        statement: '\\int_{2B} e^{\\theta^\\top x}\\, dx = \\int_B e^{\\theta^\\top x}\\, dx',
      },
      'on-the-whole-space': {
        statement: '\\int_{\\mathbb R^d} \\frac{e^{\\theta^\\top x}}{Z(\\theta)}\\, dx = 1',
        kind: 'ill-formed',
      },
    },
  },
  {
    id: 'kl-needs-z',
    given: 'Let $c > 0$.',
    statement:
      '\\mathbb E_p \\Bigl[ \\log \\frac{p(x)}{c\\, q(x)} \\Bigr] = \\mathbb E_p \\Bigl[ \\log \\frac{p(x)}{q(x)} \\Bigr] - \\log c, \\quad\n    \\mathbb E_p \\lVert \\nabla \\log p(x) - \\nabla \\log (c\\, q(x)) \\rVert^2 = \\mathbb E_p \\lVert \\nabla \\log p(x) - \\nabla \\log q(x) \\rVert^2',
    variants: {
      'kl-unchanged': {
        statement:
          '\\mathbb E_p \\Bigl[ \\log \\frac{p(x)}{c\\, q(x)} \\Bigr] = \\mathbb E_p \\Bigl[ \\log \\frac{p(x)}{q(x)} \\Bigr]',
      },
      'kl-sign': {
        statement:
          '\\mathbb E_p \\Bigl[ \\log \\frac{p(x)}{c\\, q(x)} \\Bigr] = \\mathbb E_p \\Bigl[ \\log \\frac{p(x)}{q(x)} \\Bigr] + \\log c',
      },
      'fisher-changes-too': {
        statement:
          '\\mathbb E_p \\lVert \\nabla \\log p(x) - \\nabla \\log (c\\, q(x)) \\rVert^2 = \\mathbb E_p \\lVert \\nabla \\log p(x) - \\nabla \\log q(x) \\rVert^2 - \\log c',
      },
      'fisher-scales': {
        statement:
          '\\mathbb E_p \\lVert \\nabla \\log p(x) - \\nabla \\log (c\\, q(x)) \\rVert^2 = c^2\\, \\mathbb E_p \\lVert \\nabla \\log p(x) - \\nabla \\log q(x) \\rVert^2',
      },
    },
  },
  {
    id: 'debruijn',
    statement:
      '\\frac{d}{d(\\sigma^2)} \\int p_\\sigma(x) \\log \\frac{p_\\sigma(x)}{q_\\sigma(x)}\\, dx\n    = -\\tfrac12\\, \\mathbb E_{x \\sim p_\\sigma} \\lVert \\nabla \\log p_\\sigma(x) - \\nabla \\log q_\\sigma(x) \\rVert^2',
    variants: {
      sign: {
        statement:
          '\\frac{d}{d(\\sigma^2)} \\operatorname{KL}(p_\\sigma \\Vert q_\\sigma) = +\\tfrac12\\, \\mathbb E_{p_\\sigma} \\lVert \\nabla \\log p_\\sigma - \\nabla \\log q_\\sigma \\rVert^2',
      },
      'without-half': {
        statement:
          '\\frac{d}{d(\\sigma^2)} \\operatorname{KL}(p_\\sigma \\Vert q_\\sigma) = -\\mathbb E_{p_\\sigma} \\lVert \\nabla \\log p_\\sigma - \\nabla \\log q_\\sigma \\rVert^2',
      },
      'derivative-in-sigma': {
        statement:
          '\\frac{d}{d\\sigma} \\operatorname{KL}(p_\\sigma \\Vert q_\\sigma) = -\\tfrac12\\, \\mathbb E_{p_\\sigma} \\lVert \\nabla \\log p_\\sigma - \\nabla \\log q_\\sigma \\rVert^2',
      },
      'clean-densities': {
        statement:
          '\\frac{d}{d(\\sigma^2)} \\operatorname{KL}(p_\\sigma \\Vert q_\\sigma) = -\\tfrac12\\, \\mathbb E_{p} \\lVert \\nabla \\log p - \\nabla \\log q \\rVert^2',
      },
      'mean-under-q': {
        statement:
          '\\frac{d}{d(\\sigma^2)} \\operatorname{KL}(p_\\sigma \\Vert q_\\sigma) = -\\tfrac12\\, \\mathbb E_{q_\\sigma} \\lVert \\nabla \\log p_\\sigma - \\nabla \\log q_\\sigma \\rVert^2',
      },
    },
  },
  {
    id: 'esm-equals-ism',
    statement:
      '\\mathbb E_p \\lVert S(x) - \\nabla \\log p(x) \\rVert^2\n    = \\mathbb E_p \\bigl[ \\lVert S(x) \\rVert^2 + 2 \\nabla \\cdot S(x) \\bigr] + \\mathbb E_p \\lVert \\nabla \\log p(x) \\rVert^2',
    variants: {
      'ism-on-both-sides': {
        statement:
          '\\mathbb E_p \\bigl[ \\lVert S \\rVert^2 + 2 \\nabla \\cdot S \\bigr] = \\mathbb E_p \\bigl[ \\lVert S \\rVert^2 + 2 \\nabla \\cdot S \\bigr] + \\mathbb E_p \\lVert \\nabla \\log p \\rVert^2',
      },
      'ism-expanded-as-esm': {
        statement:
          '\\mathbb E_p \\lVert S - \\nabla \\log p \\rVert^2 = \\mathbb E_p \\bigl[ \\lVert S \\rVert^2 - 2 S \\cdot \\nabla \\log p + \\lVert \\nabla \\log p \\rVert^2 \\bigr] + \\mathbb E_p \\lVert \\nabla \\log p \\rVert^2',
      },
      'divergence-without-two': {
        statement:
          '\\mathbb E_p \\lVert S - \\nabla \\log p \\rVert^2 = \\mathbb E_p \\bigl[ \\lVert S \\rVert^2 + \\nabla \\cdot S \\bigr] + \\mathbb E_p \\lVert \\nabla \\log p \\rVert^2',
      },
      'divergence-sign': {
        statement:
          '\\mathbb E_p \\lVert S - \\nabla \\log p \\rVert^2 = \\mathbb E_p \\bigl[ \\lVert S \\rVert^2 - 2 \\nabla \\cdot S \\bigr] + \\mathbb E_p \\lVert \\nabla \\log p \\rVert^2',
      },
      'constant-subtracted': {
        statement:
          '\\mathbb E_p \\lVert S - \\nabla \\log p \\rVert^2 = \\mathbb E_p \\bigl[ \\lVert S \\rVert^2 + 2 \\nabla \\cdot S \\bigr] - \\mathbb E_p \\lVert \\nabla \\log p \\rVert^2',
      },
    },
  },
  {
    id: 'esm-ism-same-argmin',
    statement:
      '\\operatorname*{arg\\,min}_{S \\in \\mathcal F} \\mathbb E_p \\lVert S(x) - \\nabla \\log p(x) \\rVert^2\n    = \\operatorname*{arg\\,min}_{S \\in \\mathcal F} \\mathbb E_p \\bigl[ \\lVert S(x) \\rVert^2 + 2 \\nabla \\cdot S(x) \\bigr]',
    variants: {
      'divergence-without-two': {
        statement:
          '\\operatorname*{arg\\,min}_S \\mathbb E_p \\lVert S(x) - \\nabla \\log p(x) \\rVert^2 = \\operatorname*{arg\\,min}_S \\mathbb E_p \\bigl[ \\lVert S(x) \\rVert^2 + \\nabla \\cdot S(x) \\bigr]',
      },
      'divergence-sign': {
        statement:
          '\\operatorname*{arg\\,min}_S \\mathbb E_p \\lVert S(x) - \\nabla \\log p(x) \\rVert^2 = \\operatorname*{arg\\,min}_S \\mathbb E_p \\bigl[ \\lVert S(x) \\rVert^2 - 2 \\nabla \\cdot S(x) \\bigr]',
      },
      'divergence-dropped': {
        statement:
          '\\operatorname*{arg\\,min}_S \\mathbb E_p \\lVert S(x) - \\nabla \\log p(x) \\rVert^2 = \\operatorname*{arg\\,min}_S \\mathbb E_p \\lVert S(x) \\rVert^2',
      },
      'score-of-noisy-density': {
        statement:
          '\\operatorname*{arg\\,min}_S \\mathbb E_{p_\\sigma} \\lVert S(x) - \\nabla \\log p_\\sigma(x) \\rVert^2 = \\operatorname*{arg\\,min}_S \\mathbb E_{p_0} \\bigl[ \\lVert S(x) \\rVert^2 + 2 \\nabla \\cdot S(x) \\bigr]',
      },
      'ism-on-both-sides': {
        statement:
          '\\operatorname*{arg\\,min}_S \\mathbb E_p \\bigl[ \\lVert S(x) \\rVert^2 + 2 \\nabla \\cdot S(x) \\bigr] = \\operatorname*{arg\\,min}_S \\mathbb E_p \\bigl[ \\lVert S(x) \\rVert^2 + 2 \\nabla \\cdot S(x) \\bigr]',
        kind: 'vacuous',
      },
    },
  },
  {
    id: 'esm-expansion',
    statement:
      '\\mathbb E_p \\lVert S(x) - \\nabla \\log p(x) \\rVert^2\n    = \\mathbb E_p \\bigl[ \\lVert S(x) \\rVert^2 - 2\\, S(x) \\cdot \\nabla \\log p(x) + \\lVert \\nabla \\log p(x) \\rVert^2 \\bigr]',
    variants: {
      'cross-term-sign': {
        statement:
          '\\mathbb E_p \\lVert S(x) - \\nabla \\log p(x) \\rVert^2 = \\mathbb E_p \\bigl[ \\lVert S(x) \\rVert^2 + 2\\, S(x) \\cdot \\nabla \\log p(x) + \\lVert \\nabla \\log p(x) \\rVert^2 \\bigr]',
      },
      'cross-term-without-two': {
        statement:
          '\\mathbb E_p \\lVert S(x) - \\nabla \\log p(x) \\rVert^2 = \\mathbb E_p \\bigl[ \\lVert S(x) \\rVert^2 - S(x) \\cdot \\nabla \\log p(x) + \\lVert \\nabla \\log p(x) \\rVert^2 \\bigr]',
      },
      'cross-term-dropped': {
        statement:
          '\\mathbb E_p \\lVert S(x) - \\nabla \\log p(x) \\rVert^2 = \\mathbb E_p \\bigl[ \\lVert S(x) \\rVert^2 + \\lVert \\nabla \\log p(x) \\rVert^2 \\bigr]',
      },
      'constant-dropped': {
        statement:
          '\\mathbb E_p \\lVert S(x) - \\nabla \\log p(x) \\rVert^2 = \\mathbb E_p \\bigl[ \\lVert S(x) \\rVert^2 - 2\\, S(x) \\cdot \\nabla \\log p(x) \\bigr]',
      },
      'difference-of-squares': {
        statement:
          '\\mathbb E_p \\lVert S(x) - \\nabla \\log p(x) \\rVert^2 = \\mathbb E_p \\bigl[ \\lVert S(x) \\rVert^2 - \\lVert \\nabla \\log p(x) \\rVert^2 \\bigr]',
      },
    },
  },
  {
    id: 'parts',
    statement:
      '\\mathbb E_p \\bigl[ S(x) \\cdot \\nabla \\log p(x) \\bigr] = -\\mathbb E_p \\bigl[ \\nabla \\cdot S(x) \\bigr]',
    variants: {
      'no-minus': {
        statement:
          '\\mathbb E_p \\bigl[ S(x) \\cdot \\nabla \\log p(x) \\bigr] = \\mathbb E_p \\bigl[ \\nabla \\cdot S(x) \\bigr]',
      },
      'two-kept': {
        statement:
          '\\mathbb E_p \\bigl[ S(x) \\cdot \\nabla \\log p(x) \\bigr] = -2\\, \\mathbb E_p \\bigl[ \\nabla \\cdot S(x) \\bigr]',
      },
      'score-averaged-first': {
        statement:
          '\\mathbb E_p \\bigl[ S(x) \\cdot \\nabla \\log p(x) \\bigr] = \\mathbb E_p \\bigl[ S(x) \\bigr] \\cdot \\mathbb E_p \\bigl[ \\nabla \\log p(x) \\bigr] = 0',
      },
      'divergence-of-score': {
        statement:
          '\\mathbb E_p \\bigl[ S(x) \\cdot \\nabla \\log p(x) \\bigr] = -\\mathbb E_p \\bigl[ \\nabla \\cdot \\nabla \\log p(x) \\bigr]',
      },
    },
  },
  {
    id: 'ism-optimum-negative',
    statement:
      '\\min_S \\mathbb E_p \\bigl[ \\lVert S(x) \\rVert^2 + 2 \\nabla \\cdot S(x) \\bigr]\n    = \\mathbb E_p \\bigl[ \\lVert \\nabla \\log p(x) \\rVert^2 + 2 \\nabla \\cdot \\nabla \\log p(x) \\bigr] = -\\mathbb E_p \\lVert \\nabla \\log p(x) \\rVert^2 < 0',
    variants: {
      'minimum-zero': {
        statement: '\\min_S \\mathbb E_p \\bigl[ \\lVert S(x) \\rVert^2 + 2 \\nabla \\cdot S(x) \\bigr] = 0',
      },
      'minimum-positive': {
        statement:
          '\\min_S \\mathbb E_p \\bigl[ \\lVert S(x) \\rVert^2 + 2 \\nabla \\cdot S(x) \\bigr] = \\mathbb E_p \\lVert \\nabla \\log p(x) \\rVert^2',
      },
      'half-of-it': {
        statement:
          '\\min_S \\mathbb E_p \\bigl[ \\lVert S(x) \\rVert^2 + 2 \\nabla \\cdot S(x) \\bigr] = -\\tfrac12 \\mathbb E_p \\lVert \\nabla \\log p(x) \\rVert^2',
      },
      'minus-the-dimension': {
        statement: '\\min_S \\mathbb E_p \\bigl[ \\lVert S(x) \\rVert^2 + 2 \\nabla \\cdot S(x) \\bigr] = -d',
      },
    },
  },
  {
    id: 'perturbed-marginal',
    statement:
      'p_\\sigma(x) = \\int p(x \\mid x_0)\\, p_0(x_0)\\, dx_0 = \\mathbb E_{x_0 \\sim p_0} \\bigl[ p(x \\mid x_0) \\bigr]',
    variants: {
      'wrong-outer-measure': {
        statement: 'p_\\sigma(x) = \\mathbb E_{x_0 \\sim p_\\sigma} \\bigl[ p(x \\mid x_0) \\bigr]',
      },
      'variance-is-sigma': {
        statement: 'p_\\sigma(x) = \\mathbb E_{x_0 \\sim p_0} \\bigl[ \\mathcal N(x; x_0, \\sigma I) \\bigr]',
      },
      'clean-density': {
        statement: 'p_0(x) = \\mathbb E_{x_0 \\sim p_0} \\bigl[ p(x \\mid x_0) \\bigr]',
      },
      'logarithm-inside': {
        statement: '\\log p_\\sigma(x) = \\mathbb E_{x_0 \\sim p_0} \\bigl[ \\log p(x \\mid x_0) \\bigr]',
      },
      'integrated-over-x': {
        statement: 'p_\\sigma(x) = \\int p(x \\mid x_0)\\, p_0(x_0)\\, dx',
        kind: 'ill-formed',
      },
      'not-integrated': {
        statement: 'p_\\sigma(x) = p(x \\mid x_0)\\, p_0(x_0)',
        kind: 'ill-formed',
      },
    },
  },
  {
    id: 'empirical-marginal',
    given:
      'Let $p_\\sigma$ be the density of $x = x_0 + \\sigma \\varepsilon$ with $\\varepsilon \\sim \\mathcal N(0, I)$ and $x_0$ one of the examples $x_1, \\dots, x_N$, all different, $N > 1$, each with the same probability.',
    statement:
      '\\sum_{i=1}^N \\tfrac1N\\, p(x \\mid x_i) = p_\\sigma(x), \\qquad p_\\sigma = \\frac1N \\sum_{i=1}^N \\mathcal N(x_i, \\sigma^2 I)',
    variants: {
      'covariance-sigma': {
        statement: 'p_\\sigma = \\frac1N \\sum_{i=1}^N \\mathcal N(x_i, \\sigma I)',
      },
      'not-divided-by-n': {
        statement: 'p_\\sigma = \\sum_{i=1}^N \\mathcal N(x_i, \\sigma^2 I)',
      },
      'average-of-points': {
        statement: 'p_\\sigma = \\mathcal N \\Bigl( \\frac1N \\sum_{i=1}^N x_i, \\sigma^2 I \\Bigr)',
      },
      'variance-divided-by-n': {
        statement: 'p_\\sigma = \\frac1N \\sum_{i=1}^N \\mathcal N \\bigl( x_i, \\tfrac{\\sigma^2}{N} I \\bigr)',
      },
    },
  },
  {
    id: 'dsm-target',
    given: 'Let $x = x_0 + \\sigma \\varepsilon$ with $\\varepsilon \\sim \\mathcal N(0, I)$.',
    statement:
      '\\nabla_x \\log \\mathcal N(x; x_0, \\sigma^2 I) = -\\frac{x - x_0}{\\sigma^2} = -\\frac{\\varepsilon}{\\sigma}, \\qquad x = x_0 + \\sigma \\varepsilon',
    variants: {
      sign: {
        statement: '\\nabla_x \\log \\mathcal N(x; x_0, \\sigma^2 I) = \\frac{x - x_0}{\\sigma^2}',
      },
      'sigma-not-squared': {
        statement: '\\nabla_x \\log \\mathcal N(x; x_0, \\sigma^2 I) = -\\frac{x - x_0}{\\sigma}',
      },
      'sigma-to-the-fourth': {
        statement: '\\nabla_x \\log \\mathcal N(x; x_0, \\sigma^2 I) = -\\frac{x - x_0}{\\sigma^4}',
      },
      'noise-over-variance': {
        statement: '\\nabla_x \\log \\mathcal N(x; x_0, \\sigma^2 I) = -\\frac{\\varepsilon}{\\sigma^2}',
      },
      'noise-itself': {
        statement: '\\nabla_x \\log \\mathcal N(x; x_0, \\sigma^2 I) = -\\varepsilon',
      },
      'noise-sign': {
        statement: '\\nabla_x \\log \\mathcal N(x; x_0, \\sigma^2 I) = \\frac{\\varepsilon}{\\sigma}',
      },
    },
  },
  {
    id: 'dsm-forms',
    statement:
      '\\Bigl\\lVert S(x) + \\frac{x - x_0}{\\sigma^2} \\Bigr\\rVert^2\n    = \\frac{1}{\\sigma^4} \\lVert \\sigma^2 S(x) + x - x_0 \\rVert^2\n    = \\frac{1}{\\sigma^2} \\lVert \\sigma S(x) + \\varepsilon \\rVert^2, \\qquad x = x_0 + \\sigma \\varepsilon',
    variants: {
      'weight-not-squared': {
        statement:
          '\\Bigl\\lVert S(x) + \\frac{x - x_0}{\\sigma^2} \\Bigr\\rVert^2 = \\frac{1}{\\sigma^2} \\lVert \\sigma^2 S(x) + x - x_0 \\rVert^2',
      },
      'half-for-weight': {
        statement:
          '\\Bigl\\lVert S(x) + \\frac{x - x_0}{\\sigma^2} \\Bigr\\rVert^2 = \\frac{1}{2} \\lVert \\sigma S(x) + \\varepsilon \\rVert^2',
      },
      'weight-dropped': {
        statement:
          '\\Bigl\\lVert S(x) + \\frac{x - x_0}{\\sigma^2} \\Bigr\\rVert^2 = \\lVert \\sigma S(x) + \\varepsilon \\rVert^2',
      },
      'noise-subtracted': {
        statement:
          '\\Bigl\\lVert S(x) + \\frac{x - x_0}{\\sigma^2} \\Bigr\\rVert^2 = \\frac{1}{\\sigma^2} \\lVert \\sigma S(x) - \\varepsilon \\rVert^2',
      },
      'field-not-scaled': {
        statement:
          '\\Bigl\\lVert S(x) + \\frac{x - x_0}{\\sigma^2} \\Bigr\\rVert^2 = \\frac{1}{\\sigma^2} \\lVert S(x) + \\varepsilon \\rVert^2',
      },
    },
  },
  {
    id: 'dsm-any-shape',
    given:
      'Let $X = X_0 + \\sigma \\varepsilon$ with $\\varepsilon \\sim \\mathcal N(0, I)$, for arrays $X$ of $d$ entries.',
    statement:
      '\\operatorname{vec} \\nabla_X \\log \\mathcal N(X; X_0, \\sigma^2 I) = -\\frac{\\operatorname{vec} X - \\operatorname{vec} X_0}{\\sigma^2}, \\qquad\n    \\lVert S(X) - \\nabla_X \\log \\mathcal N(X; X_0, \\sigma^2 I) \\rVert^2 = \\frac{1}{\\sigma^2} \\lVert \\sigma \\operatorname{vec} S(X) + \\operatorname{vec} \\varepsilon \\rVert^2, \\qquad X = X_0 + \\sigma \\varepsilon',
    variants: {
      'sigma-times-side': {
        given:
          'Let $X = X_0 + \\sigma \\varepsilon$ with $\\varepsilon \\sim \\mathcal N(0, I)$, for arrays $X$ of side $k$.',
        statement:
          '\\operatorname{vec} \\nabla_X \\log \\mathcal N(X; X_0, \\sigma^2 I) = -\\frac{\\operatorname{vec} X - \\operatorname{vec} X_0}{k^2 \\sigma^2}',
      },
      'one-target-per-axis': {
        statement:
          '\\operatorname{vec} \\nabla_X \\log \\mathcal N(X; X_0, \\sigma^2 I) = -3\\, \\frac{\\operatorname{vec} X - \\operatorname{vec} X_0}{\\sigma^2}',
      },
      'mean-over-entries': {
        statement:
          '\\lVert S(X) - \\nabla_X \\log \\mathcal N(X; X_0, \\sigma^2 I) \\rVert^2 = \\frac{1}{d \\sigma^2} \\lVert \\sigma \\operatorname{vec} S(X) + \\operatorname{vec} \\varepsilon \\rVert^2',
      },
      'norm-of-each-slice': {
        statement:
          '\\lVert \\sigma S(X) + \\varepsilon \\rVert^2 = \\bigl( (\\sigma S_1(X) + \\varepsilon_1)^2, \\dots, (\\sigma S_d(X) + \\varepsilon_d)^2 \\bigr)',
        kind: 'ill-formed',
      },
    },
  },
  {
    id: 'dsm-equals-esm',
    statement:
      '\\mathbb E_{p_\\sigma} \\lVert S(x) - \\nabla \\log p_\\sigma(x) \\rVert^2\n    = \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert S(x) - \\nabla_x \\log p(x \\mid x_0) \\rVert^2\n    - \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert \\nabla_x \\log p(x \\mid x_0) \\rVert^2 + \\mathbb E_{p_\\sigma} \\lVert \\nabla \\log p_\\sigma(x) \\rVert^2',
    variants: {
      'constants-in-place-of-the-loss': {
        statement:
          '\\mathbb E_{p_\\sigma} \\lVert S(x) - \\nabla \\log p_\\sigma(x) \\rVert^2 = \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert \\nabla_x \\log p(x \\mid x_0) \\rVert^2 + \\mathbb E_{p_\\sigma} \\lVert \\nabla \\log p_\\sigma(x) \\rVert^2',
      },
      'no-minus': {
        statement:
          '\\mathbb E_{p_\\sigma} \\lVert S(x) - \\nabla \\log p_\\sigma(x) \\rVert^2 = \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert S(x) - \\nabla_x \\log p(x \\mid x_0) \\rVert^2 + \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert \\nabla_x \\log p(x \\mid x_0) \\rVert^2 + \\mathbb E_{p_\\sigma} \\lVert \\nabla \\log p_\\sigma(x) \\rVert^2',
      },
      'equal-losses': {
        statement:
          '\\mathbb E_{p_\\sigma} \\lVert S(x) - \\nabla \\log p_\\sigma(x) \\rVert^2 = \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert S(x) - \\nabla_x \\log p(x \\mid x_0) \\rVert^2',
      },
      'score-energy-subtracted': {
        statement:
          '\\mathbb E_{p_\\sigma} \\lVert S(x) - \\nabla \\log p_\\sigma(x) \\rVert^2 = \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert S(x) - \\nabla_x \\log p(x \\mid x_0) \\rVert^2 - \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert \\nabla_x \\log p(x \\mid x_0) \\rVert^2 - \\mathbb E_{p_\\sigma} \\lVert \\nabla \\log p_\\sigma(x) \\rVert^2',
      },
      'clean-density': {
        statement:
          '\\mathbb E_{x \\sim p_0} \\lVert S(x) - \\nabla \\log p_0(x) \\rVert^2 = \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert S(x) - \\nabla_x \\log p(x \\mid x_0) \\rVert^2 - \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert \\nabla_x \\log p(x \\mid x_0) \\rVert^2 + \\mathbb E_{x \\sim p_0} \\lVert \\nabla \\log p_0(x) \\rVert^2',
      },
    },
  },
  {
    id: 'dsm-cross-term',
    statement:
      '\\mathbb E_{p_\\sigma} \\bigl[ S(x) \\cdot \\nabla \\log p_\\sigma(x) \\bigr]\n    = \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\bigl[ S(x) \\cdot \\nabla_x \\log p(x \\mid x_0) \\bigr]',
    variants: {
      'product-of-marginals': {
        statement:
          '\\mathbb E_{p_\\sigma} \\bigl[ S(x) \\cdot \\nabla \\log p_\\sigma(x) \\bigr] = \\mathbb E_{x \\sim p_\\sigma} \\mathbb E_{x_0 \\sim p_0} \\bigl[ S(x) \\cdot \\nabla_x \\log p(x \\mid x_0) \\bigr]',
      },
      'field-at-clean-point': {
        statement:
          '\\mathbb E_{p_\\sigma} \\bigl[ S(x) \\cdot \\nabla \\log p_\\sigma(x) \\bigr] = \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\bigl[ S(x_0) \\cdot \\nabla_x \\log p(x \\mid x_0) \\bigr]',
      },
      'score-of-clean-density': {
        statement:
          '\\mathbb E_{p_\\sigma} \\bigl[ S(x) \\cdot \\nabla \\log p_0(x) \\bigr] = \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\bigl[ S(x) \\cdot \\nabla_x \\log p(x \\mid x_0) \\bigr]',
      },
      sign: {
        statement:
          '\\mathbb E_{p_\\sigma} \\bigl[ S(x) \\cdot \\nabla \\log p_\\sigma(x) \\bigr] = \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\Bigl[ S(x) \\cdot \\frac{x - x_0}{\\sigma^2} \\Bigr]',
      },
      'clean-point-unbound': {
        statement:
          '\\mathbb E_{p_\\sigma} \\bigl[ S(x) \\cdot \\nabla \\log p_\\sigma(x) \\bigr] = \\mathbb E_{p_\\sigma} \\bigl[ S(x) \\cdot \\nabla_x \\log p(x \\mid x_0) \\bigr]',
        kind: 'ill-formed',
      },
    },
  },
  {
    id: 'dsm-constant',
    statement:
      '\\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert \\nabla_x \\log p(x \\mid x_0) \\rVert^2 = \\frac{d}{\\sigma^2}',
    variants: {
      'dimension-forgotten': {
        statement:
          '\\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert \\nabla_x \\log p(x \\mid x_0) \\rVert^2 = \\frac{1}{\\sigma^2}',
      },
      'sigma-to-the-fourth': {
        statement:
          '\\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert \\nabla_x \\log p(x \\mid x_0) \\rVert^2 = \\frac{d}{\\sigma^4}',
      },
      'sigma-not-squared': {
        statement:
          '\\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert \\nabla_x \\log p(x \\mid x_0) \\rVert^2 = \\frac{d}{\\sigma}',
      },
      'score-of-the-marginal': {
        statement:
          '\\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert \\nabla_x \\log p(x \\mid x_0) \\rVert^2 = \\mathbb E_{p_\\sigma} \\lVert \\nabla \\log p_\\sigma(x) \\rVert^2',
      },
    },
  },
  {
    id: 'dsm-same-argmin',
    statement:
      '\\operatorname*{arg\\,min}_S \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert S(x) - \\nabla_x \\log p(x \\mid x_0) \\rVert^2\n    = \\operatorname*{arg\\,min}_S \\mathbb E_{p_\\sigma} \\lVert S(x) - \\nabla \\log p_\\sigma(x) \\rVert^2 = \\nabla \\log p_\\sigma',
    variants: {
      'target-sign': {
        statement:
          '\\operatorname*{arg\\,min}_S \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert S(x) + \\nabla_x \\log p(x \\mid x_0) \\rVert^2 = \\nabla \\log p_\\sigma',
      },
      'minus-the-score': {
        statement:
          '\\operatorname*{arg\\,min}_S \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert S(x) - \\nabla_x \\log p(x \\mid x_0) \\rVert^2 = -\\nabla \\log p_\\sigma',
      },
      'score-of-clean-density': {
        statement:
          '\\operatorname*{arg\\,min}_S \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert S(x) - \\nabla_x \\log p(x \\mid x_0) \\rVert^2 = \\nabla \\log p_0',
      },
      'field-at-clean-point': {
        statement:
          '\\operatorname*{arg\\,min}_S \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert S(x_0) - \\nabla_x \\log p(x \\mid x_0) \\rVert^2 = \\nabla \\log p_\\sigma',
      },
      'target-sigma-not-squared': {
        statement:
          '\\operatorname*{arg\\,min}_S \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\Bigl\\lVert S(x) + \\frac{x - x_0}{\\sigma} \\Bigr\\rVert^2 = \\nabla \\log p_\\sigma',
      },
    },
  },
  {
    id: 'joint-score',
    statement:
      '\\nabla_x \\log p(x \\mid x_0) = \\nabla_x \\log p(x, x_0), \\quad p(x, x_0) = p(x \\mid x_0)\\, p_0(x_0)',
    variants: {
      'gradient-in-x0': {
        statement: '\\nabla_x \\log p(x \\mid x_0) = \\nabla_{x_0} \\log p(x, x_0)',
      },
      marginal: {
        statement: '\\nabla_x \\log p(x \\mid x_0) = \\nabla_x \\log p_\\sigma(x)',
      },
      posterior: {
        statement: '\\nabla_x \\log p(x \\mid x_0) = \\nabla_x \\log p(x_0 \\mid x)',
      },
      'no-variable-named': {
        statement: '\\nabla \\log p(x \\mid x_0) = \\nabla \\log p(x, x_0)',
        kind: 'ill-formed',
      },
    },
  },
  {
    id: 'noise-laplace',
    given:
      'Let $x = x_0 + \\xi$, where the entries of $\\xi$ are independent with $\\xi_j \\sim \\operatorname{Laplace}(0, b)$, and let $p_b$ be the density of $x$.',
    statement:
      '\\operatorname*{arg\\,min}_S \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\Bigl\\lVert S(x) + \\frac{\\operatorname{sign}(x - x_0)}{b} \\Bigr\\rVert^2 = \\nabla \\log p_b(x), \\qquad p_b(x) = \\mathbb E_{x_0} \\Bigl[ \\prod_{j=1}^d \\tfrac{1}{2b} e^{-\\lvert x_j - x_{0,j} \\rvert / b} \\Bigr]',
    variants: {
      'gaussian-target': {
        statement:
          '\\operatorname*{arg\\,min}_S \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\Bigl\\lVert S(x) + \\frac{x - x_0}{b^2} \\Bigr\\rVert^2 = \\nabla \\log p_b(x)',
      },
      'scale-squared': {
        statement:
          '\\operatorname*{arg\\,min}_S \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\Bigl\\lVert S(x) + \\frac{\\operatorname{sign}(x - x_0)}{b^2} \\Bigr\\rVert^2 = \\nabla \\log p_b(x)',
      },
      'target-sign': {
        statement:
          '\\operatorname*{arg\\,min}_S \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\Bigl\\lVert S(x) - \\frac{\\operatorname{sign}(x - x_0)}{b} \\Bigr\\rVert^2 = \\nabla \\log p_b(x)',
      },
    },
  },
  {
    id: 'noise-uniform-fails',
    given:
      'Let $x = x_0 + \\xi$ with $\\xi \\sim U([-a, a]^d)$ independent of $x_0$, and let $p_a$ be the density of $x$.',
    statement:
      '\\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert S(x) - \\nabla_x \\log p(x \\mid x_0) \\rVert^2 = \\mathbb E_{p_a} \\lVert S(x) \\rVert^2, \\qquad \\operatorname*{arg\\,min}_S = 0 \\ne \\nabla \\log p_a',
    variants: {
      'argmin-is-score': {
        statement:
          '\\operatorname*{arg\\,min}_S \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert S(x) - \\nabla_x \\log p(x \\mid x_0) \\rVert^2 = \\nabla \\log p_a',
      },
      'explicit-loss-up-to-a-constant': {
        statement:
          '\\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert S(x) - \\nabla_x \\log p(x \\mid x_0) \\rVert^2 = \\mathbb E_{p_a} \\lVert S(x) - \\nabla \\log p_a(x) \\rVert^2 - \\mathbb E_{p_a} \\lVert \\nabla \\log p_a(x) \\rVert^2',
      },
      'gaussian-target': {
        statement:
          '\\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\Bigl\\lVert S(x) + \\frac{x - x_0}{a^2 / 3} \\Bigr\\rVert^2 = \\mathbb E_{p_a} \\lVert S(x) \\rVert^2',
      },
    },
  },
  {
    id: 'dae-loss',
    statement:
      '\\operatorname*{arg\\,min}_h \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert h(x) - x_0 \\rVert^2 = \\mathbb E[x_0 \\mid x]',
    variants: {
      'clean-input': {
        statement:
          '\\operatorname*{arg\\,min}_h \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert h(x_0) - x_0 \\rVert^2 = \\mathbb E[x_0 \\mid x]',
      },
      'posterior-median': {
        given: 'Let $x = x_0 + \\sigma \\varepsilon$ with $\\varepsilon \\sim \\mathcal N(0, I)$.',
        statement:
          '\\operatorname*{arg\\,min}_h \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert h(x) - x_0 \\rVert^2 = \\operatorname{median}[x_0 \\mid x]',
      },
      'noisy-target': {
        statement:
          '\\operatorname*{arg\\,min}_h \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert h(x) - x \\rVert^2 = \\mathbb E[x_0 \\mid x]',
      },
      'identity-is-best': {
        statement:
          '\\operatorname*{arg\\,min}_h \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert h(x) - x_0 \\rVert^2 = x',
      },
      'score-is-best': {
        statement:
          '\\operatorname*{arg\\,min}_h \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert h(x) - x_0 \\rVert^2 = \\nabla \\log p_\\sigma(x)',
      },
    },
  },
  {
    id: 'tweedie',
    statement: '\\mathbb E[x_0 \\mid x] = x + \\sigma^2 \\nabla \\log p_\\sigma(x)',
    variants: {
      'sigma-not-squared': {
        statement: '\\mathbb E[x_0 \\mid x] = x + \\sigma \\nabla \\log p_\\sigma(x)',
      },
      'minus-the-score': {
        statement: '\\mathbb E[x_0 \\mid x] = x - \\sigma^2 \\nabla \\log p_\\sigma(x)',
      },
      'without-sigma': {
        statement: '\\mathbb E[x_0 \\mid x] = x + \\nabla \\log p_\\sigma(x)',
      },
      'half-the-step': {
        statement: '\\mathbb E[x_0 \\mid x] = x + \\tfrac12 \\sigma^2 \\nabla \\log p_\\sigma(x)',
      },
      'score-of-clean-density': {
        statement: '\\mathbb E[x_0 \\mid x] = x + \\sigma^2 \\nabla \\log p_0(x)',
      },
      'without-x': {
        statement: '\\mathbb E[x_0 \\mid x] = \\sigma^2 \\nabla \\log p_\\sigma(x)',
      },
    },
  },
  {
    id: 'tweedie-vp',
    given:
      'Let $x = \\sqrt{\\bar\\alpha}\\, x_0 + \\sqrt{1 - \\bar\\alpha}\\, \\varepsilon$ with $\\varepsilon \\sim \\mathcal N(0, I)$.',
    statement:
      '\\mathbb E[x_0 \\mid x] = \\frac{x + (1 - \\bar\\alpha) \\nabla \\log p_{\\bar\\alpha}(x)}{\\sqrt{\\bar\\alpha}}',
    variants: {
      'not-rescaled': {
        statement: '\\mathbb E[x_0 \\mid x] = x + (1 - \\bar\\alpha) \\nabla \\log p_{\\bar\\alpha}(x)',
      },
      'divided-by-alpha-bar': {
        statement:
          '\\mathbb E[x_0 \\mid x] = \\frac{x + (1 - \\bar\\alpha) \\nabla \\log p_{\\bar\\alpha}(x)}{\\bar\\alpha}',
      },
      'only-x-rescaled': {
        statement:
          '\\mathbb E[x_0 \\mid x] = \\frac{x}{\\sqrt{\\bar\\alpha}} + (1 - \\bar\\alpha) \\nabla \\log p_{\\bar\\alpha}(x)',
      },
      'standard-deviation-for-variance': {
        statement:
          '\\mathbb E[x_0 \\mid x] = \\frac{x + \\sqrt{1 - \\bar\\alpha} \\nabla \\log p_{\\bar\\alpha}(x)}{\\sqrt{\\bar\\alpha}}',
      },
      'minus-the-score': {
        statement:
          '\\mathbb E[x_0 \\mid x] = \\frac{x - (1 - \\bar\\alpha) \\nabla \\log p_{\\bar\\alpha}(x)}{\\sqrt{\\bar\\alpha}}',
      },
    },
  },
  {
    id: 'tweedie-covariance',
    statement:
      '\\operatorname{Cov}[x_0 \\mid x] = \\sigma^2 \\bigl( I + \\sigma^2 \\nabla^2 \\log p_\\sigma(x) \\bigr)',
    variants: {
      'minus-the-curvature': {
        statement:
          '\\operatorname{Cov}[x_0 \\mid x] = \\sigma^2 \\bigl( I - \\sigma^2 \\nabla^2 \\log p_\\sigma(x) \\bigr)',
      },
      'curvature-without-sigma': {
        statement: '\\operatorname{Cov}[x_0 \\mid x] = \\sigma^2 \\bigl( I + \\nabla^2 \\log p_\\sigma(x) \\bigr)',
      },
      'jacobian-of-the-denoiser': {
        statement: '\\operatorname{Cov}[x_0 \\mid x] = I + \\sigma^2 \\nabla^2 \\log p_\\sigma(x)',
      },
      'noise-covariance': {
        statement: '\\operatorname{Cov}[x_0 \\mid x] = \\sigma^2 I',
      },
    },
  },
  {
    id: 'dsm-is-dae',
    statement:
      '\\lVert S(x) - \\nabla_x \\log p(x \\mid x_0) \\rVert^2 = \\frac{1}{\\sigma^4} \\lVert h(x) - x_0 \\rVert^2, \\qquad h(x) = x + \\sigma^2 S(x)',
    variants: {
      'divided-by-sigma-squared': {
        statement:
          '\\lVert S(x) - \\nabla_x \\log p(x \\mid x_0) \\rVert^2 = \\frac{1}{\\sigma^2} \\lVert h(x) - x_0 \\rVert^2, \\qquad h(x) = x + \\sigma^2 S(x)',
      },
      'not-divided': {
        statement:
          '\\lVert S(x) - \\nabla_x \\log p(x \\mid x_0) \\rVert^2 = \\lVert h(x) - x_0 \\rVert^2, \\qquad h(x) = x + \\sigma^2 S(x)',
      },
      'denoiser-with-sigma': {
        statement:
          '\\lVert S(x) - \\nabla_x \\log p(x \\mid x_0) \\rVert^2 = \\frac{1}{\\sigma^4} \\lVert h(x) - x_0 \\rVert^2, \\qquad h(x) = x + \\sigma S(x)',
      },
      'denoiser-sign': {
        statement:
          '\\lVert S(x) - \\nabla_x \\log p(x \\mid x_0) \\rVert^2 = \\frac{1}{\\sigma^4} \\lVert h(x) - x_0 \\rVert^2, \\qquad h(x) = x - \\sigma^2 S(x)',
      },
      'field-as-denoiser': {
        statement:
          '\\lVert S(x) - \\nabla_x \\log p(x \\mid x_0) \\rVert^2 = \\frac{1}{\\sigma^4} \\lVert S(x) - x_0 \\rVert^2',
      },
    },
  },
  {
    id: 'wiener',
    given:
      'Let $x_0 \\sim \\mathcal N(\\mu, \\Sigma)$ and $x = x_0 + \\sigma \\varepsilon$ with $\\varepsilon \\sim \\mathcal N(0, I)$.',
    statement:
      '\\mathbb E \\lVert h(x) - x_0 \\rVert^2 = \\sigma^2 \\operatorname{tr} \\bigl( \\Sigma (\\Sigma + \\sigma^2 I)^{-1} \\bigr) + \\mathbb E \\lVert h(x) - h^*(x) \\rVert^2, \\qquad h^*(x) = \\mu + \\Sigma (\\Sigma + \\sigma^2 I)^{-1} (x - \\mu)',
    variants: {
      'gain-with-sigma': {
        statement: '\\mathbb E[x_0 \\mid x] = \\mu + \\Sigma (\\Sigma + \\sigma I)^{-1} (x - \\mu)',
      },
      'not-centred': {
        statement: '\\mathbb E[x_0 \\mid x] = \\Sigma (\\Sigma + \\sigma^2 I)^{-1} x',
      },
      'gain-of-the-noise': {
        statement: '\\mathbb E[x_0 \\mid x] = \\mu + \\sigma^2 (\\Sigma + \\sigma^2 I)^{-1} (x - \\mu)',
      },
      'loss-is-trace': {
        statement:
          '\\mathbb E \\lVert h^*(x) - x_0 \\rVert^2 = \\operatorname{tr} \\Sigma, \\qquad h^*(x) = \\mathbb E[x_0 \\mid x]',
      },
      'loss-without-sigma': {
        statement:
          '\\mathbb E \\lVert h^*(x) - x_0 \\rVert^2 = \\operatorname{tr} \\bigl( \\Sigma (\\Sigma + \\sigma^2 I)^{-1} \\bigr), \\qquad h^*(x) = \\mathbb E[x_0 \\mid x]',
      },
      'loss-is-noise': {
        statement: '\\mathbb E \\lVert h^*(x) - x_0 \\rVert^2 = d \\sigma^2, \\qquad h^*(x) = \\mathbb E[x_0 \\mid x]',
      },
    },
  },
  {
    id: 'divergence-is-trace',
    statement:
      '\\nabla \\cdot S(x) = \\operatorname{tr}(\\nabla S(x)) = \\sum_{i=1}^d \\frac{\\partial S_i}{\\partial x_i}(x)',
    variants: {
      'divergence-is-the-jacobian': {
        statement: '\\nabla \\cdot S(x) = \\nabla S(x)',
        kind: 'ill-formed',
      },
      'sum-of-all-entries': {
        statement: '\\nabla \\cdot S(x) = \\sum_{i=1}^d \\sum_{j=1}^d \\frac{\\partial S_i}{\\partial x_j}(x)',
      },
      'mean-of-the-diagonal': {
        statement: '\\nabla \\cdot S(x) = \\frac{1}{d} \\sum_{i=1}^d \\frac{\\partial S_i}{\\partial x_i}(x)',
      },
      'other-diagonal': {
        statement: '\\nabla \\cdot S(x) = \\sum_{i=1}^d \\frac{\\partial S_i}{\\partial x_{d+1-i}}(x)',
      },
      'minus-the-trace': {
        statement: '\\nabla \\cdot S(x) = -\\operatorname{tr}(\\nabla S(x))',
      },
    },
  },
  {
    id: 'score-jacobian-hessian',
    statement: '\\nabla s(x) = \\nabla^2 \\log p(x) = \\bigl( \\nabla s(x) \\bigr)^{\\mathsf T}',
    variants: {
      'every-jacobian-symmetric': {
        statement: '\\nabla S(x) = \\bigl( \\nabla S(x) \\bigr)^{\\mathsf T} \\text{ for every } S',
      },
      'hessian-of-p': {
        statement: '\\nabla s(x) = \\frac{\\nabla^2 p(x)}{p(x)}',
      },
      'minus-the-hessian': {
        statement: '\\nabla s(x) = -\\nabla^2 \\log p(x)',
      },
      'diagonal-only': {
        statement:
          '\\nabla s(x) = \\operatorname{diag} \\Bigl( \\frac{\\partial^2 \\log p}{\\partial x_1^2}(x), \\dots, \\frac{\\partial^2 \\log p}{\\partial x_d^2}(x) \\Bigr)',
      },
    },
  },
  {
    id: 'hutchinson',
    statement:
      '\\operatorname{tr}(A) = \\mathbb E_v \\bigl[ v^{\\mathsf T} A v \\bigr] \\quad \\text{for every } v \\text{ with } \\mathbb E[v v^{\\mathsf T}] = I',
    variants: {
      'uniform-probes': {
        statement:
          '\\operatorname{tr}(A) = \\mathbb E_v \\bigl[ v^{\\mathsf T} A v \\bigr], \\qquad v_i \\sim U(-1, 1)',
      },
      'unit-sphere-probes': {
        statement:
          '\\operatorname{tr}(A) = \\mathbb E_v \\bigl[ v^{\\mathsf T} A v \\bigr], \\qquad v \\sim U(\\mathbb S^{d-1})',
      },
      'zero-one-probes': {
        statement:
          '\\operatorname{tr}(A) = \\mathbb E_v \\bigl[ v^{\\mathsf T} A v \\bigr], \\qquad v_i \\sim U\\{0, 1\\}',
      },
      'rounded-probes': {
        statement:
          '\\operatorname{tr}(A) = \\mathbb E_v \\bigl[ v^{\\mathsf T} A v \\bigr], \\qquad v_i \\sim U\\{-1, 0, 1\\}',
      },
      'fixed-probe': {
        statement: '\\operatorname{tr}(A) = v^{\\mathsf T} A v \\quad \\text{for every } v',
      },
      'without-left-probe': {
        statement: '\\operatorname{tr}(A) = \\mathbb E_v \\bigl[ \\mathbf 1^{\\mathsf T} A v \\bigr]',
      },
      'mean-over-dimensions': {
        statement: '\\operatorname{tr}(A) = \\mathbb E_v \\bigl[ \\tfrac{1}{d} v^{\\mathsf T} A v \\bigr]',
      },
    },
  },
  {
    id: 'hutchinson-proof',
    statement:
      'v^{\\mathsf T} A v = \\operatorname{tr}(v^{\\mathsf T} A v) = \\operatorname{tr}(v v^{\\mathsf T} A), \\qquad\n    \\mathbb E \\operatorname{tr}(v v^{\\mathsf T} A) = \\operatorname{tr} \\bigl( \\mathbb E[v v^{\\mathsf T}] A \\bigr)',
    variants: {
      'trace-of-a-product': {
        statement:
          '\\operatorname{tr}(v v^{\\mathsf T} A) = \\operatorname{tr}(v v^{\\mathsf T}) \\operatorname{tr}(A)',
      },
      'mean-of-the-probe-inside': {
        statement: '\\mathbb E[v^{\\mathsf T} A v] = \\mathbb E[v]^{\\mathsf T} A\\, \\mathbb E[v]',
      },
      'outer-product-averaged-to-identity': {
        statement:
          '\\mathbb E \\operatorname{tr}(v v^{\\mathsf T} A) = \\operatorname{tr}(A), \\qquad v_i \\sim U(-1, 1)',
      },
      'order-changed-inside': {
        statement: '\\operatorname{tr}(v^{\\mathsf T} A v) = \\operatorname{tr}(v A v^{\\mathsf T})',
        kind: 'ill-formed',
      },
    },
  },
  {
    id: 'hutchinson-variance',
    given: 'Let $A \\in \\mathbb R^{d \\times d}$ be any matrix, and $A_s = \\tfrac12 (A + A^{\\mathsf T})$.',
    statement:
      '\\begin{aligned}\n      \\operatorname{Var}_{v \\sim \\mathcal N(0, I)} \\bigl[ v^{\\mathsf T} A v \\bigr] &= 2 \\lVert A_s \\rVert_F^2, \\\\\n      \\operatorname{Var}_{v \\sim U(\\{-1, 1\\}^d)} \\bigl[ v^{\\mathsf T} A v \\bigr] &= 2 \\bigl( \\lVert A_s \\rVert_F^2 - \\textstyle\\sum_i A_{ii}^2 \\bigr), \\\\\n      \\operatorname{Var}_{v \\sim U(\\sqrt d\\, \\mathbb S^{d-1})} \\bigl[ v^{\\mathsf T} A v \\bigr] &= \\frac{2d}{d+2} \\bigl( \\lVert A_s \\rVert_F^2 - \\tfrac{1}{d} \\operatorname{tr}(A)^2 \\bigr)\n    \\end{aligned}',
    variants: {
      'not-symmetrised': {
        statement:
          '\\operatorname{Var}_{v \\sim \\mathcal N(0, I)} \\bigl[ v^{\\mathsf T} A v \\bigr] = 2 \\lVert A \\rVert_F^2',
      },
      'without-two': {
        statement:
          '\\operatorname{Var}_{v \\sim \\mathcal N(0, I)} \\bigl[ v^{\\mathsf T} A v \\bigr] = \\lVert A_s \\rVert_F^2',
      },
      'gaussian-for-every-law': {
        statement:
          '\\operatorname{Var}_{v \\sim U(\\{-1, 1\\}^d)} \\bigl[ v^{\\mathsf T} A v \\bigr] = 2 \\lVert A_s \\rVert_F^2',
      },
      'rademacher-for-every-law': {
        statement:
          '\\operatorname{Var}_{v \\sim \\mathcal N(0, I)} \\bigl[ v^{\\mathsf T} A v \\bigr] = 2 \\bigl( \\lVert A_s \\rVert_F^2 - \\textstyle\\sum_i A_{ii}^2 \\bigr)',
      },
      'gaussian-has-less': {
        statement:
          '\\operatorname{Var}_{v \\sim \\mathcal N(0, I)} \\bigl[ v^{\\mathsf T} A v \\bigr] \\le \\operatorname{Var}_{v \\sim U(\\{-1, 1\\}^d)} \\bigl[ v^{\\mathsf T} A v \\bigr]',
      },
    },
  },
  {
    id: 'hutchinson-cost',
    given:
      'Let $\\operatorname{cost}$ count the vector-Jacobian products $v^{\\mathsf T} \\nabla S(x)$, by which alone $\\nabla S$ is known.',
    statement:
      '\\operatorname{cost} \\bigl( \\nabla \\cdot S(x) \\bigr) = d, \\qquad\n    \\operatorname{cost} \\Bigl( \\frac1m \\sum_{j=1}^m v_j^{\\mathsf T} \\nabla_x (v_j^{\\mathsf T} S(x)) \\Bigr) = m',
    variants: {
      'divergence-in-one-product': {
        statement: '\\operatorname{cost} \\bigl( \\nabla \\cdot S(x) \\bigr) = 1',
      },
      'gradient-of-the-sum': {
        statement:
          '\\nabla \\cdot S(x) = \\mathbf 1^{\\mathsf T} \\nabla_x \\bigl( \\mathbf 1^{\\mathsf T} S(x) \\bigr), \\qquad \\operatorname{cost} = 1',
      },
      'estimate-costs-d': {
        statement:
          '\\operatorname{cost} \\Bigl( \\frac1m \\sum_{j=1}^m v_j^{\\mathsf T} \\nabla_x (v_j^{\\mathsf T} S(x)) \\Bigr) = m d',
      },
      'diagonal-is-free': {
        statement: '\\operatorname{cost} \\bigl( \\operatorname{tr}(\\nabla S(x)) \\bigr) = 0',
      },
      'one-product-for-all-probes': {
        statement:
          '\\operatorname{cost} \\Bigl( \\frac1m \\sum_{j=1}^m v_j^{\\mathsf T} \\nabla_x (v_j^{\\mathsf T} S(x)) \\Bigr) = 1',
      },
    },
  },
  {
    id: 'projection-energy',
    statement: '\\mathbb E_v \\bigl[ (v^{\\mathsf T} S(x))^2 \\bigr] = \\lVert S(x) \\rVert^2',
    variants: {
      'divided-by-d': {
        statement: '\\mathbb E_v \\bigl[ (v^{\\mathsf T} S(x))^2 \\bigr] = \\tfrac{1}{d} \\lVert S(x) \\rVert^2',
      },
      'unit-sphere-probes': {
        statement:
          '\\mathbb E_v \\bigl[ (v^{\\mathsf T} S(x))^2 \\bigr] = \\lVert S(x) \\rVert^2, \\qquad v \\sim U(\\mathbb S^{d-1})',
      },
      'uniform-probes': {
        statement:
          '\\mathbb E_v \\bigl[ (v^{\\mathsf T} S(x))^2 \\bigr] = \\lVert S(x) \\rVert^2, \\qquad v_i \\sim U(-1, 1)',
      },
      halved: {
        statement: '\\mathbb E_v \\bigl[ (v^{\\mathsf T} S(x))^2 \\bigr] = \\tfrac12 \\lVert S(x) \\rVert^2',
      },
    },
  },
  {
    id: 'sst-trace',
    statement:
      'v^{\\mathsf T} \\bigl( S(x) S(x)^{\\mathsf T} \\bigr) v = \\bigl( v^{\\mathsf T} S(x) \\bigr)^2, \\qquad\n    \\operatorname{tr} \\bigl( S(x) S(x)^{\\mathsf T} \\bigr) = \\lVert S(x) \\rVert^2',
    variants: {
      'inner-product-inside': {
        statement: 'v^{\\mathsf T} \\bigl( S(x)^{\\mathsf T} S(x) \\bigr) v = \\bigl( v^{\\mathsf T} S(x) \\bigr)^2',
      },
      'square-in-each-coordinate': {
        statement: 'v^{\\mathsf T} \\bigl( S(x) S(x)^{\\mathsf T} \\bigr) v = \\sum_{i=1}^d (v_i S_i(x))^2',
      },
      'square-not-taken': {
        statement: 'v^{\\mathsf T} \\bigl( S(x) S(x)^{\\mathsf T} \\bigr) v = v^{\\mathsf T} S(x)',
      },
      'trace-as-square-of-the-sum': {
        statement: '\\operatorname{tr} \\bigl( S(x) S(x)^{\\mathsf T} \\bigr) = \\Bigl( \\sum_{i=1}^d S_i(x) \\Bigr)^2',
      },
    },
  },
  {
    id: 'vjp-form',
    statement:
      'v^{\\mathsf T} \\bigl( \\nabla S(x) \\bigr) v = v^{\\mathsf T} \\nabla_x \\bigl( v^{\\mathsf T} S(x) \\bigr)',
    variants: {
      'probe-depends-on-x': {
        statement:
          '(x + v)^{\\mathsf T} \\bigl( \\nabla S(x) \\bigr) v = v^{\\mathsf T} \\nabla_x \\bigl( (x + v)^{\\mathsf T} S(x) \\bigr)',
      },
      'gradient-in-the-probe': {
        statement:
          'v^{\\mathsf T} \\bigl( \\nabla S(x) \\bigr) v = v^{\\mathsf T} \\nabla_v \\bigl( v^{\\mathsf T} S(x) \\bigr)',
      },
      'summed-product': {
        statement:
          'v^{\\mathsf T} \\bigl( \\nabla S(x) \\bigr) v = \\mathbf 1^{\\mathsf T} \\nabla_x \\bigl( v^{\\mathsf T} S(x) \\bigr)',
      },
      'divergence-for-one-probe': {
        statement: 'v^{\\mathsf T} \\bigl( \\nabla S(x) \\bigr) v = \\nabla \\cdot S(x)',
      },
    },
  },
  {
    id: 'ssm-equals-ism',
    statement:
      '\\mathbb E_x \\lVert S(x) \\rVert^2 + \\mathbb E_x \\mathbb E_v \\bigl[ 2\\, v^{\\mathsf T} \\nabla_x \\bigl( v^{\\mathsf T} S(x) \\bigr) \\bigr]\n    = \\mathbb E_x \\bigl[ \\lVert S(x) \\rVert^2 + 2 \\nabla \\cdot S(x) \\bigr]',
    variants: {
      'slope-without-two': {
        statement:
          '\\mathbb E_x \\lVert S \\rVert^2 + \\mathbb E_x \\mathbb E_v \\bigl[ v^{\\mathsf T} \\nabla_x (v^{\\mathsf T} S) \\bigr] = \\mathbb E_x \\bigl[ \\lVert S \\rVert^2 + 2 \\nabla \\cdot S \\bigr]',
      },
      'slope-sign': {
        statement:
          '\\mathbb E_x \\lVert S \\rVert^2 - \\mathbb E_x \\mathbb E_v \\bigl[ 2\\, v^{\\mathsf T} \\nabla_x (v^{\\mathsf T} S) \\bigr] = \\mathbb E_x \\bigl[ \\lVert S \\rVert^2 + 2 \\nabla \\cdot S \\bigr]',
      },
      'unit-sphere-probes': {
        statement:
          '\\mathbb E_x \\lVert S \\rVert^2 + \\mathbb E_x \\mathbb E_v \\bigl[ 2\\, v^{\\mathsf T} \\nabla_x (v^{\\mathsf T} S) \\bigr] = \\mathbb E_x \\bigl[ \\lVert S \\rVert^2 + 2 \\nabla \\cdot S \\bigr], \\qquad v \\sim U(\\mathbb S^{d-1})',
      },
      'uniform-probes': {
        statement:
          '\\mathbb E_x \\lVert S \\rVert^2 + \\mathbb E_x \\mathbb E_v \\bigl[ 2\\, v^{\\mathsf T} \\nabla_x (v^{\\mathsf T} S) \\bigr] = \\mathbb E_x \\bigl[ \\lVert S \\rVert^2 + 2 \\nabla \\cdot S \\bigr], \\qquad v_i \\sim U(-1, 1)',
      },
    },
  },
  {
    id: 'ssm-two-forms',
    given: 'Let the probe have signs as its entries, $v \\sim U(\\{-1, 1\\}^d)$.',
    statement:
      '\\begin{aligned}\n      \\mathbb E_x \\mathbb E_v \\bigl[ (v^{\\mathsf T} S)^2 + 2\\, v^{\\mathsf T} \\nabla_x (v^{\\mathsf T} S) \\bigr]\n      &= \\mathbb E_x \\lVert S \\rVert^2 + \\mathbb E_x \\mathbb E_v \\bigl[ 2\\, v^{\\mathsf T} \\nabla_x (v^{\\mathsf T} S) \\bigr], \\\\\n      \\operatorname{Var}_{x, v} \\bigl[ (v^{\\mathsf T} S)^2 + 2\\, v^{\\mathsf T} \\nabla_x (v^{\\mathsf T} S) \\bigr] - \\operatorname{Var}_{x, v} \\bigl[ \\lVert S \\rVert^2 + 2\\, v^{\\mathsf T} \\nabla_x (v^{\\mathsf T} S) \\bigr] \\\\\n      &= 2\\, \\mathbb E_x \\Bigl[ \\sum_{i \\neq j} \\bigl( S_i^2 S_j^2 + 2 (\\partial_i S_j + \\partial_j S_i) S_i S_j \\bigr) \\Bigr]\n    \\end{aligned}',
    variants: {
      'slope-without-two': {
        statement:
          '\\mathbb E_x \\mathbb E_v \\bigl[ (v^{\\mathsf T} S)^2 + v^{\\mathsf T} \\nabla_x (v^{\\mathsf T} S) \\bigr] = \\mathbb E_x \\lVert S \\rVert^2 + \\mathbb E_x \\mathbb E_v \\bigl[ 2\\, v^{\\mathsf T} \\nabla_x (v^{\\mathsf T} S) \\bigr]',
      },
      'projection-not-squared': {
        statement:
          '\\mathbb E_x \\mathbb E_v \\bigl[ v^{\\mathsf T} S + 2\\, v^{\\mathsf T} \\nabla_x (v^{\\mathsf T} S) \\bigr] = \\mathbb E_x \\lVert S \\rVert^2 + \\mathbb E_x \\mathbb E_v \\bigl[ 2\\, v^{\\mathsf T} \\nabla_x (v^{\\mathsf T} S) \\bigr]',
      },
      'unit-sphere-probes': {
        given: 'Let the probe lie on the unit sphere, $v \\sim U(\\mathbb S^{d-1})$.',
        statement:
          '\\mathbb E_x \\mathbb E_v \\bigl[ (v^{\\mathsf T} S)^2 + 2\\, v^{\\mathsf T} \\nabla_x (v^{\\mathsf T} S) \\bigr] = \\mathbb E_x \\lVert S \\rVert^2 + \\mathbb E_x \\mathbb E_v \\bigl[ 2\\, v^{\\mathsf T} \\nabla_x (v^{\\mathsf T} S) \\bigr]',
      },
      'reduced-always-smaller': {
        statement:
          '\\operatorname{Var}_{x, v} \\bigl[ \\lVert S \\rVert^2 + 2\\, v^{\\mathsf T} \\nabla_x (v^{\\mathsf T} S) \\bigr] \\le \\operatorname{Var}_{x, v} \\bigl[ (v^{\\mathsf T} S)^2 + 2\\, v^{\\mathsf T} \\nabla_x (v^{\\mathsf T} S) \\bigr] \\quad \\text{for every } S',
      },
      'difference-without-slope': {
        statement:
          '\\operatorname{Var}_{x, v} \\bigl[ (v^{\\mathsf T} S)^2 + 2\\, v^{\\mathsf T} \\nabla_x (v^{\\mathsf T} S) \\bigr] - \\operatorname{Var}_{x, v} \\bigl[ \\lVert S \\rVert^2 + 2\\, v^{\\mathsf T} \\nabla_x (v^{\\mathsf T} S) \\bigr] = 2\\, \\mathbb E_x \\Bigl[ \\sum_{i \\neq j} S_i^2 S_j^2 \\Bigr]',
      },
    },
  },
  {
    id: 'multi-scale-weight',
    given: 'Let $x = x_0 + \\sigma_l \\varepsilon$ in $\\mathbb R^d$ with $\\varepsilon \\sim \\mathcal N(0, I)$.',
    statement:
      '\\lambda(\\sigma_l)\\, \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert 0 - \\nabla_x \\log p_{\\sigma_l}(x \\mid x_0) \\rVert^2 = d\n    \\quad \\text{for every level } l, \\qquad \\lambda(\\sigma) = \\sigma^2',
    variants: {
      'weight-one': {
        statement:
          '\\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert 0 - \\nabla_x \\log p_{\\sigma_l}(x \\mid x_0) \\rVert^2 = d',
      },
      'weight-fourth-power': {
        statement:
          '\\sigma_l^4\\, \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert 0 - \\nabla_x \\log p_{\\sigma_l}(x \\mid x_0) \\rVert^2 = d',
      },
      'weight-not-squared': {
        statement:
          '\\sigma_l\\, \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert 0 - \\nabla_x \\log p_{\\sigma_l}(x \\mid x_0) \\rVert^2 = d',
      },
      'weight-inverted': {
        statement:
          '\\frac{1}{\\sigma_l^2}\\, \\mathbb E_{x_0} \\mathbb E_{x \\mid x_0} \\lVert 0 - \\nabla_x \\log p_{\\sigma_l}(x \\mid x_0) \\rVert^2 = d',
      },
    },
  },
  {
    id: 'langevin-stationary',
    given: 'Let $x_\\infty$ have the stationary law of the chain; its noise is fresh at each step.',
    statement:
      'x_{k+1} = x_k + \\gamma\\, \\nabla \\log p(x_k) + \\sqrt{2 \\gamma}\\, z_k, \\quad z_k \\sim \\mathcal N(0, I) \\quad \\Longrightarrow \\quad x_k \\to p \\text{ in law as } \\gamma \\to 0,\\ k \\gamma \\to \\infty; \\qquad p = \\mathcal N(\\mu, s^2): \\; \\operatorname{Var} x_\\infty = \\frac{s^2}{1 - \\gamma / (2 s^2)}',
    variants: {
      'noise-of-any-variance': {
        statement: 'x_{k+1} = x_k + \\gamma\\, \\nabla \\log p(x_k) + \\sigma z_k, \\quad \\sigma \\text{ free}',
      },
      'noise-without-two': {
        statement: 'x_{k+1} = x_k + \\gamma\\, \\nabla \\log p(x_k) + \\sqrt{\\gamma}\\, z_k',
      },
      'no-noise': {
        statement:
          'x_{k+1} = x_k + \\gamma\\, \\nabla \\log p(x_k) \\quad \\Longrightarrow \\quad x_k \\to p \\text{ in law as } \\gamma \\to 0,\\ k \\gamma \\to \\infty',
      },
      'noise-without-root': {
        statement: 'x_{k+1} = x_k + \\gamma\\, \\nabla \\log p(x_k) + 2 \\gamma\\, z_k',
      },
      'half-the-drift': {
        statement: 'x_{k+1} = x_k + \\tfrac{\\gamma}{2}\\, \\nabla \\log p(x_k) + \\sqrt{2 \\gamma}\\, z_k',
      },
      'against-the-score': {
        statement: 'x_{k+1} = x_k - \\gamma\\, \\nabla \\log p(x_k) + \\sqrt{2 \\gamma}\\, z_k',
      },
      'exact-for-each-step-size': {
        statement:
          'x_{k+1} = x_k + \\gamma\\, \\nabla \\log p(x_k) + \\sqrt{2 \\gamma}\\, z_k, \\quad z_k \\sim \\mathcal N(0, I) \\quad \\Longrightarrow \\quad p = \\mathcal N(\\mu, s^2): \\; \\operatorname{Var} x_\\infty = s^2 \\text{ for each } \\gamma > 0',
      },
    },
  },
  {
    id: 'annealed-langevin',
    given:
      'Let $F$ be the distribution function of $x$ at the end, $F_\\sigma$ that of the density $p_\\sigma$ of $x_0 + \\sigma z$, and $\\delta$ what as many steps of each level leave by the rule of Song and Ermon for $\\gamma_l$.',
    statement:
      'x \\leftarrow x + \\gamma_l \\nabla \\log p_{\\sigma_l}(x) + \\sqrt{2 \\gamma_l}\\, z, \\quad \\gamma_l = \\gamma\\, \\frac{\\sigma_l^2}{\\sigma_L^2}, \\quad l = 1, \\dots, L, \\quad \\sigma_1 > \\dots > \\sigma_L \\quad \\Longrightarrow \\quad x \\sim p_{\\sigma_L} \\text{ up to } \\sup_x \\lvert F(x) - F_{\\sigma_L}(x) \\rvert = \\delta',
    variants: {
      'constant-small-step': {
        statement:
          'x \\leftarrow x + \\gamma_l \\nabla \\log p_{\\sigma_l}(x) + \\sqrt{2 \\gamma_l}\\, z, \\quad \\gamma_l = \\gamma, \\quad l = 1, \\dots, L, \\quad \\sigma_1 > \\dots > \\sigma_L \\quad \\Longrightarrow \\quad \\sup_x \\lvert F(x) - F_{\\sigma_L}(x) \\rvert = \\delta',
      },
      'constant-large-step': {
        statement:
          'x \\leftarrow x + \\gamma_l \\nabla \\log p_{\\sigma_l}(x) + \\sqrt{2 \\gamma_l}\\, z, \\quad \\gamma_l = \\gamma\\, \\frac{\\sigma_1^2}{\\sigma_L^2}, \\quad l = 1, \\dots, L, \\quad \\sigma_1 > \\dots > \\sigma_L \\quad \\Longrightarrow \\quad \\sup_x \\lvert F(x) - F_{\\sigma_L}(x) \\rvert = \\delta',
      },
      'sigma-not-squared': {
        statement:
          'x \\leftarrow x + \\gamma_l \\nabla \\log p_{\\sigma_l}(x) + \\sqrt{2 \\gamma_l}\\, z, \\quad \\gamma_l = \\gamma\\, \\frac{\\sigma_l}{\\sigma_L}, \\quad l = 1, \\dots, L, \\quad \\sigma_1 > \\dots > \\sigma_L \\quad \\Longrightarrow \\quad \\sup_x \\lvert F(x) - F_{\\sigma_L}(x) \\rvert = \\delta',
      },
      'inverse-ratio': {
        statement:
          'x \\leftarrow x + \\gamma_l \\nabla \\log p_{\\sigma_l}(x) + \\sqrt{2 \\gamma_l}\\, z, \\quad \\gamma_l = \\gamma\\, \\frac{\\sigma_L^2}{\\sigma_l^2}, \\quad l = 1, \\dots, L, \\quad \\sigma_1 > \\dots > \\sigma_L \\quad \\Longrightarrow \\quad \\sup_x \\lvert F(x) - F_{\\sigma_L}(x) \\rvert = \\delta',
      },
      'one-level': {
        statement:
          'x \\leftarrow x + \\gamma_l \\nabla \\log p_{\\sigma_l}(x) + \\sqrt{2 \\gamma_l}\\, z, \\quad \\gamma_l = \\gamma\\, \\frac{\\sigma_l^2}{\\sigma_L^2}, \\quad l = 1, \\dots, L, \\quad \\sigma_1 = \\dots = \\sigma_L \\quad \\Longrightarrow \\quad \\sup_x \\lvert F(x) - F_{\\sigma_L}(x) \\rvert = \\delta',
      },
      'noise-grows': {
        statement:
          'x \\leftarrow x + \\gamma_l \\nabla \\log p_{\\sigma_l}(x) + \\sqrt{2 \\gamma_l}\\, z, \\quad \\gamma_l = \\gamma\\, \\frac{\\sigma_l^2}{\\sigma_L^2}, \\quad l = L, \\dots, 1, \\quad \\sigma_1 > \\dots > \\sigma_L \\quad \\Longrightarrow \\quad \\sup_x \\lvert F(x) - F_{\\sigma_L}(x) \\rvert = \\delta',
      },
      'last-level-left-out': {
        statement:
          'x \\leftarrow x + \\gamma_l \\nabla \\log p_{\\sigma_l}(x) + \\sqrt{2 \\gamma_l}\\, z, \\quad \\gamma_l = \\gamma\\, \\frac{\\sigma_l^2}{\\sigma_L^2}, \\quad l = 1, \\dots, L - 2, \\quad \\sigma_1 > \\dots > \\sigma_L \\quad \\Longrightarrow \\quad \\sup_x \\lvert F(x) - F_{\\sigma_L}(x) \\rvert = \\delta',
      },
    },
  },
  {
    id: 'forward-ve',
    given: 'Let $W$ be a Wiener process, $\\sigma_t > 0$ grow with $t$, and $x_0 \\sim p_0$ with any density $p_0$.',
    statement:
      'dx = \\sqrt{\\frac{d \\sigma_t^2}{dt}}\\, dW \\quad \\Longrightarrow \\quad x_t \\mid x_0 \\sim \\mathcal N\\bigl( x_0, (\\sigma_t^2 - \\sigma_0^2) I \\bigr), \\qquad x_T \\sim p_0 * \\mathcal N\\bigl( 0, (\\sigma_T^2 - \\sigma_0^2) I \\bigr)',
    variants: {
      'standard-normal-at-the-end': {
        statement:
          'dx = \\sqrt{\\frac{d \\sigma_t^2}{dt}}\\, dW \\quad \\Longrightarrow \\quad x_T \\sim \\mathcal N(0, I)',
      },
      'standard-deviation-for-variance': {
        statement:
          'dx = \\sqrt{\\frac{d \\sigma_t^2}{dt}}\\, dW \\quad \\Longrightarrow \\quad x_t \\mid x_0 \\sim \\mathcal N\\bigl( x_0, \\sqrt{\\sigma_t^2 - \\sigma_0^2}\\, I \\bigr)',
      },
      'without-the-first-level': {
        statement:
          'dx = \\sqrt{\\frac{d \\sigma_t^2}{dt}}\\, dW \\quad \\Longrightarrow \\quad x_t \\mid x_0 \\sim \\mathcal N\\bigl( x_0, \\sigma_t^2 I \\bigr)',
      },
      'mean-shrinks': {
        statement:
          'dx = \\sqrt{\\frac{d \\sigma_t^2}{dt}}\\, dW \\quad \\Longrightarrow \\quad x_t \\mid x_0 \\sim \\mathcal N\\bigl( e^{-t} x_0, (\\sigma_t^2 - \\sigma_0^2) I \\bigr)',
      },
      'rate-not-integrated': {
        given: 'Let $W$ be a Wiener process and $g(t) > 0$ grow with $t$.',
        statement:
          'dx = g(t)\\, dW \\quad \\Longrightarrow \\quad x_t \\mid x_0 \\sim \\mathcal N\\bigl( x_0, t\\, g(t)^2 I \\bigr)',
      },
    },
  },
  {
    id: 'forward-vp',
    given: 'Let $W$ be a Wiener process and $\\beta(t) > 0$ grow with $t$.',
    statement:
      'dx = -\\tfrac12 \\beta(t)\\, x\\, dt + \\sqrt{\\beta(t)}\\, dW \\quad \\Longrightarrow \\quad x_t \\mid x_0 \\sim \\mathcal N\\bigl( \\alpha_t x_0, (1 - \\alpha_t^2) I \\bigr), \\quad \\alpha_t = e^{-\\frac12 \\int_0^t \\beta(s)\\, ds}, \\qquad x_T \\to \\mathcal N(0, I) \\text{ as } \\int_0^T \\beta(s)\\, ds \\to \\infty',
    variants: {
      'alpha-squared': {
        statement:
          'dx = -\\tfrac12 \\beta(t)\\, x\\, dt + \\sqrt{\\beta(t)}\\, dW \\quad \\Longrightarrow \\quad x_t \\mid x_0 \\sim \\mathcal N\\bigl( \\alpha_t^2 x_0, (1 - \\alpha_t^2) I \\bigr), \\quad \\alpha_t = e^{-\\frac12 \\int_0^t \\beta(s)\\, ds}',
      },
      'integral-without-half': {
        statement:
          'dx = -\\tfrac12 \\beta(t)\\, x\\, dt + \\sqrt{\\beta(t)}\\, dW \\quad \\Longrightarrow \\quad x_t \\mid x_0 \\sim \\mathcal N\\bigl( \\alpha_t x_0, (1 - \\alpha_t^2) I \\bigr), \\quad \\alpha_t = e^{-\\int_0^t \\beta(s)\\, ds}',
      },
      'variance-one-minus-alpha': {
        statement:
          'dx = -\\tfrac12 \\beta(t)\\, x\\, dt + \\sqrt{\\beta(t)}\\, dW \\quad \\Longrightarrow \\quad x_t \\mid x_0 \\sim \\mathcal N\\bigl( \\alpha_t x_0, (1 - \\alpha_t) I \\bigr), \\quad \\alpha_t = e^{-\\frac12 \\int_0^t \\beta(s)\\, ds}',
      },
      'beta-not-integrated': {
        statement:
          'dx = -\\tfrac12 \\beta(t)\\, x\\, dt + \\sqrt{\\beta(t)}\\, dW \\quad \\Longrightarrow \\quad x_t \\mid x_0 \\sim \\mathcal N\\bigl( \\alpha_t x_0, (1 - \\alpha_t^2) I \\bigr), \\quad \\alpha_t = e^{-\\frac12 t\\, \\beta(t)}',
      },
      'noise-only-added': {
        statement:
          'dx = -\\tfrac12 \\beta(t)\\, x\\, dt + \\sqrt{\\beta(t)}\\, dW \\quad \\Longrightarrow \\quad x_t \\mid x_0 \\sim \\mathcal N\\bigl( x_0, (1 - \\alpha_t^2) I \\bigr), \\quad \\alpha_t = e^{-\\frac12 \\int_0^t \\beta(s)\\, ds}',
      },
      'ends-in-another-law': {
        statement:
          'dx = -\\tfrac12 \\beta(t)\\, x\\, dt + \\sqrt{\\beta(t)}\\, dW \\quad \\Longrightarrow \\quad x_T \\to \\mathcal N(0, 2 I) \\text{ as } \\int_0^T \\beta(s)\\, ds \\to \\infty',
      },
    },
  },
  {
    id: 'drift-diffusion',
    given: 'Let $W$ be a Wiener process, and $f$ and $g$ any smooth functions.',
    statement:
      'dX = f(X, t)\\, dt + g(t)\\, dW: \\qquad \\operatorname{Var}(X_{t+h} - X_t \\mid X_t) = g(t)^2\\, h + O(h^2) \\text{ on each coordinate}, \\qquad g = 0 \\;\\Longrightarrow\\; \\frac{dX}{dt} = f(X, t)',
    variants: {
      'g-for-g-squared': {
        statement:
          'dX = f(X, t)\\, dt + g(t)\\, dW \\quad \\Longrightarrow \\quad \\operatorname{Var}(dX) = g(t)\\, dt',
      },
      'dt-squared': {
        statement:
          'dX = f(X, t)\\, dt + g(t)\\, dW \\quad \\Longrightarrow \\quad \\operatorname{Var}(dX) = g(t)^2\\, dt^2',
      },
      'twice-the-variance': {
        statement:
          'dX = f(X, t)\\, dt + g(t)\\, dW \\quad \\Longrightarrow \\quad \\operatorname{Var}(dX) = 2\\, g(t)^2\\, dt',
      },
      'standard-deviation-g-dt': {
        statement:
          'dX = f(X, t)\\, dt + g(t)\\, dW \\quad \\Longrightarrow \\quad \\operatorname{Var}(dX) = g(t)^4\\, dt',
      },
    },
  },
  {
    id: 'fokker-planck',
    given: 'Let $p_t$ be the density of $x$ at the time $t$ with $dx = f(x, t)\\, dt + g(t)\\, dW$.',
    statement:
      '\\frac{\\partial p_t(x)}{\\partial t} = -\\nabla \\cdot \\bigl( f(x, t)\\, p_t(x) \\bigr) + \\tfrac12\\, g(t)^2\\, \\Delta p_t(x)',
    variants: {
      'without-half': {
        statement: '\\frac{\\partial p_t}{\\partial t} = -\\nabla \\cdot (f p_t) + g(t)^2\\, \\Delta p_t',
      },
      'g-for-g-squared': {
        statement: '\\frac{\\partial p_t}{\\partial t} = -\\nabla \\cdot (f p_t) + \\tfrac12\\, g(t)\\, \\Delta p_t',
      },
      'diffusion-sign': {
        statement: '\\frac{\\partial p_t}{\\partial t} = -\\nabla \\cdot (f p_t) - \\tfrac12\\, g(t)^2\\, \\Delta p_t',
      },
      'drift-sign': {
        statement: '\\frac{\\partial p_t}{\\partial t} = +\\nabla \\cdot (f p_t) + \\tfrac12\\, g(t)^2\\, \\Delta p_t',
      },
      'drift-outside': {
        statement: '\\frac{\\partial p_t}{\\partial t} = -f \\cdot \\nabla p_t + \\tfrac12\\, g(t)^2\\, \\Delta p_t',
      },
      'time-reversed': {
        statement: '-\\frac{\\partial p_t}{\\partial t} = -\\nabla \\cdot (f p_t) + \\tfrac12\\, g(t)^2\\, \\Delta p_t',
      },
    },
  },
  {
    id: 'reverse-sde',
    given: 'Let $p_t$ be the density of $x$ at the time $t$ with $dx = f(x, t)\\, dt + g(t)\\, dW$.',
    statement:
      'dX = \\bigl[ f(X, t) - g(t)^2 \\nabla \\log p_t(X) \\bigr] dt + g(t)\\, d\\bar W, \\quad t \\text{ from } T \\text{ to } 0, \\quad X_T \\sim p_T \\quad \\Longrightarrow \\quad X_t \\sim p_t',
    variants: {
      'score-sign': {
        statement: 'dX = \\bigl[ f(X, t) + g(t)^2 \\nabla \\log p_t(X) \\bigr] dt + g(t)\\, d\\bar W',
      },
      'g-for-g-squared': {
        statement: 'dX = \\bigl[ f(X, t) - g(t) \\nabla \\log p_t(X) \\bigr] dt + g(t)\\, d\\bar W',
      },
      'half-the-score-with-noise': {
        statement: 'dX = \\bigl[ f(X, t) - \\tfrac12 g(t)^2 \\nabla \\log p_t(X) \\bigr] dt + g(t)\\, d\\bar W',
      },
      'no-noise': {
        statement: 'dX = \\bigl[ f(X, t) - g(t)^2 \\nabla \\log p_t(X) \\bigr] dt',
      },
      'noise-g-squared': {
        statement: 'dX = \\bigl[ f(X, t) - g(t)^2 \\nabla \\log p_t(X) \\bigr] dt + g(t)^2\\, d\\bar W',
      },
      'forward-drift-kept': {
        statement: 'dX = \\bigl[ -f(X, t) - g(t)^2 \\nabla \\log p_t(X) \\bigr] dt + g(t)\\, d\\bar W',
      },
      'time-not-reversed': {
        statement:
          'dX = \\bigl[ f(X, t) - g(t)^2 \\nabla \\log p_{T - t}(X) \\bigr] dt + g(t)\\, d\\bar W, \\quad t \\text{ from } T \\text{ to } 0, \\quad X_T \\sim p_T \\quad \\Longrightarrow \\quad X_t \\sim p_t',
      },
      'score-of-the-clean-data': {
        statement: 'dX = \\bigl[ f(X, t) - g(t)^2 \\nabla \\log p_0(X) \\bigr] dt + g(t)\\, d\\bar W',
      },
      'start-too-narrow': {
        given:
          'Let $p_t$ be the density of $x$ at the time $t$ with $dx = f(x, t)\\, dt + g(t)\\, dW$, where $p_T$ is near $\\mathcal N(0, \\sigma_T^2 I)$.',
        statement:
          'X_T \\sim \\mathcal N(0, \\tfrac14 \\sigma_T^2 I), \\quad dX = \\bigl[ f - g^2 \\nabla \\log p_t \\bigr] dt + g\\, d\\bar W \\quad \\Longrightarrow \\quad X_t \\sim p_t',
      },
      'start-standard-normal': {
        given:
          'Let $p_t$ be the density of $x$ at the time $t$ with $dx = g(t)\\, dW$, where $p_T$ is near $\\mathcal N(0, \\sigma_T^2 I)$ with a large $\\sigma_T$.',
        statement:
          'X_T \\sim \\mathcal N(0, I), \\quad dX = -g^2 \\nabla \\log p_t\\, dt + g\\, d\\bar W \\quad \\Longrightarrow \\quad X_t \\sim p_t',
      },
    },
  },
  {
    id: 'probability-flow',
    given:
      'Let $p_t$ be the density of $x$ at the time $t$ with $dx = f(x, t)\\, dt + g(t)\\, dW$, and $F_t$ its distribution function.',
    statement:
      '\\frac{dX}{dt} = f(X, t) - \\tfrac12\\, g(t)^2\\, \\nabla \\log p_t(X), \\quad X_T \\sim p_T \\quad \\Longrightarrow \\quad X_t \\sim p_t; \\qquad d = 1: \\; X_t = F_t^{-1}\\bigl( F_T(X_T) \\bigr)',
    variants: {
      'without-half': {
        statement: '\\frac{dX}{dt} = f(X, t) - g(t)^2\\, \\nabla \\log p_t(X)',
      },
      sign: {
        statement: '\\frac{dX}{dt} = f(X, t) + \\tfrac12\\, g(t)^2\\, \\nabla \\log p_t(X)',
      },
      'g-for-g-squared': {
        statement: '\\frac{dX}{dt} = f(X, t) - \\tfrac12\\, g(t)\\, \\nabla \\log p_t(X)',
      },
      'any-start': {
        given:
          'Let $p_t$ be the density of $x$ at the time $t$ with $dx = f(x, t)\\, dt + g(t)\\, dW$, where $p_T$ is near $\\mathcal N(0, \\sigma_T^2 I)$.',
        statement:
          '\\frac{dX}{dt} = f(X, t) - \\tfrac12\\, g(t)^2\\, \\nabla \\log p_t(X), \\quad X_T \\sim \\mathcal N(0, \\tfrac14 \\sigma_T^2 I) \\quad \\Longrightarrow \\quad X_t \\sim p_t',
      },
      'score-of-the-clean-data': {
        statement: '\\frac{dX}{dt} = f(X, t) - \\tfrac12\\, g(t)^2\\, \\nabla \\log p_0(X)',
      },
    },
  },
  {
    id: 'reverse-sampler-order',
    given:
      'Let $p_t$ be the density of $x$ at the time $t$ with $dx = f(x, t)\\, dt + g(t)\\, dW$; a sampler takes $N$ equal steps from $T$ to $0$, and its error is that of the end, for any smooth coefficients.',
    statement:
      '\\text{Euler: } O(1/N), \\quad \\text{Heun: } O(1/N^2) \\text{ on } \\frac{dX}{dt} = f - \\tfrac12 g^2 \\nabla \\log p_t; \\qquad \\text{Euler-Maruyama: } O(1/N) \\text{ in law on } dX = [f - g^2 \\nabla \\log p_t]\\, dt + g\\, d\\bar W',
    variants: {
      'euler-order-two': {
        statement: '\\text{Euler: } O(1/N^2) \\text{ on } \\frac{dX}{dt} = f - \\tfrac12 g^2 \\nabla \\log p_t',
      },
      'heun-order-three': {
        statement: '\\text{Heun: } O(1/N^3) \\text{ on } \\frac{dX}{dt} = f - \\tfrac12 g^2 \\nabla \\log p_t',
      },
      'euler-maruyama-order-two': {
        statement:
          '\\text{Euler-Maruyama: } O(1/N^2) \\text{ in law on } dX = [f - g^2 \\nabla \\log p_t]\\, dt + g\\, d\\bar W',
      },
      'heun-at-the-old-time': {
        statement:
          '\\frac{dX}{dt} = v(X, t): \\qquad X_{t+h} = X_t + \\tfrac{h}{2} \\bigl[ v(X_t, t) + v(X_t + h\\, v(X_t, t), t) \\bigr] \\quad \\Longrightarrow \\quad \\text{error } O(h^2)',
      },
      'heun-sum': {
        statement:
          '\\frac{dX}{dt} = v(X, t): \\qquad X_{t+h} = X_t + h \\bigl[ v(X_t, t) + v(X_t + h\\, v(X_t, t), t + h) \\bigr] \\quad \\Longrightarrow \\quad \\text{error } O(h^2)',
      },
      'one-percent-too-fast': {
        statement:
          '\\frac{dX}{dt} = v(X, t): \\qquad X_{t+h} = X_t + 1.01\\, h\\, v(X_t, t) \\quad \\Longrightarrow \\quad \\text{error } O(h)',
      },
      'noise-times-h': {
        statement:
          'X_{t-h} = X_t - h [f - g^2 \\nabla \\log p_t] + h\\, g\\, z, \\quad z \\sim \\mathcal N(0, I), \\quad X_T \\sim p_T \\quad \\Longrightarrow \\quad X_0 \\to p_0 \\text{ in law as } h \\to 0',
      },
    },
  },
  {
    id: 'mnist-exact-score',
    given:
      'Let $x = x_0 + \\sigma \\varepsilon$ with $\\varepsilon \\sim \\mathcal N(0, I)$ and $x_0$ one of the different training images $x_1, \\dots, x_N$, each with the same probability, and let $p_\\sigma$ be the density of $x$ and $S$ any field.',
    statement:
      '\\mathbb E \\Bigl\\lVert S(x) + \\tfrac{x - x_0}{\\sigma^2} \\Bigr\\rVert^2 = \\mathbb E \\Bigl\\lVert s(x) + \\tfrac{x - x_0}{\\sigma^2} \\Bigr\\rVert^2 + \\mathbb E \\lVert S(x) - s(x) \\rVert^2, \\qquad s(x) = \\nabla \\log p_\\sigma(x) = \\frac{1}{\\sigma^2} \\Bigl( \\frac{\\sum_i x_i e^{-\\lVert x - x_i \\rVert^2 / 2 \\sigma^2}}{\\sum_i e^{-\\lVert x - x_i \\rVert^2 / 2 \\sigma^2}} - x \\Bigr)',
    variants: {
      'sigma-not-squared': {
        statement:
          '\\nabla \\log p_\\sigma(x) = \\frac{1}{\\sigma} \\Bigl( \\frac{\\sum_i x_i e^{-\\lVert x - x_i \\rVert^2 / 2 \\sigma^2}}{\\sum_i e^{-\\lVert x - x_i \\rVert^2 / 2 \\sigma^2}} - x \\Bigr)',
      },
      'away-from-the-data': {
        statement:
          '\\nabla \\log p_\\sigma(x) = \\frac{1}{\\sigma^2} \\Bigl( x - \\frac{\\sum_i x_i e^{-\\lVert x - x_i \\rVert^2 / 2 \\sigma^2}}{\\sum_i e^{-\\lVert x - x_i \\rVert^2 / 2 \\sigma^2}} \\Bigr)',
      },
      'weights-forgotten': {
        statement: '\\nabla \\log p_\\sigma(x) = \\frac{1}{\\sigma^2} \\Bigl( \\frac{1}{N} \\sum_i x_i - x \\Bigr)',
      },
    },
  },
  {
    id: 'mnist-linear-bound',
    given:
      'Let $x = x_0 + \\sigma \\varepsilon$ with $\\varepsilon \\sim \\mathcal N(0, I)$ and $x_0$ one of the different training images $x_1, \\dots, x_N$, each with the same probability, and let $\\mu$ and $\\Sigma$ be the mean and the covariance of $x_0$, which is no multiple of $I$.',
    statement:
      '\\mathbb E \\Bigl\\lVert \\tfrac{\\sum_i x_i \\mathcal N(x; x_i, \\sigma^2 I)}{\\sum_i \\mathcal N(x; x_i, \\sigma^2 I)} - x_0 \\Bigr\\rVert^2 \\le \\mathbb E \\lVert h(x) - x_0 \\rVert^2 \\text{ for every } h, \\qquad \\sigma^2 \\operatorname{tr} \\bigl( \\Sigma (\\Sigma + \\sigma^2 I)^{-1} \\bigr) \\le \\mathbb E \\lVert h(x) - x_0 \\rVert^2 \\text{ for every affine } h',
    variants: {
      'bound-on-held-out-images': {
        given:
          'Let $x = x_0 + \\sigma \\varepsilon$ with $\\varepsilon \\sim \\mathcal N(0, I)$; the training images $x_1, \\dots, x_N$ and the held-out images are different digits of MNIST.',
        statement:
          '\\mathbb E_{x_0 \\in \\text{held-out}} \\Bigl\\lVert \\tfrac{\\sum_i x_i \\mathcal N(x; x_i, \\sigma^2 I)}{\\sum_i \\mathcal N(x; x_i, \\sigma^2 I)} - x_0 \\Bigr\\rVert^2 \\le \\mathbb E_{x_0 \\in \\text{held-out}} \\lVert h(x) - x_0 \\rVert^2 \\text{ for every } h',
      },
      'wiener-bounds-all': {
        statement:
          '\\sigma^2 \\operatorname{tr} \\bigl( \\Sigma (\\Sigma + \\sigma^2 I)^{-1} \\bigr) \\le \\mathbb E \\lVert h(x) - x_0 \\rVert^2 \\text{ for every } h',
      },
      'isotropic-is-best': {
        statement:
          '\\mathbb E \\lVert \\mu + \\tfrac{\\operatorname{tr} \\Sigma}{\\operatorname{tr} \\Sigma + d \\sigma^2} (x - \\mu) - x_0 \\rVert^2 \\le \\mathbb E \\lVert h(x) - x_0 \\rVert^2 \\text{ for every affine } h',
      },
    },
  },
  {
    id: 'mnist-memorisation',
    given:
      'Let $x = x_0 + \\sigma \\varepsilon$ with $\\varepsilon \\sim \\mathcal N(0, I)$ and $x_0$ a digit of MNIST, of which $x_1, \\dots, x_N$ are the training images, and let $h^*_\\sigma$ be the Wiener denoiser with the mean and the covariance of these.',
    statement:
      '\\mathbb E \\lVert h^*_\\sigma(x) - x_0 \\rVert^2 < \\mathbb E \\Bigl\\lVert \\tfrac{\\sum_i x_i \\mathcal N(x; x_i, \\sigma^2 I)}{\\sum_i \\mathcal N(x; x_i, \\sigma^2 I)} - x_0 \\Bigr\\rVert^2 \\text{ for small } \\sigma, \\qquad > \\text{ for large } \\sigma, \\qquad x_0 \\notin \\{x_1, \\dots, x_N\\}',
    variants: {
      'best-on-every-image': {
        statement:
          '\\mathbb E \\Bigl\\lVert \\tfrac{\\sum_i x_i \\mathcal N(x; x_i, \\sigma^2 I)}{\\sum_i \\mathcal N(x; x_i, \\sigma^2 I)} - x_0 \\Bigr\\rVert^2 \\le \\mathbb E \\lVert h(x) - x_0 \\rVert^2 \\text{ for every } h \\text{ and every } x_0',
      },
      'worse-at-every-sigma': {
        statement:
          '\\mathbb E \\lVert h^*_\\sigma(x) - x_0 \\rVert^2 < \\mathbb E \\Bigl\\lVert \\tfrac{\\sum_i x_i \\mathcal N(x; x_i, \\sigma^2 I)}{\\sum_i \\mathcal N(x; x_i, \\sigma^2 I)} - x_0 \\Bigr\\rVert^2 \\text{ for every } \\sigma, \\qquad x_0 \\notin \\{x_1, \\dots, x_N\\}',
      },
      'training-loss-is-held-out-loss': {
        given:
          'Let $x = x_0 + \\sigma \\varepsilon$ with $\\varepsilon \\sim \\mathcal N(0, I)$; the training images $x_1, \\dots, x_N$ and the held-out images are different digits of MNIST.',
        statement:
          '\\mathbb E_{x_0 \\in \\text{held-out}} \\lVert h(x) - x_0 \\rVert^2 \\le \\mathbb E_{x_0 \\in \\text{training}} \\lVert h(x) - x_0 \\rVert^2, \\quad h = \\tfrac{\\sum_i x_i \\mathcal N(x; x_i, \\sigma^2 I)}{\\sum_i \\mathcal N(x; x_i, \\sigma^2 I)}',
      },
    },
  },
  {
    id: 'mnist-sampler',
    given:
      'Let $p_{\\sigma(t)}$ be the density of $x$ at the time $t$ with $\\mathrm dx = g \\, \\mathrm dW$ from one of the training images $x_1, \\dots, x_N$ of MNIST, and $\\sigma_{\\min} = \\sigma(0)$; $\\sigma_{\\max} = \\sigma(T)$ is far above their size.',
    statement:
      'x_T \\sim \\mathcal N(0, \\sigma_{\\max}^2 I), \\quad \\mathrm dx = -g^2 \\nabla \\log p_{\\sigma(t)}(x) \\, \\mathrm dt + g \\, \\mathrm d\\bar W \\text{ from } T \\text{ to } 0 \\;\\Rightarrow\\; x_0 \\approx x_I + \\sigma_{\\min} \\varepsilon, \\quad \\mathbb P(I = i) = \\tfrac 1 N',
    variants: {
      'labels-uniform': {
        given:
          'Let $p_{\\sigma(t)}$ be the density of $x$ at the time $t$ with $\\mathrm dx = g \\, \\mathrm dW$ from one of the training images $x_1, \\dots, x_N$ of MNIST, whose labels come unequally often, and $\\sigma_{\\min} = \\sigma(0)$; $\\sigma_{\\max} = \\sigma(T)$ is far above their size.',
        statement:
          'x_T \\sim \\mathcal N(0, \\sigma_{\\max}^2 I), \\quad \\mathrm dx = -g^2 \\nabla \\log p_{\\sigma(t)}(x) \\, \\mathrm dt + g \\, \\mathrm d\\bar W \\text{ from } T \\text{ to } 0 \\;\\Rightarrow\\; \\mathbb P(\\text{label of } x_0 = k) = \\tfrac 1 {10}, \\quad k = 0, \\dots, 9',
      },
      'last-level-skipped': {
        statement:
          'x_T \\sim \\mathcal N(0, \\sigma_{\\max}^2 I), \\quad \\mathrm dx = -g^2 \\nabla \\log p_{\\sigma(t)}(x) \\, \\mathrm dt + g \\, \\mathrm d\\bar W \\text{ from } T \\text{ to } t_1 > 0 \\;\\Rightarrow\\; x_{t_1} \\approx x_I + \\sigma_{\\min} \\varepsilon',
      },
      'no-noise': {
        statement:
          'x_T \\sim \\mathcal N(0, \\sigma_{\\max}^2 I), \\quad \\mathrm dx = -g^2 \\nabla \\log p_{\\sigma(t)}(x) \\, \\mathrm dt \\text{ from } T \\text{ to } 0 \\;\\Rightarrow\\; x_0 \\approx x_I + \\sigma_{\\min} \\varepsilon, \\quad \\mathbb P(I = i) = \\tfrac 1 N',
      },
      'start-too-narrow': {
        given:
          'Let $p_{\\sigma(t)}$ be the density of $x$ at the time $t$ with $\\mathrm dx = g \\, \\mathrm dW$ from one of the training images $x_1, \\dots, x_N$ of MNIST, whose size is far above 1, and $\\sigma_{\\min} = \\sigma(0)$, $\\sigma_{\\max} = \\sigma(T)$.',
        statement:
          'x_T \\sim \\mathcal N(0, \\sigma_{\\max}^2 I), \\quad \\mathrm dx = -g^2 \\nabla \\log p_{\\sigma(t)}(x) \\, \\mathrm dt + g \\, \\mathrm d\\bar W \\text{ from } T \\text{ to } 0, \\quad \\sigma_{\\max} = 1 \\;\\Rightarrow\\; x_0 \\approx x_I + \\sigma_{\\min} \\varepsilon, \\quad \\mathbb P(I = i) = \\tfrac 1 N',
      },
    },
  },
];
