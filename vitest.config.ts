import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// The published MNIST files beside the checkout are test data: used when they are there, never copied.
const sharedMnist = fileURLToPath(new URL('../shared/mnist', import.meta.url));
const mnistDir = process.env['MNIST_DIR'] ?? (existsSync(sharedMnist) ? sharedMnist : undefined);

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    pool: 'forks', // the native addon of TensorFlow.js is not safe to load in worker threads
    maxWorkers: 2,
    testTimeout: 180_000, // a guard against what hangs; nothing takes a third of it on two quiet cores
    hookTimeout: 120_000,
    env: { ...(mnistDir === undefined ? {} : { MNIST_DIR: mnistDir }), TF_CPP_MIN_LOG_LEVEL: '2' },
  },
});
