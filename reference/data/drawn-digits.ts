import { digitSkeletons, type Skeleton } from './digit-skeletons.js';
import { rasterise, type Polyline } from './pen.js';
import { randomWords, type UniformSource } from './random-words.js';

/** Images as bytes [n * 784], 0 = paper, 255 = full ink, row by row; labels as bytes [n], 0..9. */
export interface DrawnDigits {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
  readonly count: number;
}

const side = 28;

/** How often each digit is drawn, in parts of 999: unequal by up to a quarter, as in MNIST (its 5,421 fives to 6,742 ones). */
const classWeights = [99, 112, 99, 102, 97, 90, 99, 104, 98, 99] as const;

const wayWeights = digitSkeletons.map((ways) => ways.map(({ weight }) => weight));

/** Pieces of straight line per span between two points of a skeleton: at most 2 pixels each, where a curve is told from its chord by less than 0.1 pixel. */
const piecesPerSpan = 6;

/**
 * Draws `count` digits, 28 x 28 in grey levels: the images with numbers `first`, ..., `first + count - 1` of the endless sequence that `seed` names.
 *
 * Image i depends on (seed, i) alone, so any part of the sequence can be drawn by itself. Only +, -, *, / and sqrt on
 * doubles and integer operations are used, which IEEE 754 and ECMAScript fix to the last bit: the bytes are the same on each platform.
 *
 * As in MNIST (LeCun et al., 1998, section III.A) the digit is scaled into a box of 20 x 20 with its aspect kept, and moved so that the
 * centre of its ink lies near the centre of the image.
 *
 * @throws TypeError if count, first or seed is no integer in its range.
 */
export function drawDigits({ count, seed, first = 0 }: { count: number; seed: number; first?: number }): DrawnDigits {
  checkInteger('count', count, 0, 1e6);
  checkInteger('first', first, 0, 2 ** 32 - 1 - count);
  checkInteger('seed', seed, 0, Number.MAX_SAFE_INTEGER);

  const images = new Uint8Array(count * side * side);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const uniform = randomWords(seed, first + i);
    const label = pick(classWeights, uniform);
    labels[i] = label;
    drawDigit(label, uniform, images.subarray(i * side * side, (i + 1) * side * side));
  }
  return { images, labels, count };
}

function checkInteger(name: string, value: number, low: number, high: number): void {
  if (!Number.isSafeInteger(value) || value < low || value > high) {
    throw new TypeError(`Expected an integer ${name} in [${low}, ${high}], got ${value} in drawDigits.`);
  }
}

/** The index i with probability weights[i] / sum(weights). */
function pick(weights: readonly number[], uniform: UniformSource): number {
  let left = uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0; i < weights.length; i++) {
    left -= weights[i];
    if (left < 0) return i;
  }
  return weights.length - 1;
}

/** Mean 0, variance 1, within ±√12: the sum of four uniforms, scaled (Irwin-Hall), because log and cos are not the same in each engine. */
function bell(uniform: UniformSource): number {
  return (uniform() + uniform() + uniform() + uniform() - 2) * Math.sqrt(3);
}

function between(low: number, high: number, uniform: UniformSource): number {
  return low + (high - low) * uniform();
}

/** Writes one digit of class `label` into `image` [784]. */
function drawDigit(label: number, uniform: UniformSource, image: Uint8Array): void {
  const way = digitSkeletons[label][pick(wayWeights[label], uniform)];
  const points = trembled(way, uniform);
  const lines = way.strokes.map((stroke) => smoothLine(stroke.map((index) => points[index])));

  // These spreads were set by comparing with MNIST's first 6,000 images: mean 0.131, sd 0.309, median distance to the nearest
  // neighbour 5.2, 84 principal components for 90 % of the variance (tests/reference/data/drawn-digits.test.ts keeps ours near).
  const radius = Math.max(0.75, 1.28 + 0.32 * bell(uniform));
  // The pen's width belongs to the box of 20; some people write smaller.
  placeInBox(lines, 20 - 1.6 * radius - between(0, 2, uniform));
  centre(lines, 14 + 0.35 * bell(uniform), 14 + 0.35 * bell(uniform));

  const pen = {
    radius,
    // A pen pressed harder at one end than at the other.
    taper: 0.12 * bell(uniform),
    softness: between(0.9, 1.7, uniform),
    ink: between(0.94, 1.3, uniform),
  };
  rasterise(lines, pen, image, side);
}

