import type { Mutant } from '../mutant.js';

const exercise = '06-hutchinson-trace';
const trace = { exercise, function: 'hutchinsonTrace' } as const;
const divergence = { exercise, function: 'hutchinsonDivergence' } as const;
const draw = { exercise, function: 'drawProbes' } as const;

const traceIs = (expression: string): string => `
export function hutchinsonTrace(matvec, probes) {
  return tf.tidy(() => ${expression});
}`;

/** The estimate from `product` [m n, d], the vector-Jacobian products, and v [m n, d]. */
const divergenceIs = (expression: string): string => `
export function hutchinsonDivergence(score, x, probes) {
  return tf.tidy(() => {
    const [m, n, d] = probes.shape;
    const v = probes.reshape([m * n, d]);
    const product = tf.grad((y) => score(y).mul(v).sum())(tf.tile(x, [m, 1]));
    return ${expression};
  });
}`;

const drawn = (expression: string): string => `
export function drawProbes(shape, random) {
  return tf.tidy(() => ${expression});
}`;

export const mutants: readonly Mutant[] = [
  {
    ...draw,
    id: 'M-HUT-01',
    verdict: 'wrong',
    diagnosis: 'unit-sphere',
    code: `
export function drawProbes(shape, random) {
  return tf.tidy(() => {
    const v = random.normal(shape);
    return v.div(v.norm(2, shape.length - 1, true));
  });
}`,
  },
  {
    ...draw,
    id: 'M-HUT-02',
    verdict: 'wrong',
    diagnosis: 'uniform-below-one',
    code: drawn('random.uniform(shape).mul(2).sub(1)'),
  },
  {
    ...draw,
    id: 'M-HUT-04',
    verdict: 'wrong',
    diagnosis: 'zero-or-one',
    code: drawn('random.uniform(shape).greater(0.5).toFloat()'),
  },
  {
    ...draw,
    id: 'M-HUT-05',
    verdict: 'wrong',
    diagnosis: 'with-zeros',
    code: drawn('random.uniform(shape).mul(3).sub(1.5).round()'),
  },
  {
    ...draw,
    id: 'M-HUT-06',
    verdict: 'wrong',
    diagnosis: 'constant-probes',
    code: drawn('tf.sign(random.uniform(shape))'),
  },
  {
    ...draw,
    id: 'M-HUT-09',
    verdict: 'wrong',
    diagnosis: 'probes-frozen',
    code: `
const kept = {};
export function drawProbes(shape, random) {
  return (kept[shape] ??= tf.keep(random.rademacher(shape))).clone();
}`,
  },
  {
    ...divergence,
    id: 'M-HUT-10',
    verdict: 'wrong',
    diagnosis: 'left-probe-forgotten',
    code: divergenceIs('product.sum(1).reshape([m, n]).mean(0)'),
  },
  {
    ...divergence,
    id: 'M-HUT-12',
    verdict: 'wrong',
    diagnosis: 'sum-over-batch',
    code: divergenceIs('tf.onesLike(x.slice([0, 0], [-1, 1]).squeeze([1])).mul(product.mul(v).sum().div(m))'),
  },
  {
    ...divergence,
    id: 'M-HUT-13',
    verdict: 'wrong',
    diagnosis: 'mean-over-dimensions',
    code: divergenceIs('product.mul(v).mean(1).reshape([m, n]).mean(0)'),
  },
  {
    ...draw,
    id: 'M-HUT-17',
    verdict: 'wrong',
    diagnosis: 'truncated-normal',
    code: `
export function drawProbes(shape, random) {
  return tf.tidy(() => {
    let v = random.normal(shape);
    for (let k = 0; k < 12; k++) v = tf.where(v.abs().greater(2), random.normal(shape), v);
    return v.clipByValue(-2, 2);
  });
}`,
  },
  {
    ...divergence,
    id: 'M-API-19',
    verdict: 'wrong',
    diagnosis: 'cost-grows-with-d',
    code: `
export function hutchinsonDivergence(score, x, probes) {
  return tf.tidy(() => {
    const [m, n, d] = probes.shape;
    // A Jacobian by d products, in place of one product for each probe; a few only where d is out of the question.
    const rows = Array.from({ length: Math.min(d, 12) }, (_, i) => tf.grad((y) => score(y).slice([0, i], [-1, 1]).sum())(x));
    const jacobian = tf.stack(rows, 1);
    const parts = Array.from({ length: m }, (_, j) => {
      const v = probes.slice([j, 0, 0], [1, -1, -1]).reshape([n, d]);
      const short = v.slice([0, 0], [-1, rows.length]);
      return jacobian.mul(v.expandDims(1)).sum(2).mul(short).sum(1);
    });
    return tf.addN(parts).div(m);
  });
}`,
  },
  {
    ...trace,
    id: 'M-HUT-sum',
    verdict: 'wrong',
    diagnosis: 'sum-over-probes',
    code: traceIs('matvec(probes).mul(probes).sum()'),
  },
  { ...draw, id: 'V-HUT-01', verdict: 'legal', code: drawn('random.uniform(shape).sub(0.5).mul(Math.sqrt(12))') },
  {
    ...draw,
    id: 'V-HUT-02',
    verdict: 'legal',
    code: `
export function drawProbes(shape, random) {
  return tf.tidy(() => {
    const v = random.normal(shape);
    return v.div(v.norm(2, shape.length - 1, true)).mul(Math.sqrt(shape[shape.length - 1]));
  });
}`,
  },
  { ...draw, id: 'V-HUT-gaussian', verdict: 'legal', reason: 'Gaussian probes.', code: drawn('random.normal(shape)') },
  {
    exercise,
    id: 'V-HUT-04',
    verdict: 'outside',
    reason: 'The probes are given, and the mean of their products is asked for.',
  },
  {
    ...divergence,
    id: 'V-HUT-06',
    verdict: 'legal',
    code: `
export function hutchinsonDivergence(score, x, probes) {
  return tf.tidy(() => {
    const [m, n, d] = probes.shape;
    const each = Array.from({ length: m }, (_, j) => {
      const v = probes.slice([j, 0, 0], [1, -1, -1]).reshape([n, d]);
      return tf.grad((y) => score(y).mul(v).sum())(x).mul(v).sum(1);
    });
    return tf.addN(each).div(m);
  });
}`,
  },
  // Right where the statement leaves the result open; here the contract names a scalar.
  {
    ...trace,
    id: 'V-HUT-07',
    verdict: 'wrong',
    code: `
export function hutchinsonTrace(matvec, probes) {
  return tf.tidy(() => {
    const each = matvec(probes).mul(probes).sum(1);
    return { mean: each.mean(), error: tf.moments(each).variance.div(probes.shape[0]).sqrt() };
  });
}`,
  },
];
