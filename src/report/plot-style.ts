/** Colours of text and lines; the style sheet of the page replaces them by its own in an inline figure. */
export const ink = { text: '#24292f', faint: '#d8dee4', axis: '#7d8590' } as const;

/** Okabe and Ito's palette, which colour-blind readers tell apart, darkest first; a series differs in its marker and dashes too. */
export const palette = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', ink.axis] as const;

/** One marker per series, in the order of the palette. */
export const markers = [
  'circle',
  'square',
  'triangle-up',
  'diamond',
  'cross',
  'triangle-down',
  'triangle-left',
] as const;

/** The reader's own sans serif. */
export const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans TC", sans-serif';

const text = {
  labelColor: ink.text,
  titleColor: ink.text,
  labelFont: font,
  titleFont: font,
  labelFontSize: 12,
  titleFontSize: 13,
  titleFontWeight: 'normal',
} as const;

/** How axes and legends look, in the words that Vega and Vega-Lite share. */
export const config = {
  axis: {
    ...text,
    gridColor: ink.faint,
    domainColor: ink.axis,
    tickColor: ink.axis,
    titlePadding: 8,
    labelOverlap: true,
  },
  legend: { ...text, labelLimit: 420, symbolSize: 70 },
} as const;
