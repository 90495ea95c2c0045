import type { Arbitrary } from 'fast-check';
import type { Answered } from '../sandbox/question.js';
import type { Answering, Formula } from './formula.js';
import type { Case } from './inputs.js';
import type { MeanCheck } from './random-checks.js';
import type { Texts } from './texts.js';
import { trialPropertyIds, type Trial } from './trial.js';

/** What is judged in a task, in the order in which it is judged and reported. */
export const propertyIds = [
  'value',
  'laws',
  'far',
  'small',
  'gradient',
  'order',
  'score',
  'cost',
  'random',
  ...trialPropertyIds,
] as const;
export type PropertyId = (typeof propertyIds)[number];

/** Cases on which the answer has to agree with the oracle. */
export interface Cases<C> {
  /** Partial credit for this property alone. */
  readonly points: number;
  readonly cases: Arbitrary<C>;
  readonly count: number;
  /** Why these points are lost, where the general reason does not say it. */
  readonly reason?: Texts;
}

/** A relation between two answers: the answer at `moved(c)` is `answer(the answer at c)`. */
export interface Law<C> {
  readonly says: Texts;
  readonly moved: (c: C) => C;
  readonly answer: (values: readonly number[], c: C) => readonly number[];
}

/** Answers of a scheme that is free to choose, as long as it converges: the error against the exact answer falls with the step. */
export interface Order<C> extends Cases<C> {
  /** The same case with twice as many steps. */
  readonly doubled: (c: C) => C;
  /** The exact answer, in float64. */
  readonly exact: (c: C) => readonly number[];
}

/** What a question with `record` says about the calls of a function argument, judged by the exercise. */
export interface Observed<C> extends Omit<Cases<C>, 'reason'> {
  /** Wall clock of one question, milliseconds, where time is what is judged: beyond it these points are lost, and no others. */
  readonly milliseconds?: number;
  /** Undefined where all is as it has to be, else what was expected and what was found. */
  readonly problem: (answer: Answered, c: C) => Texts | undefined;
  readonly reason: Texts;
  /** Named in the diagnosis. */
  readonly id: string;
}

/** Random answers: exact where the draws can be replayed in order, otherwise means of what independent rows say. */
export interface Randomness<C> {
  readonly points: number;
  /** Small cases whose answer the formula gives from the submission's own draws, taken in order; where all agree, nothing is left to chance. */
  readonly replayed?: { readonly cases: Arbitrary<C>; readonly count: number };
  /** One large case per call, asked `calls` times; the checks see all answers, row by row. */
  readonly large: Arbitrary<C>;
  readonly calls: number;
  readonly checks: (answers: readonly (readonly number[])[], c: C) => readonly MeanCheck[];
  readonly reason?: Texts;
}

/** A property that the task's own trial judges. */
export interface Outcome {
  readonly points: number;
  readonly reason?: Texts;
}

/** The properties of a task; each has its points. */
export interface Properties<C> {
  readonly value?: Cases<C>;
  readonly laws?: Cases<C> & { readonly laws: readonly Law<C>[] };
  readonly far?: Cases<C>;
  readonly small?: Cases<C>;
  readonly gradient?: Cases<C>;
  readonly order?: Order<C>;
  readonly score?: Observed<C>;
  readonly cost?: Observed<C>;
  readonly random?: Randomness<C>;
  readonly rows?: Outcome;
  readonly isotropic?: Outcome;
  readonly wiener?: Outcome;
  readonly formula?: Outcome;
}

/** A wrong answer that students give, as a formula: where it explains all answers of a submission, it is named. */
export interface Mistake<C> {
  /** What was done: "This is the answer with sigma in place of sigma²." */
  readonly says: Texts;
  /** What to think about, without the answer. */
  readonly hint: Texts;
  readonly answer?: Formula<C>;
  /** Differentiated in place of the answer where only the gradient goes wrong. */
  readonly gradient?: Formula<C>;
  /** The wrong line, where the answer is a line of text. */
  readonly line?: string;
}

/** The shape of the returned tensor, or of each tensor of the returned record in the order of the formula. */
export type Returned = readonly number[] | Readonly<Record<string, readonly number[]>>;

/** One exported function of an exercise. */
export interface TaskSpec<C extends Case> extends Answering<C> {
  readonly name: string;
  /** The arguments by their names in the case, in order. */
  readonly inputs: readonly (keyof C & string)[];
  /** Where the answer is a function: its arguments. */
  readonly applied?: readonly (keyof C & string)[];
  readonly returns: (c: C) => Returned;
  readonly properties: Properties<C>;
  readonly mistakes: Readonly<Record<string, Mistake<C>>>;
  /** Wall clock of one question, milliseconds, where the usual does not do. */
  readonly milliseconds?: number;
  /** Judges the properties that say so with questions of its own. */
  readonly trial?: Trial;
}

/** A task whose cases have types that nobody needs to know any more. */
export interface Task extends TaskSpec<Case> {
  readonly points: number;
}

/** A claim by its id, with what it is confused with (`src/claims/confusions.ts`). */
export interface Confusions {
  readonly id: string;
  readonly falseVariants: readonly { readonly id: string; readonly mistake: string }[];
}

/** What an exercise's `exercise.ts` exports by default. */
export interface Exercise {
  /** `denoising-score-matching`; the folder is `04-denoising-score-matching`. */
  readonly id: string;
  /** Two digits. */
  readonly number: string;
  readonly week: number;
  readonly title: Texts;
  /** The theory behind it; their false variants are what its mistakes come from. */
  readonly claims: readonly Confusions[];
  readonly tasks: readonly Task[];
}

/** One task: a function, the oracle's answer, what is judged, and the mistakes that are known. Throws TypeError where it has no property. */
export function task<C extends Case>(spec: TaskSpec<C>): Task {
  const properties = propertyIds.flatMap((id) => spec.properties[id] ?? []);
  const points = properties.reduce((sum, property) => sum + property.points, 0);
  if (!(points > 0)) throw new TypeError(`Expected properties with points in the task ${spec.name}, found none.`);
  // Each case comes from an arbitrary of the same task, so a task never sees the cases of another.
  return { ...(spec as unknown as TaskSpec<Case>), points };
}

/** An exercise. Throws TypeError where two tasks share a name. */
export function exercise(spec: Exercise): Exercise {
  const names = new Set(spec.tasks.map(({ name }) => name));
  if (names.size !== spec.tasks.length) throw new TypeError(`Expected tasks with different names in ${spec.id}.`);
  return spec;
}

/**
 * A mistake that is a false variant of a claim: its sentence is the claim's own. Throws TypeError where the claim has no such variant.
 */
export function variantOf<C>(
  claim: Confusions,
  id: string,
  { zh, ...mistake }: Omit<Mistake<C>, 'says'> & { readonly zh: string },
): Mistake<C> {
  const variant = claim.falseVariants.find((each) => each.id === id);
  if (variant === undefined) {
    throw new TypeError(`Expected a false variant "${id}" of the claim ${claim.id}, found none.`);
  }
  return { says: { en: variant.mistake, 'zh-TW': zh }, ...mistake };
}
