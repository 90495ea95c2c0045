import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { plain, table } from '../../src/report/markdown-text.js';
import { plotSvg } from '../../src/report/plot.js';
import { methods, type Goal, type Lines } from './goal.js';

/** All that a calibration report is made from. */
export interface Calibration {
  readonly seed: number;
  readonly quick: boolean;
  readonly goals: readonly Goal[];
}

/** Writes calibration.json, calibration.md and its plots into `folder`; the paths of the first two. */
export async function writeCalibration(calibration: Calibration, folder: string): Promise<string[]> {
  const pictures = path.join(folder, 'calibration');
  await mkdir(pictures, { recursive: true });
  for (const figure of calibration.goals.flatMap(({ figures }) => figures))
    await writeFile(path.join(pictures, `${figure.id}.svg`), await plotSvg(figure));
  const [json, markdown] = [path.join(folder, 'calibration.json'), path.join(folder, 'calibration.md')];
  await writeFile(json, `${JSON.stringify(calibration, null, 2)}\n`);
  await writeFile(markdown, calibrationMarkdown(calibration));
  return [markdown, json];
}

/** The report of a calibration in Markdown. */
export function calibrationMarkdown({ seed, quick, goals }: Calibration): string {
  const met = goals.filter((goal) => goal.met === true).length;
  const open = goals.filter((goal) => goal.met === null).length;
  return `${[
    '# Calibration report',
    `**${met} of ${goals.length} goals met**${open === 0 ? '' : `, ${open} not measured`}. Seed ${seed}${quick ? '; a quick run: few repetitions, so the rates are coarse' : ''}.`,
    'What a verdict of scorecheck is worth: how often it calls something true false and something false true, beside what is customary. Every figure is measured with the code that ' +
      'decides, by `npm run calibrate`.',
    '## Goals',
    table(
      [['Goal'], ['Asked for'], ['Measured'], ['Met']],
      goals.map((goal) => [
        `${goal.id} ${plain(goal.title)}`,
        plain(goal.target),
        plain(goal.measured),
        word(goal.met),
      ]),
    ),
    ...sideBySide(goals),
    ...goals.flatMap(section),
  ].join('\n\n')}\n`;
}

const word = (met: boolean | null): string => (met === null ? 'not measured' : met ? '✓ met' : '**✗ not met**');

/** One table of all methods by all measures that more than one of them has a figure for. */
function sideBySide(goals: readonly Goal[]): string[] {
  const measures = goals.flatMap(({ id, beside }) => (beside === undefined ? [] : [{ id, ...beside }]));
  if (measures.length === 0) return [];
  return [
    '## Beside what is customary',
    'A method keeps its word where the first two columns hold no more than what it states. A dash: it states no such rate, or none was measured; the sections say why.',
    table(
      [['Method'], ...measures.map(({ id, measure }) => [`${id}: ${plain(measure)}`, 'right'] as const)],
      methods.map((method) => [plain(method), ...measures.map(({ reached }) => plain(reached[method] ?? '–'))]),
    ),
  ];
}

const section = (goal: Goal): string[] => [
  `## ${goal.id}: ${plain(goal.title)}`,
  `Asked for: ${plain(goal.target)}. Measured: ${plain(goal.measured)}. ${word(goal.met)}.`,
  goal.method,
  ...goal.tables.flatMap(({ caption, columns, rows }) => [
    `*${plain(caption)}*`,
    table(
      columns.map((column, i) => (i === 0 ? [plain(column)] : [plain(column), 'right'])),
      rows.map((row) => row.map(plain)),
    ),
  ]),
  ...goal.figures.map(picture),
];

const picture = ({ id, title, caption }: Lines): string =>
  `![${plain(title)}](calibration/${id}.svg)\n\n*${plain(caption)}*`;
