import type { Answer, Answered } from '../sandbox/question.js';
import { sizeOf, type TensorValue } from '../sandbox/tensor-value.js';
import { isKind, type Value } from '../sandbox/value.js';
import type { PropertyId, Returned } from './exercise.js';
import type { Fault } from './fault.js';
import type { Expected, Normals } from './formula.js';
import type { Case } from './inputs.js';

/** One question with its right answer and what the submission made of it. */
export interface Compared {
  readonly property: PropertyId;
  readonly case: Case;
  /** Whether the derivatives in the parameters were asked for. */
  readonly gradient: boolean;
  readonly expected: Expected;
  /** The numbers of the answer, in the order of the formula; undefined where there are none to compare. */
  readonly got: readonly number[] | undefined;
  readonly fault: Fault | undefined;
  /** The normal numbers that the submission drew, in order, where it draws its own. */
  readonly normals?: () => Normals;
}

/** The numbers of an answer, or why there are none: the contract comes before the value. */
export type Numbers = { readonly numbers: readonly number[] } | { readonly fault: Fault };

/** The numbers that the function returned, in the order of the formula, after its type, shape and element type are checked. */
export function numbersOf(answer: Answer, returned: Returned): Numbers {
  const problem = problemOf(answer);
  if (problem !== undefined) return { fault: problem };
  const { value } = answer as Answered;
  if (isShape(returned)) return tensorNumbers(value, returned);
  if (!isKind(value, 'record')) return { fault: { kind: 'kind', expected: 'a record', got: nameOf(value) } };
  const numbers: number[] = [];
  for (const [name, shape] of Object.entries(returned)) {
    const part = tensorNumbers(value.fields[name] ?? null, shape, `${name}: `);
    if ('fault' in part) return part;
    numbers.push(...part.numbers);
  }
  return { numbers };
}

/** The derivatives in all parameters, flat and in order; a parameter that the answer does not depend on counts as 0. */
export function gradientOf(answer: Answer, sizes: readonly number[]): Numbers {
  const problem = problemOf(answer);
  if (problem !== undefined) return { fault: problem };
  const { gradients } = answer as Answered;
  if (gradients === undefined || gradients.every((gradient) => gradient === null)) {
    return { fault: { kind: 'gradient-missing' } };
  }
  const numbers = sizes.flatMap((size, i) => Array.from(gradients[i]?.data ?? new Float32Array(size)));
  return numbers.every(Number.isFinite) ? { numbers } : { fault: { kind: 'not-finite', where: 'gradient' } };
}

/** The fault of numbers that differ from the expected ones by more than their tolerance, at the worst of them. */
export function faultOf(expected: Expected, got: readonly number[]): Fault | undefined {
  const worst = worstCoordinate(expected, got);
  return worst.excess > 1 ? { kind: 'value', coordinate: worst.coordinate } : undefined;
}

/** The coordinate with the largest |got − expected| in units of its tolerance. */
export function worstCoordinate(
  { values, tolerances }: Expected,
  got: readonly number[],
): { coordinate: number; excess: number } {
  let [coordinate, excess] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const distance = Math.abs(got[i] - values[i]) / tolerances[i];
    // Written so that a number that is not finite is the worst of all.
    if (distance <= excess) continue;
    [coordinate, excess] = [i, Number.isNaN(distance) ? Infinity : distance];
  }
  return { coordinate, excess };
}

/** What went wrong before there was a value: an exception, a limit, data that is none, an input that was changed. */
export function problemOf(answer: Answer): Fault | undefined {
  switch (answer.kind) {
    case 'threw': {
      const { message, name, place, exported } = answer;
      if (name === 'MissingFunction' && exported !== undefined) return { kind: 'missing', exported };
      return {
        kind: 'threw',
        message: name === 'Error' ? message : `${name}: ${message}`,
        ...(place === undefined ? {} : { place }),
      };
    }
    case 'stopped':
      return { kind: 'stopped', reason: answer.reason, message: answer.message };
    case 'malformed':
      return answer.notFinite === undefined
        ? { kind: 'kind', expected: answer.expected, got: answer.got }
        : { kind: 'not-finite', where: `[${answer.notFinite.index.join(', ')}]` };
    case 'answered':
      return answer.changedInputs.length > 0 ? { kind: 'changed', inputs: answer.changedInputs } : undefined;
  }
}

function tensorNumbers(value: Value, shape: readonly number[], prefix = ''): Numbers {
  const found = tensorOf(value, shape, prefix);
  return 'fault' in found ? found : finite(found, sizeOf(shape));
}

/** A float32 tensor of this shape. */
function tensorOf(
  value: Value,
  shape: readonly number[],
  prefix = '',
): (TensorValue & { readonly data: Float32Array }) | { readonly fault: Fault } {
  if (!isKind(value, 'tensor')) return { fault: { kind: 'kind', expected: `${prefix}a tensor`, got: nameOf(value) } };
  const sameShape = value.shape.length === shape.length && value.shape.every((length, i) => length === shape[i]);
  if (!sameShape) return { fault: { kind: 'shape', expected: shape, got: value.shape } };
  if (value.dtype !== 'float32') return { fault: { kind: 'dtype', got: value.dtype } };
  return value;
}

/** The numbers of a tensor of this shape as they came, where there are millions of them; or why there are none. */
export function floatsOf(
  answer: Answer,
  shape: readonly number[],
): { readonly numbers: Float32Array } | { readonly fault: Fault } {
  const problem = problemOf(answer);
  if (problem !== undefined) return { fault: problem };
  const found = tensorOf((answer as Answered).value, shape);
  if ('fault' in found) return found;
  const { data } = found;
  for (let i = 0; i < data.length; i++) {
    if (!Number.isFinite(data[i])) return { fault: { kind: 'not-finite', where: `[${i}]` } };
  }
  return { numbers: data };
}

function finite({ data }: TensorValue, size: number): Numbers {
  if (data.length !== size) throw new Error('A tensor with another size than its shape got through. This is a bug.');
  // A loop: `Array.from` goes through an iterator, ten times slower, and an answer may have a hundred thousand numbers.
  const numbers = new Array<number>(size);
  for (let i = 0; i < size; i++) {
    if (!Number.isFinite(data[i])) return { fault: { kind: 'not-finite', where: `[${i}]` } };
    numbers[i] = data[i];
  }
  return { numbers };
}

const isShape = (returned: Returned): returned is readonly number[] => Array.isArray(returned);

/** What a value is called in a message. */
export function nameOf(value: Value): string {
  if (value === null) return 'nothing';
  if (typeof value !== 'object') return `a ${typeof value}`;
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Uint8Array) return 'bytes';
  return isKind(value, 'handle') ? 'a function' : `a ${(value as { kind: string }).kind}`;
}
