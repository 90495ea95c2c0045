import type { TopLevelSpec } from 'vega-lite';
import type { Figure } from '../verify/result.js';
import { powerOfTen } from './numbers.js';
import { config, font, markers, palette } from './plot-style.js';

export type LinesFigure = Extract<Figure, { kind: 'lines' }>;

// More markers than this on a line hide the line.
const mostMarkers = 20;

/** Lines over a linear or logarithmic plane, for Vega-Lite. A logarithmic axis has no place for what is not positive: such points are left out. */
export function linesSpec({ x, y, series }: LinesFigure): TopLevelSpec {
  const values = series.flatMap(({ name, dashed, points }) => {
    const shown = points.filter(([px, py]) => (!x.log || px > 0) && (!y.log || py > 0));
    const step = Math.ceil(shown.length / mostMarkers);
    return shown.map(([px, py], index) => ({ x: px, y: py, series: name, dashed, marked: index % step === 0 }));
  });
  const named = (range: readonly string[]): object => ({
    field: 'series',
    type: 'nominal',
    scale: {
      domain: series.map(({ name }) => name),
      range: series.map((_, index) => range[index % range.length]),
    },
    legend: series.length > 1 ? { title: null, orient: 'top', direction: 'vertical', columns: 1 } : null,
  });
  const line = { type: 'line', strokeWidth: 2, aria: false };
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
      color: named(palette),
    },
    layer: [
      { transform: [{ filter: '!datum.dashed' }], mark: line },
      { transform: [{ filter: 'datum.dashed' }], mark: { ...line, strokeDash: [6, 4] } },
      {
        transform: [{ filter: 'datum.marked' }],
        mark: { type: 'point', filled: true, size: 42, opacity: 1, aria: false },
        encoding: { shape: named(markers) },
      },
    ],
  };
  return spec as TopLevelSpec;
}

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
