import { loadDigits } from '../reference/data/digits.js';
import { empiricalDensity } from '../reference/densities/empirical.js';
import { mnistFolder } from '../reference/data/mnist-folder.js';
import { batches, noisyBatch, sigmas } from './batches.js';

// Run by memory.ts in a process of its own.
const { train, test, dimension } = loadDigits(process.env, mnistFolder(process.env));
const density = empiricalDensity(train.images, train.count, dimension);
for (const batch of batches) {
  for (const sigma of sigmas) {
    const x = noisyBatch(test, batch, sigma);
    for (let turn = 0; turn < 2; turn++) density.score(x, sigma).dispose();
    x.dispose();
  }
}
// maxRSS is in units of 1,024 bytes on every platform.
console.log(`${((process.resourceUsage().maxRSS * 1024) / 1e9).toFixed(2)} GB`);
