import type { Arithmetic, PointFormula } from '../oracle/arithmetic.js';
import { tf, type Tensor2D } from '../tensorflow/tensorflow.js';
import type { Law } from './law.js';
import type { Batch, Term } from './term.js';

/**
 * v uniform on the sphere of this radius in 2-D or 3-D, by an angle φ and, in 3-D, the height h, uniform on [−1, 1] (Archimedes): v has no density in
 * its own coordinates, but one in these. `see` reads a term of v there.
 */
export function throughPolar(d: 2 | 3, radius: number): { readonly law: Law; readonly see: (term: Term) => Term } {
  // Trigonometric polynomials are integrated exactly by the trapezoid rule over a full turn.
  const turn = { from: 0, to: 2 * Math.PI, breaks: [], smooth: true };
  const height = { from: -1, to: 1, breaks: [], smooth: false };
  const law: Law = {
    name: `v on the sphere of radius ${radius.toPrecision(3)} in ${d}-D, uniform in angle${d === 3 ? ' and height' : ''}`,
    variables: d === 3 ? { angle: 1, height: 1 } : { angle: 1 },
    sample: (random, n) => ({
      angle: Float64Array.from({ length: n }, () => 2 * Math.PI * random.uniform()),
      ...(d === 3 ? { height: Float64Array.from({ length: n }, () => 2 * random.uniform() - 1) } : {}),
    }),
    density: {
      logDensity: (a) => [a.c(-Math.log(2 * Math.PI) - (d === 3 ? Math.log(2) : 0))],
      axes: d === 3 ? [turn, height] : [turn],
    },
  };
  return { law, see: (term) => seenThrough(term, d, radius) };
}

function seenThrough(term: Term, d: 2 | 3, radius: number): Term {
  const formula: PointFormula = (a, at) => term.formula(a, { ...at, v: onSphere(a, at, d, radius) });
  return { size: term.size, formula, tensor: (at) => term.tensor({ ...at, v: onSphereTensor(at, d, radius) }) };
}

/** r (√(1 − h²) cos φ, √(1 − h²) sin φ, h); without h in 2-D. */
function onSphere<T>(a: Arithmetic<T>, at: Readonly<Record<string, readonly T[]>>, d: 2 | 3, radius: number): T[] {
  const [angle] = at['angle'];
  const r = a.c(radius);
  if (d === 2) return [a.mul(r, a.cos(angle)), a.mul(r, a.sin(angle))];
  const [h] = at['height'];
  const across = a.mul(r, a.sqrt(a.mul(a.sub(a.c(1), h), a.add(a.c(1), h))));
  return [a.mul(across, a.cos(angle)), a.mul(across, a.sin(angle)), a.mul(r, h)];
}

function onSphereTensor({ angle, height }: Batch, d: 2 | 3, radius: number): Tensor2D {
  if (d === 2) return tf.concat([angle.cos(), angle.sin()], 1).mul(radius);
  const across = tf.sub<Tensor2D>(1, height).mul<Tensor2D>(height.add(1)).sqrt();
  return tf.concat([across.mul<Tensor2D>(angle.cos()), across.mul<Tensor2D>(angle.sin()), height], 1).mul(radius);
}
