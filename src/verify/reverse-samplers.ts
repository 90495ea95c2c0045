import { eulerMaruyamaSample, eulerMaruyamaStep } from '../../reference/samplers/euler-maruyama.js';
import { alongGrid, type NormalSource } from '../../reference/samplers/uniform-grid.js';
import { reverseTimeSde } from '../../reference/sdes/reverse-time.js';
import type { FieldInTime } from '../../reference/sdes/sde.js';
import type { Random } from '../numerics/random.js';
import { tf, type Tensor1D, type Tensor2D } from '../tensorflow/tensorflow.js';
import type { AxisTarget } from './axis-targets.js';
import type { Diffusion } from './diffusions.js';

/** A sampler that runs a diffusion backwards with a given score: what exercise 09 asks for. */
export interface ReverseSampler {
  /** Draws of the start law: [n, d]. */
  readonly prior: (shape: [number, number], normal: NormalSource) => Tensor2D;
  /** From x at t to t − h, h > 0, with unit noise: [n, d]. */
  readonly step: (score: FieldInTime, x: Tensor2D, t: Tensor1D, h: number, noise: Tensor2D) => Tensor2D;
  /** From the start at t = 1 to t = 0 in equal steps with fresh noise: [n, d]. */
  readonly sample: (score: FieldInTime, start: Tensor2D, steps: number, normal: NormalSource) => Tensor2D;
}

/** Where a sampler is tried. */
export interface SamplerSetting {
  readonly target: AxisTarget;
  readonly diffusion: Diffusion;
  /** Steps of a run, even: twice as many and half as many are tried as well. */
  readonly steps: number;
}

/** Euler and Maruyama on the reverse-time SDE, from the prior: the reference on TensorFlow.js. */
export function eulerMaruyamaSampler({ reference }: Diffusion): ReverseSampler {
  return {
    prior: (shape, normal) => tf.tidy(() => normal(shape).mul(reference.priorSd)),
    step: (score, x, t, h, noise) => eulerMaruyamaStep(reverseTimeSde(reference, score), x, t, -h, noise),
    sample: (score, start, steps, normal) =>
      eulerMaruyamaSample(reverseTimeSde(reference, score), start, { from: 1, to: 0, steps }, normal),
  };
}

/** A sampler that repeats another step. */
export const repeating = (prior: ReverseSampler['prior'], step: ReverseSampler['step']): ReverseSampler => ({
  prior,
  step,
  sample: (score, start, steps, normal) =>
    alongGrid(start, { from: 1, to: 0, steps }, (x, t, h) => step(score, x, t, -h, normal(x.shape))),
});

/** Unit normal draws from a stream, as float32 tensors. */
export const normalsFrom =
  (random: Random): NormalSource =>
  (shape) =>
    tf.tensor2d(Float32Array.from(random.normals(shape[0] * shape[1])), shape);
