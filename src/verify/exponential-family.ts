import {
  boxLogPartition as logPartitionOnTensors,
  exponentialFamilyDensity,
  uniformBoxDensity,
} from '../../reference/densities/exponential-family.js';
import {
  boxLogPartition,
  exponentialFamilyOracle,
  uniformBoxOracle,
  type BoundedBox,
} from '../oracle/exponential-family.js';
import type { Density } from './densities.js';
import type { Term } from './term.js';
import { scalarTerm } from './terms.js';

/** p(x) = e^(θᵀx)/Z(θ) on a box; no coordinate of θ is 0. */
export const exponentialOnBox = (theta: readonly number[], box: BoundedBox): Density => ({
  ...exponentialFamilyOracle(theta, box),
  name: `exp(θᵀx)/Z on a box in ${theta.length}-D`,
  reference: exponentialFamilyDensity(theta, box.lower, box.upper),
});

/** The uniform law on a box. */
export const uniformOnBox = (box: BoundedBox): Density => ({
  ...uniformBoxOracle(box),
  name: `uniform on a box in ${box.lower.length}-D`,
  reference: uniformBoxDensity(box.lower, box.upper),
});

/** log Z(θ) of the variable theta: [1]. */
export const logPartitionTerm = (box: BoundedBox): Term =>
  scalarTerm('theta', boxLogPartition(box), logPartitionOnTensors(box.lower, box.upper));
