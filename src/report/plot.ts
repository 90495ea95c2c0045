import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Figure } from '../verify/result.js';
import { powerOfTen } from './numbers.js';

export type LinesFigure = Extract<Figure, { kind: 'lines' }>;
export type FieldFigure = Extract<Figure, { kind: 'field' }>;

/** Colours of text and lines; the style sheet replaces them by the page's own in an inline figure. */
export const ink = { text: '#24292f', faint: '#d8dee4', axis: '#7d8590' } as const;

// Okabe and Ito's palette, which colour-blind readers tell apart; darkest first, and each series differs in its marker too.
const palette = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', ink.axis];
const markers = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down', 'stroke'];
const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans TC", sans-serif';

/** A figure as an SVG text: the same bytes for the same figure, without colours behind it. */
export const plotSvg = (figure: LinesFigure | FieldFigure): Promise<string> =>
  render(figure.kind === 'lines' ? compile(linesSpec(figure)).spec : fieldSpec(figure));

async function render(spec: vega.Spec): Promise<string> {
  // The counters of vega's clip paths and gradients are global; a figure may not tell how many came before it.
  vega.resetSVGDefIds();
  const errors: unknown[] = [];
  const logger = vega.logger(vega.Error, undefined, (_method, _level, input) => errors.push(...input));
  const view = new vega.View(vega.parse(spec), { renderer: 'none', logger });
  try {
    const svg = await view.toSVG();
    // Vega writes errors to its log and goes on with an empty plot.
    if (errors.length > 0)
      throw new Error(
        `A plot failed: ${errors.map(String).join('; ')}. This is a bug in scorecheck; please report it.`,
      );
    return svg;
  } finally {
    view.finalize();
  }
}

const text = {
  labelColor: ink.text,
  titleColor: ink.text,
  labelFontSize: 12,
  titleFontSize: 13,
  titleFontWeight: 'normal',
} as const;
const config = {
  background: 'transparent',
  font,
  aria: false,
  view: { stroke: null },
  axis: {
    ...text,
    gridColor: ink.faint,
    domainColor: ink.axis,
    tickColor: ink.axis,
    titlePadding: 8,
    labelOverlap: true,
  },
  legend: { ...text, labelLimit: 420, symbolSize: 70, symbolStrokeWidth: 2 },
} as const;

function linesSpec({ x, y, series }: LinesFigure): TopLevelSpec {
  const names = series.map(({ name }) => name);
  // A logarithmic axis has no place for what is not positive.
  const shown = series.map(({ name, points }) => ({
    name,
    points: points.filter(([px, py]) => (!x.log || px > 0) && (!y.log || py > 0)),
  }));
  const values = shown.flatMap(({ name, points }) => points.map(([px, py]) => ({ x: px, y: py, series: name })));
  const marked = shown.every(({ points }) => points.length <= 40);
  const encodeSeries = (range: readonly unknown[]): object => ({
    field: 'series',
    type: 'nominal',
    scale: { domain: names, range: names.map((_, index) => range[index % range.length]) },
    legend: series.length > 1 ? { title: null, orient: 'top', direction: 'vertical', columns: 1 } : null,
  });
  return {
    data: { values },
    width: 460,
    height: 270,
    padding: 6,
    config,
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
      color: encodeSeries(palette),
    },
    layer: [
      {
        mark: { type: 'line', strokeWidth: 2, clip: true },
        encoding: { strokeDash: encodeSeries(series.map(({ dashed }) => (dashed ? [6, 4] : [1, 0]))) },
      },
      ...(marked
        ? [
            {
              mark: { type: 'point', filled: true, size: 42, opacity: 1 },
              encoding: { shape: encodeSeries(markers) },
            } as const,
          ]
        : []),
    ],
  } as TopLevelSpec;
}

function axis({ label, log }: LinesFigure['x'], values: readonly number[]): object {
  const ticks = log ? logTicks(Math.min(...values), Math.max(...values)) : undefined;
  return {
    scale: log ? { type: 'log', nice: false } : { zero: false, nice: true },
    axis: {
      title: label,
      ...(ticks === undefined || ticks.length < 2
        ? { tickCount: 6 }
        : { values: ticks, labelExpr: labelExpression(ticks) }),
    },
  };
}

/** Powers of ten in [low, high], at most about eight; where fewer than three fit, 1, 2 and 5 times them. */
function logTicks(low: number, high: number): readonly number[] {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const step = Math.max(1, Math.ceil((last - first) / 8));
  const powers = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index).filter(
    (power) => power % step === 0,
  );
  if (powers.length >= 3) return powers.map((power) => Number(`1e${power}`));
  return [first - 1, ...powers, last + 1]
    .filter((power, index, all) => all.indexOf(power) === index)
    .sort((one, other) => one - other)
    .flatMap((power) => [1, 2, 5].map((factor) => Number(`${factor}e${power}`)))
    .filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
}

