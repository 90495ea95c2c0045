import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { digitSheet, type DigitsFigure } from '../../src/report/digit-sheet.js';

const image = (grey: (x: number, y: number) => number): string =>
  Buffer.from(Array.from({ length: 784 }, (_, at) => grey(at % 28, Math.floor(at / 28)))).toString('base64');

const sheet = (rows: DigitsFigure['rows']): DigitsFigure => ({
  kind: 'digits',
  id: 'sheet',
  claim: null,
  title: '',
  caption: '',
  rows,
});

describe('digitSheet', () => {
  const figure = sheet([
    { label: 'one', images: [image((x) => 9 * x), image((_, y) => 9 * y)] },
    { label: 'two', images: [image(() => 255)] },
  ]);

  it('has the size of its rows and columns', () => {
    const { width, height } = PNG.sync.read(digitSheet(figure));
    expect([width, height]).toEqual([2 * 62 + 6, 2 * 62 + 6]);
  });

  it('draws each pixel as 2 × 2, with grey between the images', () => {
    const png = PNG.sync.read(digitSheet(figure));
    const at = (x: number, y: number): number | undefined => png.data[4 * (y * png.width + x)];
    for (const [x, y] of [
      [0, 0],
      [5, 9],
      [27, 27],
    ] as const) {
      const [left, top] = [6 + 2 * x, 6 + 2 * y];
      expect([at(left, top), at(left + 1, top), at(left, top + 1), at(left + 1, top + 1)]).toEqual(
        Array(4).fill(9 * x),
      );
      expect(at(left + 62, top)).toBe(9 * y);
      expect(at(left, top + 62)).toBe(255);
    }
    // A missing image is grey, as are the lines between images.
    expect([at(0, 0), at(5, 40), at(64, 30), at(100, 100)]).toEqual([128, 128, 128, 128]);
  });

  it('gives the same bytes twice', () => expect(digitSheet(figure).equals(digitSheet(figure))).toBe(true));

  it('refuses an image of another size', () => {
    expect(() => digitSheet(sheet([{ label: 'one', images: [Buffer.alloc(10).toString('base64')] }]))).toThrow(
      'Expected an image of 784 bytes (28 × 28), found 10 in figure "sheet", row "one", image 1.',
    );
  });
});
