import { boxes, claim, gaussian, latex, logGradientTerm, scoreTerm, times, type Term } from 'scorecheck/claim';

// A claim that holds, with its false variants: change it into yours. `scorecheck verify --course .` judges it.

interface Setting {
  readonly mean: readonly number[];
  readonly covariance: readonly (readonly number[])[];
  /** T: p_T = p^(1/T) / Z is flatter than p where T > 1. */
  readonly temperature: number;
}

/** ∇ log p_T, differentiated: the tempered Gaussian N(m, C) is N(m, TC). */
const tempered = ({ mean, covariance, temperature }: Setting): Term =>
  logGradientTerm(gaussian({ mean, covariance: covariance.map((row) => row.map((c) => temperature * c)) }));

/** ∇ log p in closed form. */
const score = ({ mean, covariance }: Setting): Term => scoreTerm(gaussian({ mean, covariance }));

/** Tempering divides the score by the temperature. */
export default claim<Setting, 'positive'>({
  id: 'my-claim',
  title: 'Tempering divides the score by the temperature',
  source: 'lecture notes, week 8, equation 3',
  kind: 'pointwise',
  statement: latex`p_T(x) \propto p(x)^{1/T} \quad \Rightarrow \quad \nabla \log p_T(x) = \frac1T \nabla \log p(x)`,
  assumptions: { positive: latex`$T > 0$, and $\int p(x)^{1/T}\, dx$ is finite.` },
  domain: ({ mean }) => boxes({ x: { center: mean, spread: 4 } }),
  sides: (setting) => ({ lhs: tempered(setting), rhs: times(1 / setting.temperature, score(setting)) }),
  // No magic numbers: at T = 1, or with a diagonal covariance, some mistakes would not show.
  settings: {
    'hot, in 1-D': { mean: [0.7], covariance: [[0.6]], temperature: 2.3 },
    'cold, in 2-D': {
      mean: [1.3, -2.1],
      covariance: [
        [2.1, 0.6],
        [0.6, 0.8],
      ],
      temperature: 0.4,
    },
  },
  // The relative tolerance that would make this check worthless; rounding decides far below it.
  discrepancy: 1e-3,
  falseVariants: {
    'temperature-for-its-inverse': {
      mistake: 'The score is multiplied by the temperature in place of being divided.',
      statement: latex`\nabla \log p_T(x) = T \nabla \log p(x)`,
      sides: (setting) => ({ rhs: times(setting.temperature, score(setting)) }),
    },
    'not-tempered': {
      mistake: 'The temperature is left out.',
      statement: latex`\nabla \log p_T(x) = \nabla \log p(x)`,
      sides: (setting) => ({ rhs: score(setting) }),
    },
  },
});
