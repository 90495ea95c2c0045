/** The element types that cross. */
export const dtypes = ['float32', 'int32', 'bool'] as const;
export type Dtype = (typeof dtypes)[number];

/** A tensor as plain data, row by row; `bool` is a byte of 0 or 1. */
export type TensorValue =
  | {
      readonly kind: 'tensor';
      readonly shape: readonly number[];
      readonly dtype: 'float32';
      readonly data: Float32Array;
    }
  | { readonly kind: 'tensor'; readonly shape: readonly number[]; readonly dtype: 'int32'; readonly data: Int32Array }
  | { readonly kind: 'tensor'; readonly shape: readonly number[]; readonly dtype: 'bool'; readonly data: Uint8Array };

/** Number of elements of a shape. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** A float32 tensor of `shape`, row by row, of the array itself where it is one of float32; throws TypeError where the number of elements is another. */
export function tensor(shape: readonly number[], data: ArrayLike<number>): TensorValue & { dtype: 'float32' } {
  expectSize(shape, data.length);
  return {
    kind: 'tensor',
    shape,
    dtype: 'float32',
    data: data instanceof Float32Array ? data : new Float32Array(data),
  };
}

/** An int32 tensor of `shape`, row by row; throws TypeError where the number of elements is another. */
export function int32Tensor(shape: readonly number[], data: ArrayLike<number>): TensorValue & { dtype: 'int32' } {
  expectSize(shape, data.length);
  return { kind: 'tensor', shape, dtype: 'int32', data: new Int32Array(data) };
}

function expectSize(shape: readonly number[], length: number): void {
  if (sizeOf(shape) !== length) {
    throw new TypeError(
      `Expected ${sizeOf(shape)} numbers for a tensor of shape [${shape.join(', ')}], got ${length}. Give them row by row.`,
    );
  }
}
