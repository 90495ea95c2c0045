import { claim, type Resources } from '../verify/claim.js';
import { digitDensity, trainingImages, type DigitDensity } from '../verify/digit-densities.js';
import { scaledField, scoreOf, type ScoreField } from '../verify/fields.js';
import { independent, standardNormal, throughNoise } from '../verify/laws.js';
import { perturbationTarget } from '../verify/noising.js';
import { expectation } from '../verify/statement.js';
import { plus } from '../verify/term.js';
import { fieldTerm, squaredDistance } from '../verify/terms.js';
import { latex } from './latex.js';
import { exactScoreFormula } from './on-digits/exact-score-formula.js';
import { shrinkField, softplusDirection } from './on-digits/fields.js';

interface Setting {
  readonly p: DigitDensity;
  readonly resources: Resources;
  /** Any other field, whose loss is above that of the score. */
  readonly s: ScoreField;
}

const withField =
  (sigma: number, field: (resources: Resources) => ScoreField) =>
  (resources: Resources): Setting => ({ p: digitDensity(resources, sigma), resources, s: field(resources) });

/** DSM(S) = DSM(s) + E‖S − s‖²: the loss at the exact score of the smoothed training set is the smallest that any S can have. */
export const mnistExactScore = claim<Setting, 'training-set' | 'noise'>({
  id: 'mnist-exact-score',
  title: 'The exact score of the smoothed training set, and no field with a smaller loss',
  source: 'vincent2011, section 4',
  kind: 'identity',
  given: latex`Let $x = x_0 + \sigma \varepsilon$ with $\varepsilon \sim \mathcal N(0, I)$ and $x_0$ one of the different training images $x_1, \dots, x_N$, each with the same probability, and let $p_\sigma$ be the density of $x$ and $S$ any field.`,
  statement: latex`\mathbb E \Bigl\lVert S(x) + \tfrac{x - x_0}{\sigma^2} \Bigr\rVert^2 = \mathbb E \Bigl\lVert s(x) + \tfrac{x - x_0}{\sigma^2} \Bigr\rVert^2 + \mathbb E \lVert S(x) - s(x) \rVert^2, \qquad s(x) = \nabla \log p_\sigma(x) = \frac{1}{\sigma^2} \Bigl( \frac{\sum_i x_i e^{-\lVert x - x_i \rVert^2 / 2 \sigma^2}}{\sum_i e^{-\lVert x - x_i \rVert^2 / 2 \sigma^2}} - x \Bigr)`,
  assumptions: {
    'training-set': latex`$x_0$ is one of the training images $x_1, \dots, x_N$, each with probability $1/N$.`,
    noise: latex`$x = x_0 + \sigma \varepsilon$ with $\varepsilon \sim \mathcal N(0, I)$ independent of $x_0$; $\mathbb E \lVert S(x) \rVert^2$ is finite.`,
  },
  sides: (setting) => pythagoras(setting, scoreOf(setting.p)),
  settings: {},
  imageSettings: {
    'a field that shrinks to the mean image, sigma = 0.5': withField(0.5, (resources) => shrinkField(resources, 2.2)),
    'a curved field, sigma = 1.4': withField(1.4, ({ digits }) => softplusDirection(digits.dimension)),
  },
  onDigits: exactScoreFormula,
  discrepancy: 0.02,
  falseVariants: {
    'sigma-not-squared': {
      mistake: 'The difference to the posterior mean is divided by sigma in place of sigma squared.',
      statement: latex`\nabla \log p_\sigma(x) = \frac{1}{\sigma} \Bigl( \frac{\sum_i x_i e^{-\lVert x - x_i \rVert^2 / 2 \sigma^2}}{\sum_i e^{-\lVert x - x_i \rVert^2 / 2 \sigma^2}} - x \Bigr)`,
      sides: (setting) => pythagoras(setting, scaledField(setting.p.sigma, scoreOf(setting.p))),
    },
    'away-from-the-data': {
      mistake: 'The sign is wrong: the field points away from the posterior mean.',
      statement: latex`\nabla \log p_\sigma(x) = \frac{1}{\sigma^2} \Bigl( x - \frac{\sum_i x_i e^{-\lVert x - x_i \rVert^2 / 2 \sigma^2}}{\sum_i e^{-\lVert x - x_i \rVert^2 / 2 \sigma^2}} \Bigr)`,
      sides: (setting) => pythagoras(setting, scaledField(-1, scoreOf(setting.p))),
    },
    'weights-forgotten': {
      mistake: 'Every training image counts alike: the weights, which depend on x, are forgotten.',
      statement: latex`\nabla \log p_\sigma(x) = \frac{1}{\sigma^2} \Bigl( \frac{1}{N} \sum_i x_i - x \Bigr)`,
      sides: (setting) => pythagoras(setting, shrinkField(setting.resources, setting.p.sigma ** -2)),
    },
  },
});

/** E‖S − t‖² and E‖s − t‖² + E‖S − s‖², with t the target of denoising score matching. */
function pythagoras({ p, resources, s }: Setting, score: ScoreField) {
  const pair = independent(trainingImages(resources), standardNormal(p.dimension));
  const target = perturbationTarget(p.sigma, p.dimension);
  const noisy = (field: ScoreField) => throughNoise(fieldTerm(field), p.sigma);
  return {
    lhs: expectation(pair, squaredDistance(noisy(s), target)),
    rhs: expectation(pair, plus(squaredDistance(noisy(score), target), squaredDistance(noisy(s), noisy(score)))),
  };
}
