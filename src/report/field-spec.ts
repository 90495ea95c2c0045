import type { Spec } from 'vega';
import type { Figure } from '../verify/result.js';
import { config, ink, palette } from './plot-style.js';

export type FieldFigure = Extract<Figure, { kind: 'field' }>;

const width = 420;
const levels = 10;

/** A density as filled contours with the arrows of a vector field on top, for Vega. Arrow lengths share one scale. */
export function fieldSpec({ extent, density, arrows }: FieldFigure): Spec {
  const [rows, columns] = [density.length, density[0]?.length ?? 0];
  if (rows < 2 || columns < 2) {
    throw new TypeError(`Expected a density on at least 2 × 2 points, found ${rows} × ${columns}.`);
  }
  const spanX = extent.x[1] - extent.x[0];
  const spanY = extent.y[1] - extent.y[0];
  // One unit is as long on both axes, so that angles are true, as far as the figure stays readable.
  const height = Math.round(Math.min(460, Math.max(180, (width * spanY) / spanX)));
  const pixel = (x: number, y: number): Point => [
    ((x - extent.x[0]) / spanX) * width,
    height - ((y - extent.y[0]) / spanY) * height,
  ];
  const lines = { stroke: { value: palette[0] }, strokeOpacity: { value: 0.35 }, strokeWidth: { value: 0.6 } };
  return {
    width,
    height,
    padding: 6,
    background: 'transparent',
    config,
    data: [
      {
        name: 'contours',
        values: [contourGrid(density, columns, rows, height)],
        transform: [{ type: 'isocontour', thresholds: thresholds(density) }],
      },
      { name: 'arrows', values: arrowPaths(arrows, pixel, width * height) },
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
            // The regions of higher levels lie on those of lower ones, so that their shades add up.
            encode: { update: { fill: { value: palette[0] }, fillOpacity: { value: 0.1 }, ...lines } },
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
              },
            },
          },
        ],
      },
    ],
  };
}

type Point = readonly [x: number, y: number];

/** The density in the plane of the contours: its y grows downwards, and grid point (i, j) stands at (i + ½, j + ½). */
function contourGrid(density: FieldFigure['density'], columns: number, rows: number, height: number): object {
  const scale = [width / (columns - 1), height / (rows - 1)];
  return {
    width: columns,
    height: rows,
    values: [...density].reverse().flat(),
    scale,
    translate: scale.map((factor) => -factor / 2),
  };
}

function thresholds(density: FieldFigure['density']): number[] {
  const peak = Math.max(...density.map((row) => Math.max(...row)));
  return Array.from({ length: levels }, (_, index) => (peak * (index + 0.5)) / levels);
}

/** Arrows as paths in pixels. If the longest would reach beyond its neighbour, all are shortened by one factor. */
function arrowPaths(
  arrows: FieldFigure['arrows'],
  pixel: (x: number, y: number) => Point,
  area: number,
): readonly { readonly path: string }[] {
  const vectors = arrows.map(({ x, y, dx, dy }) => {
    const from = pixel(x, y);
    const to = pixel(x + dx, y + dy);
    return { from, u: to[0] - from[0], v: to[1] - from[1] };
  });
  const longest = Math.max(...vectors.map(({ u, v }) => Math.hypot(u, v)));
  const spacing = Math.sqrt(area / arrows.length);
  const factor = longest > spacing ? spacing / longest : 1;
  return vectors.map(({ from, u, v }) => ({ path: arrowPath(from, factor * u, factor * v) }));
}

function arrowPath([x, y]: Point, u: number, v: number): string {
  const at = (px: number, py: number): string => `${px.toFixed(2)},${py.toFixed(2)}`;
  const head = Math.min(5, 0.4 * Math.hypot(u, v));
  const angle = Math.atan2(v, u);
  const tip = at(x + u, y + v);
  const barb = (turn: number): string =>
    at(x + u - head * Math.cos(angle + turn), y + v - head * Math.sin(angle + turn));
  return `M${at(x, y)}L${tip}M${barb(0.45)}L${tip}L${barb(-0.45)}`;
}
