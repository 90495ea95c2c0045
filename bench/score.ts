import type { Digits } from '../reference/data/digits.js';
import { empiricalDensity } from '../reference/densities/empirical.js';
import { tf, type Tensor2D } from '../src/tensorflow/tensorflow.js';
import { batches, noisyBatch, sigmas } from './batches.js';
import { alternate, here, type Timed } from './timing.js';
import { startTorch, type Torch } from './torch.js';

/**
 * Times the exact score of the smoothed training set against the plain products of the same shapes on the same backend,
 * x Xᵀ of [B, d] and [d, N] and its product with X of [N, d], which is all that a score without weights and re-evaluation would compute,
 * and against the same score in PyTorch. Results are read back in all cases. Prints a row as soon as it is known.
 */
export async function benchScore(digits: Digits, repeats: number, print: (line: string) => void): Promise<void> {
  const { train, test, dimension } = digits;
  const density = empiricalDensity(train.images, train.count, dimension);
  const data = tf.tensor2d(train.images, [train.count, dimension]);
  const torch = await startTorch(train.images, dimension, print);

  print(`Exact score of ${train.count} digits, d = ${dimension}; medians of ${repeats} alternating runs, in ms.`);
  print(
    '"rate" is the rate of the score relative to both plain products (and to the first alone); "PyTorch" how many times faster.',
  );
  print(row(['batch', 'sigma', 'score', 'products', 'first', 'rate', '(first)', 'torch', 'PyTorch']));
  for (const batch of batches) {
    for (const sigma of sigmas) {
      const x = noisyBatch(test, batch, sigma);
      const tasks: Record<'score' | 'products' | 'first', Timed> = {
        score: here(() => readOnce(() => density.score(x, sigma))),
        products: here(() => readOnce(() => tf.matMul(tf.matMul(x, data, false, true), data))),
        first: here(() => tf.matMul(x, data, false, true).dispose()),
      };
      const [times, agreement] =
        torch === undefined
          ? [{ ...(await alternate(tasks, repeats)), torch: undefined }, '']
          : [
              await alternate({ ...tasks, torch: await torch.score(x.dataSync<'float32'>(), sigma) }, repeats),
              await disagreement(torch, density.score(x, sigma)),
            ];
      print(
        row([
          batch,
          sigma,
          times.score.toFixed(0),
          times.products.toFixed(0),
          times.first.toFixed(0),
          (times.products / times.score).toFixed(2),
          (times.first / times.score).toFixed(2),
          times.torch?.toFixed(0) ?? '-',
          times.torch === undefined ? '-' : (times.torch / times.score).toFixed(2),
        ]) + agreement,
      );
      x.dispose();
    }
  }
  torch?.stop();
  data.dispose();
  density.dispose();
}

function readOnce(make: () => Tensor2D): void {
  const tensor = tf.tidy(make);
  tensor.dataSync();
  tensor.dispose();
}

/** The largest difference between the two scores relative to the largest entry: that both compute the same. Float32 without re-evaluation errs at small sigma. */
async function disagreement(torch: Torch, score: Tensor2D): Promise<string> {
  const ours = score.dataSync<'float32'>();
  score.dispose();
  const theirs = await torch.lastScore();
  let difference = 0;
  let largest = 0;
  for (let k = 0; k < ours.length; k++) {
    difference = Math.max(difference, Math.abs(ours[k] - theirs[k]));
    largest = Math.max(largest, Math.abs(ours[k]));
  }
  return `  scores differ by ${(difference / largest).toExponential(0)} of the largest entry`;
}

const row = (cells: readonly (string | number)[]): string => cells.map((cell) => String(cell).padStart(9)).join('');
