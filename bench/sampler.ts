import type { Digits } from '../reference/data/digits.js';
import { empiricalDensity } from '../reference/densities/empirical.js';
import { imageSampler, nearestImages, sampleImages } from '../src/claims/on-digits/sampling.js';
import { randomStream } from '../src/numerics/random.js';
import { tf } from '../src/tensorflow/tensorflow.js';
import { median } from './timing.js';
import { startTorch } from './torch.js';

const count = 256;
const steps = 100;
/** Progress goes to standard error each time so many steps are done, on both sides. */
const REPORTED = 10;

/**
 * Times the reverse SDE with the exact score of all training images, 256 samples in 100 steps, against the same loop in PyTorch on the same cores, taking turns. Both
 * are first run for two steps, unmeasured. Says for both how far the samples lie from training images, so that both do the same.
 */
export async function benchSampler(digits: Digits, repeats: number, print: (line: string) => void): Promise<void> {
  const { train, dimension } = digits;
  const density = empiricalDensity(train.images, train.count, dimension);
  const torch = await startTorch(train.images, dimension, print);
  const sampler = imageSampler('reverse SDE', steps);
  const ends: Record<'ours' | 'torch', Float32Array> = { ours: new Float32Array(), torch: new Float32Array() };
  const ours = (taken: number): number => {
    const start = performance.now();
    let done = 0;
    const run = sampleImages(
      (x, sigma) => {
        if (++done % REPORTED === 0) console.error(`  here     ${done} of ${taken} steps`);
        return density.score(x, sigma);
      },
      { ...sampler, steps: taken },
      count,
      randomStream(taken),
    );
    ends.ours = run.end.dataSync<'float32'>();
    const time = performance.now() - start;
    tf.dispose([run.end, run.before]);
    return time;
  };
  const theirs = (taken: number) => torch?.sample({ ...sampler, count, steps: taken })();

  ours(2);
  await theirs(2);
  const times: { ours: number[]; torch: number[] } = { ours: [], torch: [] };
  for (let turn = 0; turn < repeats; turn++) {
    times.ours.push(ours(steps));
    const time = await theirs(steps);
    if (time !== undefined) times.torch.push(time);
  }
  if (torch !== undefined) ends.torch = await torch.lastScore();
  torch?.stop();

  const distance = (x: Float32Array): string => {
    const { squares } = nearestImages(x, train, density);
    return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / x.length).toFixed(4);
  };
  print(
    `Reverse SDE with the exact score of ${train.count} digits: ${count} samples, ${steps} steps; median of ${repeats}.`,
  );
  print(
    `  here     ${(median(times.ours) / 1000).toFixed(1)} s, pixels off the nearest training image by ${distance(ends.ours)}`,
  );
  if (torch !== undefined) {
    print(`  PyTorch  ${(median(times.torch) / 1000).toFixed(1)} s, off by ${distance(ends.torch)}`);
    print(`  PyTorch takes ${(median(times.torch) / median(times.ours)).toFixed(2)} times as long`);
  }
  density.dispose();
}
