import type { Tensor, Tensor1D, Tensor2D } from '../../src/tensorflow/tensorflow.js';
import { divergence } from '../scores/divergence.js';

/** ‖S(x) − s(x)‖² per example, the explicit score matching loss (no factor ½): two [n, d] -> [n]. Hyvärinen (2005), eq. 2. */
export function esmLosses(field: Tensor2D, score: Tensor2D): Tensor1D {
  return field.sub(score).square().sum(1);
}

/** ‖S(x)‖² + 2 ∇·S(x) per example, the implicit score matching loss (no factor ½): [n, d] -> [n]. Hyvärinen (2005), Theorem 1, doubled. */
export function ismLosses(field: (x: Tensor2D) => Tensor2D, x: Tensor2D): Tensor1D {
  return field(x).square().sum<Tensor1D>(1).add(divergence(field, x).mul(2));
}

/**
 * ‖S(x) − target‖² per example, target = ∇ₓ log q(x | x₀) (no factor ½): two [n, ...shape] -> [n]. The sum runs over every axis but
 * the first, so vectors, images and volumes have one loss. Vincent (2011), eq. 9.
 */
export function dsmLosses(field: Tensor, target: Tensor): Tensor1D {
  return field.sub(target).square().sum(axesOfAnExample(field));
}

/** ‖h(x) − x₀‖² per example, the denoising autoencoder's loss: [n, d] -> [n]. Vincent (2011), eq. 4. */
export function daeLosses(denoised: Tensor2D, clean: Tensor2D): Tensor1D {
  return denoised.sub(clean).square().sum(1);
}

/** Every axis of [n, ...shape] but the first. */
const axesOfAnExample = ({ rank }: Tensor): number[] => Array.from({ length: rank - 1 }, (_, i) => i + 1);
