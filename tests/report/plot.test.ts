import { describe, expect, it } from 'vitest';
import { drawFigures } from '../../src/report/figures.js';
import { logTicks } from '../../src/report/lines-spec.js';
import { plotSvg } from '../../src/report/plot.js';
import { fixture } from './fixture.js';

const plots = fixture().figures.filter((figure) => figure.kind !== 'digits');
const plotOf = (id: string) => {
  const found = plots.find((plot) => plot.id === id);
  if (found === undefined) throw new Error(`the fixture has no plot ${id}`);
  return found;
};

describe('plotSvg', () => {
  it('gives the same bytes whatever was drawn before', async () => {
    const first = await Promise.all(plots.map(plotSvg));
    const again = await Promise.all([...plots].reverse().map(plotSvg));
    expect(again.reverse()).toEqual(first);
  });

  it('labels axes and series, and dashes what is dashed', async () => {
    const svg = await plotSvg(plotOf('residual-against-samples'));
    for (const label of ['draws n', '|estimate|', 'half-width at rate 10⁻⁴', 'discrepancy δ₁', '10³', '0.01']) {
      expect(svg).toContain(`>${label}</text>`);
    }
    expect(svg.match(/stroke-dasharray="6,4"/g)).toHaveLength(2);
  });

  it('draws contours of the density and one arrow per vector', async () => {
    const field = plotOf('mixture-score');
    if (field.kind !== 'field') throw new Error('expected a field');
    const svg = await plotSvg(field);
    expect(svg.match(/fill-opacity="0.1"/g)).toHaveLength(10);
    expect(svg.match(/stroke-linecap="round"/g)).toHaveLength(field.arrows.length);
    expect(svg).not.toMatch(/NaN|Infinity/);
  });

  it('leaves out what a logarithmic axis cannot show', async () => {
    const lines = plotOf('loss-against-sigma');
    if (lines.kind !== 'lines') throw new Error('expected lines');
    const series = lines.series.map((each) => ({ ...each, points: [[0, 1] as [number, number], ...each.points] }));
    const svg = await plotSvg({ ...lines, series });
    expect(svg).not.toMatch(/NaN|Infinity/);
    expect(svg).toBe(await plotSvg({ ...lines, series: lines.series }));
  });

  it('draws a plot without points', async () => {
    const lines = plotOf('loss-against-sigma');
    if (lines.kind !== 'lines') throw new Error('expected lines');
    expect(await plotSvg({ ...lines, series: [{ name: 'nothing', dashed: false, points: [] }] })).not.toMatch(
      /NaN|Infinity/,
    );
  });

  it('keeps labels text', async () => {
    const lines = plotOf('loss-against-sigma');
    if (lines.kind !== 'lines') throw new Error('expected lines');
    const label = '<script>alert("x")</script> & \'$|';
    const svg = await plotSvg({
      ...lines,
      x: { ...lines.x, label },
      series: lines.series.map((each, index) => ({ ...each, name: `${label}${index}` })),
    });
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script&gt;');
  });

  it('refuses a density that has no contours', async () => {
    const field = plotOf('mixture-score');
    if (field.kind !== 'field') throw new Error('expected a field');
    await expect(async () => plotSvg({ ...field, density: [[1]] })).rejects.toThrow(
      'Expected a density on at least 2 × 2 points, found 1 × 1.',
    );
  });
});

describe('logTicks', () => {
  it.each([
    [1, 1e4, [1, 10, 100, 1000, 1e4]],
    [0.1, 3.2, [0.1, 0.2, 0.5, 1, 2]],
    [2, 4, [2]],
    [1e-16, 1, [1e-16, 1e-14, 1e-12, 1e-10, 1e-8, 1e-6, 1e-4, 1e-2, 1]],
  ])('from %d to %d', (low, high, ticks) => expect(logTicks(low, high)).toEqual(ticks));
});

describe('drawFigures', () => {
  it('draws every figure of the fixture', async () => {
    const { figures } = fixture();
    const pictures = await drawFigures(figures);
    expect([...pictures].map(([id, { type }]) => [id, type])).toEqual(
      figures.map(({ id, kind }) => [id, kind === 'digits' ? 'png' : 'svg']),
    );
  });
});
