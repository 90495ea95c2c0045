/** A line of a solution in Python as a student gets it wrong, and what it has to be called: by the name that its twin in TypeScript has. */
export interface PythonMutant {
  readonly exercise: string;
  readonly task: string;
  readonly replace: readonly [right: string, wrong: string];
  readonly diagnosis: string;
}

export const pythonMutants: readonly PythonMutant[] = [];
