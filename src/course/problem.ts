/** The course file, the roster, an export or a ledger is not as it has to be; the message says what was expected, what was found, where, and what to do. */
export class CourseProblem extends Error {
  override readonly name = 'CourseProblem';
}
