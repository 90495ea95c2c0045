import path from 'node:path';
import type { Place } from './question.js';

/** What a submission computes with, and so which child runs it. */
export const libraries = ['tensorflow', 'numpy', 'torch'] as const;
export type Library = (typeof libraries)[number];

/** A submission as text, with the way back to the student's files. */
export interface Bundle {
  readonly kind: 'bundle';
  readonly library: Library;
  /** Names and texts, the module of the submission first; TypeScript is one script. */
  readonly modules: readonly (readonly [name: string, text: string])[];
  /** The student's files in it, relative to the folder of the submission. */
  readonly files: readonly string[];
  /** SHA-256 of the modules: the same submission has the same digest wherever it lies. */
  readonly digest: string;
  /** The innermost place in the student's files that a stack trace of its child names, `undefined` where there is none. */
  readonly placeIn: (stack: string) => Place | undefined;
}

/** A submission that is no program: what is wrong and where. */
export interface BundleProblem {
  readonly message: string;
  readonly place?: Place;
}

/** Why there is no bundle. */
export interface Problems {
  readonly kind: 'problems';
  readonly problems: readonly BundleProblem[];
}

/** Bytes of a file of a submission, and how many there may be. */
export const fileBytes = 1_000_000;
export const fileCount = 100;

/** Whether a file lies below a folder. */
export function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}
