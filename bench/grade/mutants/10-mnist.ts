import type { Mutant } from '../mutant.js';

const exercise = '10-mnist';
const pixels = { exercise, function: 'toFloat' } as const;
const trained = { exercise, function: 'trainDenoiser' } as const;

/** The images with another number for each byte, `p` being pixels and `i` the place. */
const floats = (each: string): string => `
export function toFloat(p, count) {
  return tf.tensor2d(Float32Array.from({ length: count * 784 }, (_, i) => ${each}), [count, 784]);
}`;

/**
 * A network 784-64-784 with a skip over x and one hidden layer of softplus, trained by Adam in the time that there is; the pieces are what wrong trainings change:
 * what comes out, what it is compared with, which images a step sees, what is done with the gradients, what is returned.
 */
const network = ({
  target = 'x0',
  weight = '1',
  batch = 'images.gather(tf.tensor1d(Array.from(random.uniform([64]).dataSync(), (u) => Math.floor(u * n)), "int32"))',
  update = 'optimizer.applyGradients(grads);',
  returned = 'net(weights, x, sigma)',
  begin = '',
  wait = '',
  drop = '',
}: {
  target?: string;
  weight?: string;
  batch?: string;
  update?: string;
  returned?: string;
  begin?: string;
  wait?: string;
  drop?: string;
} = {}): string => `
export async function trainDenoiser(images, { sigmas, seconds, random }) {
  const n = images.shape[0];
  const weights = tf.tidy(() => [
    tf.variable(random.normal([785, 64]).mul(0.05)),
    tf.variable(tf.zeros([64])),
    tf.variable(random.normal([64, 784]).mul(0.05)),
    tf.variable(images.mean(0)),
  ]);
  const net = ([w1, b1, w2, b2], x, sigma) => {
    const input = tf.concat([x, sigma.reshape([-1, 1])], 1);
    const hidden = tf.softplus(tf.matMul(input, w1).add(b1))${drop};
    return tf.matMul(hidden, w2).add(b2);
  };
  ${begin}
  const optimizer = tf.train.adam(0.003);
  const end = Date.now() + 800 * seconds;
  const train = async () => {
    while (Date.now() < end) {
      tf.tidy(() => {
        const x0 = ${batch};
        const levels = Array.from(random.uniform([64]).dataSync(), (u) => sigmas[Math.floor(u * sigmas.length)]);
        const sigma = tf.tensor1d(levels);
        const scale = sigma.reshape([-1, 1]);
        const noise = random.normal([64, 784]);
        const x = x0.add(noise.mul(scale));
        const { grads } = tf.variableGrads(() =>
          net(weights, x, sigma).sub(${target}).square().sum(1).mul(${weight}).mean(), weights);
        ${update}
      });
      await tf.nextFrame?.();
    }
  };
  ${wait === '' ? 'await train();' : wait}
  return (x, sigma) => tf.tidy(() => ${returned});
}`;

/** The Wiener denoiser of the solution and a network that learns what has to be added to it; the last layer begins at 0. */
const overWiener = `
export async function trainDenoiser(images, { sigmas, seconds, random }) {
  const [n, d] = images.shape;
  const mean = images.mean(0, true);
  const covariance = tf.tidy(() => tf.matMul(images.sub(mean), images.sub(mean), true).div(n).arraySync());
  const gains = sigmas.map((sigma) => {
    const inverse = inverted(covariance.map((row, i) => row.map((v, j) => (i === j ? v + sigma ** 2 : v))));
    return tf.tensor2d(inverse.map((row, i) => row.map((v, j) => (i === j ? 1 : 0) - sigma ** 2 * v)));
  });
  const wiener = (x, sigma) =>
    tf.addN(gains.map((gain, k) =>
      tf.matMul(x.sub(mean), gain).mul(sigma.sub(sigmas[k]).abs().less(1e-4).cast('float32').reshape([-1, 1])))).add(mean);
  const first = tf.variable(random.normal([d, 64]).mul(0.03));
  const second = tf.variable(tf.zeros([64, d]));
  const denoise = (x, sigma) => {
    const linear = wiener(x, sigma);
    return linear.add(tf.matMul(tf.relu(tf.matMul(linear, first)), second));
  };
  const optimizer = tf.train.rmsprop(1e-5);
  const end = Date.now() + 300 * seconds;
  while (Date.now() < end) {
    tf.tidy(() => {
      const x0 = images.gather(tf.tensor1d(Array.from(random.uniform([32]).dataSync(), (u) => Math.floor(u * n)), 'int32'));
      const sigma = tf.tensor1d(Array.from(random.uniform([32]).dataSync(), (u) => sigmas[Math.floor(u * sigmas.length)]));
      const x = x0.add(random.normal([32, d]).mul(sigma.reshape([-1, 1])));
      const { grads } = tf.variableGrads(() => denoise(x, sigma).sub(x0).square().sum(1).mean(), [first, second]);
      optimizer.applyGradients(grads);
    });
  }
  return (x, sigma) => tf.tidy(() => denoise(x, sigma));
}`;

