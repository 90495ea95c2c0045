import type { StreamKey } from '../numerics/random.js';
import { operations, stepProblem, type Operation, type Program, type Signature, type Step } from './program.js';
import { dtypes, sizeOf, type TensorValue } from './tensor-value.js';
import { isKind, type Value } from './value.js';

/** What a reader takes at most; checked before anything of that size is allocated. */
export interface WireLimits {
  /** Nesting of lists and records. */
  readonly depth: number;
  /** Values in all, a tensor being one. */
  readonly values: number;
  /** Bytes of one string. */
  readonly stringBytes: number;
  /** Whether programs, streams and functions of the child may occur: `question` has programs and random, `answer` has handles. */
  readonly side: 'question' | 'answer';
}

/** Limits of what the child reads and of what the parent reads. */
export const wireLimits = {
  question: { depth: 32, values: 1_000_000, stringBytes: 16_000_000, side: 'question' },
  answer: { depth: 16, values: 100_000, stringBytes: 100_000, side: 'answer' },
} as const satisfies Record<string, WireLimits>;

/** Thrown by `decode` for bytes that are no value of the schema: what was expected, what was found, and where. */
export class WireProblem extends Error {
  override readonly name = 'WireProblem';
  readonly path: string;
  readonly expected: string;
  readonly got: string;
  readonly notFinite?: { readonly shape: readonly number[]; readonly index: readonly number[] };

  constructor(path: string, expected: string, got: string, notFinite?: WireProblem['notFinite']) {
    super(`Expected ${expected} at ${path}, got ${got}.`);
    this.path = path;
    this.expected = expected;
    this.got = got;
    if (notFinite !== undefined) this.notFinite = notFinite;
  }
}

const tags = {
  null: 0,
  false: 1,
  true: 2,
  number: 3,
  string: 4,
  bytes: 5,
  list: 6,
  record: 7,
  tensor: 8,
  random: 9,
  program: 10,
  handle: 11,
  integer: 12,
} as const;

/** The bytes of a value, in pieces to be written one after the other. Numbers are little-endian, as are all processors that TensorFlow.js runs on. */
export function encode(value: Value): Uint8Array[] {
  const writer = new Writer();
  writer.value(value);
  return writer.end();
}

/** Arrays from this size on are not copied: they are pieces of their own where they are written, and views of the frame where they are read. */
const largeBytes = 65_536;

/** The elements of a tensor begin at a multiple of so many bytes from the start of the value, so that they can be read where they lie. */
const alignment = 4;

/** How many zero bytes come before elements that would begin at `at`. */
const paddingAt = (at: number): number => (alignment - (at % alignment)) % alignment;

/** Puts the small parts of a value together. */
class Writer {
  #parts: Uint8Array[] = [];
  #buffer = Buffer.alloc(1024);
  #at = 0;
  /** Bytes in the parts that are done. */
  #before = 0;

  value(value: Value): void {
    if (value === null) this.#tag(tags.null);
    else if (typeof value === 'boolean') this.#tag(value ? tags.true : tags.false);
    else if (typeof value === 'number') {
      this.#tag(tags.number);
      this.#at = this.#room(8).writeDoubleLE(value, this.#at);
    } else if (typeof value === 'string') this.#text(value);
    else if (value instanceof Uint8Array) {
      this.#tag(tags.bytes, value.length);
      this.#data(value);
    } else if (isList(value)) {
      this.#tag(tags.list, value.length);
      for (const each of value) this.value(each);
    } else if (isKind(value, 'tensor')) {
      const { data, dtype, shape } = value;
      this.#tag(tags.tensor, dtypes.indexOf(dtype), shape.length, ...shape);
      this.#data(new Uint8Array(paddingAt(this.#before + this.#at)));
      this.#data(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    } else if (isKind(value, 'random')) this.#tag(tags.random, ...value.key);
    else if (isKind(value, 'handle')) this.#tag(tags.handle, value.id);
    else if (isKind(value, 'integer')) {
      this.#tag(tags.integer);
      this.#at = this.#room(8).writeDoubleLE(value.value, this.#at);
    } else if (isKind(value, 'program')) {
      this.#tag(tags.program);
      this.value(programToList(value));
    } else {
      const fields = Object.entries(value.fields);
      this.#tag(tags.record, fields.length);
      for (const [key, field] of fields) {
        this.#text(key);
        this.value(field);
      }
    }
  }

  end(): Uint8Array[] {
    this.#flush();
    return this.#parts;
  }

  #tag(tag: number, ...numbers: readonly number[]): void {
    const buffer = this.#room(1 + 4 * numbers.length);
    this.#at = buffer.writeUInt8(tag, this.#at);
    for (const each of numbers) this.#at = buffer.writeUInt32LE(each >>> 0, this.#at);
  }

