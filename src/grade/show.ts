import type { Returned } from './exercise.js';
import { isBytes, isField, isGrid, isList, isRandom, type Case, type Input } from './inputs.js';
import type { Field } from './fields.js';
import type { Spelling } from './spelling.js';

/** Data of a counterexample: numbers, nested lists, texts and named parts. */
export type Shown = number | string | readonly Shown[] | { readonly [name: string]: Shown };

/** More numbers than this are cut short. */
const MOST = 24;

/** The inputs of a case as data that a student can read and type in again, by the names of the submission's language. */
export function shownCase(c: Case, spelling: Spelling): Record<string, Shown> {
  return Object.fromEntries(Object.entries(c).map(([name, input]) => [spelling(name), shown(input, spelling)]));
}

function shown(input: Input, spelling: Spelling): Shown {
  if (typeof input === 'number') return short(input);
  if (typeof input === 'string') return input;
  if (isBytes(input)) return `${input.length} bytes`;
  if (isList(input)) return input;
  if (isGrid(input)) return nested(input.data, input.shape);
  if (isField(input)) return formulaOf(input);
  if (isRandom(input)) return 'random';
  return Object.fromEntries(Object.entries(input).map(([name, part]) => [spelling(name), shown(part, spelling)]));
}

/** Numbers as they are returned: nested by shape, or by name. */
export function shownAnswer(numbers: readonly number[], returned: Returned): Shown {
  if (Array.isArray(returned)) return nested(numbers, returned as readonly number[]);
  let at = 0;
  return Object.fromEntries(
    Object.entries(returned).map(([name, shape]) => {
      const list = shape as readonly number[];
      const size = list.reduce((product, length) => product * length, 1);
      return [name, nested(numbers.slice(at, (at += size)), list)];
    }),
  );
}

/** Numbers row by row as nested lists; long ones as a text with their shape. */
export function nested(numbers: readonly number[] | Float32Array, shape: readonly number[]): Shown {
  if (shape.length === 0) return short(numbers[0]);
  if (numbers.length > MOST) {
    return `${Array.from(numbers.slice(0, 6), short).join(', ')}, … (shape [${shape.join(', ')}])`;
  }
  const [length, ...inner] = shape;
  const size = numbers.length / length;
  return Array.from({ length }, (_, i) => nested(numbers.slice(i * size, (i + 1) * size), inner));
}

/** Seven digits say which float32 number it is. */
const short = (value: number): number => Number(value.toPrecision(7));

function formulaOf({ family, parameters, level }: Field): string {
  const [first, ...rest] = parameters.map(({ data, shape }) => JSON.stringify(nested(data, shape)));
  switch (family) {
    case 'linear':
      return `v -> A v with A = ${first}`;
    case 'affine':
      return `x -> A x + b with A = ${first}, b = ${rest[0]}`;
    case 'affine-level':
      return `(x, ${level}) -> A x + b + ${level} c with A = ${first}, b = ${rest[0]}, c = ${rest[1]}`;
    case 'softplus':
      return `x -> V softplus(W x + b) + c with W = ${first}, b = ${rest[0]}, V = ${rest[1]}, c = ${rest[2]}`;
    case 'softplus-level':
      return `(x, ${level}) -> V softplus(W x + ${level} u + b) + c with W = ${first}, u = ${rest[0]}, b = ${rest[1]}, V = ${rest[2]}, c = ${rest[3]}`;
    case 'mixing':
      return `x -> ${rest[1]} softplus(${first} x + ${rest[0]} sum(x, axis 1))`;
    case 'mixing-level':
      return `(x, ${level}) -> ${rest[1]} softplus(${first} x + ${rest[0]} sum(x, axis 1) + ${rest[2]} ${level})`;
  }
}

/** Data on one line: x = [[2, -0.6]]. */
export function oneLine(value: Shown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${(value as readonly Shown[]).map(oneLine).join(', ')}]`;
  return `{ ${Object.entries(value)
    .map(([name, part]) => `${name}: ${oneLine(part)}`)
    .join(', ')} }`;
}
