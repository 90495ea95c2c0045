import { expect, it } from 'vitest';
import { systemMounts } from '../../src/sandbox/bubblewrap.js';

it('shows a child the libraries of Node, and none that an addon of this process has brought in', async () => {
  const before = systemMounts();
  expect(before.length).toBeGreaterThan(2);
  // Natively this loads an addon and the library of TensorFlow, from the user's cache.
  const { backend } = await import('../../src/tensorflow/tensorflow.js');
  if (backend.name === 'native') {
    const { sharedObjects } = process.report.getReport() as unknown as { sharedObjects: string[] };
    expect(sharedObjects.some((file) => file.includes('libtensorflow'))).toBe(true);
  }
  expect(systemMounts()).toEqual(before);
});
