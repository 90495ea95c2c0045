import { describe, expect, it } from 'vitest';
import { noiseLaws } from '../../src/claims/figures/noise-laws.js';
import { twoModes1d } from '../../src/claims/sampler-settings.js';
import { lineCdf, lineDensity, lineScore, noisedLine } from '../../src/oracle/line-mixture.js';

const [{ law }] = twoModes1d.axes;
const figure = noiseLaws();
const pointsOf = (name: string): readonly (readonly [number, number])[] =>
  (figure.kind === 'lines' ? figure.series : []).find((series) => series.name === name)!.points;
const fieldOf = (name: string): number[] => pointsOf(name).map(([, y]) => y);
/** The trapezoid rule with 256 nodes a unit errs by h²/12 = 1.3e-6 times second derivatives, here some tens. */
const expectSame = (found: readonly number[], expected: readonly number[]): void => {
  expect(found.length).toBeGreaterThan(100);
  found.forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThan(1e-4));
};

describe('the figure of what is learned with three noises', () => {
  it.each(['Gaussian', 'Laplace'])('shows the score of the noisy density learned with %s noise', (name) => {
    expectSame(fieldOf(`${name} noise: learned`), fieldOf(`${name} noise: ∇log p_σ`));
  });

  it('shows nothing learned with uniform noise', () => {
    expect(new Set(fieldOf('uniform noise: learned').map(Math.abs))).toEqual(new Set([0]));
    expect(Math.max(...fieldOf('uniform noise: ∇log p_σ').map(Math.abs))).toBeGreaterThan(0.5);
  });

  it('has the scores of the closed forms', () => {
    const gaussian = noisedLine(law, 1, 0.75);
    expectSame(
      fieldOf('Gaussian noise: ∇log p_σ'),
      pointsOf('Gaussian noise: ∇log p_σ').map(([x]) => lineScore(gaussian, x)),
    );
    // (p₀(x + a) − p₀(x − a))/(F₀(x + a) − F₀(x − a)) with a = 1.5.
    expectSame(
      fieldOf('uniform noise: ∇log p_σ'),
      pointsOf('uniform noise: ∇log p_σ').map(
        ([x]) =>
          (lineDensity(law, x + 1.5) - lineDensity(law, x - 1.5)) / (lineCdf(law, x + 1.5) - lineCdf(law, x - 1.5)),
      ),
    );
  });
});
