import * as vega from 'vega';
import { compile } from 'vega-lite';
import { barsSpec, type BarsFigure } from './bars-spec.js';
import { fieldSpec, type FieldFigure } from './field-spec.js';
import { linesSpec, type LinesFigure } from './lines-spec.js';

/** A figure as an SVG text with a transparent ground: the same bytes for the same figure. */
export function plotSvg(figure: LinesFigure | FieldFigure | BarsFigure): Promise<string> {
  if (figure.kind === 'field') return render(fieldSpec(figure));
  return render(compile(figure.kind === 'lines' ? linesSpec(figure) : barsSpec(figure)).spec);
}

async function render(spec: vega.Spec): Promise<string> {
  // The counters of Vega's clip paths and gradients are global; a figure may not tell how many came before it.
  vega.resetSVGDefIds();
  const errors: unknown[] = [];
  const logger = vega.logger(vega.Error, undefined, (_method, _level, input) => errors.push(...input));
  const view = new vega.View(vega.parse(spec), { renderer: 'none', logger });
  try {
    const svg = await view.toSVG();
    // Vega writes errors to its log and goes on with an empty plot.
    if (errors.length > 0) {
      throw new Error(
        `A plot failed: ${errors.map(String).join('; ')}. This is a bug in scorecheck; please report it.`,
      );
    }
    return svg;
  } finally {
    view.finalize();
  }
}