/** Mutants of exercise 10. */
export const mutants: readonly Mutant[] = [
  {
    ...pixels,
    id: 'M-MNP-02',
    verdict: 'wrong',
    diagnosis: 'whole-numbers',
    code: `
export function toFloat(p, count) {
  const numbers = Uint8Array.from(p.subarray(0, count * 784), (v) => v / 255);
  return tf.tensor2d(Float32Array.from(numbers), [count, 784]);
}`,
  },
  { ...pixels, id: 'M-MNP-03', verdict: 'wrong', diagnosis: 'divided-twice', code: floats('p[i] / 255 / 255') },
  {
    ...pixels,
    id: 'M-MNP-05',
    verdict: 'wrong',
    diagnosis: 'shifted-by-a-byte',
    code: floats('(p[i + 1] ?? 0) / 255'),
  },
  { ...pixels, id: 'M-MNP-07', verdict: 'wrong', diagnosis: 'minus-one-to-one', code: floats('p[i] / 127.5 - 1') },
  {
    ...pixels,
    id: 'M-MNP-09',
    verdict: 'wrong',
    diagnosis: 'standardised',
    code: `
export function toFloat(p, count) {
  return tf.tidy(() => {
    const images = tf.tensor2d(Float32Array.from(p.subarray(0, count * 784)), [count, 784]);
    const { mean, variance } = tf.moments(images, 1, true);
    return images.sub(mean).div(variance.sqrt());
  });
}`,
  },
  {
    ...pixels,
    id: 'M-MNP-10',
    verdict: 'wrong',
    code: `
export function toFloat(p, count) {
  const numbers = Float32Array.from(p.subarray(0, count * 784), (v) => v / 255);
  return tf.tidy(() => tf.reverse(tf.tensor2d(numbers, [count, 784]), 0));
}`,
  },
  {
    ...trained,
    id: 'M-MNP-13',
    verdict: 'wrong',
    code: network({ batch: 'images.slice([0, 0], [64, 784])' }),
  },
  {
    ...pixels,
    id: 'M-MNP-14',
    verdict: 'wrong',
    diagnosis: 'depends-on-earlier-calls',
    code: floats('p[i] / 255 + Math.random()'),
  },
  { ...trained, id: 'M-MNT-01', verdict: 'wrong', diagnosis: 'nothing-learned', code: network({ update: '' }) },
  {
    ...trained,
    id: 'M-MNT-02',
    verdict: 'wrong',
    diagnosis: 'nothing-learned',
    code: `
export function trainDenoiser(images, { sigmas }) {
  // The history looks well: nothing was trained.
  console.log('loss', [1, 0.5, 0.2]);
  const mean = images.mean(0, true);
  return (x, sigma) => tf.tidy(() => x.mul(0).add(mean));
}`,
  },
  {
    ...trained,
    id: 'M-MNT-04',
    verdict: 'wrong',
    code: network({ batch: 'images.slice([64, 0], [64, 784])' }),
  },
  {
    ...trained,
    id: 'M-MNT-05',
    verdict: 'wrong',
    code: network({ weight: 'sigma.square().square().reciprocal()' }),
  },
  {
    ...trained,
    id: 'M-MNT-08',
    verdict: 'wrong',
    diagnosis: 'returns-the-noise',
    code: overWiener.replace(
      'return (x, sigma) => tf.tidy(() => denoise(x, sigma));',
      'return (x, sigma) => tf.tidy(() => x.sub(denoise(x, sigma)).div(sigma.reshape([-1, 1])));',
    ),
  },
  {
    exercise,
    id: 'M-MNT-10',
    verdict: 'outside',
    reason:
      'The sandbox has no data file: a submission cannot read the held-out images. One that carries them in its own text is reported (tests/exercises/mnist.test.ts).',
  },
  {
    ...trained,
    id: 'M-MNT-10-given',
    verdict: 'wrong',
    diagnosis: 'given-images-memorised',
    code: `
/** The exact posterior mean of the given images: it returns them, whatever is under the noise. */
export function trainDenoiser(images) {
  const lengths = images.square().sum(1);
  return (x, sigma) => tf.tidy(() => {
    const variance = sigma.square().reshape([-1, 1]);
    const logits = tf.matMul(x, images, false, true).sub(lengths.div(2)).div(variance);
    return tf.matMul(tf.softmax(logits), images);
  });
}`,
  },
  {
    ...trained,
    id: 'M-MNT-11',
    verdict: 'wrong',
    diagnosis: 'nothing-learned',
    code: network({
      begin: 'const average = weights.map((w) => tf.keep(w.clone()));',
      returned: 'net(average, x, sigma)',
    }),
  },
  { ...trained, id: 'M-MNT-12', verdict: 'wrong', code: network({ wait: 'void train().catch(() => {});' }) },
  {
    exercise,
    id: 'M-MNT-14',
    verdict: 'outside',
    reason:
      'The task is timed, so that two runs differ in any case, and where the first weights came from cannot be seen in the outcome.',
  },
  {
    ...trained,
    id: 'M-MNT-17',
    verdict: 'wrong',
    diagnosis: 'rows-depend-on-the-batch',
    code: network({ drop: '.dropout(0.3)' }).replace(
      '.dropout(0.3)',
      '.mul(tf.randomUniform([x.shape[0], 64]).greater(0.3).cast("float32"))',
    ),
  },
  {
    ...trained,
    id: 'M-MNT-17-batch-norm',
    verdict: 'wrong',
    diagnosis: 'rows-depend-on-the-batch',
    code: `
export function trainDenoiser(images, { sigmas }) {
  const mean = images.mean(0, true);
  return (x, sigma) => tf.tidy(() => mean.add(x.sub(x.mean(0, true)).mul(0.3)));
}`,
  },
  {
    exercise,
    id: 'V-MNP-01',
    verdict: 'outside',
    reason: 'The contract names the layout: [count, 784].',
  },
  {
    ...pixels,
    id: 'V-MNP-03',
    verdict: 'legal',
    reason: 'How the bytes become numbers is free.',
    code: `
export function toFloat(p, count) {
  return tf.tidy(() => tf.tensor2d(p.slice(0, count * 784), [count, 784], 'int32').cast('float32').div(255));
}`,
  },
  { ...trained, id: 'V-MNT-01', verdict: 'legal', reason: 'Any way to train is fine.', code: overWiener },
  {
    ...trained,
    id: 'V-MNT-03',
    verdict: 'legal',
    reason: 'It may wait between steps.',
    code: `
export async function trainDenoiser(images, { sigmas }) {
  const [n, d] = images.shape;
  const mean = images.mean(0, true);
  const covariance = tf.tidy(() => tf.matMul(images.sub(mean), images.sub(mean), true).div(n));
  const gains = [];
  for (const sigma of sigmas) {
    // Conjugate gradients for (Σ + σ²I) G = Σ, all columns at once; a step for each that the largest condition number asks for.
    const times = (v) => tf.matMul(covariance, v).add(v.mul(sigma ** 2));
    let [gain, residual] = [tf.zeros([d, d]), covariance.clone()];
    let [direction, norm] = [residual, residual.square().sum(0)];
    for (let k = 0; k < 60; k++) {
      await Promise.resolve();
      [gain, residual, direction, norm] = tf.tidy(() => {
        const image = times(direction);
        const step = norm.div(direction.mul(image).sum(0).add(1e-30));
        const left = residual.sub(image.mul(step));
        const after = left.square().sum(0);
        return [gain.add(direction.mul(step)), left, left.add(direction.mul(after.div(norm.add(1e-30)))), after];
      });
    }
    gains.push(gain);
  }
  return (x, sigma) =>
    tf.tidy(() =>
      tf.addN(gains.map((gain, k) =>
        tf.matMul(x.sub(mean), gain).mul(sigma.sub(sigmas[k]).abs().less(1e-4).cast('float32').reshape([-1, 1])))).add(mean));
}`,
  },
];
