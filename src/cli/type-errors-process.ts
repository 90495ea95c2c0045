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
  .map(({ file: source, start = 0, messageText }) => {
    const { line, character } = source!.getLineAndCharacterOfPosition(start);
    const message = ts.flattenDiagnosticMessageText(messageText, ' ');
    return `${path.relative(folder, source!.fileName)}:${line + 1}:${character + 1} ${message}`;
  });
process.stdout.write(JSON.stringify(errors));
