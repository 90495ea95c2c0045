import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIdx, readIdx } from '../../../reference/data/idx.js';
import { IdxError } from '../../../reference/data/idx-error.js';
import { idxBytes, refusal, temporaryFolder } from './idx-bytes.js';

const parameters = { seed: 3, numRuns: 300 };

/** A shape of 1 to 4 axes, and data that fill it. */
const arrays = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }).chain((shape) => {
  const size = shape.reduce((product, each) => product * each, 1);
  return fc.record({ shape: fc.constant(shape), data: fc.uint8Array({ minLength: size, maxLength: size }) });
});

describe('parseIdx', () => {
  it('gives back what was written', () => {
    fc.assert(
      fc.property(arrays, ({ shape, data }) => {
        const read = parseIdx(idxBytes(shape, data), 'a.idx', shape);
        expect(read.shape).toEqual(shape);
        expect([...read.data]).toEqual([...data]);
      }),
      parameters,
    );
  });

  it('refuses each file that is cut short, at its end', () => {
    fc.assert(
      fc.property(arrays, fc.nat(), ({ shape, data }, cut) => {
        const bytes = idxBytes(shape, data);
        const length = cut % bytes.length;
        expect(refusal(() => parseIdx(bytes.subarray(0, length), 'a.idx')).offset).toBe(length);
      }),
      parameters,
    );
  });

  it('refuses each file with more behind, where it should end', () => {
    fc.assert(
      fc.property(arrays, fc.uint8Array({ minLength: 1, maxLength: 9 }), ({ shape, data }, more) => {
        const bytes = idxBytes(shape, data);
        expect(refusal(() => parseIdx(Buffer.concat([bytes, more]), 'a.idx')).offset).toBe(bytes.length);
      }),
      parameters,
    );
  });

  it('refuses each header with one other byte, even where the shape is not known', () => {
    fc.assert(
      fc.property(arrays, fc.nat(), fc.integer({ min: 1, max: 255 }), ({ shape, data }, where, change) => {
        const bytes = idxBytes(shape, data);
        const index = where % (4 + 4 * shape.length);
        bytes[index] ^= change;
        const { offset } = refusal(() => parseIdx(bytes, 'a.idx'));
        expect(Number.isInteger(offset) && offset >= 0).toBe(true);
        if (index < 3) expect(offset).toBe(index);
      }),
      parameters,
    );
  });

  it('never fails in another way, whatever the bytes', () => {
    const almost = fc.uint8Array({ maxLength: 40 }).map((rest) => Uint8Array.from([0, 0, 8, ...rest]));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 40 }), almost), (bytes) => {
        try {
          parseIdx(bytes, 'a.idx');
        } catch (error) {
          expect(error).toBeInstanceOf(IdxError);
        }
      }),
      parameters,
    );
  });

  it('does not believe sizes that the file cannot hold', () => {
    const terabyte = idxBytes([1e6, 1000, 1000], new Uint8Array(5));
    expect(refusal(() => parseIdx(terabyte, 'a.idx')).message).toBe(
      'a.idx: expected 1000000000000 bytes of data for shape [1000000, 1000, 1000], found the end of the file after 5 of them, at byte 21. Fetch the file again.',
    );
    const axes = Array.from({ length: 255 }, () => 2 ** 32 - 1);
    expect(refusal(() => parseIdx(idxBytes(axes, new Uint8Array(5)), 'a.idx')).offset).toBe(4 + 4 * 255 + 5);
  });

  it.each([
    ['another rank', [2, 3], 3, 'rank 3, shape [2, 3, 1]', 'rank 2'],
    ['another first size', [3, 3, 1], 4, 'size 2 for axis 0', '3'],
    ['another last size', [2, 3, 2], 12, 'size 1 for axis 2', '2'],
    ['a size of zero', [2, 0, 1], 8, 'a size above 0 for axis 1', '0'],
  ])('names the byte of %s', (_, shape, offset, expected, found) => {
    const size = shape.reduce((product, each) => product * each, 1);
    const error = refusal(() => parseIdx(idxBytes(shape, new Uint8Array(size)), 'a.idx', [2, 3, 1]));
    expect({ offset: error.offset, expected: error.expected, found: error.found }).toEqual({ offset, expected, found });
  });

  it('names the type of data that it does not read, and files of other kinds', () => {
    expect(refusal(() => parseIdx(Uint8Array.from([0, 0, 0x0d, 1]), 'a.idx')).found).toBe('0x0d (32-bit floats)');
    expect(refusal(() => parseIdx(Buffer.from('<!doctype html>'), 'a.idx')).found).toContain('web page');
    expect(refusal(() => parseIdx(Buffer.from('PK\u0003\u0004'), 'a.idx')).found).toContain('ZIP');
  });
});

