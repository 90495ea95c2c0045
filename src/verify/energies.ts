import {
  wellsEnergy as wellsEnergyOnTensors,
  wellsForce as wellsForceOnTensors,
} from '../../reference/densities/energies.js';
import { wellsEnergy, wellsForce, type Wells } from '../oracle/energies.js';
import type { Term } from './term.js';
import { fieldTerm, scalarTerm } from './terms.js';

/** E(x) of double wells, springs and a pull: [1]. */
export const wellsEnergyTerm = (w: Wells): Term =>
  scalarTerm('x', wellsEnergy(w), wellsEnergyOnTensors(w.heights, w.wells, w.springs, w.pull));

/** The force −∇E(x) in closed form: [d]. */
export const wellsForceTerm = (w: Wells): Term =>
  fieldTerm({
    dimension: w.pull.length,
    formula: wellsForce(w),
    tensor: wellsForceOnTensors(w.heights, w.wells, w.springs, w.pull),
  });
