import { PNG } from 'pngjs';
import type { Figure } from '../verify/result.js';

export type DigitsFigure = Extract<Figure, { kind: 'digits' }>;

const side = 28;
const scale = 2;
const gap = 6;
const cell = side * scale + gap;
// Between the ink and the paper of a digit: the gap is seen on both.
const gapGrey = 128;

/**
 * A sheet of 28 × 28 digits as PNG, one row of images per row of the figure: each pixel drawn as 2 × 2, a grey line between
 * images. Width and height are 62·(images of the longest row) + 6 and 62·rows + 6.
 * @throws {TypeError} where an image is not 784 bytes
 */
export function digitSheet(figure: DigitsFigure): Buffer {
  const columns = Math.max(1, ...figure.rows.map(({ images }) => images.length));
  const png = new PNG({
    width: columns * cell + gap,
    height: Math.max(1, figure.rows.length) * cell + gap,
    colorType: 0,
  });
  for (let at = 0; at < png.data.length; at += 4) paint(png.data, at, gapGrey);
  figure.rows.forEach(({ label, images }, row) => {
    images.forEach((image, column) => {
      const bytes = Buffer.from(image, 'base64');
      if (bytes.length !== side * side) {
        throw new TypeError(
          `Expected an image of 784 bytes (28 × 28), found ${bytes.length} in figure "${figure.id}", row "${label}", image ${column + 1}.`,
        );
      }
      drawImage(png, bytes, gap + column * cell, gap + row * cell);
    });
  });
  return PNG.sync.write(png, { colorType: 0, inputHasAlpha: true });
}

function drawImage(png: PNG, bytes: Buffer, left: number, top: number): void {
  for (let y = 0; y < side * scale; y++) {
    for (let x = 0; x < side * scale; x++) {
      const grey = bytes[Math.floor(y / scale) * side + Math.floor(x / scale)] ?? 0;
      paint(png.data, 4 * ((top + y) * png.width + left + x), grey);
    }
  }
}

function paint(data: Buffer, at: number, grey: number): void {
  data[at] = data[at + 1] = data[at + 2] = grey;
  data[at + 3] = 255;
}
