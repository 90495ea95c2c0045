import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadDigits } from '../../../reference/data/digits.js';
import { drawDigits } from '../../../reference/data/drawn-digits.js';
import { mnistFiles } from '../../../reference/data/mnist.js';
import { refusal, temporaryFolder } from './idx-bytes.js';

describe('loadDigits', () => {
  it('draws digits, and says so, where there is no MNIST', () => {
    const digits = loadDigits({}, join(temporaryFolder(), 'not-yet'));
    expect(digits.name).toBe('drawn digits, not MNIST');
    expect(digits.source).toBe('drawn by scorecheck, seed 20240917');
    expect(digits.digest).toBe('7f0d4bc4eb0f');
    expect([digits.train.count, digits.test.count]).toEqual([6000, 1000]);
    expect([digits.train.images.length, digits.test.images.length]).toEqual([6000 * 784, 1000 * 784]);
    expect([digits.side, digits.dimension]).toEqual([28, 784]);
  });

  it('scales bytes to [0, 1], rounded once to float32, and goes on with other digits in the test set', () => {
    const digits = loadDigits({});
    const bytes = drawDigits({ count: 1, seed: 20_240_917, first: 6000 });
    expect([...digits.test.images.subarray(0, 784)]).toEqual([...bytes.images].map((byte) => Math.fround(byte / 255)));
    expect(digits.test.labels[0]).toBe(bytes.labels[0]);
  });

  it('makes them once in a process', () => {
    expect(loadDigits({})).toBe(loadDigits({ MNIST_DIR: '' }, '/no/such/cache'));
  });

  it('never draws in place of a broken MNIST_DIR', () => {
    expect(refusal(() => loadDigits({ MNIST_DIR: '/no/such/folder' })).path).toContain('/no/such/folder');
  });

  it('says that the cache is incomplete', () => {
    const cache = temporaryFolder();
    writeFileSync(join(cache, mnistFiles.testLabels.name), 'x');
    const { name, source } = loadDigits({}, cache);
    expect(name).toBe('drawn digits, not MNIST');
    expect(source).toContain('the MNIST in the cache is incomplete: run `scorecheck data mnist` again');
  });

  it('refuses a complete cache with a broken file', () => {
    const cache = temporaryFolder();
    for (const { name } of Object.values(mnistFiles)) writeFileSync(join(cache, name), 'x');
    mkdirSync(join(cache, 'other'));
    expect(refusal(() => loadDigits({}, cache)).path).toBe(join(cache, mnistFiles.trainImages.name));
  });

  const given = process.env['MNIST_DIR'];
  if (given !== undefined && given !== '') {
    it('takes MNIST from MNIST_DIR before the cache, and from the cache before it draws', () => {
      const digits = loadDigits({ MNIST_DIR: given }, '/no/such/cache');
      expect(digits.name).toBe('MNIST');
      expect(digits.source).toContain('MNIST_DIR');
      expect([digits.train.count, digits.test.count]).toEqual([60_000, 10_000]);
      expect(digits.digest).toBe('06b0d1f124c4');
      expect(loadDigits({}, given)).toMatchObject({ name: 'MNIST', digest: digits.digest });
    });
  }
});
