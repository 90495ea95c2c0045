import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import pc from 'picocolors';
import { inLanguage, type Language } from '../../grade/texts.js';
import type { WriteUp } from '../../notes/write-up.js';
import { again } from '../again.js';
import { loadExercise } from '../exercise-folders.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { WrongUse } from '../failure.js';
import { readNotesFile } from '../notes-files.js';
import { asJson, checkFile, checkFolder } from '../output.js';
import { packageVersion } from '../package.js';
import type { Terminal } from '../terminal.js';

/** Whether a submission is a derivation in words and formulas, and no program. */
export const isWriteUp = (file: string): boolean => /\.(md|markdown|tex)$/i.test(file);

/** The options of `scorecheck check` that concern a write-up. */
export interface WriteUpOptions {
  readonly task?: string;
  readonly watch?: boolean;
  readonly json?: string;
  readonly out?: string;
}

/** Says which claims of an exercise a write-up shows, which lines break its derivations, and how to mend them; 1 where something is missing or wrong. */
export async function checkWriteUp(
  { file, exercise: name }: { readonly file: string; readonly exercise: string },
  options: WriteUpOptions,
  language: Language,
  terminal: Terminal,
): Promise<ExitCode> {
  const text = inLanguage(language);
  if (options.task !== undefined)
    throw new WrongUse(
      text(
        `Expected no --task for a write-up, got ${options.task}: a derivation is read as a whole. Leave it out.`,
        `書面推導沒有 --task（收到 ${options.task}）：推導是整篇一起讀的。請去掉這個選項。`,
      ),
    );
  if (options.out !== undefined) await checkFolder(options.out, '--out');
  if (options.json !== undefined && options.json !== '-') await checkFile(options.json, '--json');
  const [{ readWriteUp }, exercise] = await Promise.all([import('../../notes/write-up.js'), loadExercise(name)]);
  const once = async (): Promise<ExitCode> => {
    const { text: content } = await readNotesFile(file);
    if (content.trim() === '')
      throw new WrongUse(text(`Expected a derivation, found nothing in ${file}. Was it saved?`, `${file} 是空的。存檔了嗎？`));
    const found = readWriteUp(file, content, exercise.claims.map(({ id }) => id));
    const title = `${exercise.number} ${exercise.title[language]}`;
    const words = writeUpText(path.basename(file), found, language);
    if (options.json === '-') terminal.result(asJson(writeUpData(file, exercise.id, found)));
    else {
      terminal.result(`${pc.bold(title)}\n${words}`);
      if (options.json !== undefined) {
        await writeFile(options.json, asJson(writeUpData(file, exercise.id, found)));
        terminal.note(`Wrote ${options.json}`);
      }
    }
    if (options.out !== undefined) {
      const report = path.join(options.out, `${exercise.id}.md`);
      await writeFile(report, `# ${title}\n\n\`\`\`text\n${words}\`\`\`\n`);
      terminal.note(`Wrote ${report}`);
    }
    return isComplete(found) ? exitCodes.asClaimed : exitCodes.notAsClaimed;
  };
  return options.watch === true ? await again(once, [file], { terminal, language }) : await once();
} // prettier-ignore

/** What a write-up shows, as the JSON of `--json`. */
const writeUpData = (file: string, exercise: string, found: WriteUp): object => ({
  version: packageVersion(),
  exercise,
  file,
  complete: isComplete(found),
  ...found,
});

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
    // A claim of several equations has a line for each.
    const which = (latex: string): string => (parts.length > 1 ? text(`: ${latex}`, `：${latex}`) : '');
    for (const { latex, line } of parts)
      out.push(
        line === null
          ? text(`  ✗ ${id}: not found: ${latex}`, `  ✗ ${id}：沒有找到：${latex}`)
          : text(`  ✓ ${id}: shown on line ${line}${which(latex)}`, `  ✓ ${id}：第 ${line} 行證明了${which(latex)}`),
      );
  }
  for (const { line, column, latex, message, fix } of breaks) {
    out.push(`  ${file}:${line}:${column}  ${text('the derivation breaks here', '推導在這裡中斷')}: ${latex}`);
    out.push(
      `    ${text(message, message === 'The two sides differ.' ? '左右兩邊不相等。' : '左右兩邊不相等，或式子沒有意義。')}`,
    );
    if (fix) {
      const put = fix.from === '' ? text(`insert ${fix.text}`, `加入 ${fix.text}`) : text(`${fix.from} becomes ${fix.text}`, `把 ${fix.from} 改成 ${fix.text}`); // prettier-ignore
      out.push(`    ${text('to mend it', '修正方法')}: ${put}`);
    }
  }
  if (open > 0) out.push(text(`  ${open} ${open === 1 ? 'equation was' : 'equations were'} not checked; scorecheck notes ${file} says why.`, `  有 ${open} 個等式沒有檢查；用 scorecheck notes ${file} 可以看到原因。`)); // prettier-ignore
  return `${out.join('\n')}\n`;
}
