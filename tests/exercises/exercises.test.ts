import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { questionsTo } from '../../src/grade/ask.js';
import { checkTask, type TaskFinding } from '../../src/grade/check-task.js';
import { diagnose } from '../../src/grade/diagnosis.js';
import { byFormula } from '../../src/grade/by-formula.js';
import { inProcess } from '../grade/in-process.js';
import { testSeed } from '../seed.js';
import { exerciseFolders, loadExercise } from './exercises.js';

const lost = ({ properties }: TaskFinding): string[] =>
  properties.filter(({ verdict }) => verdict !== 'pass').map(({ id, verdict }) => `${id}: ${verdict}`);

const exercises = await Promise.all(
  exerciseFolders.map(async ({ name, folder }) => ({ name, folder, exercise: await loadExercise(folder) })),
);

describe.each(exercises)('$name', ({ name, folder, exercise }) => {
  it('is named like its folder and has all its files', () => {
    expect(name).toBe(`${exercise.number}-${exercise.id}`);
    for (const file of ['README.md', 'README.zh-TW.md', 'submission.ts', 'solution.ts']) {
      expect(existsSync(path.join(folder, file)), file).toBe(true);
    }
  });

  it('has the same numbered tasks in both texts, the stub and the exercise', () => {
    const titles = exercise.tasks.map(({ name: task }, i) => [String(i + 1), task]);
    for (const [file, heading] of [
      ['README.md', /^### Task (\d+)\. `(\w+)/gm],
      ['README.zh-TW.md', /^### 第 (\d+) 題\u3000`(\w+)/gm],
      ['submission.ts', /^\/\*\* Task (\d+)\.[^]*?^export (?:async )?function (\w+)/gm],
    ] as const) {
      const text = readFileSync(path.join(folder, file), 'utf8');
      expect(
        [...text.matchAll(heading)].map(([, number, task]) => [number, task]),
        file,
      ).toEqual(titles);
    }
  });

  it.each(exercise.tasks)('gives its solution all points in $name', async (task) => {
    const submission = await inProcess(path.join(folder, 'solution.ts'));
    const finding = await checkTask(task, questionsTo(submission), { seed: testSeed, path: [exercise.id, task.name] });
    expect(lost(finding)).toEqual([]);
    expect(finding.leakedTensors).toBe(0);
    expect(diagnose(task, finding)).toEqual([]);
  });

  it.each(exercise.tasks)('gives the stub of $name nothing', async (task) => {
    const submission = await inProcess(path.join(folder, 'submission.ts'));
    const finding = await checkTask(task, questionsTo(submission), { seed: testSeed, path: [exercise.id, task.name] });
    expect(finding.properties.map(({ verdict }) => verdict)).toEqual(finding.properties.map(() => 'fail'));
    const number = exercise.tasks.indexOf(task) + 1;
    for (const { fault } of finding.compared) {
      expect(fault).toMatchObject({
        kind: 'threw',
        message: expect.stringContaining(`Task ${number} is still open`) as string,
      });
    }
  });

  const mistakes = exercise.tasks.flatMap((task) =>
    Object.entries(task.mistakes).map(([id, mistake]) => ({ task, id, mistake, title: `${task.name}: ${id}` })),
  );
  it.each(mistakes)('names $title, and nothing else', async ({ task, id, mistake }) => {
    const finding = await checkTask(task, byFormula(mistake), { seed: testSeed, path: [exercise.id, task.name] });
    expect(lost(finding)).not.toEqual([]);
    expect(diagnose(task, finding).map((diagnosis) => diagnosis.id)).toEqual([id]);
  });
});
