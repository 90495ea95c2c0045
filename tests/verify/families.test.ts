import { describe, expect, it } from 'vitest';
import { float64 } from '../../src/oracle/arithmetic.js';
import { gaussian, mixture } from '../../src/verify/densities.js';
import { allFields, sumsOf } from '../../src/verify/families.js';
import { affine } from '../../src/verify/fields.js';

// The affine field closest to a score in L²(p) is −Σ⁻¹(x − μ): multiply E[(s + K(x − μ))(x − μ)ᵀ] = 0 out with E[s(x − μ)ᵀ] = −I.
const at = [0.7, -1.9];
const affineFields = [
  affine(
    [
      [1, 0],
      [0, 0],
    ],
    [0, 0],
  ),
  affine(
    [
      [0, 1],
      [0, 0],
    ],
    [0, 0],
  ),
  affine(
    [
      [0, 0],
      [1, 0],
    ],
    [0, 0],
  ),
  affine(
    [
      [0, 0],
      [0, 1],
    ],
    [0, 0],
  ),
  affine(
    [
      [0, 0],
      [0, 0],
    ],
    [1, 0],
  ),
  affine(
    [
      [0, 0],
      [0, 0],
    ],
    [0, 1],
  ),
];

describe('the minimiser of explicit score matching', () => {
  it('among affine fields is the score of the Gaussian with the mean and the covariance of the mixture', () => {
    const weights = [0.3, 0.7];
    const means = [
      [-1.5, 0.4],
      [1, 0.9],
    ];
    const within = [
      [0.8, 0.2],
      [0.2, 0.5],
    ];
    const p = mixture({ weights, means, covariances: [within, within] });
    // μ = Σ wₖ mₖ, Σ = C + w₁w₂ (m₁ − m₂)(m₁ − m₂)ᵀ.
    const gap = [means[0][0] - means[1][0], means[0][1] - means[1][1]];
    const moments = gaussian({
      mean: [0, 1].map((i) => weights[0] * means[0][i] + weights[1] * means[1][i]),
      covariance: within.map((row, i) => row.map((c, j) => c + weights[0] * weights[1] * gap[i] * gap[j])),
    });
    const found = sumsOf(...affineFields).explicitMinimiser(p);
    const expected = moments.score(float64, at);
    found.formula(float64, at).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 12));
  });

  it('is the score itself among all fields, and in a family that holds it', () => {
    const p = gaussian({
      mean: [0.7, -0.3],
      covariance: [
        [1.4, 0.5],
        [0.5, 0.9],
      ],
    });
    const score = p.score(float64, at);
    expect(
      allFields(...affineFields)
        .explicitMinimiser(p)
        .formula(float64, at),
    ).toEqual(score);
    const found = sumsOf(...affineFields).explicitMinimiser(p);
    found.formula(float64, at).forEach((value, i) => expect(value).toBeCloseTo(score[i], 12));
  });
});
