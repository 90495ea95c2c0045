/**
 * Solutions of exercise 08 as six students might write them, each in a way of its own: what a report of similar submissions must not take for copies. They all get
 * full points.
 */
export const independent: readonly string[] = [
  // Powers of the ratio in one expression; the state is replaced in place.
  `import * as tf from '@tensorflow/tfjs';

export function geometricSigmas(sigmaMax, sigmaMin, levels) {
  if (levels === 1) return tf.tensor1d([sigmaMax]);
  const steps = tf.range(0, levels).div(levels - 1);
  return tf.scalar(sigmaMin / sigmaMax).pow(steps).mul(sigmaMax);
}

export function langevinStep(score, x, stepSize, noise) {
  const drift = tf.mul(stepSize, score(x));
  const kick = tf.mul(Math.sqrt(2 * stepSize), noise);
  return tf.addN([x, drift, kick]);
}

export function langevinSample(score, start, stepSize, steps, random) {
  let state = start.clone();
  let left = steps;
  while (left > 0) {
    const z = random.normal([state.shape[0], state.shape[1]]);
    state = langevinStep(score, state, stepSize, z);
    left -= 1;
  }
  return state;
}

export function annealedLangevinSample(score, start, sigmas, stepsPerLevel, stepSize, random) {
  const all = Array.from(sigmas.dataSync());
  const smallest = all.at(-1);
  return all.reduce((state, sigma) => {
    const alpha = stepSize * Math.pow(sigma / smallest, 2);
    const conditioned = (y) => score(y, tf.ones([y.shape[0]]).mul(sigma));
    return langevinSample(conditioned, state, alpha, stepsPerLevel, random);
  }, start);
}
`,
  // A loop for the levels, and the inner loop written out.
  `import * as tf from '@tensorflow/tfjs';

export function geometricSigmas(sigmaMax, sigmaMin, levels) {
  const values = [];
  let current = sigmaMax;
  for (let i = 0; i < levels; i++) {
    values.push(i === 0 ? sigmaMax : i === levels - 1 ? sigmaMin : current);
    current = current * Math.pow(sigmaMin / sigmaMax, 1 / Math.max(1, levels - 1));
  }
  return tf.tensor1d(values);
}

export function langevinStep(score, x, stepSize, noise) {
  const gradient = score(x);
  const moved = gradient.mul(stepSize).add(x);
  return moved.add(noise.mul(2 * stepSize > 0 ? (2 * stepSize) ** 0.5 : 0));
}

export function langevinSample(score, start, stepSize, steps, random) {
  const path = [start];
  for (let i = 1; i <= steps; i++) {
    path.push(langevinStep(score, path[i - 1], stepSize, random.normal(start.shape)));
  }
  return path[steps];
}

export function annealedLangevinSample(score, start, sigmas, stepsPerLevel, stepSize, random) {
  let x = start;
  const list = sigmas.arraySync();
  for (let level = 0; level < list.length; level++) {
    const vector = tf.tensor1d(new Array(start.shape[0]).fill(list[level]));
    const gamma = (stepSize * list[level] * list[level]) / (list[list.length - 1] * list[list.length - 1]);
    for (let step = 0; step < stepsPerLevel; step++) {
      x = langevinStep((point) => score(point, vector), x, gamma, random.normal(x.shape));
    }
  }
  return x;
}
`,
  // Logarithms, a generator of states, and constants with names.
  `import * as tf from '@tensorflow/tfjs';

export function geometricSigmas(sigmaMax, sigmaMin, levels) {
  const top = Math.log(sigmaMax);
  const bottom = Math.log(sigmaMin);
  const at = (i) => (levels > 1 ? top + (i / (levels - 1)) * (bottom - top) : top);
  return tf.tensor1d([...Array(levels).keys()].map((i) => Math.exp(at(i))));
}

export function langevinStep(score, x, stepSize, noise) {
  return tf.tidy(() => {
    const spread = tf.sqrt(tf.scalar(2 * stepSize));
    return x.add(tf.scalar(stepSize).mul(score(x))).add(spread.mul(noise));
  });
}

function* chain(score, x, stepSize, random) {
  for (;;) {
    yield x;
    x = langevinStep(score, x, stepSize, random.normal(x.shape));
  }
}

export function langevinSample(score, start, stepSize, steps, random) {
  let count = 0;
  for (const x of chain(score, start, stepSize, random)) if (count++ === steps) return x;
}

export function annealedLangevinSample(score, start, sigmas, stepsPerLevel, stepSize, random) {
  const sigmaLast = sigmas.slice([sigmas.shape[0] - 1], [1]).dataSync()[0];
  let x = start;
  sigmas.dataSync().forEach((sigma) => {
    const scaled = stepSize * (sigma ** 2 / sigmaLast ** 2);
    x = langevinSample((z) => score(z, tf.fill([z.shape[0]], sigma)), x, scaled, stepsPerLevel, random);
  });
  return x;
}
`,
  // Recursion.
  `import * as tf from '@tensorflow/tfjs';

const last = (list) => list[list.length - 1];

export const geometricSigmas = (sigmaMax, sigmaMin, levels) => {
  const q = levels < 2 ? 1 : Math.exp(Math.log(sigmaMin / sigmaMax) / (levels - 1));
  const build = (sigma, n) => (n === 0 ? [] : [sigma, ...build(sigma * q, n - 1)]);
  return tf.tensor1d(build(sigmaMax, levels));
};

export const langevinStep = (score, x, stepSize, noise) =>
  tf.add(x, tf.add(tf.mul(score(x), stepSize), tf.mul(noise, Math.SQRT2 * Math.sqrt(stepSize))));

export const langevinSample = (score, start, stepSize, steps, random) =>
  steps === 0
    ? start
    : langevinSample(score, langevinStep(score, start, stepSize, random.normal(start.shape)), stepSize, steps - 1, random);

const level = (score, x, [sigma, ...rest], end, settings) => {
  if (sigma === undefined) return x;
  const { steps, size, random } = settings;
  const own = (y) => score(y, tf.onesLike(y.sum(1)).mul(sigma));
  return level(score, langevinSample(own, x, (size * sigma * sigma) / (end * end), steps, random), rest, end, settings);
};

export const annealedLangevinSample = (score, start, sigmas, stepsPerLevel, stepSize, random) => {
  const all = sigmas.arraySync();
  return level(score, start, all, last(all), { steps: stepsPerLevel, size: stepSize, random });
};
`,
  // Promises, and all step sizes before the loop.
  `import * as tf from '@tensorflow/tfjs';

export function geometricSigmas(sigmaMax, sigmaMin, levels) {
  const exponent = tf.linspace(0, levels === 1 ? 0 : 1, levels);
  return tf.mul(tf.pow(sigmaMax, tf.sub(1, exponent)), tf.pow(sigmaMin, exponent));
}

export function langevinStep(score, x, stepSize, noise) {
  return score(x).mul(stepSize).add(noise.mul(Math.sqrt(stepSize * 2))).add(x);
}

export async function langevinSample(score, start, stepSize, steps, random) {
  let x = start;
  const shape = start.shape.slice();
  for await (const _ of Array(steps).fill(0)) {
    x = langevinStep(score, x, stepSize, random.normal(shape));
  }
  return x;
}

export async function annealedLangevinSample(score, start, sigmas, stepsPerLevel, stepSize, random) {
  const levels = await sigmas.array();
  const sizes = levels.map((each) => stepSize * Math.pow(each, 2) / Math.pow(levels[levels.length - 1], 2));
  let x = start;
  for (const i of levels.keys()) {
    const repeated = tf.tile(tf.tensor1d([levels[i]]), [start.shape[0]]);
    x = await langevinSample((points) => score(points, repeated), x, sizes[i], stepsPerLevel, random);
  }
  return x;
}
`,
  // An object that holds the chain.
  `import * as tf from '@tensorflow/tfjs';

class Chain {
  constructor(score, state, random) {
    this.score = score;
    this.state = state;
    this.random = random;
  }
  advance(gamma, times) {
    for (let t = times; t > 0; t--) {
      const noise = this.random.normal(this.state.shape);
      this.state = langevinStep(this.score, this.state, gamma, noise);
    }
    return this;
  }
}

export function geometricSigmas(sigmaMax, sigmaMin, levels) {
  const out = new Float32Array(levels);
  for (let j = 0; j < levels; j++) {
    const share = levels === 1 ? 0 : j / (levels - 1);
    out[j] = Math.pow(sigmaMax, 1 - share) * Math.pow(sigmaMin, share);
  }
  return tf.tensor1d(out);
}

export function langevinStep(score, x, stepSize, noise) {
  const standardDeviation = Math.sqrt(2 * stepSize);
  const mean = x.add(score(x).mul(stepSize));
  return mean.add(noise.mul(standardDeviation));
}

export function langevinSample(score, start, stepSize, steps, random) {
  return new Chain(score, start, random).advance(stepSize, steps).state;
}

export function annealedLangevinSample(score, start, sigmas, stepsPerLevel, stepSize, random) {
  const { length } = sigmas.dataSync();
  const chain = new Chain(score, start, random);
  for (let l = 0; l < length; l++) {
    const [sigma, end] = [sigmas.dataSync()[l], sigmas.dataSync()[length - 1]];
    chain.score = (y) => score(y, tf.zeros([y.shape[0]]).add(sigma));
    chain.advance(stepSize * (sigma / end) * (sigma / end), stepsPerLevel);
  }
  return chain.state;
}
`,
];
