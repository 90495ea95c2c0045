import { tf, type Tensor2D } from '../../tensorflow/tensorflow.js';
import type { Draws } from '../law.js';
import type { Batch, Term } from '../term.js';

/** A term on TensorFlow.js at n points: k columns of n values. The draws are rounded to float32 on the way in. */
export function columnsOnTensors(term: Term, draws: Draws, n: number): Float64Array[] {
  const values = tf.tidy(() => {
    const batch: Batch = Object.fromEntries(
      Object.entries(draws).map(([name, array]) => [
        name,
        tf.tensor2d(Float32Array.from(array), [n, array.length / n]),
      ]),
    );
    return checkedShape(term, term.tensor(batch), n).dataSync();
  });
  return Array.from({ length: term.size }, (_, j) =>
    Float64Array.from({ length: n }, (__, i) => values[i * term.size + j]),
  );
}

function checkedShape(term: Term, values: Tensor2D, n: number): Tensor2D {
  const [rows, columns] = values.shape;
  if (values.rank !== 2 || rows !== n || columns !== term.size) {
    throw new Error(
      `Expected a tensor of shape [${n}, ${term.size}] from a term, got [${values.shape.join(', ')}]. This is a bug in scorecheck; please report it.`,
    );
  }
  return values;
}

/** Rounds every coordinate to float32, so that the oracle sees exactly what TensorFlow.js sees. */
export function roundedDraws(draws: Draws): Draws {
  return Object.fromEntries(
    Object.entries(draws).map(([name, array]) => [name, Float64Array.from(Float32Array.from(array))]),
  );
}

/** Row i of the draws as a point. */
export function pointOf(draws: Draws, i: number, n: number): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(draws).map(([name, array]) => {
      const d = array.length / n;
      return [name, Array.from(array.subarray(i * d, (i + 1) * d))];
    }),
  );
}

/** Points as draws: row-major arrays. */
export function drawsOf(points: readonly Readonly<Record<string, readonly number[]>>[]): Draws {
  return Object.fromEntries(
    Object.keys(points[0]).map((name) => [name, Float64Array.from(points.flatMap((point) => [...point[name]]))]),
  );
}
