/** A pen's path: point i is (x[i], y[i]) in pixels; (0, 0) is the outer corner of the top left pixel, whose centre is (0.5, 0.5). */
export interface Polyline {
  readonly x: number[];
  readonly y: number[];
}

/** `radius` of the line in pixels at mid-path, which grows by the share `taper` towards the end; `softness`: width of the grey rim in pixels; `ink`: 1 = black. */
export interface Pen {
  readonly radius: number;
  readonly taper: number;
  readonly softness: number;
  readonly ink: number;
}

/**
 * Inks the paths into `image` [side * side]: a pixel at distance δ from the nearest path becomes 255 · ink · smoothstep((r + w/2 − δ)/w), where r is the radius there
 * and w the softness; strokes that cross do not add up, as ink does not.
 */
export function rasterise(
  lines: readonly Polyline[],
  { radius, taper, softness, ink }: Pen,
  image: Uint8Array,
  side: number,
): void {
  for (const { x, y } of lines) {
    const pieces = x.length - 1;
    for (let i = 0; i < pieces; i++) {
      const share = (i + 0.5) / pieces - 0.5;
      const reach = radius * (1 + taper * share) + softness / 2;
      inkPiece([x[i], y[i], x[i + 1], y[i + 1]], reach, softness, ink, image, side);
    }
  }
}

/** Inks one straight piece: only pixels in its bounding box, widened by `reach`, can change. */
function inkPiece(
  [x0, y0, x1, y1]: readonly [number, number, number, number],
  reach: number,
  softness: number,
  ink: number,
  image: Uint8Array,
  side: number,
): void {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const lengthSquared = dx * dx + dy * dy;
  const left = Math.max(0, Math.floor(Math.min(x0, x1) - reach));
  const right = Math.min(side - 1, Math.floor(Math.max(x0, x1) + reach));
  const top = Math.max(0, Math.floor(Math.min(y0, y1) - reach));
  const bottom = Math.min(side - 1, Math.floor(Math.max(y0, y1) + reach));

  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const [px, py] = [column + 0.5 - x0, row + 0.5 - y0];
      const along = lengthSquared > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / lengthSquared)) : 0;
      const [ex, ey] = [px - along * dx, py - along * dy];
      const depth = Math.min(1, (reach - Math.sqrt(ex * ex + ey * ey)) / softness);
      if (depth <= 0) continue;
      const grey = Math.min(255, Math.floor(255 * ink * depth * depth * (3 - 2 * depth) + 0.5));
      const index = row * side + column;
      if (grey > image[index]) image[index] = grey;
    }
  }
}
