import type { PointFormula } from '../oracle/arithmetic.js';
import type { Random } from '../numerics/random.js';

/** n draws of named variables: row-major float64 arrays [n·d]. */
export type Draws = Readonly<Record<string, Float64Array>>;

/** A coordinate axis of an integral: where the density lives and where it has kinks or jumps. */
export interface Axis {
  /** The integral runs from `from` to `to`; beyond, the density is 0 or below the rounding of the whole. */
  readonly from: number;
  readonly to: number;
  /** Points inside where the density or the integrand is not smooth: split there. An end where the density jumps to 0 is a break too. */
  readonly breaks: readonly number[];
  /** True where the density is analytic on the whole axis and decays to 0 at both ends (trapezoid rule); false needs tanh-sinh pieces. */
  readonly smooth: boolean;
  /** Present where the law sits on these points alone: the integral is a sum over them, and the density is that of the sum (a probability). */
  readonly atoms?: readonly number[];
}

/** A probability law of named vector variables. */
export interface Law {
  /** In words and symbols, for the report. */
  readonly name: string;
  /** Variable -> its dimension, in the order of the integration axes. */
  readonly variables: Readonly<Record<string, number>>;
  /** n independent draws. */
  readonly sample: (random: Random, n: number) => Draws;
  /** One oracle value takes milliseconds: evidence uses few points and estimates the variance on TensorFlow.js. */
  readonly costly?: boolean;
  /** The density, for quadrature: absent where only sampling is offered. */
  readonly density?: {
    /** log density of the joint law, one number: [1]. */
    readonly logDensity: PointFormula;
    /** One axis per coordinate, variables in order. */
    readonly axes: readonly Axis[];
  };
}
