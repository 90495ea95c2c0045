import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode, wireLimits, WireProblem } from '../../src/sandbox/codec.js';
import { frame, headerBytes } from '../../src/sandbox/frame.js';
import { assembler } from '../../src/sandbox/incoming.js';
import { sizeOf, type TensorValue } from '../../src/sandbox/tensor-value.js';
import { record, type Value } from '../../src/sandbox/value.js';
import { linear } from './programs.js';

const { question, answer } = wireLimits;
const bytesOf = (value: Value): Uint8Array => Buffer.concat(encode(value));

const name = fc.string({ maxLength: 8 }).filter((key) => !['__proto__', 'constructor', 'prototype'].includes(key));

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
// The largest of these shapes has 4⁴ numbers.
const tensorValue = fc
  .tuple(
    fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }),
    fc.constantFrom('float32', 'int32', 'bool'),
    fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 256, maxLength: 256 }),
  )
  .map(([shape, dtype, numbers]): TensorValue => {
    const data = numbers.slice(0, sizeOf(shape));
    if (dtype === 'float32') return { kind: 'tensor', shape, dtype, data: Float32Array.from(data, (x) => x / 7) };
    if (dtype === 'int32') return { kind: 'tensor', shape, dtype, data: Int32Array.from(data) };
    return { kind: 'tensor', shape, dtype, data: Uint8Array.from(data, (x) => x & 1) };
  });
const { value: anyValue } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false),
    finite,
    fc.string({ unit: 'grapheme' }),
    fc.uint8Array({ maxLength: 20 }),
    tensorValue,
    fc.nat().map((id) => ({ kind: 'handle' as const, id })),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4 }).map(record),
  ),
}));

describe('a value', () => {
  it('comes back as it was, from any offset of a larger buffer', () => {
    fc.assert(
      fc.property(anyValue, fc.integer({ min: 0, max: 7 }), (value, offset) => {
        const bytes = bytesOf(value);
        const moved = Buffer.concat([new Uint8Array(offset), bytes]).subarray(offset);
        expect(decode(moved, answer)).toEqual(value);
      }),
    );
  });

  it('shares no memory with the bytes that it was read from', () => {
    const bytes = bytesOf([
      { kind: 'tensor', shape: [2], dtype: 'float32', data: Float32Array.of(1, 2) },
      Uint8Array.of(3),
    ]);
    const value = decode(bytes, answer);
    bytes.fill(0);
    expect(value).toEqual([
      { kind: 'tensor', shape: [2], dtype: 'float32', data: Float32Array.of(1, 2) },
      Uint8Array.of(3),
    ]);
  });

  it('of many numbers is read where it lies, or copied where an offset does not allow that', () => {
    const data = Float32Array.from({ length: 20_000 }, (_, i) => i / 3);
    const value = ['some text', { kind: 'tensor', shape: [200, 100], dtype: 'float32', data }] as const;
    const bytes = bytesOf(value);
    for (const [offset, inPlace] of [
      [0, true],
      [4, true],
      [3, false],
    ] as const) {
      const buffer = new Uint8Array(offset + bytes.length);
      buffer.set(bytes, offset);
      const decoded = decode(buffer.subarray(offset), answer);
      expect(decoded).toEqual(value);
      expect((decoded as readonly [string, TensorValue])[1].data.buffer === buffer.buffer).toBe(inPlace);
    }
  });

  it('has zero bytes and nothing else before the elements of a tensor', () => {
    const bytes = Uint8Array.from(bytesOf({ kind: 'tensor', shape: [1], dtype: 'float32', data: Float32Array.of(7) }));
    const padding = bytes.length - 5;
    expect(bytes[padding]).toBe(0);
    bytes[padding] = 1;
    expect(() => decode(bytes, answer)).toThrow('Expected zero bytes before the elements at value, got others.');
  });

  it('with a program or a stream is a question and no answer', () => {
    const values: Value[] = [linear, { kind: 'random', key: [1, -2, 3, -4] }];
    for (const each of values) {
      expect(decode(bytesOf(each), question)).toEqual(each);
      expect(() => decode(bytesOf([each]), answer)).toThrow(/^Expected data at value\[0\], got a /);
    }
  });

  it('is refused with the place where it stops being one', () => {
    const cases: [Value, string][] = [
      [[1, record({ mean: NaN })], 'Expected a finite number at value[1].mean, got NaN.'],
      [Infinity, 'Expected a finite number at value, got Infinity.'],
      [
        { kind: 'tensor', shape: [2, 2], dtype: 'float32', data: Float32Array.of(0, 1, -Infinity, 2) },
        'Expected finite numbers at value, got -Infinity at [1, 0] of shape [2, 2].',
      ],
      [
        { kind: 'tensor', shape: [1], dtype: 'bool', data: Uint8Array.of(2) },
        'Expected booleans at value, got other bytes.',
      ],
      ['x'.repeat(100_001), 'Expected a text of at most 100000 bytes at value, got 100001 bytes.'],
      [Array(100_000).fill(0), 'Expected at most 100000 values at value[99999], got more.'],
    ];
    for (const [value, message] of cases) expect(() => decode(bytesOf(value), answer)).toThrow(message);
  });

  it('that nests deeper than the limit is refused', () => {
    let value: Value = 1;
    for (let i = 0; i < answer.depth + 1; i++) value = [value];
    expect(() => decode(bytesOf(value), answer)).toThrow(`Expected at most ${answer.depth} levels`);
  });
});

