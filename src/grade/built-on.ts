import type { Bundle } from '../sandbox/bundle.js';
import type { Exercise } from './exercise.js';
import type { Grade, TaskGrade } from './result.js';
import { spellingOf } from './spelling.js';
import { inLanguage, type Language } from './texts.js';

/**
 * The tasks with a word on what they may be built on: where no mistake of a wrong task has a name, and the submission calls another function that is
 * wrong, that one is what to mend first. Which function calls it is not looked at, so the sentence says "if".
 */
export function withWhatTheyAreBuiltOn(
  {
    tasks,
    exercise,
    submission,
  }: { readonly tasks: Grade['tasks']; readonly exercise: Exercise; readonly submission: Bundle },
  language: Language,
): TaskGrade[] {
  const spelling = spellingOf(submission.library);
  const wrong = tasks.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name);
  const called = wrong.filter((name) => submission.modules.some(([, text]) => calls(text, spelling(name))));
  return tasks.map((task, index) => {
    const before = called.filter((name) => tasks.findIndex((other) => other.name === name) < index);
    if (before.length === 0 || !hasWrongNumbers(task) || hasAName(task, exercise)) return task;
    const first = before.map((name) => wordOn(spelling(name), spelling(task.name), language));
    return { ...task, diagnosis: [...first, ...task.diagnosis] };
  });
}

const builtOn = 'built-on-';

/** Whether a diagnosis points to another function, and is no mistake of its own. */
export const isBuiltOn = (id: string): boolean => id.startsWith(builtOn);

/** An exception tells by its place where to look, and an open task what to do. */
const hasWrongNumbers = ({ verdict, diagnosis, counterexample }: TaskGrade): boolean =>
  verdict === 'fail' && (diagnosis.length > 0 || (counterexample !== null && counterexample.got !== null));

const hasAName = ({ name, diagnosis }: TaskGrade, { tasks }: Exercise): boolean => {
  const mistakes = Object.keys(tasks.find((task) => task.name === name)?.mistakes ?? {});
  return diagnosis.some(({ id }) => mistakes.includes(id));
};

/** Whether a text in TypeScript or Python has a call of `name` beside its definition. */
export function calls(text: string, name: string): boolean {
  return new RegExp(String.raw`(?<!\b(?:function\*?|def)\s+)(?<![\w$.])${name}\s*\(`).test(text);
}

function wordOn(name: string, task: string, language: Language): TaskGrade['diagnosis'][number] {
  const text = inLanguage(language);
  return {
    id: `${builtOn}${name}`,
    sentence: text(`${name} is wrong as well.`, `${name} 也有錯。`),
    hint: text(`If ${task} calls it, mend ${name} first.`, `如果 ${task} 呼叫了它，請先改正 ${name}。`),
  };
}
