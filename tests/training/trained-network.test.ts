import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDigits, type Digits } from '../../reference/data/digits.js';
import { networkFile, readNetwork, trainedNetwork, trainingSettings } from '../../src/training/trained-network.js';
import { testSeed } from '../seed.js';

const architecture = { fine: 4, fineBlocks: 1, coarse: 4, coarseBlocks: 1 };
const settings = { ...trainingSettings, steps: 26, batch: 4, seed: testSeed };
const all = loadDigits({});
const count = 300;
const { images, labels } = all.train;
const digits: Digits = { ...all, train: { images: images.subarray(0, count * 784), labels, count } };

const root = mkdtempSync(path.join(tmpdir(), 'scorecheck-training-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const options = (name: string) => ({ digits, folder: path.join(root, name), settings, architecture });

describe('trainedNetwork', () => {
  let whole: Awaited<ReturnType<typeof trainedNetwork>>;
  beforeAll(async () => {
    whole = await trainedNetwork(options('whole'));
  });

  it('goes on from its last checkpoint and comes to the same network', async () => {
    const interrupted = options('interrupted');
    const stop = ({ step }: { readonly step: number }): void => {
      if (step === 23) throw new Error('the end of the process');
    };
    await expect(trainedNetwork({ ...interrupted, progress: stop })).rejects.toThrow('the end of the process');
    const [checkpoint] = readdirSync(interrupted.folder);
    expect(checkpoint).toMatch(/\.checkpoint$/);

    const steps: number[] = [];
    const { from, network } = await trainedNetwork({ ...interrupted, progress: ({ step }) => void steps.push(step) });
    expect(from).toBe(20);
    expect(steps).toEqual([20, 21, 22, 23, 24, 25, 26]);
    // The native backend may add in another order when cores are busy; Adam turns a difference in the last bit into one of a few learning rates at most
    // where a gradient is all rounding. 26 steps of at most 2e-3 are 0.05.
    network.weights.forEach((weight, i) => expect(Math.abs(weight - whole.network.weights[i])).toBeLessThan(0.01));
    expect(readdirSync(interrupted.folder)).toEqual([path.basename(networkFile(interrupted))]);
  });

  it('finds what it has trained, and takes nothing that is damaged', async () => {
    const again = await trainedNetwork(options('whole'));
    expect(again.from).toBe(settings.steps);
    expect(again.network).toEqual(whole.network);

    const bytes = readFileSync(whole.file);
    bytes[bytes.length - 3] ^= 1;
    writeFileSync(whole.file, bytes);
    expect(readNetwork(whole.file)).toBeUndefined();
  });

  it('names a network by data, architecture, settings and seed', () => {
    const names = [
      options('a'),
      { ...options('a'), digits: { ...digits, digest: 'another' } },
      { ...options('a'), architecture: { ...architecture, fine: 5 } },
      { ...options('a'), settings: { ...settings, steps: 27 } },
      { ...options('a'), settings: { ...settings, seed: testSeed + 1 } },
    ].map(networkFile);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has weights that moved', () => {
    expect(whole.network.weights.some((weight) => weight !== 0)).toBe(true);
    expect(whole.network.weights.every(Number.isFinite)).toBe(true);
  });
});