  #text(text: string): void {
    const utf8 = Buffer.from(text, 'utf8');
    this.#tag(tags.string, utf8.length);
    this.#data(utf8);
  }

  #data(data: Uint8Array): void {
    if (data.length >= largeBytes) {
      this.#flush();
      this.#parts.push(data);
      this.#before += data.length;
    } else {
      this.#room(data.length).set(data, this.#at);
      this.#at += data.length;
    }
  }

  #flush(): void {
    this.#parts.push(this.#buffer.subarray(0, this.#at));
    this.#before += this.#at;
    this.#buffer = Buffer.alloc(1024);
    this.#at = 0;
  }

  /** The buffer with `count` more bytes at `#at`. */
  #room(count: number): Buffer {
    if (this.#at + count > this.#buffer.length) {
      const larger = Buffer.alloc(2 * (this.#at + count));
      this.#buffer.copy(larger, 0, 0, this.#at);
      this.#buffer = larger;
    }
    return this.#buffer;
  }
}

/** The value that `bytes` are, whole; throws `WireProblem` where they are none within `limits`. */
export function decode(bytes: Uint8Array, limits: WireLimits): Value {
  const reader = new Reader(bytes, limits);
  const value = reader.value('value', 0);
  reader.expectEnd();
  return value;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const dataTypes = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Reads one value after the other from bytes that nobody vouches for. */
class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #limits: WireLimits;
  #at = 0;
  #values = 0;

  constructor(bytes: Uint8Array, limits: WireLimits) {
    // Not the Buffer that it may be: `slice` of a Buffer shares its memory.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#limits = limits;
  }

  value(path: string, depth: number): Value {
    const { depth: deepest, values, side } = this.#limits;
    if (depth > deepest) throw new WireProblem(path, `at most ${deepest} levels`, 'more');
    if (++this.#values > values) throw new WireProblem(path, `at most ${values} values`, 'more');
    const tag = this.#take(1, path)[0];
    switch (tag) {
      case tags.null:
        return null;
      case tags.false:
        return false;
      case tags.true:
        return true;
      case tags.number:
        return this.#number(path);
      case tags.integer:
        if (side === 'answer') throw new WireProblem(path, 'data', 'an integer');
        return { kind: 'integer', value: this.#number(path) };
      case tags.string:
        return this.#string(path);
      case tags.bytes:
        return this.#take(this.#uint32(path), path).slice();
      case tags.list: {
        const count = this.#count(path);
        const list: Value[] = [];
        for (let i = 0; i < count; i++) list.push(this.value(`${path}[${i}]`, depth + 1));
        return list;
      }
      case tags.record:
        return { kind: 'record', fields: this.#fields(path, depth) };
      case tags.tensor:
        return this.#tensor(path);
      case tags.random:
        if (side === 'answer') throw new WireProblem(path, 'data', 'a random stream');
        return { kind: 'random', key: [0, 1, 2, 3].map(() => this.#uint32(path) | 0) as unknown as StreamKey };
      case tags.program:
        if (side === 'answer') throw new WireProblem(path, 'data', 'a program');
        return listToProgram(this.value(path, depth + 1), path);
      case tags.handle:
        return { kind: 'handle', id: this.#uint32(path) };
      default:
        throw new WireProblem(path, 'a known tag', String(tag));
    }
  }

  expectEnd(): void {
    const left = this.#bytes.length - this.#at;
    if (left !== 0) throw new WireProblem('the end', 'no more bytes', String(left));
  }

  #take(count: number, path: string): Uint8Array {
    const left = this.#bytes.length - this.#at;
    if (count > left) throw new WireProblem(path, `${count} more bytes`, String(left));
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  #number(path: string): number {
    const number = new DataView(this.#take(8, path).slice().buffer).getFloat64(0, true);
    if (!Number.isFinite(number)) throw new WireProblem(path, 'a finite number', String(number));
    return number;
  }

  #uint32(path: string): number {
    this.#take(4, path);
    return this.#view.getUint32(this.#at - 4, true);
  }

  /** A number of values to come: each takes a byte at least, so a count beyond what is left is a lie. */
  #count(path: string): number {
    const count = this.#uint32(path);
    const left = this.#bytes.length - this.#at;
    if (count > left) throw new WireProblem(path, `at most ${left} values`, String(count));
    return count;
  }

  #string(path: string): string {
    const length = this.#uint32(path);
    const { stringBytes } = this.#limits;
    if (length > stringBytes) throw new WireProblem(path, `a text of at most ${stringBytes} bytes`, `${length} bytes`);
    try {
      return utf8.decode(this.#take(length, path));
    } catch (error) {
      if (error instanceof WireProblem) throw error;
      throw new WireProblem(path, 'UTF-8', 'other bytes');
    }
  }

  #fields(path: string, depth: number): Record<string, Value> {
    const count = this.#count(path);
    const fields = Object.create(null) as Record<string, Value>;
    for (let i = 0; i < count; i++) {
      if (this.#take(1, path)[0] !== tags.string) throw new WireProblem(path, 'a name', 'another tag');
      const key = this.#string(path);
      if (forbiddenKeys.has(key) || key in fields) {
        throw new WireProblem(path, 'names that are ordinary and differ', JSON.stringify(key));
      }
      fields[key] = this.value(`${path}.${key}`, depth + 1);
    }
    return fields;
  }

  #tensor(path: string): TensorValue {
    const dtype = dtypes[this.#uint32(path)];
    if (dtype === undefined) throw new WireProblem(path, `one of ${dtypes.join(', ')}`, 'another element type');
    const rank = this.#uint32(path);
    if (rank > 6) throw new WireProblem(path, 'at most 6 axes', String(rank));
    const shape = Array.from({ length: rank }, () => this.#uint32(path));
    const Data = dataTypes[dtype];
    const size = sizeOf(shape);
    if (this.#take(paddingAt(this.#at), path).some((each) => each !== 0)) {
      throw new WireProblem(path, 'zero bytes before the elements', 'others');
    }
    // A product of six 32-bit lengths stays below 2^192, finite as a double, so the comparison in #take is right for all of them.
    const raw = this.#take(size * Data.BYTES_PER_ELEMENT, path);
    const inPlace = raw.length >= largeBytes && raw.byteOffset % alignment === 0;
    const data = inPlace ? new Data(raw.buffer as ArrayBuffer, raw.byteOffset, size) : new Data(raw.slice().buffer);
    // What the parent asks is its own: a child need not look through it.
    if (data instanceof Float32Array && this.#limits.side === 'answer') expectFinite(data, shape, path);
    if (dtype === 'bool' && data.some((each) => each > 1)) throw new WireProblem(path, 'booleans', 'other bytes');
    return { kind: 'tensor', shape, dtype, data } as TensorValue;
  }
}

function expectFinite(data: Float32Array, shape: readonly number[], path: string): void {
  let at = 0;
  // A loop, since an answer may have millions of numbers and a call for each takes ten times as long.
  while (at < data.length && Number.isFinite(data[at])) at++;
  if (at === data.length) return;
  const index: number[] = [];
  let rest = at;
  for (const length of [...shape].reverse()) {
    index.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  const where = shape.length === 0 ? '' : ` at [${index.join(', ')}] of shape [${shape.join(', ')}]`;
  throw new WireProblem(path, 'finite numbers', `${data[at]}${where}`, { shape, index });
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function programToList({ name, inputs, parameters, steps, result }: Program): Value {
  return [
    name,
    inputs.map((input) => [input.name, input.shape ?? null]),
    parameters,
    steps.map(({ op, of, numbers }) => [op, of, numbers]),
    result,
  ];
}

/** The program of a list; its parts are checked since an index out of range would only show up in the middle of a call. */
function listToProgram(list: Value, path: string): Program {
  const [name, inputs, parameters, steps, result] = list as [
    string,
    [string, Signature | null][],
    TensorValue[],
    [Operation, number[], number[]][],
    number,
  ];
  const first = inputs.length + parameters.length;
  const made = steps.map(([op, of, numbers], i): Step => {
    const step = { op, of, numbers };
    const problem = op in operations ? stepProblem(step, first + i) : `Expected an operation, got ${op}`;
    if (problem !== undefined) throw new WireProblem(path, 'a program', problem);
    return step;
  });
  return {
    kind: 'program',
    name,
    inputs: inputs.map(([each, shape]) => ({ name: each, shape: shape ?? undefined })),
    parameters,
    steps: made,
    result,
  };
}
