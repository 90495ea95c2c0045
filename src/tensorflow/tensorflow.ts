import { loadTensorFlow } from './load.js';

// The one place where TensorFlow.js enters the process: elsewhere its types are imported from here, never the package,
// because a second copy would be a second engine on another backend.
const loaded = await loadTensorFlow(process.env);

/** TensorFlow.js on the backend that `backend` names. */
export const tf = loaded.tf;

/** The backend that computes, with the reason when it is not the native one. */
export const backend = loaded.backend;

export { NativeBackendUnavailable, type Backend } from './load.js';
export type {
  DataType,
  NamedTensorMap,
  Optimizer,
  Rank,
  Scalar,
  Tensor,
  Tensor1D,
  Tensor2D,
  Tensor3D,
  Tensor4D,
  TensorLike,
  TypedArray,
  Variable,
} from '@tensorflow/tfjs';
