import { randomStream } from '../numerics/random.js';
import type { WrittenFormula } from '../oracle/written-formula.js';
import { task, type Task } from './exercise.js';
import { comparedAt, described, type Tried } from './formula-difference.js';
import { anotherFunction, differenceText, problemText } from './formula-words.js';
import type { Texts } from './texts.js';
import type { Seen, Trial, TrialFinding } from './trial.js';

/** A formula that a student derives by hand and hands in as a line of text. */
export interface FormulaAnswer {
  readonly name: string;
  readonly points: number;
  /** The symbols that the line may use, each with the interval that it is tried on. */
  readonly symbols: Readonly<Record<string, readonly [from: number, to: number]>>;
  readonly right: string;
  /** Compared by its derivative in this symbol, where terms without it are free. */
  readonly derivative?: string;
  /** Lines that students write, by the name of the mistake. */
  readonly mistakes: Readonly<Record<string, WrongLine>>;
}

/** A wrong line and what to say of it; every line that is the same function counts as this one. */
export interface WrongLine {
  readonly line: string;
  /** What was done. */
  readonly says: Texts;
  /** What to think about, without the answer. */
  readonly hint: Texts;
}

/** Formulas that agree at so many points drawn at random are the same: two different ones of these operations agree on a set of measure 0. */
const POINTS = 32;

/** The task of a formula: its function takes nothing and returns the line. */
export function formulaTask(spec: FormulaAnswer): Task {
  return task({
    name: spec.name,
    inputs: [],
    returns: () => [],
    properties: { formula: { points: spec.points } },
    mistakes: spec.mistakes,
    trial: formulaTrial(spec),
  });
}

/** Reads the line and compares it as a function. */
export const formulaTrial =
  (spec: FormulaAnswer): Trial =>
  async ({ text }, { seed, path }) => {
    const answer = await text({});
    if ('broken' in answer) return { ...failed, seen: [], broken: answer.broken };
    return await found(spec, answer.text, randomStream(seed, 'points', ...path));
  };

const failed = { verdicts: [{ id: 'formula', verdict: 'fail' }] } as const;

/** What is wrong with a line: it cannot be read, it is a known mistake, or it is another function, with the first point where that shows. */
async function found(
  { name, symbols, right, derivative, mistakes }: FormulaAnswer,
  line: string,
  random: { uniform: () => number },
): Promise<TrialFinding> {
  // The computer algebra loads where a formula is read, and nowhere else.
  const { writtenFormula } = await import('../oracle/symbolic.js');
  const names = Object.keys(symbols);
  const read = writtenFormula(line, names);
  if ('problem' in read) return { ...failed, seen: [problemText(read.problem, line, names)] };
  const known = (text: string): WrittenFormula => {
    const own = writtenFormula(text, names);
    if ('problem' in own)
      throw new Error(`The formula ${text} of ${name} cannot be read. This is a bug in scorecheck.`);
    return own.formula;
  };
  const points = Array.from({ length: POINTS }, () =>
    Object.fromEntries(names.map((each) => [each, within(symbols[each], random.uniform())])),
  );
  const tried = (other: WrittenFormula): readonly Tried[] => comparedAt(points, read.formula, other, derivative);
  const own = tried(known(right));
  if (own.length === 0)
    throw new Error(`The formula ${right} of ${name} has no value at any point. This is a bug in scorecheck.`);
  const wrong = own.find(({ differs }) => differs);
  if (wrong === undefined) return { verdicts: [{ id: 'formula', verdict: 'pass' }], seen: [] };
  const named = Object.entries(mistakes)
    .filter(([, mistake]) => !tried(known(mistake.line)).some(({ differs }) => differs))
    .map(([id, { says, hint }]): Seen => ({ id, says, hint }));
  const closest =
    named.length > 0 ? named : described(own, { points, given: read.formula, right: known(right), derivative });
  return {
    ...failed,
    seen: closest.length > 0 ? closest : [anotherFunction],
    example: differenceText(wrong, derivative),
  };
}

const within = ([from, to]: readonly [number, number], u: number): number =>
  // Two decimals: a student can put them in by hand.
  Math.round(100 * (from + u * (to - from))) / 100;
