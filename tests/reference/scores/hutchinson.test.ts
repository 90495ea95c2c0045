import { describe, expect, it } from 'vitest';
import { multiScaleDsmLosses } from '../../../reference/objectives/multi-scale.js';
import { ssmLosses, ssmLossesVarianceReduced } from '../../../reference/objectives/sliced.js';
import { affineField } from '../../../reference/scores/fields.js';
import { hutchinsonDivergence, hutchinsonTraces } from '../../../reference/scores/hutchinson.js';
import { gaussianProbes, rademacherProbes, sphereProbes } from '../../../reference/scores/probe-vectors.js';
import { randomStream } from '../../../src/numerics/random.js';
import { tf, type Tensor2D } from '../../../src/tensorflow/tensorflow.js';
import { testSeed } from '../../seed.js';

// S(x) = A x + b: vᵀ∇(vᵀS) = vᵀAv whatever x.
const matrix = [
  [0.9, -0.4],
  [1.3, 0.7],
];
const field = affineField(matrix, [0.5, -0.2]);
const x = (): Tensor2D =>
  tf.tensor2d([
    [1, 2],
    [-1, 0.5],
    [0.25, -2],
  ]);
// Two probes for each of three rows.
const probes = [
  [
    [1, -1],
    [1, 1],
    [0.5, 2],
  ],
  [
    [-1, 1],
    [2, 0],
    [-1, 1],
  ],
];
const form = ([a = 0, b = 0]: readonly number[]): number => 0.9 * a * a + (1.3 - 0.4) * a * b + 0.7 * b * b;
const field2 = [
  [0.9 - 0.8 + 0.5, 1.3 + 1.4 - 0.2],
  [-0.9 - 0.2 + 0.5, -1.3 + 0.35 - 0.2],
  [0.225 + 0.8 + 0.5, 0.325 - 1.4 - 0.2],
];

// Values below 10 in float32 after at most a dozen operations: 10 · 12 · 2⁻²⁴ is 7e-6.
const DIGITS = 4;

const expectClose = (got: Float32Array, expected: readonly number[]): void => {
  expect(got).toHaveLength(expected.length);
  expected.forEach((value, i) => expect(got[i]).toBeCloseTo(value, DIGITS));
};

describe('hutchinsonTraces', () => {
  it('is vᵀAv for each probe', () => {
    const values = tf.tidy(() =>
      hutchinsonTraces(
        (v) => tf.matMul(v, tf.tensor2d(matrix), false, true),
        tf.tensor2d(probes.flat()),
      ).dataSync<'float32'>(),
    );
    expectClose(values, probes.flat().map(form));
  });
});

describe('hutchinsonDivergence', () => {
  it('is the mean over the probes of each row, also for one row and one probe', () => {
    const values = tf.tidy(() => hutchinsonDivergence(field, x(), tf.tensor3d(probes)).dataSync<'float32'>());
    expectClose(
      values,
      [0, 1, 2].map((i) => (form(probes[0]?.[i] ?? []) + form(probes[1]?.[i] ?? [])) / 2),
    );
    const one = tf.tidy(() => hutchinsonDivergence(field, tf.ones([1, 2]), tf.ones([1, 1, 2])).dataSync<'float32'>());
    expectClose(one, [form([1, 1])]);
  });

  it('has a gradient in the parameters of the field', () => {
    // S(x) = w softplus(x): the estimate with v = 1 is w σ(x), its derivative in w is σ(x).
    const gradient = tf.tidy(() => {
      const w = tf.variable(tf.tensor2d([[0.8]]));
      const loss = () =>
        hutchinsonDivergence((y) => y.softplus().mul(w), tf.tensor2d([[0.3]]), tf.ones([1, 1, 1])).asScalar();
      const { grads } = tf.variableGrads(loss, [w]);
      return Object.values(grads)[0]?.dataSync<'float32'>() ?? new Float32Array();
    });
    expectClose(gradient, [1 / (1 + Math.exp(-0.3))]);
  });
});

describe('the sliced losses', () => {
  const slopes = [0, 1, 2].map((i) => (form(probes[0]?.[i] ?? []) + form(probes[1]?.[i] ?? [])) / 2);
  it('take the square of the projection, or the norm', () => {
    const projected = [0, 1, 2].map((i) => {
      const square = (v: readonly number[]): number =>
        ((v[0] ?? 0) * (field2[i]?.[0] ?? 0) + (v[1] ?? 0) * (field2[i]?.[1] ?? 0)) ** 2;
      return (square(probes[0]?.[i] ?? []) + square(probes[1]?.[i] ?? [])) / 2;
    });
    const norms = field2.map(([a = 0, b = 0]) => a * a + b * b);
    const [plain, reduced] = tf.tidy(() => [
      ssmLosses(field, x(), tf.tensor3d(probes)).dataSync<'float32'>(),
      ssmLossesVarianceReduced(field, x(), tf.tensor3d(probes)).dataSync<'float32'>(),
    ]);
    expectClose(
      plain ?? new Float32Array(),
      projected.map((p, i) => p + 2 * (slopes[i] ?? 0)),
    );
    expectClose(
      reduced ?? new Float32Array(),
      norms.map((p, i) => p + 2 * (slopes[i] ?? 0)),
    );
  });
});

describe('multiScaleDsmLosses', () => {
  it('weighs each row with its own σ²', () => {
    const values = tf.tidy(() =>
      multiScaleDsmLosses(
        tf.tensor2d([
          [1, 2],
          [0, 0],
        ]),
        tf.tensor2d([
          [0.5, -1],
          [3, 4],
        ]),
        tf.tensor1d([0.5, 10]),
      ).dataSync<'float32'>(),
    );
    // 0.25 (2² + 0²) and 100 · 25/100.
    expectClose(values, [1, 25]);
  });
});

describe('probe vectors', () => {
  it('are signs, or of length √d', () => {
    const draws = (law: typeof gaussianProbes) =>
      tf.tidy(() => law(randomStream(testSeed, 'probes'), 100, 7).arraySync());
    expect(new Set(draws(rademacherProbes).flat())).toEqual(new Set([-1, 1]));
    for (const v of draws(sphereProbes)) expect(Math.hypot(...v)).toBeCloseTo(Math.sqrt(7), 5);
    expect(new Set(draws(gaussianProbes).map((v) => Math.hypot(...v))).size).toBe(100);
  });
});
