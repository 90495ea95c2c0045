import type { Grade, TaskGrade } from '../grade/result.js';
import { roundedOrNone as shown } from './points.js';

const words = {
  en: {
    of: 'of',
    points: 'points',
    expected: 'expected',
    got: 'got',
    for: 'for',
    smallest: (tried: number) => `smallest failing input of ${tried} tried`,
    again: 'Again',
    total: 'Total',
    undecided: 'undecided: the points are given',
    fault: 'no score',
    printed: 'It printed',
    warning: 'Warning',
    provisional: 'These points are provisional.',
    isolation: 'Isolation',
    task: 'Task',
    colon: ': ',
    stop: '. ',
    most: 'of',
    right: 'Right.',
    verdicts: { pass: 'right', fail: 'wrong', undecided: 'undecided', fault: 'no score' },
    levels: { full: 'full', weak: 'weak' },
  },
  'zh-TW': {
    of: '/',
    points: '分',
    expected: '應為',
    got: '得到',
    for: '輸入',
    smallest: (tried: number) => `試過 ${tried} 個輸入中最小的一個`,
    again: '重做',
    total: '總分',
    undecided: '未能判定：分數照給',
    fault: '沒有記分',
    printed: '輸出',
    warning: '警告',
    provisional: '這些分數是暫時的。',
    isolation: '隔離',
    task: '題目',
    colon: '：',
    stop: '。',
    most: '滿分',
    right: '正確。',
    verdicts: { pass: '正確', fail: '錯誤', undecided: '未判定', fault: '沒有記分' },
    levels: { full: '完整', weak: '較弱' },
  },
} as const;

/** What the student reads in the terminal: the tasks with their points, and for each that is not right why. */
export function gradeText(grade: Grade): string {
  const w = words[grade.language];
  const tasks = grade.tasks.map((task) => taskLines(task, grade).join('\n'));
  const warnings = grade.warnings.map((warning) => `${w.warning}${w.colon}${warning}`);
  const total = `${w.total}${w.colon}${shown(grade.points)} ${w.of} ${shown(grade.maxPoints)} ${w.points}${w.stop}${w.provisional}`;
  return [`${grade.exercise}`, ...tasks, ...warnings, total].join('\n');
}

function taskLines(task: TaskGrade, { language }: Grade): string[] {
  const w = words[language];
  const lines = [
    `${w.task} ${nameOf(task)}${w.colon}${shown(task.points)} ${w.of} ${shown(task.maxPoints)} ${w.points}`,
  ];
  if (task.verdict === 'undecided') lines.push(`  ${w.undecided}`);
  // What is told of a right answer too, such as the errors of a training.
  if (task.verdict === 'pass' && task.message.startsWith(`${w.right} `))
    lines.push(`  ${task.message.slice(w.right.length + 1)}`);
  if (task.verdict === 'fail' || task.verdict === 'fault') {
    const { counterexample } = task;
    if (counterexample !== null && counterexample.got !== null) {
      const inputs = Object.entries(counterexample.inputs).map(([name, value]) => `${name} = ${oneLine(value)}`);
      lines.push(
        `  ${w.expected}  ${oneLine(counterexample.expected)}   ${w.for} ${inputs.join(', ')}`,
        `  ${w.got}  ${oneLine(counterexample.got)}   ${w.smallest(counterexample.tried)}`,
      );
    } else lines.push(`  ${task.message}`);
    for (const { sentence, hint = '' } of task.diagnosis) {
      // The message may be the diagnosis already.
      const said = lines.some((line) => line.includes(sentence)) ? hint : `${sentence} ${hint}`.trim();
      if (said !== '') lines.push(`  ${said}`);
    }
    // Where nothing is right, what stands above is the reason for all of it.
    const partly = task.properties.some(({ verdict }) => verdict !== 'fail');
    for (const { name, verdict, points, maxPoints, reason } of partly ? task.properties : []) {
      if (verdict !== 'fail') continue;
      lines.push(`  - ${name}${w.colon}${shown(points)} ${w.of} ${shown(maxPoints)}${w.stop}${reason ?? ''}`);
    }
    lines.push(`  ${w.again}${w.colon}${task.again}`);
  }
  lines.push(...notChecked(task).map(({ name, reason }) => `  - ${name}${w.colon}${reason ?? ''}`));
  for (const warning of task.warnings) lines.push(`  ${w.warning}${w.colon}${warning}`);
  if (task.output !== '')
    lines.push(
      `  ${w.printed}${w.colon.trimEnd()}`,
      ...task.output
        .trimEnd()
        .split('\n')
        .map((line) => `    | ${line}`),
    );
  return lines;
}

/** As the submission calls it. */
const nameOf = (task: TaskGrade): string => task.function ?? task.name;

/** What could not be asked of this submission, which nobody may take for checked. */
const notChecked = ({ properties }: TaskGrade): TaskGrade['properties'] =>
  properties.filter(({ verdict }) => verdict === 'unchecked');

/** The same as Markdown, for a file. */
export function gradeMarkdown(grade: Grade): string {
  const w = words[grade.language];
  const rows = grade.tasks.map(
    (task) =>
      `| \`${nameOf(task)}\` | ${shown(task.points)} | ${shown(task.maxPoints)} | ${w.verdicts[task.verdict]} |`,
  );
  const sections = grade.tasks
    .filter((task) => task.verdict !== 'pass' || notChecked(task).length > 0)
    .map((task) => `## ${nameOf(task)}\n\n${fence(taskLines(task, grade).join('\n'))}`);
  return [
    `# ${grade.exercise}`,
    `| ${w.task} | ${w.points} | ${w.most} | |\n|---|---:|---:|---|\n${rows.join('\n')}`,
    `**${w.total}${w.colon}${shown(grade.points)} ${w.of} ${shown(grade.maxPoints)} ${w.points}${w.stop.trim()}** ${w.provisional}`,
    ...sections,
    ...(grade.warnings.length === 0 ? [] : [fence(grade.warnings.join('\n'))]),
    `${w.isolation}${w.colon}${w.levels[grade.isolation.level]}`,
    '',
  ].join('\n\n');
}

/** What comes from a student stands in a block that no line of it can end. */
function fence(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}text\n${text}\n${ticks}`;
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).map(([name, part]) => `${name}: ${oneLine(part)}`);
    return `{ ${parts.join(', ')} }`;
  }
  return String(value);
}
