import type { Figure } from '../verify/result.js';
import { digitSheet } from './digit-sheet.js';
import { plotSvg } from './plot.js';

/** A figure as the bytes of an image file. */
export type Picture = { readonly type: 'svg'; readonly svg: string } | { readonly type: 'png'; readonly png: Buffer };

/** Figure id -> picture. */
export type Pictures = ReadonlyMap<string, Picture>;

/** Draws each figure: plots as SVG, sheets of digits as PNG. */
export async function drawFigures(figures: readonly Figure[]): Promise<Pictures> {
  const pictures = new Map<string, Picture>();
  for (const figure of figures) pictures.set(figure.id, await draw(figure));
  return pictures;
}

async function draw(figure: Figure): Promise<Picture> {
  switch (figure.kind) {
    case 'lines':
    case 'field':
      return { type: 'svg', svg: await plotSvg(figure) };
    case 'digits':
      return { type: 'png', png: digitSheet(figure) };
  }
}

/** A file name for a figure: its id, with nothing in it that a file system or an address could take for more than a name. */
export const figureFile = ({ id, kind }: Figure): string =>
  `${id.replace(/[^\w-]+/g, '-')}.${kind === 'digits' ? 'png' : 'svg'}`;