/** Tick -> label by its index: 0.01, 10, 10⁻⁶. */
function labelExpression(ticks: readonly number[]): string {
  const labels = ticks.map((tick) => {
    if (tick >= 1e-3 && tick < 1e5) return tick.toLocaleString('en-US', { maximumFractionDigits: 6 });
    const [mantissa, exponent] = tick.toExponential().split('e');
    return `${mantissa === '1' ? '' : `${mantissa}×`}${powerOfTen(Number(exponent))}`;
  });
  return `${JSON.stringify(labels)}[indexof(${JSON.stringify(ticks)}, datum.value)]`;
}

function fieldSpec({ extent, density, arrows }: FieldFigure): vega.Spec {
  const [rows, columns] = [density.length, density[0]?.length ?? 0];
  const spanX = extent.x[1] - extent.x[0];
  const spanY = extent.y[1] - extent.y[0];
  const width = 420;
  // One unit is as long on both axes, so that angles are true, as long as the figure stays readable.
  const height = Math.round(Math.min(460, Math.max(180, (width * spanY) / spanX)));
  // Grid point (i, j) stands at (i + ½, j + ½) of the contour's own plane, whose y grows downwards.
  const scale = [width / (columns - 1), height / (rows - 1)];
  const grid = {
    width: columns,
    height: rows,
    values: [...density].reverse().flat(),
    scale,
    translate: scale.map((factor) => -factor / 2),
  };
  const peak = Math.max(...grid.values);
  const toX = (value: number): number => ((value - extent.x[0]) / spanX) * width;
  const toY = (value: number): number => height - ((value - extent.y[0]) / spanY) * height;
  return {
    $schema: 'https://vega.github.io/schema/vega/v6.json',
    width,
    height,
    padding: 6,
    background: 'transparent',
    config: { axis: { ...config.axis, labelFont: font, titleFont: font } },
    data: [
      { name: 'grid', values: [grid] },
      {
        name: 'contours',
        source: 'grid',
        transform: [
          {
            type: 'isocontour',
            thresholds: Array.from({ length: 10 }, (_, index) => (peak * (index + 0.5)) / 10),
          },
        ],
      },
      { name: 'arrows', values: arrowPaths(arrows, toX, toY, width, height) },
    ],
    scales: [
      { name: 'x', type: 'linear', domain: extent.x, range: 'width' },
      { name: 'y', type: 'linear', domain: extent.y, range: 'height' },
    ],
    axes: [
      { scale: 'x', orient: 'bottom', title: 'x₁', tickCount: 6, aria: false },
      { scale: 'y', orient: 'left', title: 'x₂', tickCount: 6, aria: false },
    ],
    marks: [
      {
        type: 'group',
        clip: true,
        aria: false,
        encode: { update: { width: { signal: 'width' }, height: { signal: 'height' }, stroke: { value: ink.axis } } },
        marks: [
          {
            type: 'path',
            from: { data: 'contours' },
            aria: false,
            encode: {
              update: {
                fill: { value: palette[0] as string },
                fillOpacity: { value: 0.1 },
                stroke: { value: palette[0] as string },
                strokeOpacity: { value: 0.35 },
                strokeWidth: { value: 0.6 },
              },
            },
            transform: [{ type: 'geopath', field: 'datum.contour' }],
          },
          {
            type: 'path',
            from: { data: 'arrows' },
            aria: false,
            encode: {
              update: {
                path: { field: 'path' },
                stroke: { value: ink.text },
                strokeWidth: { value: 1.2 },
                strokeCap: { value: 'round' },
                fill: { value: null },
              },
            },
          },
        ],
      },
    ],
  };
}

/** Arrows as paths in pixels, all shortened by one factor, so that the longest reaches its neighbour and no further. */
function arrowPaths(
  arrows: FieldFigure['arrows'],
  toX: (value: number) => number,
  toY: (value: number) => number,
  width: number,
  height: number,
): readonly { path: string }[] {
  const vectors = arrows.map(({ x, y, dx, dy }) => ({
    x: toX(x),
    y: toY(y),
    u: toX(x + dx) - toX(x),
    v: toY(y + dy) - toY(y),
  }));
  const longest = Math.max(...vectors.map(({ u, v }) => Math.hypot(u, v)), Number.MIN_VALUE);
  const factor = Math.min(1, (1.1 * Math.sqrt((width * height) / Math.max(1, arrows.length))) / longest);
  const round = (value: number): string => value.toFixed(2);
  return vectors.map(({ x, y, u, v }) => {
    const [tipX, tipY] = [x + factor * u, y + factor * v];
    const length = factor * Math.hypot(u, v);
    const head = Math.min(5, 0.4 * length);
    const angle = Math.atan2(v, u);
    const barb = (turn: number): string =>
      `${round(tipX - head * Math.cos(angle + turn))},${round(tipY - head * Math.sin(angle + turn))}`;
    return {
      path: `M${round(x)},${round(y)}L${round(tipX)},${round(tipY)}M${barb(0.45)}L${round(tipX)},${round(tipY)}L${barb(-0.45)}`,
    };
  });
}
