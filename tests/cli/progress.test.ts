import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { setupProgress, verifyProgress } from '../../src/cli/progress.js';
import type { Terminal } from '../../src/cli/terminal.js';

/** A terminal that keeps what is printed; with a width it has a stream for bars. */
function recording(columns?: number): { terminal: Terminal; notes: string[]; drawn: () => string } {
  const notes: string[] = [];
  const stream = new PassThrough();
  const drawn: string[] = [];
  stream.on('data', (chunk: Buffer) => drawn.push(chunk.toString()));
  const bars = Object.assign(stream, { isTTY: true, columns }) as unknown as NodeJS.WriteStream;
  const terminal = {
    env: {},
    verbose: false,
    result: () => undefined,
    note: (text: string) => void notes.push(text),
    bars: columns === undefined ? undefined : bars,
  };
  return { terminal, notes, drawn: () => drawn.join('') };
}

const settings = [
  { claim: 'tweedie', setting: 'a Gaussian' },
  { claim: 'tweedie', setting: 'a mixture' },
  { claim: 'wiener', setting: 'a Gaussian whose name is so long that no terminal has room for it' },
];

describe('verifyProgress', () => {
  it('prints a line per claim where there is no terminal', () => {
    const { terminal, notes } = recording();
    const { progress, finish } = verifyProgress(terminal, { claims: 12, settings: 40 });
    settings.forEach(progress);
    finish();
    expect(notes).toEqual(['[ 1/12] tweedie', '[ 2/12] wiener']);
  });

  it('draws one bar on a terminal, no wider than the terminal, and leaves it full', () => {
    const { terminal, notes, drawn } = recording(80);
    const { progress, finish } = verifyProgress(terminal, { claims: 2, settings: 3 });
    settings.forEach(progress);
    finish();
    expect(notes).toEqual([]);
    expect(drawn()).toContain('0/3 settings');
    expect(drawn()).toContain('3/3 settings');
    expect(drawn()).not.toContain('no terminal has room for it');
    expect(drawn()).not.toContain('\u001b[?25l'); // the cursor is never hidden
  });

  it('is finished without a start where the first setting fails', () => {
    const { terminal, drawn } = recording(80);
    verifyProgress(terminal, { claims: 2, settings: 3 }).finish();
    expect(drawn()).toBe('');
  });
});

describe('setupProgress', () => {
  it.each([undefined, 80])('names each stage once, columns %s', (columns) => {
    const { terminal, notes, drawn } = recording(columns);
    const { progress, finish } = setupProgress(terminal);
    progress({ stage: 'download', message: 'tensorflow-cpu 2.15.1' });
    progress({ stage: 'digest', done: 0, total: 100 });
    progress({ stage: 'digest', done: 100, total: 100 });
    progress({ stage: 'trial' });
    finish();
    expect(notes.map((note) => stripVTControlCharacters(note).trim())).toEqual([
      'Downloading TensorFlow (tensorflow-cpu 2.15.1)',
      'Checking its digest',
      'Trying the new backend',
    ]);
    expect(drawn().includes('100 %')).toBe(columns !== undefined);
  });
});
