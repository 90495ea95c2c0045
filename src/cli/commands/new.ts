import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { editorSettings } from '../editor-settings.js';
import { exerciseNamed, exerciseNames, studentFolder } from '../exercise-folders.js';
import { inLanguage } from '../../grade/texts.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { languageOf } from '../language.js';
import { checkFolder } from '../output.js';
import type { Terminal } from '../terminal.js';

/** The options of `scorecheck new`. */
export interface NewCommandOptions {
  readonly exercise?: string;
  /** Stubs in Python in place of TypeScript. */
  readonly python?: boolean;
  readonly lang: string;
}

const texts = ['README.md', 'README.zh-TW.md'];

/** Makes a folder to work in: texts, stubs, and settings with which an editor finds the types. Files that are there stay as they are. */
export async function newCommand(
  folder: string,
  { exercise, python = false, lang }: NewCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const text = inLanguage(languageOf(lang));
  const names = exercise === undefined ? exerciseNames() : [exerciseNamed(exercise)];
  await checkFolder(folder, 'DIR');
  const kept: string[] = [];
  const stub = python ? 'submission.py' : 'submission.ts';
  const place = async (file: string, write: (file: string) => Promise<void>): Promise<void> => {
    if (existsSync(file)) kept.push(path.relative('', file));
    else await write(file);
  };
  for (const name of names) {
    await mkdir(path.join(folder, name), { recursive: true });
    for (const file of [...texts, stub]) {
      await place(path.join(folder, name, file), (to) => copyFile(path.join(studentFolder(), name, file), to));
    }
  }
  if (python) {
    for (const file of ['PYTHON.md', 'PYTHON.zh-TW.md']) {
      await place(path.join(folder, file), (to) => copyFile(path.join(studentFolder(), file), to));
    }
  } else {
    await place(path.join(folder, 'tsconfig.json'), (to) => writeFile(to, settingsOf(folder)));
  }
  if (kept.length > 0)
    terminal.note(text(`Left as they are: ${kept.join(', ')}`, `這些檔案已經存在，沒有更動：${kept.join('、')}`));
  const first = path.join(folder, names[0]);
  const readme = text('README.md', 'README.zh-TW.md');
  const title = readFileSync(path.join(studentFolder(), names[0], readme), 'utf8')
    .split('\n')[0]
    .replace('# ', '');
  const paper = path.join(folder, text('PYTHON.md', 'PYTHON.zh-TW.md'));
  const inChinese = text('', ' --lang zh-TW');
  terminal.result(
    [
      names.length === 1
        ? text(`${folder} holds ${title}.`, `${folder} 裡有「${title}」。`)
        : text(`${folder} holds ${names.length} exercises.`, `${folder} 裡有 ${names.length} 份作業。`),
      text(
        `  read   ${path.join(first, 'README.md')} (or README.zh-TW.md)`,
        `  閱讀   ${path.join(first, 'README.zh-TW.md')}（英文：README.md）`,
      ),
      ...(python
        ? [
            text(
              `         ${paper}: how its names and tensors are written in Python`,
              `         ${paper}：名稱和張量在 Python 裡的寫法`,
            ),
          ]
        : []),
      `${text('  edit ', '  編輯 ')}  ${path.join(first, stub)}`,
      `${text('  check', '  檢查 ')}  npx scorecheck check ${first}${inChinese}`,
    ].join('\n'),
  );
  return exitCodes.asClaimed;
}

/** TypeScript settings for an editor: the types of the TensorFlow.js that checks the answers. */
function settingsOf(folder: string): string {
  const types = path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs/package.json'));
  const paths = { '@tensorflow/tfjs': types, '@tensorflow/tfjs-node': types };
  return editorSettings(folder, { target: 'ES2022', paths, include: ['*/*.ts'] });
}
