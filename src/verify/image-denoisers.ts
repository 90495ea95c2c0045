import type { DigitSet } from '../../reference/data/digits.js';
import type { Tensor2D } from '../tensorflow/tensorflow.js';

/** A map from noisy images to estimates of the clean ones: [n, d] -> [n, d], a new tensor. */
export interface ImageDenoiser {
  readonly name: string;
  readonly denoise: (x: Tensor2D, sigma: number) => Tensor2D;
}

/** Images on which a denoiser is judged, each with the same probability, with fresh noise. */
export interface ImageLaw {
  readonly name: string;
  readonly images: DigitSet;
}

/** E‖h(x) − x₀‖² for x = x₀ + σε with x₀ drawn from the images. */
export interface DenoisingError {
  readonly denoiser: ImageDenoiser;
  readonly on: ImageLaw;
}
