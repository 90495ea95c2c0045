import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { unpackGzip } from './gzip.js';
import { IdxError } from './idx-error.js';

/** An array of unsigned bytes as an IDX file holds it, last index fastest. */
export interface IdxArray {
  readonly shape: readonly number[];
  /** The entries [shape[0] * shape[1] * ...]: a view of `file`. */
  readonly data: Uint8Array;
  /** The whole unpacked file, header included: what published digests are of. */
  readonly file: Uint8Array;
}

/** Over five times the largest file of MNIST (47 MB): wide enough for any set of small images, and it fits in memory. */
const defaultMaxBytes = 256 * 2 ** 20;

const typeNames = new Map([
  [0x09, 'signed bytes'],
  [0x0b, '16-bit integers'],
  [0x0c, '32-bit integers'],
  [0x0d, '32-bit floats'],
  [0x0e, '64-bit floats'],
]);

/**
 * Reads an IDX file of unsigned bytes, plain or gzipped (told by its content, not by its name).
 *
 * `shape`: what the file must hold, if that is known. At most `maxBytes` unpacked bytes are read or unpacked; nothing is allocated by what a header claims.
 *
 * Source: the format's description at yann.lecun.com/exdb/mnist ("The IDX file format").
 *
 * @throws IdxError if the file is missing, unreadable, short, long, broken or of another type or shape.
 */
export function readIdx(
  path: string,
  { shape, maxBytes }: { shape?: readonly number[]; maxBytes?: number } = {},
): IdxArray {
  const limit = maxBytes ?? (shape === undefined ? defaultMaxBytes : idxSize(shape));
  return parseIdx(unpackGzip(readWhole(path, limit), path, limit), path, shape);
}

/** The size in bytes of an IDX file of unsigned bytes of this shape: 4 + 4 · rank + Π shape. */
export function idxSize(shape: readonly number[]): number {
  return 4 + 4 * shape.length + shape.reduce((product, size) => product * size, 1);
}

/**
 * The array in the unpacked bytes of an IDX file; `path` is named in errors.
 *
 * Sizes of zero are refused: then each header that differs in one byte from a right one is refused as well, because rank and sizes are tied to the length.
 *
 * @throws IdxError at the first byte that is not as it must be.
 */
export function parseIdx(file: Uint8Array, path: string, expectedShape?: readonly number[]): IdxArray {
  const refuse = (offset: number, expected: string, found: string, remedy = fetchAgain): never => {
    throw new IdxError({ path, offset, expected, found, remedy });
  };
  if (file.length < 4)
    refuse(file.length, 'the 4 bytes of the magic number', `the end of the file after ${file.length} bytes`);

  const [zero, zeroToo, type, rank] = [file[0], file[1], file[2], file[3]];
  if (zero !== 0) refuse(0, 'the magic number of an IDX file, which starts with 0x00', startsLike(file));
  if (zeroToo !== 0) refuse(1, 'the second byte of the magic number, 0x00', hex(zeroToo));
  if (type !== 0x08) {
    refuse(
      2,
      'type 0x08 (unsigned bytes)',
      `${hex(type)} (${typeNames.get(type) ?? 'no type of the format'})`,
      'Only files of unsigned bytes can be read here.',
    );
  }
  if (rank === 0) refuse(3, 'at least one axis', 'rank 0');
  if (expectedShape !== undefined && rank !== expectedShape.length) {
    refuse(
      3,
      `rank ${expectedShape.length}, shape [${expectedShape.join(', ')}]`,
      `rank ${rank}`,
      'Look whether images and labels were exchanged.',
    );
  }

  const headerLength = 4 + 4 * rank;
  if (file.length < headerLength)
    refuse(
      file.length,
      `a header of ${headerLength} bytes (rank ${rank})`,
      `the end of the file after ${file.length} bytes`,
    );
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  shape.forEach((size, axis) => {
    const expected = expectedShape?.[axis];
    if (size === 0) refuse(4 + 4 * axis, `a size above 0 for axis ${axis}`, '0');
    if (expected !== undefined && size !== expected)
      refuse(4 + 4 * axis, `size ${expected} for axis ${axis}`, `${size}`);
  });

  // Exact, as 255 sizes of 2^32 overflow a double.
  const claimed = shape.reduce((product, size) => product * BigInt(size), 1n);
  const present = BigInt(file.length - headerLength);
  if (present < claimed)
    refuse(
      file.length,
      `${claimed} bytes of data for shape [${shape.join(', ')}]`,
      `the end of the file after ${present} of them`,
    );
  if (present > claimed)
    refuse(
      headerLength + Number(claimed),
      `the end of the file, as shape [${shape.join(', ')}] has ${claimed} bytes of data`,
      `${present - claimed} bytes more`,
    );
  return { shape, data: file.subarray(headerLength), file };
}

const fetchAgain = 'Fetch the file again.';

function hex(byte: number): string {
  return `0x${byte.toString(16).padStart(2, '0')}`;
}

/** The first byte, and what such a file probably is. */
function startsLike(file: Uint8Array): string {
  const first = file[0];
  const guess =
    first === 0x3c
      ? ', like a web page in place of the file'
      : first === 0x50 && file[1] === 0x4b
        ? ', like a ZIP archive'
        : '';
  return `${hex(first)}${guess}`;
}

/** The bytes of a regular file, unless it is larger than a file of `limit` unpacked bytes can be. */
function readWhole(path: string, limit: number): Uint8Array {
  // Gzip makes what it cannot pack longer by 5 bytes in 16,383 and 18 at its ends (RFC 1951, 1952); 1 KiB leaves room for a name.
  const packedLimit = limit + Math.ceil(limit / 3000) + 1024;
  let descriptor: number | undefined;
  try {
    // Without O_NONBLOCK (Windows has none) a named pipe would be waited for without end.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const status = fstatSync(descriptor);
    if (!status.isFile()) {
      throw new IdxError({
        path,
        offset: 0,
        expected: 'a regular file',
        found: status.isDirectory() ? 'a folder' : 'a special file',
        remedy: 'Give the path of the file itself.',
      });
    }
    if (status.size > packedLimit) {
      throw new IdxError({
        path,
        offset: limit,
        expected: `at most ${limit} bytes`,
        found: `a file of ${status.size} bytes`,
        remedy: fetchAgain,
      });
    }
    return readFileSync(descriptor);
  } catch (error) {
    if (error instanceof IdxError) throw error;
    throw unreadable(path, error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function unreadable(path: string, cause: unknown): IdxError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  const missing = code === 'ENOENT' || code === 'ENOTDIR';
  return new IdxError({
    path,
    offset: 0,
    expected: 'a file',
    found: missing ? 'none' : `an error of the system (${code})`,
    remedy: missing ? 'Correct the path, or fetch the file.' : 'Look at the rights of the file and of its folder.',
    cause,
  });
}
