import { describe, expect, it } from 'vitest';
import { noisingProcess } from '../../src/claims/figures/noising-process.js';

const figures = noisingProcess();
const seriesOf = (id: string) =>
  figures.flatMap((figure) => (figure.kind === 'lines' && figure.id === id ? figure.series : []));
/** log(y₁/y₂)/log(x₂/x₁) between the last two points. */
const lastOrder = (points: readonly (readonly [number, number])[]): number => {
  const [[x1, y1], [x2, y2]] = points.slice(-2);
  return Math.log(y1 / y2) / Math.log(x2 / x1);
};

describe('the figures on the choice of a noising process', () => {
  it('shows a distance to the prior in proportion to what is left of the data', () => {
    const series = seriesOf('noising-process-prior');
    expect(series).toHaveLength(3);
    for (const { points } of series) expect(lastOrder(points)).toBeCloseTo(-1, 1);
  });

  it('shows the reverse SDE improving with steps, and the flow held up by its start', () => {
    const series = seriesOf('noising-process-sampler');
    const stochastic = series.filter(({ dashed }) => !dashed);
    const flows = series.filter(({ dashed }) => dashed);
    expect([stochastic.length, flows.length]).toEqual([3, 3]);
    for (const { points } of stochastic) {
      points.slice(1).forEach(([, error], i) => expect(error).toBeLessThan(points[i][1]));
    }
    const prior = seriesOf('noising-process-prior').map(({ points }) => points.find(([share]) => share === 0.03)![1]);
    // The flow keeps quantiles: with enough steps its error is that of its start, up to the steps' own 1e-4.
    flows.forEach(({ points }, i) => expect(Math.abs(points[points.length - 1][1] - prior[i])).toBeLessThan(2e-4));
  });

  it('is the same each time', () => {
    expect(noisingProcess()).toEqual(figures);
  });
});
