import path from 'node:path';
import process from 'node:process';
import ts from 'typescript';

// `node type-errors-process.js FILE TENSORFLOW LANGUAGE`: prints the type errors of a student's file as a JSON list. The compiler has them in Chinese as well.

/** At most as many as are worth reading at once. */
const MOST = 10;

const [, , file, tensorflow, language] = process.argv as [string, string, string, string, string];
ts.validateLocaleAndSetLanguage(language.toLowerCase(), ts.sys);
const program = ts.createProgram([file], {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  types: [],
  paths: { '@tensorflow/tfjs': [tensorflow], '@tensorflow/tfjs-node': [tensorflow] },
});
const folder = path.dirname(file);
const errors = ts
  .getPreEmitDiagnostics(program)
  .filter((each) => each.file !== undefined && each.file.fileName.startsWith(folder.replaceAll(path.sep, '/')))
  .slice(0, MOST)
  .map(({ file: source, start = 0, messageText, code }) => {
    const { line, character } = source!.getLineAndCharacterOfPosition(start);
    const message = ofNode(code, ts.flattenDiagnosticMessageText(messageText, ' '));
    return `${path.relative(folder, source!.fileName)}:${line + 1}:${character + 1} ${message}`;
  });
process.stdout.write(JSON.stringify(errors));

/** Where Node.js is missing the compiler names a package to install, which would help nobody: a submission runs without Node.js. */
function ofNode(code: number, message: string): string {
  const module = /['"「](node:[^'"」]+|fs|path|os|child_process|crypto|process)['"」]/.exec(message)?.[1];
  const missing = code === 2307 || code === 2792 || code === 2580 || code === 2591;
  if (!missing || (module === undefined && code !== 2580 && code !== 2591)) return message;
  const what = module ?? 'this';
  return language === 'zh-TW'
    ? `作業裡沒有 Node.js（${what}）：只能用 @tensorflow/tfjs 和自己資料夾裡的檔案。`
    : `A submission has no Node.js (${what}): it can use @tensorflow/tfjs and files of its own folder.`;
}
