import type { DigitSet } from '../../../reference/data/digits.js';
import { empiricalDensity, type EmpiricalDensity } from '../../../reference/densities/empirical.js';
import { once } from '../../numerics/once.js';
import { randomStream, type Random } from '../../numerics/random.js';
import type { Resources } from '../../verify/claim.js';
import { digitReference, imagesOf } from '../../verify/digit-densities.js';
import { interval, lookAt, resolutionAt, type MeanTest } from '../../verify/evidence/catoni.js';
import { frequencyEvidence } from '../../verify/evidence/frequencies.js';
import { rankEvidence } from '../../verify/evidence/rank.js';
import type { Measurement, MeasureOptions } from '../../verify/measurement.js';
import { endVariance, nearestImages, sampleImages, type ImageSampler, type Nearest } from './sampling.js';

/** A training set with its exact score. */
export interface SampledSet {
  readonly name: string;
  readonly set: DigitSet;
  readonly density: EmpiricalDensity;
}

/** All training images in use. */
export const allImages = (resources: Resources): SampledSet => ({
  name: 'all training images',
  set: imagesOf(resources),
  density: digitReference(resources),
});

const subsets = new WeakMap<Resources, SampledSet>();

/** 4 images of 0, 8 of 1, ... 40 of 9: with labels far from uniform, and small enough for many samples. */
export function unequalImages(resources: Resources): SampledSet {
  const known = subsets.get(resources);
  if (known !== undefined) return known;
  const { images, labels, count } = imagesOf(resources);
  const d = resources.digits.dimension;
  const wanted = Array.from({ length: 10 }, (_, label) => 4 * (label + 1));
  const chosen = Array.from({ length: count }, (_, i) => i).filter((i) => wanted[labels[i]]-- > 0);
  const set: DigitSet = {
    images: Float32Array.from(chosen.flatMap((i) => Array.from(images.subarray(i * d, (i + 1) * d)))),
    labels: Uint8Array.from(chosen, (i) => labels[i]),
    count: chosen.length,
  };
  const made = { name: '220 training images', set, density: empiricalDensity(set.images, set.count, d) };
  subsets.set(resources, made);
  return made;
}

/** The share of each digit 0 to 9 in a set. */
export const labelFrequencies = ({ set }: SampledSet): number[] =>
  Array.from({ length: 10 }, (_, label) => set.labels.reduce((sum, l) => sum + (l === label ? 1 : 0), 0) / set.count);

/** Where and how images are sampled. */
export interface SampledSetting {
  readonly images: SampledSet;
  /** The sampler that is right. */
  readonly sampler: ImageSampler;
  readonly count: number;
  /** By how much a cell may not be off. */
  readonly discrepancy: number;
}

/** A sampler, and whether its last step is taken (it should be). */
export interface Run {
  readonly sampler: ImageSampler;
  readonly complete: boolean;
}

type Ends = Record<'end' | 'before', () => Nearest>;

const runs = new WeakMap<DigitSet, Map<string, Ends>>();

/** The nearest training images of a run; those who ask for the same run share it. */
function nearestOf({ images, count }: SampledSetting, { sampler, complete }: Run, options: MeasureOptions): Nearest {
  const { seed, path } = options;
  // The measurements of a setting look at the same samples: the last name of the path is that of the measurement.
  const stream = [...path.slice(0, -1), 'samples'];
  const key = JSON.stringify([seed, stream, sampler, count]);
  const known = runs.get(images.set) ?? new Map<string, Ends>();
  runs.set(images.set, known);
  const ends = known.get(key) ?? endsOf(images, sampler, count, randomStream(seed, ...stream));
  known.set(key, ends);
  return complete ? ends.end() : ends.before();
}

function endsOf({ set, density }: SampledSet, sampler: ImageSampler, count: number, random: Random): Ends {
  const { end, before } = sampleImages((x, sigma) => density.score(x, sigma), sampler, count, random);
  const values = { end: end.dataSync<'float32'>(), before: before.dataSync<'float32'>() };
  end.dispose();
  before.dispose();
  const nearest = (x: Float32Array): (() => Nearest) => once(() => nearestImages(x, set, density));
  return { end: nearest(values.end), before: nearest(values.before) };
}

/** Several images compete early on, which the linear recursion does not know: what that moves the final scale is well below this. */
const ENDS_ALLOWED = 0.05;
const ENDS_DISCREPANCY = 0.2;

