import { constants, gunzipSync, type Gunzip, type ZlibOptions } from 'node:zlib';
import { IdxError } from './idx-error.js';

/**
 * The content of a gzip stream of at most `limit` unpacked bytes; bytes that are no gzip stream come back as they are.
 *
 * @throws IdxError if the stream is broken, cut off, followed by other bytes, or unpacks to more than `limit` bytes (no more are ever unpacked).
 */
export function unpackGzip(bytes: Uint8Array, path: string, limit: number): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const refuse = (offset: number, expected: string, found: string, cause?: unknown): never => {
    throw new IdxError({ path, offset, expected, found, remedy: 'Fetch the file again.', cause });
  };
  try {
    const { buffer, packedLength } = gunzip(bytes, { maxOutputLength: limit });
    if (packedLength < bytes.length)
      refuse(buffer.length, 'the end of the file after the gzip stream', `${bytes.length - packedLength} bytes more`);
    return buffer;
  } catch (error) {
    if (error instanceof IdxError || !(error instanceof Error)) throw error;
    const code = 'code' in error ? error.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE') return refuse(limit, `at most ${limit} unpacked bytes`, 'more', error);
    const offset = intactLength(bytes, limit);
    if (code === 'Z_BUF_ERROR') return refuse(offset, 'the rest of the gzip stream', 'the end of the file', error);
    return refuse(offset, 'an intact gzip stream', `a broken one (${error.message})`, error);
  }
}

/** gunzipSync, with the number of packed bytes that it used: the `info` option, which Node documents and its types lack. */
function gunzip(bytes: Uint8Array, options: ZlibOptions): { buffer: Uint8Array; packedLength: number } {
  const { buffer, engine } = gunzipSync(bytes, { ...options, info: true }) as unknown as {
    buffer: Buffer;
    engine: Gunzip;
  };
  return { buffer, packedLength: engine.bytesWritten };
}

/**
 * How many bytes of a broken stream come out before the break is noticed, found by halving the packed bytes, since the synchronous interface
 * keeps nothing of a stream that fails. To within 1/4096 of the packed bytes, so that a large file takes 12 tries at most.
 */
function intactLength(bytes: Uint8Array, limit: number): number {
  const unpackedLength = (packedLength: number): number | undefined => {
    try {
      return gunzipSync(bytes.subarray(0, packedLength), {
        maxOutputLength: limit,
        finishFlush: constants.Z_SYNC_FLUSH,
      }).length;
    } catch {
      return undefined;
    }
  };
  let [good, bad] = [0, bytes.length + 1];
  let length = 0;
  while (bad - good > Math.max(1, bytes.length / 4096)) {
    const middle = Math.floor((good + bad) / 2);
    const unpacked = unpackedLength(middle);
    if (unpacked === undefined) bad = middle;
    else [good, length] = [middle, unpacked];
  }
  return length;
}
