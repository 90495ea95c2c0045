import { claim } from '../verify/claim.js';
import type { GaussianMixture } from '../verify/densities.js';
import { gradientIn } from '../verify/gradients.js';
import { lawOf } from '../verify/laws.js';
import { expectation, type Mean } from '../verify/statement.js';
import { constant, minus, plus, stack, times, type Term } from '../verify/term.js';
import { logDensityTerm, scoreTerm, squaredDistance } from '../verify/terms.js';
import { latex } from './latex.js';
import { gaussian1d, gaussian2d, mixture1d, overlapping2d } from './settings.js';

interface Setting {
  readonly p: GaussianMixture;
  readonly q: GaussianMixture;
  readonly c: number;
}

/** log p − log q and ‖∇log p − ∇log q‖², whose means under p are KL(p‖q) and the Fisher divergence. */
const divergences = (p: GaussianMixture, logQ: Term, scoreOfQ: Term): readonly [Term, Term] => [
  minus(logDensityTerm(p), logQ),
  squaredDistance(scoreTerm(p), scoreOfQ),
];

/** The sides with KL(p‖cq) = KL(p‖q) + `klChange` and D_F(p‖cq) = `fisherFactor` D_F(p‖q) + `fisherChange`. */
function sides({ p, q, c }: Setting, klChange: number, fisherFactor = 1, fisherChange = 0): { lhs: Mean; rhs: Mean } {
  const law = lawOf(p);
  const logScaled = plus(logDensityTerm(q), constant(Math.log(c)));
  const [kl, fisher] = divergences(p, logDensityTerm(q), scoreTerm(q));
  return {
    lhs: expectation(law, stack(...divergences(p, logScaled, gradientIn('x', p.dimension, logScaled)))),
    rhs: expectation(
      law,
      stack(plus(kl, constant(klChange)), plus(times(fisherFactor, fisher), constant(fisherChange))),
    ),
  };
}

/** KL(p‖cq) = KL(p‖q) − log c; the Fisher divergence does not see c. */
export const klNeedsZ = claim<Setting, 'constant' | 'finite'>({
  id: 'kl-needs-z',
  title: 'Kullback and Leibler need the normalising constant, Fisher does not',
  source: 'lyu2009, section 2',
  kind: 'identity',
  given: latex`Let $c > 0$.`,
  statement: latex`\mathbb E_p \Bigl[ \log \frac{p(x)}{c\, q(x)} \Bigr] = \mathbb E_p \Bigl[ \log \frac{p(x)}{q(x)} \Bigr] - \log c, \quad
    \mathbb E_p \lVert \nabla \log p(x) - \nabla \log (c\, q(x)) \rVert^2 = \mathbb E_p \lVert \nabla \log p(x) - \nabla \log q(x) \rVert^2`,
  assumptions: {
    constant: latex`$c > 0$ does not depend on $x$.`,
    finite: latex`Both divergences from $q$ are finite.`,
  },
  sides: (setting) => sides(setting, -Math.log(setting.c)),
  settings: {
    'a mixture against a Gaussian in 1-D, c = 0.3': { p: mixture1d, q: gaussian1d, c: 0.3 },
    'a Gaussian against a mixture in 1-D, c = 4.2': { p: gaussian1d, q: mixture1d, c: 4.2 },
    'a mixture against a Gaussian in 2-D, c = 0.6': { p: overlapping2d, q: gaussian2d, c: 0.6 },
  },
  discrepancy: 0.03,
  falseVariants: {
    'kl-unchanged': {
      mistake: 'The Kullback-Leibler divergence is taken not to change when q is scaled.',
      statement: latex`\mathbb E_p \Bigl[ \log \frac{p(x)}{c\, q(x)} \Bigr] = \mathbb E_p \Bigl[ \log \frac{p(x)}{q(x)} \Bigr]`,
      sides: (setting) => sides(setting, 0),
    },
    'kl-sign': {
      mistake: 'log c is added: q stands in the denominator.',
      statement: latex`\mathbb E_p \Bigl[ \log \frac{p(x)}{c\, q(x)} \Bigr] = \mathbb E_p \Bigl[ \log \frac{p(x)}{q(x)} \Bigr] + \log c`,
      sides: (setting) => sides(setting, Math.log(setting.c)),
    },
    'fisher-changes-too': {
      mistake: 'The Fisher divergence is taken to change by the same constant.',
      statement: latex`\mathbb E_p \lVert \nabla \log p(x) - \nabla \log (c\, q(x)) \rVert^2 = \mathbb E_p \lVert \nabla \log p(x) - \nabla \log q(x) \rVert^2 - \log c`,
      sides: (setting) => sides(setting, -Math.log(setting.c), 1, -Math.log(setting.c)),
    },
    'fisher-scales': {
      mistake: 'The Fisher divergence is taken to scale with the square of c.',
      statement: latex`\mathbb E_p \lVert \nabla \log p(x) - \nabla \log (c\, q(x)) \rVert^2 = c^2\, \mathbb E_p \lVert \nabla \log p(x) - \nabla \log q(x) \rVert^2`,
      sides: (setting) => sides(setting, -Math.log(setting.c), setting.c ** 2),
    },
  },
});
