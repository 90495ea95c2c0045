import { drawsToVerdict } from './draws-to-verdict.js';
import { falseFail } from './false-fail.js';
import { falsePass } from './false-pass.js';
import { identities } from './identities.js';
import { orders } from './orders.js';
import { repeated } from './repeated.js';
import { rounding } from './rounding.js';
import type { Study } from './study.js';
import { suites } from './suites.js';
import { verdicts } from './verdicts.js';

/** All of the calibration. The longest parts come first, so that no process is left with one of them at the end. */
export const studies: readonly Study[] = [
  verdicts,
  repeated,
  suites,
  drawsToVerdict,
  rounding,
  falsePass,
  falseFail,
  orders,
  identities,
];
