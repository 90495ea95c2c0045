import type { Digits } from '../../../reference/data/digits.js';
import { dataMoments, type DataMoments } from '../../../reference/denoisers/data-moments.js';
import { isotropicLinear, wienerDenoiser, type LinearDenoiser } from '../../../reference/denoisers/wiener.js';
import { scoreNetwork, type NetworkData, type ScoreNetwork } from '../../../reference/scores/score-network.js';
import { tf, type Tensor2D } from '../../tensorflow/tensorflow.js';
import type { Resources } from '../../verify/claim.js';
import { digitReference, imagesOf } from '../../verify/digit-densities.js';
import type { ImageDenoiser, ImageLaw } from '../../verify/image-denoisers.js';
import { digitMoments, digitWiener } from './moments.js';

/** The training images in use. */
export const trainingLaw = (resources: Resources): ImageLaw => ({
  name: 'training images',
  images: imagesOf(resources),
});

/** Images that no denoiser here has seen. */
export const heldOutLaw = ({ digits }: Resources): ImageLaw => ({ name: 'held-out images', images: digits.test });

/** E[x₀ | x] over the training images in use. */
export function exactPosteriorMean(resources: Resources): ImageDenoiser {
  return {
    name: 'the exact posterior mean',
    denoise: remembered(resources, (x, sigma) => digitReference(resources).posteriorMean(x, sigma)),
  };
}

/** Batches of x remembered: claim and false variants see the same ones, and the exact posterior mean is a pass over all training images. */
const BATCHES = 40;
const memories = new WeakMap<Resources, { x: Float32Array; sigma: number; denoised: Float32Array }[]>();

function remembered(resources: Resources, denoise: ImageDenoiser['denoise']): ImageDenoiser['denoise'] {
  const batches = memories.get(resources) ?? [];
  memories.set(resources, batches);
  return (x, sigma) => {
    const values = x.dataSync<'float32'>();
    const known = batches.find((batch) => batch.sigma === sigma && sameBytes(batch.x, values));
    if (known !== undefined) return tf.tensor2d(known.denoised, x.shape);
    const found = denoise(x, sigma);
    batches.unshift({ x: values, sigma, denoised: found.dataSync<'float32'>() });
    batches.length = Math.min(batches.length, BATCHES);
    return found;
  };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
const sameBytes = (a: Float32Array, b: Float32Array): boolean => bytesOf(a).equals(bytesOf(b));

/** The best affine denoiser of the training images in use, whatever σ is asked for by a factor: `tunedTo` 1 is the right one. */
export const wienerOfTraining = (resources: Resources, tunedTo = 1): ImageDenoiser => ({
  name: tunedTo === 1 ? 'the Wiener denoiser' : `the Wiener denoiser for ${tunedTo}σ`,
  denoise: (x, sigma) => digitWiener(resources, tunedTo * sigma).apply(x),
});

/** The best affine denoiser of the held-out images themselves. */
export const wienerOfHeldOut = ({ digits }: Resources): ImageDenoiser => ({
  name: 'the Wiener denoiser of the held-out images',
  denoise: onceForEachSigma((sigma) => wienerDenoiser(momentsOfHeldOut(digits), sigma)),
});

const heldOut = new WeakMap<Digits, DataMoments>();

function momentsOfHeldOut(digits: Digits): DataMoments {
  const { test, dimension } = digits;
  const known = heldOut.get(digits) ?? dataMoments(test.images, test.count, dimension);
  heldOut.set(digits, known);
  return known;
}

/** The best denoiser of the form μ + c(x − μ) with one number c. */
export const isotropicOfTraining = (resources: Resources): ImageDenoiser => ({
  name: 'the isotropic linear denoiser',
  denoise: onceForEachSigma((sigma) => isotropicLinear(digitMoments(resources), sigma)),
});

/** A linear denoiser is a matrix of 784 × 784, made once for each σ. */
function onceForEachSigma(make: (sigma: number) => LinearDenoiser): ImageDenoiser['denoise'] {
  const made = new Map<number, LinearDenoiser>();
  return (x, sigma) => {
    const denoiser = made.get(sigma) ?? make(sigma);
    made.set(sigma, denoiser);
    return denoiser.apply(x);
  };
}

const networks = new WeakMap<NetworkData, ScoreNetwork>();

/** A network on tensors; once for each. */
export function networkOnTensors(data: NetworkData): ScoreNetwork {
  const known = networks.get(data) ?? scoreNetwork(data);
  networks.set(data, known);
  return known;
}

/** The trained network. */
export const trainedDenoiser = (data: NetworkData): ImageDenoiser => ({
  name: 'the trained network',
  denoise: (x: Tensor2D, sigma: number) => networkOnTensors(data).denoise(x, sigma),
});

/** Draws at most where a draw is a pass over N training images: about as many products in each case. */
export const drawsForAll = (resources: Resources): number =>
  Math.round(Math.min(2 ** 14, Math.max(2 ** 10, 2.4e7 / imagesOf(resources).count)));
