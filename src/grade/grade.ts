import type { Bundle } from '../sandbox/bundle.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import type { Respond } from './ask.js';
import type { PropertyFinding, TaskFinding } from './check-task.js';
import { worstCoordinate, type Compared } from './compare.js';
import { withWhatTheyAreBuiltOn } from './built-on.js';
import { diagnose } from './diagnosis.js';
import { propertyIds, type Exercise, type Task } from './exercise.js';
import {
  faultMessage,
  hiddenReason,
  passed,
  propertyNames,
  propertyReasons,
  uncheckedReason,
  undecidedReason,
} from './messages.js';
import type { Draws } from './draws.js';
import type { Grade, TaskGrade } from './result.js';
import { shownAnswer, shownCase } from './show.js';
import { smallestFailure, type Smallest } from './smallest.js';
import { spellingOf, type Spelling } from './spelling.js';
import { tasksAlone, type Drawn, type TasksAlone } from './tasks-alone.js';
import { inLanguage, type Language, type Texts } from './texts.js';

/** How a submission is graded. */
export interface GradeOptions {
  readonly version: string;
  readonly seed: number;
  readonly language: Language;
  /** These tasks only; all where absent. */
  readonly tasks?: readonly string[];
  /** Whether questions may be shown: in a student's own check, never in a graded run. */
  readonly show: boolean;
  /** The command that replays a task. */
  readonly again: (task: string) => string;
  /** Told before each task and after it. */
  readonly progress?: (event: { readonly task: string; readonly grade?: TaskGrade }) => void;
  readonly warnings?: readonly string[];
}

/** Grades one submission on one exercise, task by task; what a task does to its process costs that task alone. */
export async function grade(
  exercise: Exercise,
  submission: Bundle,
  { sandbox, options }: { readonly sandbox: Sandbox; readonly options: GradeOptions },
): Promise<Grade> {
  const tasks: TaskGrade[] = [];
  const spelling = spellingOf(submission.library);
  const wording = { ...options, spelling, contract: exercise.tasks.map(({ name }) => spelling(name)) };
  const asked = exercise.tasks
    .filter(({ name }) => options.tasks?.includes(name) ?? true)
    .map((task) => ({ task, draws: { seed: options.seed, path: [exercise.id, task.name] } }));
  await using alone = tasksAlone(sandbox, submission, asked);
  for (const drawn of asked) {
    const { task } = drawn;
    options.progress?.({ task: task.name });
    const graded = await gradeTask(drawn, alone, wording);
    tasks.push(graded);
    options.progress?.({ task: task.name, grade: graded });
  }
  const points = tasks.map((task) => task.points);
  return {
    version: options.version,
    exercise: exercise.id,
    language: options.language,
    isolation: sandbox.isolation,
    library: submission.library,
    digest: submission.digest,
    tasks: withWhatTheyAreBuiltOn({ tasks, exercise, submission }, options.language),
    points: points.includes(null) ? null : points.reduce<number>((sum, each) => sum + (each ?? 0), 0),
    maxPoints: tasks.reduce((sum, { maxPoints }) => sum + maxPoints, 0),
    warnings: [...(options.warnings ?? [])],
  };
}

/** Grades one task; trouble of ours is a fault, and no score. */
async function gradeTask(drawn: Drawn, alone: TasksAlone, options: Wording): Promise<TaskGrade> {
  const { task, draws } = drawn;
  try {
    const { finding, respond } = await alone.check(drawn);
    return await inWords(task, finding, { respond, draws, options });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { ...head(task, options), ...fault(task, detail, options.language) };
  }
}

/** What the texts depend on beside what was found. */
interface Wording extends GradeOptions {
  readonly spelling: Spelling;
  readonly contract: readonly string[];
}

const head = (task: Task, { seed, again, spelling }: Wording) => ({
  name: task.name,
  ...(spelling(task.name) === task.name ? {} : { function: spelling(task.name) }),
  maxPoints: task.points,
  seed,
  again: again(task.name),
});

function fault(task: Task, detail: string, language: Language) {
  const texts: Texts = {
    en: `scorecheck itself failed, and no score is written: ${detail}`,
    'zh-TW': `scorecheck 本身發生錯誤，沒有記分：${detail}`,
  };
  return {
    points: null,
    verdict: 'fault' as const,
    properties: propertyIds.flatMap((id) => {
      const property = task.properties[id];
      if (property === undefined) return [];
      const name = propertyNames[id][language];
      return [{ id, name, points: 0, maxPoints: property.points, verdict: 'fault' as const }];
    }),
    diagnosis: [],
    message: texts[language],
    counterexample: null,
    warnings: [],
    output: '',
  };
}

async function inWords(
  task: Task,
  finding: TaskFinding,
  { respond, draws, options }: { respond: Respond; draws: Draws; options: Wording },
): Promise<TaskGrade> {
  const { language, show } = options;
  const verdicts = finding.properties.map(({ verdict }) => verdict);
  const verdict = verdicts.includes('fail') ? 'fail' : verdicts.includes('undecided') ? 'undecided' : 'pass';
  const first = firstFailure(finding);
  const small = show && first !== undefined ? await smallestOf(task, first, { respond, draws }) : undefined;
  const shown = small?.compared ?? first;
  const properties = finding.properties.map((property) => propertyGrade(property, language));
  return {
    ...head(task, options),
    points: properties.reduce((sum, property) => sum + property.points, 0),
    verdict,
    properties,
    diagnosis: diagnose(task, show ? finding : { ...finding, observed: hidden(task, finding) }).map(
      ({ id, sentence, hint }) => ({
        id,
        sentence: sentence[language],
        ...(hint === undefined ? {} : { hint: hint[language] }),
      }),
    ),
    message: [messageOf(task, finding, shown, options), finding.note?.[language] ?? ''].join(' ').trim(),
    counterexample:
      show && shown !== undefined && wasCalled(shown)
        ? counterexampleOf(task, shown, small?.tried ?? finding.compared.length, options.spelling)
        : null,
    warnings: warningsOf(finding, { language, show }),
    // What a submission prints, and how long it waits, may be what it was asked.
    ...(show ? { output: finding.output, milliseconds: Math.round(finding.milliseconds) } : { output: '' }),
  };
}

