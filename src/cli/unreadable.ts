import path from 'node:path';
import { inLanguage, type Language } from '../grade/texts.js';
import type { Problems } from '../sandbox/bundle.js';

/** Why a file is no program: the first problem with its place and line, as its author reads it. */
export function unreadable(
  file: string,
  { problems: [{ message, place }] }: Problems,
  language: Language = 'en',
): string {
  const where =
    place === undefined
      ? path.relative('', file)
      : `${path.relative('', path.join(path.dirname(file), place.file))}:${place.line}:${place.column}`;
  const line = place === undefined || place.text.trim() === '' ? '' : `\n  ${place.text}`;
  return inLanguage(language)(
    `Expected a module that can be read, got an error at ${where}: ${message}${line}`,
    `模組無法讀取，${where} 有錯誤：${inChinese(message)}${line}`,
  );
}

/** The commonest messages of the compiler and of the sandbox in Chinese; the others stay as they are. */
const known: readonly (readonly [RegExp, string])[] = [
  [/^Expected identifier but found (.+)$/, '這裡應該是名稱，卻是 $1'],
  [/^Expected "\*\/" to terminate multi-line comment$/, '註解沒有以 */ 結束'],
  [/^Expected (.+) but found (.+)$/, '應為 $1，卻是 $2'],
  [/^Unexpected end of file$/, '檔案還沒寫完就結束了（是不是少了右括號？）'],
  [/^Unexpected (.+)$/, '不該出現 $1'],
  [/^Unterminated string literal$/, '字串沒有結束的引號'],
  [/^Unterminated template literal$/, '樣板字串沒有結束的反引號'],
  [/^Unterminated regular expression$/, '正規表示式沒有結束的斜線'],
  [/^Syntax error (".+")$/, '$1 不合語法'],
  [/^No matching export in (".+") for import (".+")$/, '$1 沒有匯出 $2'],
  [/^Multiple exports with the same name (".+")$/, '$1 匯出了兩次'],
  [/^The constant (".+") must be initialized$/, '常數 $1 宣告時要給值'],
  [/^Invalid assignment target$/, '等號左邊的東西不能給值'],
  [/^"await" can only be used inside an "async" function$/, 'await 只能用在 async 函式裡'],
  [/^Top-level await is .+$/, 'await 不能用在函式之外'],
  [/^(".+") is a reserved word.*$/, '$1 是保留字，不能當名稱'],
  [/^Cannot use (".+") as an identifier here:?$/, '$1 不能當名稱'],
  [/^Expected TypeScript or JavaScript, got (.+)\.$/, '$1 不是 TypeScript 或 JavaScript'],
  [/^The symbol (".+") has already been declared$/, '$1 已經宣告過了'],
  [/^Cannot assign to (".+") because it is a constant$/, '$1 是常數，不能再給值'],
  [
    /^Only @tensorflow\/tfjs and files of the submission \(\.\/…\) can be imported, found (".+")\.$/,
    '只能匯入 @tensorflow/tfjs 和自己資料夾裡的檔案（./…），這裡匯入了 $1',
  ],
  [/^Expected a file (".+") beside (.+), found none\.$/, '$2 旁邊沒有檔案 $1'],
  [/^Expected a file in the folder of the submission, found (.+) outside\.$/, '$1 不在作業的資料夾裡'],
  [/^Expected at most (\d+) bytes in (.+), got (\d+)\.$/, '$2 有 $3 位元組，最多 $1'],
  [/^Expected at most (\d+) files, got more\.$/, '檔案最多 $1 個'],
];

function inChinese(message: string): string {
  const found = known.find(([pattern]) => pattern.test(message));
  return found === undefined ? message : message.replace(...found);
}
