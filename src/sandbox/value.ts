import type { StreamKey } from '../numerics/random.js';
import type { Program } from './program.js';
import type { TensorValue } from './tensor-value.js';

export type { StreamKey };

/** Named values; a tagged wrapper, since a record of a course may have a key `kind` of its own. */
export interface RecordValue {
  readonly kind: 'record';
  /** An object without a prototype. */
  readonly fields: Readonly<Record<string, Value>>;
}

/** The `random` of the contract: it draws from one single-use stream. */
export interface RandomValue {
  readonly kind: 'random';
  /** State of the stream, four 32-bit integers (`streamKey`). */
  readonly key: StreamKey;
}

/** A whole number that is a count or a length, for languages that tell those from other numbers; in JavaScript a number. */
export interface IntegerValue {
  readonly kind: 'integer';
  readonly value: number;
}

/** A function that the submission returned and that the child still holds; a later question of the same run calls it. */
export interface HandleValue {
  readonly kind: 'handle';
  readonly id: number;
}

/**
 * Everything that crosses between the parent and the child: data, and nothing that acts.
 * A question may hold every kind but a handle as an argument; an answer holds no program, no random and no integer.
 */
export type Value =
  | null
  | boolean
  | number
  | IntegerValue
  | string
  | Uint8Array
  | readonly Value[]
  | TensorValue
  | RecordValue
  | RandomValue
  | Program
  | HandleValue;

/** Named values as one value. */
export function record(fields: Readonly<Record<string, Value>>): RecordValue {
  return { kind: 'record', fields: Object.assign(Object.create(null) as Record<string, Value>, fields) };
}

/** Whether a value is one of the tagged kinds, and which: `if (isKind(value, 'tensor')) …`. */
export function isKind<Kind extends 'tensor' | 'record' | 'random' | 'program' | 'handle' | 'integer'>(
  value: Value,
  kind: Kind,
): value is Extract<Value, { readonly kind: Kind }> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array) &&
    (value as { readonly kind: string }).kind === kind
  );
}