function propertyGrade({ id, points, verdict, reason }: PropertyFinding, language: Language) {
  const why = {
    pass: undefined,
    fail: reason ?? propertyReasons[id],
    undecided: undecidedReason,
    unchecked: uncheckedReason,
  }[verdict];
  return {
    id,
    name: propertyNames[id][language],
    points: verdict === 'fail' ? 0 : points,
    maxPoints: points,
    verdict,
    ...(why === undefined ? {} : { reason: why[language] }),
  };
}

/** The failure to show: in the order of the properties, a wrong value before an exception. */
function firstFailure({ compared, properties }: TaskFinding): Compared | undefined {
  const failing = properties.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
  for (const id of failing) {
    const faulty = compared.filter(({ property, fault }) => property === id && fault !== undefined);
    const found = faulty.find(({ fault }) => fault?.kind === 'value') ?? faulty[0];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A replayed random answer may be right in another order of its draws, so it is no counterexample to make smaller. */
async function smallestOf(
  task: Task,
  compared: Compared,
  how: { respond: Respond; draws: Draws },
): Promise<Smallest | undefined> {
  return compared.property === 'random' || !wasCalled(compared) ? undefined : smallestFailure(task, compared, how);
}

function messageOf(
  task: Task,
  { observed, means, unstable, example }: TaskFinding,
  shown: Compared | undefined,
  told: Told,
): string {
  const { language, show } = told;
  const text = inLanguage(language);
  if (shown !== undefined && shown.property !== 'random') return faultText(task, shown, told);
  if (show && example !== undefined) return example[language];
  if (observed.length > 0) return (show ? observed : hidden(task, { observed }))[0].says[language];
  if (means.length > 0) {
    const [{ check, finding }] = means;
    if (!show) return check.says[language];
    const numbers = `${finding.estimate.toPrecision(3)} ± ${finding.halfWidth.toPrecision(2)}`;
    return text(
      `${check.says.en} Over ${finding.draws} draws a mean that has to be 0 is ${numbers}.`,
      `${check.says['zh-TW']}抽樣 ${finding.draws} 次，應為 0 的平均是 ${numbers}。`,
    );
  }
  if (unstable) return text('The same question got two answers.', '同一個問題得到兩個答案。');
  return shown === undefined ? passed[language] : faultText(task, shown, told);
}

type Told = Pick<Wording, 'language' | 'show' | 'spelling' | 'contract'>;

function faultText(task: Task, shown: Compared, { show, ...told }: Told): string {
  const { fault } = shown;
  return show || fault === undefined ? faultMessage(task, shown, told) : hiddenReason(task, fault, told);
}

/** What was observed, without the numbers of the questions. */
function hidden({ properties }: Task, { observed }: Pick<TaskFinding, 'observed'>): TaskFinding['observed'] {
  return observed.map((each) => {
    const own = [properties.score, properties.cost].find((property) => property?.id === each.id);
    const says = each.graded ?? own?.reason;
    return says === undefined ? each : { ...each, says };
  });
}

/** Where no function was called there is no input to show. */
const wasCalled = ({ fault }: Compared): boolean => fault?.kind !== 'missing' && fault?.kind !== 'unloaded';

function counterexampleOf(
  task: Task,
  { case: c, expected, got, gradient }: Compared,
  tried: number,
  spelling: Spelling,
) {
  const returned = gradient ? [expected.values.length] : task.returns(c);
  const { coordinate } = got === undefined ? { coordinate: 0 } : worstCoordinate(expected, got);
  const tolerance = expected.tolerances[coordinate] ?? null;
  return {
    inputs: shownCase(c, spelling),
    expected: expected.values.length === 0 ? null : shownAnswer(expected.values, returned),
    got: got === undefined || expected.values.length === 0 ? null : shownAnswer(got, returned),
    tolerance: tolerance !== null && Number.isFinite(tolerance) ? tolerance : null,
    coordinate,
    tried,
  };
}

function warningsOf(
  { leakedTensors }: TaskFinding,
  { language, show }: Pick<GradeOptions, 'language' | 'show'>,
): string[] {
  if (leakedTensors === 0) return [];
  if (!show) {
    const texts: Texts = {
      en: 'A call leaves tensors that nobody disposes: wrap it in tf.tidy. This costs no points.',
      'zh-TW': '呼叫之後留下沒有釋放的張量：請用 tf.tidy 包起來。這不扣分。',
    };
    return [texts[language]];
  }
  const texts: Texts = {
    en: `A call leaves up to ${leakedTensors} tensors that nobody disposes: wrap it in tf.tidy. This costs no points.`,
    'zh-TW': `一次呼叫最多留下 ${leakedTensors} 個沒有釋放的張量：請用 tf.tidy 包起來。這不扣分。`,
  };
  return [texts[language]];
}