/** The points of a skeleton as one hand would set them down on one day: a smooth warp of the plane, a slant, a turn and a tremble of each point. */
function trembled(way: Skeleton, uniform: UniformSource): (readonly [number, number])[] {
  const slant = 0.14 + 0.2 * bell(uniform);
  // A rotation by 2 arctan(t), rational in t.
  const t = 0.06 * bell(uniform);
  const cosine = (1 - t * t) / (1 + t * t);
  const sine = (2 * t) / (1 + t * t);
  const aspect = way.aspect * (1 + 0.17 * bell(uniform));
  const warp = Array.from({ length: 6 }, () => 0.26 * bell(uniform));
  const tremble = 0.04;

  return way.points.map(([px, py]) => {
    const u = px - 0.5 + tremble * bell(uniform);
    const v = py - 0.5 + tremble * bell(uniform);
    const warpedU = u + warp[0] * u * u + warp[1] * u * v + warp[2] * v * v;
    const warpedV = v + warp[3] * u * u + warp[4] * u * v + warp[5] * v * v;
    const x = aspect * warpedU - slant * warpedV;
    const y = warpedV;
    return [cosine * x - sine * y, sine * x + cosine * y] as const;
  });
}

/** The Catmull-Rom spline through the points, as a polyline; its ends go on straight. */
function smoothLine(points: readonly (readonly [number, number])[]): Polyline {
  const n = points.length;
  const at = (i: number): readonly [number, number] => points[Math.min(n - 1, Math.max(0, i))];
  const x: number[] = [];
  const y: number[] = [];
  for (let i = 0; i < n - 1; i++) {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    for (let k = 0; k < piecesPerSpan; k++) {
      const s = k / piecesPerSpan;
      x.push(catmullRom(a[0], b[0], c[0], d[0], s));
      y.push(catmullRom(a[1], b[1], c[1], d[1], s));
    }
  }
  x.push(at(n - 1)[0]);
  y.push(at(n - 1)[1]);
  return { x, y };
}

/** The cubic with values b, c at s = 0, 1 and slopes (c - a)/2, (d - b)/2 there (Catmull and Rom, 1974). */
function catmullRom(a: number, b: number, c: number, d: number, s: number): number {
  return b + 0.5 * s * (c - a + s * (2 * a - 5 * b + 4 * c - d + s * (3 * (b - c) + d - a)));
}

/** Scales all lines by one factor so that the longer side of their bounding box becomes `size`. */
function placeInBox(lines: readonly Polyline[], size: number): void {
  const spread = (axis: 'x' | 'y'): number => {
    let [least, most] = [Infinity, -Infinity];
    for (const line of lines) {
      for (const value of line[axis]) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    return most - least;
  };
  const factor = size / Math.max(spread('x'), spread('y'));
  for (const line of lines) {
    for (const axis of ['x', 'y'] as const) for (let i = 0; i < line[axis].length; i++) line[axis][i] *= factor;
  }
}

/** Moves all lines so that the mean over their length is at (x, y). */
function centre(lines: readonly Polyline[], x: number, y: number): void {
  let [length, sumX, sumY] = [0, 0, 0];
  for (const line of lines) {
    for (let i = 1; i < line.x.length; i++) {
      const [dx, dy] = [line.x[i] - line.x[i - 1], line.y[i] - line.y[i - 1]];
      const piece = Math.sqrt(dx * dx + dy * dy);
      length += piece;
      sumX += (piece * (line.x[i] + line.x[i - 1])) / 2;
      sumY += (piece * (line.y[i] + line.y[i - 1])) / 2;
    }
  }
  for (const line of lines) {
    for (let i = 0; i < line.x.length; i++) {
      line.x[i] += x - sumX / length;
      line.y[i] += y - sumY / length;
    }
  }
}
