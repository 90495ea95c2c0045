/** What was found where in a data file. */
export interface IdxFault {
  readonly path: string;
  /** Byte offset in the unpacked stream; 0 where the file as a whole is meant. */
  readonly offset: number;
  readonly expected: string;
  readonly found: string;
  /** A sentence: what to do next. */
  readonly remedy: string;
  readonly cause?: unknown;
}

/** A data file that cannot be used: it says which file, at which byte, what was expected, what was found, and what to do. */
export class IdxError extends Error {
  override readonly name = 'IdxError';
  readonly path: string;
  readonly offset: number;
  readonly expected: string;
  readonly found: string;
  readonly remedy: string;

  constructor({ path, offset, expected, found, remedy, cause }: IdxFault) {
    super(
      `${path}: expected ${expected}, found ${found}, at byte ${offset}. ${remedy}`,
      cause === undefined ? {} : { cause },
    );
    this.path = path;
    this.offset = offset;
    this.expected = expected;
    this.found = found;
    this.remedy = remedy;
  }
}
