import { describe, expect, it } from 'vitest';
import { adamStep } from '../../../reference/training/adam.js';

const state = (...weights: number[]) => ({
  step: 0,
  weights: Float32Array.from(weights),
  first: new Float32Array(weights.length),
  second: new Float32Array(weights.length),
});

describe('adamStep', () => {
  it('first goes by the learning rate against the sign of the gradient, and leaves alone what has none', () => {
    const adam = state(1, 1, 1);
    adamStep(adam, Float32Array.from([3, -0.02, 0]), 0.125);
    // m/√v = g/|g| after the corrections, but for 1e-8 beside √v = 0.002, 5e-6 of a step of 0.125.
    expect(adam.weights[0]).toBeCloseTo(0.875, 5);
    expect(adam.weights[1]).toBeCloseTo(1.125, 5);
    expect(adam.weights[2]).toBe(1);
    expect(adam.step).toBe(1);
  });

  it('finds the minimum of a quadratic', () => {
    const adam = state(4, -7);
    const target = [1, 2];
    for (let i = 0; i < 800; i++) {
      const gradient = Float32Array.from(adam.weights, (w, j) => (j + 1) * (w - target[j]));
      adamStep(adam, gradient, 0.1 * (1 - i / 800));
    }
    target.forEach((value, j) => expect(adam.weights[j]).toBeCloseTo(value, 2));
  });
});
