import { tCritical } from '../calibrate/quantiles.js';

/** A quantity that was sampled while work was done. */
export interface Sample {
  /** Submissions done. */
  readonly done: number;
  readonly value: number;
}

/** How a quantity grows. */
export interface Growth {
  readonly level: number;
  /** Per 1,000 submissions, with its standard error. */
  readonly slope: number;
  readonly error: number;
  /** The end of a one-sided 99 % confidence interval: a larger growth is refuted. */
  readonly atMost: number;
  readonly flat: boolean;
}

/** A loader, compiled code and the first rounds of garbage collection take their memory once: this share of the run is left out. */
const warmUp = 0.2;
/** Neighbouring samples hang together (a heap falls back every few submissions); means over so many stretches hardly do. */
const stretches = 16;
/** Flat is what grows by no more than this share of its level over 1,000 submissions. */
export const flatShare = 0.1;

/**
 * The least-squares line through means of stretches of a run. It is flat where a growth of a tenth over 1,000 submissions is refuted at 99 %: too few or too noisy samples
 * show nothing, and so do not pass. Throws RangeError with fewer than four samples a stretch.
 */
export function growth(samples: readonly Sample[]): Growth {
  const sorted = [...samples].sort((a, b) => a.done - b.done);
  const kept = sorted.slice(Math.floor(warmUp * sorted.length));
  if (kept.length < 4 * stretches)
    throw new RangeError(
      `Expected at least ${Math.ceil((4 * stretches) / (1 - warmUp))} samples, got ${samples.length}.`,
    );
  const points = Array.from({ length: stretches }, (_, i) => {
    const part = kept.slice(Math.floor((i * kept.length) / stretches), Math.floor(((i + 1) * kept.length) / stretches));
    return { x: mean(part.map(({ done }) => done)) / 1000, y: mean(part.map(({ value }) => value)) };
  });
  const [x0, level] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))];
  const spread = sum(points.map(({ x }) => (x - x0) ** 2));
  const slope = sum(points.map(({ x, y }) => (x - x0) * (y - level))) / spread;
  const residual = sum(points.map(({ x, y }) => (y - level - slope * (x - x0)) ** 2));
  const error = Math.sqrt(residual / (stretches - 2) / spread);
  const atMost = slope + tCritical(0.01, stretches - 2) * error;
  return { level, slope, error, atMost, flat: atMost <= flatShare * level };
}

const sum = (xs: readonly number[]): number => xs.reduce((total, x) => total + x, 0);
const mean = (xs: readonly number[]): number => sum(xs) / xs.length;
