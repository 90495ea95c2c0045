import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { IdxError } from '../../../reference/data/idx-error.js';

/** An IDX file of unsigned bytes, written here a second time, independently of the reader. */
export function idxBytes(shape: readonly number[], data: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  shape.forEach((size, axis) => header.writeUInt32BE(size, 4 + 4 * axis));
  return Buffer.concat([header, data]);
}

/** An empty folder for the running test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'scorecheck-data-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The IdxError that `read` throws; anything else fails the test. */
export function refusal(read: () => unknown): IdxError {
  try {
    read();
  } catch (error) {
    if (error instanceof IdxError) return error;
    throw error;
  }
  throw new Error('Expected an IdxError, but the file was accepted.');
}
