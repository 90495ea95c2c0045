import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pc from 'picocolors';
import { inLanguage, type Language } from '../../grade/texts.js';
import type { WriteUp } from '../../notes/write-up.js';
import { loadExercise } from '../exercise-folders.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Terminal } from '../terminal.js';

/** Whether a submission is a derivation in words and formulas, and no program. */
export const isWriteUp = (file: string): boolean => /\.(md|markdown|tex)$/i.test(file);

/** Says which claims of an exercise a write-up shows, which lines break its derivations, and how to mend them; 1 where something is missing or wrong. */
export async function checkWriteUp(
  file: string,
  exerciseName: string,
  language: Language,
  terminal: Terminal,
): Promise<ExitCode> {
  const [{ readWriteUp }, exercise, bytes] = await Promise.all([
    import('../../notes/write-up.js'),
    loadExercise(exerciseName),
    readFile(file),
  ]);
  const found = readWriteUp(file, bytes.toString('utf8').replace(/^\uFEFF/, ''), exercise.claims.map(({ id }) => id)); // prettier-ignore
  terminal.result(
    `${pc.bold(`${exercise.number} ${exercise.title[language]}`)}\n${writeUpText(path.basename(file), found, language)}`,
  );
  return isComplete(found) ? exitCodes.asClaimed : exitCodes.notAsClaimed;
}

/** Every equation that could be checked is there, and none is false. */
const isComplete = ({ claims, breaks }: WriteUp): boolean =>
  breaks.length === 0 && claims.every(({ parts }) => parts.every(({ line }) => line !== null));

/** What a write-up shows, for its author. */
export function writeUpText(file: string, { claims, breaks, open }: WriteUp, language: Language): string {
  const text = inLanguage(language);
  const out: string[] = [];
  for (const { id, parts } of claims) {
    if (parts.length === 0)
      out.push(text(`  ? ${id}: the reader cannot check this claim`, `  ? ${id}：程式無法檢查這個命題`));
    for (const { latex, line } of parts)
      out.push(
        line === null
          ? text(`  ✗ ${id}: not found: ${latex}`, `  ✗ ${id}：沒有找到：${latex}`)
          : text(`  ✓ ${id}: shown on line ${line}`, `  ✓ ${id}：第 ${line} 行證明了`),
      );
  }
  for (const { line, column, latex, message, fix } of breaks) {
    out.push(`  ${file}:${line}:${column}  ${text('the derivation breaks here', '推導在這裡中斷')}: ${latex}`);
    out.push(`    ${text(message, language === 'zh-TW' ? '左右兩邊不相等，或式子沒有意義。' : message)}`);
    if (fix) {
      const put = fix.from === '' ? text(`insert ${fix.text}`, `加入 ${fix.text}`) : text(`${fix.from} becomes ${fix.text}`, `把 ${fix.from} 改成 ${fix.text}`); // prettier-ignore
      out.push(`    ${text('to mend it', '修正方法')}: ${put}`);
    }
  }
  if (open > 0) out.push(text(`  ${open} equations were not checked; scorecheck notes ${file} says why.`, `  有 ${open} 個等式沒有檢查；用 scorecheck notes ${file} 可以看到原因。`)); // prettier-ignore
  return `${out.join('\n')}\n`;
}
