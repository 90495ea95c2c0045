import { readNotes, unreadNotes, type ReadNotes } from '../notes/notes.js';
import type { FileResult } from '../notes/result.js';
import { sourceOf, type NotesSource } from '../notes/source.js';
import { summarise } from '../notes/summarise.js';

/** A file of notes, read and judged, as plain data. */
export interface JudgedNotes {
  readonly result: FileResult;
  readonly source: NotesSource;
}

/** Judges the text of a file. */
export const judgedNotes = (file: string, text: string): JudgedNotes => judgedWithTrees(file, text).judged;

/** The same with the trees, which `--explain` shows. */
export function judgedWithTrees(
  file: string,
  text: string,
): { readonly notes: ReadNotes; readonly judged: JudgedNotes } {
  const notes = readNotes(file, text);
  return { notes, judged: judgedOf(notes) };
}

/** A file whose process ended before it was judged. */
export const unjudgedNotes = (file: string, text: string, error: unknown): JudgedNotes =>
  judgedOf(unreadNotes(file, text, error));

const judgedOf = (notes: ReadNotes): JudgedNotes => ({ result: summarise(notes), source: sourceOf(notes.document) });
