import { program } from '../../src/sandbox/program.js';
import { tensor } from '../../src/sandbox/tensor-value.js';

/** v -> v, in two dimensions. */
export const identity = program('matvec', { inputs: { v: ['m', 2] } }, (_, v) => v);

/** x -> x W + b with W = [[1, 2], [3, 5]], b = [1, -1]. */
export const linear = program(
  'score',
  { inputs: { x: ['n', 2] }, parameters: [tensor([2, 2], [1, 2, 3, 5]), tensor([2], [1, -1])] },
  (p, x) => p.op('add', [p.op('matMul', [x, p.parameters[0]], [0, 0]), p.parameters[1]]),
);
