import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readNotes } from '../../src/notes/notes.js';
import { positions } from '../../src/notes/read/span.js';

const folder = fileURLToPath(new URL('documents', import.meta.url));
const files = readdirSync(folder).sort();

/** Lines of the false links of each document with slips, and what stands in the file once each fix is written. */
const slips: Readonly<Record<string, readonly (readonly [number, string])[]>> = {
  '02-tweedie-wrong.md': [
    [6, '-'],
    [12, '^2'],
    [18, '+'],
  ],
  '04-fen-shu-pi-pei-wrong.md': [
    [5, '-'],
    [8, '2 '],
  ],
  '08-sliced-wrong.tex': [
    [6, ''],
    [7, ''],
  ],
  '10-qu-zao-wrong.md': [
    [8, '\\sigma^4'],
    [11, '\\sigma '],
  ],
  '12-sde-wrong.md': [
    [5, ''],
    [7, '\\frac{1}{2} '],
    [9, '2'],
  ],
};

describe('the documents written for the reader, in English and Chinese, Markdown and LaTeX, with several notations', () => {
  it.each(files.filter((file) => !file.includes('wrong')))('finds every equation of %s true', (file) => {
    const { links } = readNotes(file, readFileSync(path.join(folder, file), 'utf8'));
    expect(links.length).toBeGreaterThan(3);
    const other = links.filter(
      ({ verdict, severity }) => (verdict !== 'true' && verdict !== 'definition') || severity !== 'none',
    );
    expect(other.map(({ rhs, verdict, message }) => [rhs.text, verdict, message])).toEqual([]);
  });

  it.each(Object.keys(slips))('finds the slips of %s and how to mend them', (file) => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    const { links, repairs } = readNotes(file, text);
    const at = positions(text);
    const wrong = links.filter(({ verdict }) => verdict === 'false');
    expect(wrong.map((link) => [at(link.rhs.start).line, repairs.get(link)?.text])).toEqual(slips[file]);
    for (const { lhs, rhs } of links)
      for (const side of [lhs, rhs]) expect(text.slice(side.start, side.end)).toBe(side.text);
  });

  it('is content with a document once its fixes are written', () => {
    const file = '12-sde-wrong.md';
    let text = readFileSync(path.join(folder, file), 'utf8');
    const { repairs } = readNotes(file, text);
    for (const { start, end, text: put } of [...repairs.values()].sort((a, b) => b.start - a.start))
      text = text.slice(0, start) + put + text.slice(end);
    expect(readNotes(file, text).links.filter(({ severity }) => severity !== 'none')).toEqual([]);
  });
});
