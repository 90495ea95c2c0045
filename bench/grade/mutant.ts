/** A submission with one function of the solution in other words: wrong, right but different, or beyond what the contract says. */
interface Named {
  /** As in the catalogue of mutants: M- for a mistake, V- for a right variant. */
  readonly id: string;
  /** Number and id: `01-score-function`. */
  readonly exercise: string;
  /** The function that differs from the solution. */
  readonly function: string;
  /** TypeScript that takes the place of the function in the solution; what else the solution has is in scope. */
  readonly code: string;
}

/** Has to fail, with this diagnosis where one is expected. */
export interface Wrong extends Named {
  readonly verdict: 'wrong';
  readonly diagnosis?: string;
}

/** Has to get all points. */
export interface Legal extends Named {
  readonly verdict: 'legal';
  /** Why, where the catalogue calls it a mistake. */
  readonly reason?: string;
}

/** Cannot be written as a submission, or the contract leaves it open. */
export interface Outside extends Omit<Named, 'code' | 'function'> {
  readonly verdict: 'outside';
  readonly reason: string;
}

export type Mutant = Wrong | Legal | Outside;

/** The source of a solution with the function replaced; throws where the solution has no such function. */
export function sourceOf(solution: string, { function: name, code, id }: Wrong | Legal): string {
  const start = solution.search(new RegExp(`^export (async )?function ${name}\\b`, 'm'));
  const end = solution.indexOf('\n}\n', start);
  if (start === -1 || end === -1) throw new Error(`Expected a function ${name} in the solution for the mutant ${id}.`);
  return `${solution.slice(0, start)}${code.trim()}\n${solution.slice(end + '\n}\n'.length)}`;
}
