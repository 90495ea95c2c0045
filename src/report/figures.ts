import type { Figure } from '../verify/result.js';
import { digitSheet } from './digit-sheet.js';
import { plotSvg } from './plot.js';

/** A figure as the bytes of an image file. */
export type Picture = { readonly type: 'svg'; readonly svg: string } | { readonly type: 'png'; readonly png: Buffer };

/** Figure id -> picture. */
export type Pictures = ReadonlyMap<string, Picture>;

const drawn = new WeakMap<Figure, Promise<Picture>>();
/** One at a time: Vega numbers the parts of its pictures by counters of the process. */
let queue: Promise<unknown> = Promise.resolve();

/** Draws each figure, plots as SVG, sheets of digits as PNG; what was drawn before is at hand. */
export async function drawFigures(figures: readonly Figure[]): Promise<Pictures> {
  const pictures = figures.map(async (figure) => [figure.id, await pictureOf(figure)] as const);
  return new Map(await Promise.all(pictures));
}

function pictureOf(figure: Figure): Promise<Picture> {
  const known = drawn.get(figure);
  if (known !== undefined) return known;
  const picture = queue.then(() => draw(figure));
  queue = picture.catch(() => undefined);
  drawn.set(figure, picture);
  return picture;
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
