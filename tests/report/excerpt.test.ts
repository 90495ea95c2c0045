import { expect, it } from 'vitest';
import { excerpt } from '../../src/report/excerpt.js';

const shown = (line: string, at: number, width: number): [string, string] => excerpt(line, at, width, (text) => text);

it.each([
  ['plain text', 'a = b', 4, 1, ['a = b', '    ^']],
  ['Chinese, two columns a character', '中文 $a$', 4, 1, ['中文 $a$', '      ^']],
  ['an emoji of two units, and one of seven', '😀👨‍👩‍👧 a', 11, 1, ['😀👨‍👩‍👧 a', '     ^']],
  ['an accent that stands on its letter', 'e\u0301 a', 3, 1, ['e\u0301 a', '  ^']],
  ['a tab, and what a terminal would obey', '\t\u001b[31ma', 6, 1, ['  [31ma', '      ^']],
  ['Chinese under the caret', 'a 中文', 2, 2, ['a 中文', '  ^^^^']],
  ['a place behind the end', 'ab', 5, 1, ['ab', '  ^']],
])('puts the caret under %s', (_, line, at, width, expected) => {
  expect(shown(line, at, width)).toEqual(expected);
});

it('shows what fits 76 columns, in Chinese as well, and never a part of a character', () => {
  const [line, caret] = shown('式'.repeat(500), 250, 20);
  expect(line).toBe('式'.repeat(38));
  expect(caret).toBe(`${' '.repeat(30)}${'^'.repeat(40)}`);
  expect(shown('😀'.repeat(500), 500, 2)[0]).toBe('😀'.repeat(38));
});
