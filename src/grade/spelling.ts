import type { Library } from '../sandbox/bundle.js';

/** How a language writes the names of the contract, which are in camel case. */
export type Spelling = (name: string) => string;

/** The names as the submission writes them: `dsmTarget`, or `dsm_target` in Python. */
export const spellingOf = (library: Library): Spelling => (library === 'tensorflow' ? (name) => name : snakeCase);

/** `dsmTarget` as `dsm_target`. */
export const snakeCase: Spelling = (name) =>
  name.replace(/(?<=[a-z0-9])[A-Z]/g, (capital) => `_${capital}`).toLowerCase();

/** `dsm_target` as `dsmTarget`, its inverse on names of the contract. */
export const camelCase: Spelling = (name) =>
  name.replace(/(?<=[a-z0-9])_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
