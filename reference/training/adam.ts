/** Weights with the moments that Adam keeps of their gradient: three arrays of one length. */
export interface AdamState {
  /** Steps taken. */
  step: number;
  readonly weights: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** Decay rates of the two moments: 0.99 for the second, since a training here is a few hundred steps long. */
const [beta1, beta2] = [0.9, 0.99];
/** Keeps a weight whose gradient has always been 0 where it is. */
const epsilon = 1e-8;

/**
 * One step of Adam in place (Kingma and Ba 2015, algorithm 1). On plain arrays, so that a state is what a checkpoint holds: training that
 * goes on from one takes the same steps.
 */
export function adamStep(state: AdamState, gradient: Float32Array, learningRate: number): void {
  state.step++;
  const { weights, first, second, step } = state;
  const rate = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
  for (let i = 0; i < weights.length; i++) {
    const g = gradient[i];
    first[i] += (1 - beta1) * (g - first[i]);
    second[i] += (1 - beta2) * (g * g - second[i]);
    weights[i] -= (rate * first[i]) / (Math.sqrt(second[i]) + epsilon);
  }
}
