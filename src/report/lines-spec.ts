import type { TopLevelSpec } from 'vega-lite';
import type { Figure } from '../verify/result.js';
import { powerOfTen } from './numbers.js';
import { config, font, markers, palette } from './plot-style.js';

export type LinesFigure = Extract<Figure, { kind: 'lines' }>;

// More markers than this on a line hide the line.
const mostMarkers = 40;

/** Lines over a linear or logarithmic plane, for Vega-Lite. A logarithmic axis has no place for what is not positive: such points are left out. */
export function linesSpec({ x, y, series }: LinesFigure): TopLevelSpec {
  const values = series.flatMap(({ name, points }) =>
    points
      .filter(([px, py]) => (!x.log || px > 0) && (!y.log || py > 0))
      .map(([px, py]) => ({ x: px, y: py, series: name })),
  );
  const marked = series.every(({ points }) => points.length <= mostMarkers);
  const named = (range: readonly unknown[], inLegend: boolean): object => ({
    field: 'series',
    type: 'nominal',
    scale: {
      domain: series.map(({ name }) => name),
      range: series.map((_, index) => range[index % range.length]),
    },
    legend: inLegend && series.length > 1 ? legend(marked) : null,
  });
  const dashes = series.map(({ dashed }) => (dashed ? [6, 4] : [1, 0]));
  const points = {
    mark: { type: 'point', filled: true, size: 42, opacity: 1 },
    encoding: { shape: named(markers, true) },
  };
  const spec = {
    data: { values },
    width: 460,
    height: 270,
    padding: 6,
    background: 'transparent',
    config: { ...config, font, aria: false, view: { stroke: null } },
    encoding: {
      x: {
        field: 'x',
        type: 'quantitative',
        ...axis(
          x,
          values.map((value) => value.x),
        ),
      },
      y: {
        field: 'y',
        type: 'quantitative',
        ...axis(
          y,
          values.map((value) => value.y),
        ),
      },
      color: named(palette, true),
    },
    layer: [
      { mark: { type: 'line', strokeWidth: 2 }, encoding: { strokeDash: named(dashes, !marked) } },
      ...(marked ? [points] : []),
    ],
  };
  return spec as TopLevelSpec;
}

const legend = (marked: boolean): object => ({
  title: null,
  orient: 'top',
  direction: 'vertical',
  columns: 1,
  ...(marked ? {} : { symbolType: 'stroke', symbolSize: 300, symbolStrokeWidth: 2 }),
});

function axis({ label, log }: LinesFigure['x'], values: readonly number[]): object {
  const ticks = log && values.length > 0 ? logTicks(Math.min(...values), Math.max(...values)) : [];
  return {
    scale: log ? { type: 'log', nice: false } : { zero: false, nice: true },
    axis: {
      title: label,
      ...(ticks.length < 2 ? { tickCount: 6 } : { values: ticks, labelExpr: labelExpression(ticks) }),
    },
  };
}

/** Powers of ten in [low, high], at most about eight; where fewer than three fit, 1, 2 and 5 times them. */
export function logTicks(low: number, high: number): readonly number[] {
  // log10 of a power of ten is off by a rounding at most.
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const step = Math.max(1, Math.ceil((last - first) / 8));
  const powers = whole(first, last).filter((power) => power % step === 0);
  if (powers.length >= 3) return powers.map((power) => Number(`1e${power}`));
  return whole(first - 1, last + 1)
    .flatMap((power) => [1, 2, 5].map((factor) => Number(`${factor}e${power}`)))
    .filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
}

const whole = (first: number, last: number): readonly number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);

/** Labels of one kind along an axis: 0.01, 0.1, 1, or 10⁻⁶, 10⁻⁵, 10⁻⁴. */
function labelExpression(ticks: readonly number[]): string {
  const decimals = ticks.every((tick) => tick >= 1e-3 && tick <= 1e4);
  const labels = ticks.map((tick) => {
    if (decimals) return tick.toLocaleString('en-US', { maximumFractionDigits: 6 });
    const [mantissa, exponent] = tick.toExponential().split('e');
    return `${mantissa === '1' ? '' : `${mantissa}×`}${powerOfTen(Number(exponent))}`;
  });
  return `${JSON.stringify(labels)}[indexof(${JSON.stringify(ticks)}, datum.value)]`;
}
