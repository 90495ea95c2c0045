import type { TopLevelSpec } from 'vega-lite';
import { config, font, palette } from './plot-style.js';

/** Counts over intervals of a number: a histogram whose bins are already counted. */
export interface BarsFigure {
  readonly kind: 'bars';
  readonly x: string;
  readonly y: string;
  readonly bars: readonly { readonly from: number; readonly to: number; readonly count: number }[];
}

/** Bars side by side, for Vega-Lite. Counts have whole ticks. */
export function barsSpec({ x, y, bars }: BarsFigure): TopLevelSpec {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const spec = {
    data: { values: bars.map((bar) => ({ ...bar })) },
    width: 460,
    height: 200,
    padding: 6,
    background: 'transparent',
    config: { ...config, font, aria: false, view: { stroke: null } },
    mark: { type: 'bar', color: palette[0], binSpacing: 2, aria: false },
    encoding: {
      x: { field: 'from', type: 'quantitative', bin: 'binned', title: x, axis: { grid: false } },
      x2: { field: 'to' },
      y: { field: 'count', type: 'quantitative', title: y, axis: { tickCount: Math.min(5, most), format: 'd' } },
    },
  };
  return spec as TopLevelSpec;
}