/** The samples lie at training images, up to the noise that the sampler leaves: E‖x − xᵢ‖²/(d σ²) as its own recursion has it. */
export const endsAtImages = (setting: SampledSetting, run: Run): Measurement => ({
  name: 'distance to the nearest training image',
  measure: (options) => {
    const { squares, images } = nearestOf(setting, run, options);
    const d = images.length / squares.length;
    const { sigmaMin, sigmaMax, steps } = run.sampler;
    const expected = endVariance({ ...setting.sampler, sigmaMin, sigmaMax, steps }) * sigmaMin ** 2;
    const ratios = squares.map((square) => square / (d * expected) - 1);
    const n = squares.length;
    const test: MeanTest = {
      delta0: ENDS_ALLOWED,
      delta1: ENDS_DISCREPANCY,
      // A chi-square law of d degrees over d has the variance 2/d; twice that for what the competition of images adds.
      variance: 4 / d,
      alpha: options.alpha,
      beta: options.beta,
      looks: [n],
    };
    const decision = lookAt(ratios, n, test);
    const { estimate, halfWidth } = interval(ratios, n, test);
    return {
      method: 'sampler',
      compared: 'mean of ‖x − xᵢ‖² over the variance that the sampler leaves around one image, less 1',
      residual: Math.abs(estimate),
      tolerance: ENDS_ALLOWED + halfWidth,
      resolution: resolutionAt(n, test),
      scale: 1,
      verdict: decision === 'continue' ? 'inconclusive' : decision,
      samples: n,
      comparisons: 1,
      seed: [options.seed, ...options.path].join('/'),
    };
  },
});

/** Cells of equal size in the order of ink: what the start or the score prefers shows there. */
const BINS = 16;

/** The nearest training index is uniform. */
export const indexIsUniform = (setting: SampledSetting, run: Run): Measurement => ({
  name: 'training index',
  measure: (options) => {
    const { index } = nearestOf(setting, run, options);
    const { set } = setting.images;
    const binOf = (place: number): number => Math.floor((place * BINS) / set.count);
    const places = placesByInk(set);
    const sizes = tally(
      Array.from({ length: set.count }, (_, place) => binOf(place)),
      BINS,
    );
    return frequencyEvidence(
      {
        name: `the nearest training index, in ${BINS} bins by amount of ink`,
        counts: tally(
          index.map((i) => binOf(places[i])),
          BINS,
        ),
        probabilities: sizes.map((size) => size / set.count),
        discrepancy: setting.discrepancy,
        note: `${new Set(index).size} different training images in ${index.length} samples; ${(set.count * (1 - (1 - 1 / set.count) ** index.length)).toFixed(1)} are expected of uniform draws.`,
      },
      options,
    );
  },
});

/** The labels of the nearest training images have these frequencies. */
export const labelsFollow = (setting: SampledSetting, run: Run, labels: readonly number[]): Measurement => ({
  name: 'labels',
  measure: (options) => {
    const { index } = nearestOf(setting, run, options);
    const counts = tally(
      index.map((i) => setting.images.set.labels[i]),
      10,
    );
    const { discrepancy } = setting;
    return frequencyEvidence({ name: 'the labels', counts, probabilities: labels, discrepancy }, options);
  },
});

/** Samples per block of the rank test. */
const BLOCK = 12;

/** Blocks of samples cannot be told from blocks of uniform training images by their energy distance to the training set. */
export const blocksAreAlike = (setting: SampledSetting, run: Run): Measurement => ({
  name: 'blocks',
  measure: (options) => {
    const { index } = nearestOf(setting, run, options);
    const { set } = setting.images;
    const energy = energyDistance(set);
    const random = randomStream(options.seed, ...options.path, 'reference blocks');
    return rankEvidence(
      {
        name: `energy distance of ${BLOCK} samples to the training set`,
        blocks: Array.from({ length: Math.floor(index.length / BLOCK) }, (_, b) =>
          energy(index.slice(b * BLOCK, (b + 1) * BLOCK)),
        ),
        reference: () => energy(Array.from({ length: BLOCK }, () => random.index(set.count))),
      },
      options,
    );
  },
});

function tally(values: readonly number[], cells: number): number[] {
  const counts = new Array<number>(cells).fill(0);
  for (const value of values) counts[value]++;
  return counts;
}

/** For each image its place in the order of ‖x‖². */
function placesByInk({ images, count }: DigitSet): number[] {
  const d = images.length / count;
  const ink = Array.from({ length: count }, (_, i) =>
    images.subarray(i * d, (i + 1) * d).reduce((sum, v) => sum + v * v, 0),
  );
  const places = new Array<number>(count);
  ink
    .map((_, i) => i)
    .sort((i, j) => ink[i] - ink[j] || i - j)
    .forEach((i, place) => (places[i] = place));
  return places;
}

const energies = new WeakMap<DigitSet, (block: readonly number[]) => number>();

/** 2 E‖X − Y‖ − E‖X − X′‖ with X, X′ from a block of indices and Y from the set (Székely & Rizzo 2013), but for a constant. */
function energyDistance(set: DigitSet): (block: readonly number[]) => number {
  const known = energies.get(set);
  if (known !== undefined) return known;
  const { images, count } = set;
  const d = images.length / count;
  const distance = Array.from({ length: count }, () => new Float64Array(count));
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      let square = 0;
      for (let k = 0; k < d; k++) square += (images[i * d + k] - images[j * d + k]) ** 2;
      distance[i][j] = distance[j][i] = Math.sqrt(square);
    }
  }
  const toSet = distance.map((row) => row.reduce((sum, value) => sum + value, 0) / count);
  const energy = (block: readonly number[]): number => {
    let inside = 0;
    for (const i of block) for (const j of block) inside += distance[i][j];
    return (2 * block.reduce((sum, i) => sum + toSet[i], 0)) / block.length - inside / block.length ** 2;
  };
  energies.set(set, energy);
  return energy;
}
