import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { notesCommand, type NotesCommandOptions } from '../../src/cli/commands/notes.js';
import { mend } from '../../src/cli/commands/mend-notes.js';
import { notesSchema } from '../../src/notes/result.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'scorecheck-notes-'));

const silent = {
  env: {},
  verbose: false,
  result: () => undefined,
  note: () => undefined,
  bars: undefined,
};

async function run(
  text: string,
  options: NotesCommandOptions = {},
): Promise<{ code: number; out: string; file: string }> {
  const file = path.join(folder, 'a.md');
  writeFileSync(file, text);
  let out = '';
  const terminal = {
    env: {},
    verbose: false,
    result: (part: string) => void (out += part),
    note: () => undefined,
    bars: undefined,
  };
  const code = await notesCommand([file], options, terminal);
  return { code, out, file };
}

const wrong = '中文 $\\|u-v\\|^2 = \\|u\\|^2 + 2\\langle u, v \\rangle + \\|v\\|^2$ <script>alert(1)</script>\n';

it('exits with 1 for a false equation, 0 for a true one, 1 below the wanted coverage', async () => {
  expect((await run(wrong)).code).toBe(1);
  expect((await run('$\\|u\\|^2 = u \\cdot u$')).code).toBe(0);
  expect((await run('$\\|u\\|^2 = \\zeta(u)$', { minCoverage: 50 })).code).toBe(1);
});

it('prints JSON as its schema says, with exact places', async () => {
  const { out } = await run(wrong, { format: 'json' });
  const { files } = notesSchema.parse(JSON.parse(out));
  expect(files[0].links[0]).toMatchObject({
    line: 1,
    column: 17,
    verdict: 'false',
    severity: 'error',
    lhs: '\\|u-v\\|^2',
    fix: { text: '-' },
  });
});

it('writes the fix, and is content then', async () => {
  const { file } = await run(wrong, { fix: true });
  const mended = readFileSync(file, 'utf8');
  expect(mended).toContain('\\|u\\|^2 - 2\\langle');
  expect((await run(mended)).code).toBe(0);
});

it('shows the document as HTML without running what stands in it', async () => {
  const { out } = await run(wrong, { format: 'html' });
  expect(out).not.toContain('<script>alert');
  expect(out).toContain("script-src 'sha256-");
});

it.each(['md', 'sarif', 'junit', 'github'])('makes %s', async (format) => {
  expect((await run(wrong, { format })).out).toContain('false');
});

it('refuses what it does not know', async () => {
  await expect(run(wrong, { format: 'pdf' })).rejects.toThrow('Expected --format');
});

it('explains a line: the typed trees, what binds the symbols, both sides', async () => {
  const text = 'Let $x = x_0 + \\sigma \\epsilon$.\n\n$$\\nabla_x \\log p(x|x_0) = -\\frac{x - x_0}{\\sigma}$$\n';
  const { out } = await run(text, { explain: `${path.join(folder, 'a.md')}:3` });
  for (const part of [
    'gradient (a vector)',
    'noisy, x_0 clean; the noising law by the formula on line 1',
    '2-D, sigma = 0.8',
    'fix ',
  ])
    expect(out).toContain(part);
});

it.each([
  ['a binary file', Buffer.from([0x78, 0, 0x79]), 'zero bytes'],
  ['UTF-16', Buffer.from('\uFEFF$x = 1$', 'utf16le'), 'UTF-16'],
  ['a file of 5 MB', Buffer.alloc(5_000_000, 'a'), 'at most 2000000 bytes'],
])('refuses %s with words', async (_, bytes, words) => {
  const file = path.join(folder, 'bad.md');
  writeFileSync(file, bytes);
  await expect(notesCommand([file], {}, silent)).rejects.toThrow(words);
});

it.each([
  ['a missing file', ['none.md'], {}, 'there is none'],
  ['standard input to be mended', ['-'], { fix: true }, 'standard input'],
  ['a line of another file', [path.join(folder, 'a.md')], { explain: 'b.md:1' }, 'one of the files'],
] as const)('refuses %s with words', async (_, given, options, words) => {
  writeFileSync(path.join(folder, 'a.md'), wrong);
  await expect(notesCommand(given, options, silent)).rejects.toThrow(words);
});