describe('bytes that nobody vouches for', () => {
  const readable = (bytes: Uint8Array): void => {
    try {
      decode(bytes, answer);
    } catch (error) {
      // Nothing else is thrown: no RangeError of an array, no TypeError.
      expect(error).toBeInstanceOf(WireProblem);
    }
  };

  it('are a value or a WireProblem, whatever they are', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), readable), { numRuns: 2000 });
  });

  it('are a value or a WireProblem after a change to a value: a byte, an end, a length', () => {
    fc.assert(
      fc.property(anyValue, fc.nat(), fc.integer({ min: 0, max: 255 }), fc.nat(), (value, at, byte, end) => {
        const bytes = Uint8Array.from(bytesOf(value));
        bytes[at % bytes.length] = byte;
        readable(bytes.subarray(0, end % (bytes.length + 1)));
        readable(bytes);
      }),
      { numRuns: 1000 },
    );
  });

  it('that announce much are refused before anything of that size is made', () => {
    const huge = 0xffffffff;
    const uint32 = (...numbers: number[]): number[] => [...new Uint8Array(Uint32Array.from(numbers).buffer)];
    const before = process.memoryUsage().rss;
    for (const bytes of [
      [4, ...uint32(huge)], // text
      [5, ...uint32(huge)], // bytes
      [6, ...uint32(huge)], // list
      [7, ...uint32(huge)], // record
      [8, ...uint32(0, 6, huge, huge, huge, huge, huge, huge)], // tensor of 2^192 numbers
      [8, ...uint32(0, huge)], // tensor of 2^32 axes
      [8, ...uint32(0, 2, 0, huge), 1], // an empty tensor and a byte too many
    ]) {
      expect(() => decode(Uint8Array.from(bytes), answer)).toThrow(WireProblem);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(50e6);
  });

  it('with a name twice, or with a name that means something to JavaScript, are refused', () => {
    const fields = (...names: string[]): Uint8Array =>
      Buffer.concat([
        Uint8Array.of(7, names.length, 0, 0, 0),
        ...names.map((each) => Buffer.concat([bytesOf(each), Uint8Array.of(0)])),
      ]);
    expect(decode(fields('a', 'b'), answer)).toEqual(record({ a: null, b: null }));
    for (const names of [['a', 'a'], ['__proto__'], ['constructor'], ['prototype']]) {
      expect(() => decode(fields(...names), answer)).toThrow('names that are ordinary and differ');
    }
  });
});

describe('frames', () => {
  it('come whole out of pieces of any size', () => {
    fc.assert(
      fc.property(
        fc.array(anyValue, { maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        (values, sizes) => {
          let turn = 0;
          const bytes = Buffer.concat(values.flatMap((each, i) => frame('answer', i, each)));
          const assemble = assembler(() => bytes.length);
          const got: Value[] = [];
          for (let at = 0; at < bytes.length;) {
            const size = sizes[turn++ % sizes.length];
            const arrived = assemble(bytes.subarray(at, at + size));
            at += size;
            if (typeof arrived === 'string') throw new Error(arrived);
            for (const { type, id, bytes: inside } of arrived) {
              expect([type, id]).toEqual(['answer', got.length]);
              got.push(decode(inside, answer));
            }
          }
          expect(got).toEqual(values);
        },
      ),
    );
  });

  it('larger than the limit, or without the magic number, are refused at the header', () => {
    const [first = new Uint8Array()] = frame('answer', 1, 'x'.repeat(1000));
    expect(assembler(() => 100)(first.subarray(0, headerBytes))).toBe('answer-size');
    expect(assembler(() => 100)(new Uint8Array(headerBytes))).toBe('protocol');
  });
});
