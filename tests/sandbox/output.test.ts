import { describe, expect, it } from 'vitest';
import { output, printable } from '../../src/sandbox/output.js';

describe('printable', () => {
  it('leaves ordinary text of any language alone', () => {
    const text = '分數 σ = 0.5\n\tnaïve – “ok” 👍';
    expect(printable(text)).toBe(text);
  });

  it('shows what acts on a terminal or turns text round', () => {
    expect(printable('\u001b[31mred\u0007')).toBe('\\u{1b}[31mred\\u{7}');
    expect(printable('a\u202eb\u2066c\u200bd\ufeff')).toBe('a\\u{202e}b\\u{2066}c\\u{200b}d\\u{feff}');
    expect(printable('50 %\r100 %\r\n')).toBe('50 %\\u{d}100 %\n');
    expect(printable('\u{e0041}')).toBe('\\u{e0041}');
  });
});

describe('output', () => {
  it('keeps the beginning, counts the rest and starts again', () => {
    const kept = output(5);
    kept.add(Buffer.from('abc'));
    kept.add(Buffer.from('defg'));
    kept.add(Buffer.from('h'));
    expect([kept.bytes, kept.take(), kept.take()]).toEqual([8, 'abcde… and 3 more bytes', '']);
    kept.add(Buffer.from('i'));
    expect([kept.bytes, kept.take()]).toEqual([9, 'i']);
  });
});