describe('readIdx', () => {
  const shape = [7, 5];
  const plain = idxBytes(
    shape,
    Uint8Array.from({ length: 35 }, (_, i) => (i * i) % 251),
  );
  const packed = gzipSync(plain);

  const written = (bytes: Uint8Array): string => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, bytes);
    return path;
  };

  it('reads plain and gzipped files alike, whatever their names', () => {
    for (const bytes of [plain, packed]) expect(Buffer.from(readIdx(written(bytes), { shape }).file)).toEqual(plain);
  });

  it('refuses a gzip stream cut anywhere, and says how far it came', () => {
    const path = written(packed);
    for (let length = 2; length < packed.length; length++) {
      writeFileSync(path, packed.subarray(0, length));
      const error = refusal(() => readIdx(path));
      expect(error.found).toBe('the end of the file');
      expect(error.offset).toBeLessThanOrEqual(plain.length);
    }
    // All but the checksum is there: all content came out.
    expect(refusal(() => readIdx(path)).offset).toBe(plain.length);
  });

  it('refuses a gzip stream with a changed byte, unless the content is the same (the header has a date)', () => {
    const path = written(packed);
    let refused = 0;
    for (let index = 0; index < packed.length; index++) {
      const changed = Buffer.from(packed);
      changed[index] ^= 0x55;
      writeFileSync(path, changed);
      try {
        expect(Buffer.from(readIdx(path).file)).toEqual(plain);
      } catch (error) {
        if (!(error instanceof IdxError)) throw error;
        refused++;
      }
    }
    // RFC 1952: only MTIME (4 bytes), XFL and OS may change without harm.
    expect(refused).toBeGreaterThanOrEqual(packed.length - 6);
  });

  it('refuses bytes behind the gzip stream', () => {
    const error = refusal(() => readIdx(written(Buffer.concat([packed, Buffer.alloc(9)]))));
    expect(error.found).toBe('9 bytes more');
    expect(error.offset).toBe(plain.length);
  });

  it('unpacks no more than a right file has', () => {
    const bomb = gzipSync(idxBytes([200_000_000], new Uint8Array(200_000_000)), { level: 1 });
    const before = process.memoryUsage().arrayBuffers;
    const error = refusal(() => readIdx(written(bomb), { shape: [1_000_000] }));
    expect(error.message).toContain('expected at most 1000008 unpacked bytes, found more, at byte 1000008.');
    // The bomb itself is 0.9 MB; its content would be 200 MB.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20e6);
  });

  it('refuses a file that is too large before it reads it', () => {
    expect(refusal(() => readIdx(written(new Uint8Array(5000)), { maxBytes: 1000 })).found).toBe(
      'a file of 5000 bytes',
    );
  });

  it('refuses what is no readable file: missing, a folder, a named pipe, a loop of links', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'folder'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    symlinkSync('loop', join(folder, 'loop'));
    const found = (name: string): string => refusal(() => readIdx(join(folder, name))).found;
    expect(found('missing')).toBe('none');
    expect(found('folder')).toBe('a folder');
    expect(found('pipe')).toBe('a special file');
    expect(found('loop')).toBe('an error of the system (ELOOP)');
  });
});
