import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readNotes } from '../../src/notes/notes.js';
import { positions } from '../../src/notes/read/span.js';

// Notes as other lecturers write them: Song's SDEs, Ho's alpha-bar, Karras's denoisers, Vincent's and Hyvärinen's fields, Särkkä's SDEs, homework in
// Chinese. What the reader does not know there it must not call false.

const folder = fileURLToPath(new URL('notations', import.meta.url));

/** Links found true, at least, and the lines of the slips. */
const expected: Readonly<Record<string, readonly [number, readonly number[]]>> = {
  'bits.md': [3, []],
  'can-shu-hua.md': [6, []],
  'ddpm-biji.md': [5, []],
  'ddpm-wrong.md': [0, [5, 7]],
  'ddpm.md': [5, []],
  'di-wu-jiang.md': [14, []],
  'dsm-quarto.md': [3, []],
  'edm-steps.md': [4, []],
  'edm.md': [1, []],
  'efron.md': [0, []],
  'hyvarinen-myst.md': [0, []],
  'hyvarinen.md': [0, []],
  'jekyll.md': [6, []],
  'ncsn.md': [4, []],
  'nihongo.md': [5, []],
  'one-dimension.md': [0, []],
  'physik.md': [2, []],
  'sarkka-kalman.md': [0, []],
  'sarkka.md': [0, []],
  'sliced-vectors.md': [7, []],
  'song-sde-table.md': [5, []],
  'song-sde.md': [2, []],
  'tweedie-obsidian.md': [9, []],
  'vincent-macros.tex': [8, []],
  'vincent.tex': [1, [18]],
  'zuoye-wrong.md': [0, [4, 6]],
  'zuoye.md': [9, []],
};

it.each(Object.entries(expected))('finds the slips of %s and no others', (file, [least, slips]) => {
  const text = readFileSync(path.join(folder, file), 'utf8');
  const at = positions(text);
  const { links } = readNotes(file, text, { repairs: false });
  const wrong = links.filter(({ severity }) => severity === 'error');
  expect(wrong.map(({ rhs }) => at(rhs.start).line)).toEqual(slips);
  expect(links.filter(({ verdict }) => verdict === 'true').length).toBeGreaterThanOrEqual(least);
  for (const { verdict, message } of links) if (verdict === 'not-checked') expect(message).not.toBe('');
});

it('knows each of them', () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(expected).sort());
});