it('keeps a byte order mark and Windows line ends, and writes nothing into a file that is not UTF-8', async () => {
  const marked = path.join(folder, 'mark.md');
  writeFileSync(marked, '\uFEFF# Title\r\n\r\n$\\|u\\|^2 = 2 u \\cdot u$\r\n');
  await notesCommand([marked], { fix: true }, silent);
  expect(readFileSync(marked, 'utf8')).toBe('\uFEFF# Title\r\n\r\n$\\|u\\|^2 = u \\cdot u$\r\n');
  const other = path.join(folder, 'big5.md');
  const bytes = Buffer.concat([Buffer.from([0xa7, 0xda]), Buffer.from(' $\\|u\\|^2 = 2 u \\cdot u$')]);
  writeFileSync(other, bytes);
  expect(await notesCommand([other], { fix: true }, silent)).toBe(1);
  expect(readFileSync(other).equals(bytes)).toBe(true);
});

/** Runs the command on files as they lie, with what it notes. */
async function ran(given: readonly string[], options: NotesCommandOptions = {}): Promise<{ code: number; out: string; notes: string }> {
  let [out, notes] = ['', ''];
  const terminal = { ...silent, result: (part: string) => void (out += part), note: (part: string) => void (notes += `${part}\n`) };
  const code = await notesCommand(given, options, terminal);
  return { code, out, notes };
} // prettier-ignore

it('says of a change what it replaces, and how the side reads then', async () => {
  const { out } = await run(wrong, { format: 'json' });
  const [link] = notesSchema.parse(JSON.parse(out)).files[0].links;
  expect(link.fix).toMatchObject({ from: '+', reads: '\\|u\\|^2 - 2\\langle u, v \\rangle + \\|v\\|^2' });
  expect((await run(wrong)).out).toContain('put  -  for  +');
});

it('reads a folder: links to files once, no folder twice, and what is no text is left out with a note', async () => {
  const notes = mkdtempSync(path.join(folder, 'links-'));
  writeFileSync(path.join(notes, 'a.md'), wrong);
  writeFileSync(path.join(notes, 'picture.txt'), Buffer.from([0, 1, 2]));
  symlinkSync('.', path.join(notes, 'again'));
  symlinkSync('a.md', path.join(notes, 'b.md'));
  symlinkSync('nowhere.md', path.join(notes, 'c.md'));
  const elsewhere = path.join(folder, 'elsewhere.md');
  writeFileSync(elsewhere, wrong);
  symlinkSync(elsewhere, path.join(notes, 'd.md'));
  const { code, out, notes: said } = await ran([notes, path.join(notes, 'a.md')], { format: 'json' });
  expect(code).toBe(1);
  expect(notesSchema.parse(JSON.parse(out)).files.map((file) => path.basename(file.path))).toEqual(['a.md', 'd.md']);
  expect(said).toMatch(/^Left out: .*picture\.txt to be text/);
  await expect(ran([path.join(notes, 'picture.txt')])).rejects.toThrow('zero bytes');
});

it('writes nothing into a file that was saved while it was judged, and says so', async () => {
  const file = path.join(folder, 'saved.md');
  writeFileSync(file, wrong);
  const [result] = notesSchema.parse(JSON.parse((await ran([file], { format: 'json' })).out)).files;
  writeFileSync(file, `${wrong}More.\n`);
  let said = '';
  await mend(result, { file, text: wrong, hasMark: false, isWhole: true }, { ...silent, note: (part: string) => void (said += part) });
  expect(said).toContain('It changed while it was judged');
  expect(readFileSync(file, 'utf8')).toBe(`${wrong}More.\n`);
}); // prettier-ignore

it('refuses what --explain would leave undone, and names the nearest equations', async () => {
  const file = path.join(folder, 'a.md');
  writeFileSync(file, `\n${wrong}\n`);
  await expect(ran([file], { explain: `${file}:2`, fix: true })).rejects.toThrow('--fix as well');
  await expect(ran([file], { explain: `${file}:2`, format: 'json' })).rejects.toThrow('--format as well');
  expect((await ran([file], { explain: `${file}:1`, format: 'terminal', out: '-' })).out).toContain('The nearest ones end on line 2.');
}); // prettier-ignore
