import type { Field } from './fields.js';
import type { Floats, Grid } from './grid.js';

/** The place of the `random` of the contract among the inputs; its stream is keyed when the question is asked. */
export interface RandomInput {
  readonly stream: 'random';
}

/** One input of a case; a list of numbers is a plain list for the submission, a grid is a tensor. */
export type Input =
  number | string | Uint8Array | readonly number[] | Grid | Floats | Field | RandomInput | InputRecord;

/** Named inputs that travel as one, such as a mixture. */
export interface InputRecord {
  readonly [name: string]: Input;
}

/** The inputs of one question by name: what fast-check draws and shrinks, and what a counterexample shows. */
export type Case = Readonly<Record<string, Input>>;

/** The `random` of the contract as an input. */
export const randomInput: RandomInput = { stream: 'random' };

export const isGrid = (input: Input): input is Grid | Floats => typeof input === 'object' && 'shape' in input;
export const isField = (input: Input): input is Field => typeof input === 'object' && 'family' in input;
export const isRandom = (input: Input): input is RandomInput => typeof input === 'object' && 'stream' in input;
export const isList = (input: Input): input is readonly number[] => Array.isArray(input);
export const isBytes = (input: Input): input is Uint8Array => input instanceof Uint8Array;
