import { describe, expect, it } from 'vitest';
import { readNotes } from '../../src/notes/notes.js';

const read = (text: string): string[] =>
  readNotes('a.md', `Score matching. ${text}`).links.map(({ verdict, severity }) =>
    severity === 'error' ? 'red' : verdict,
  );

describe('a red line', () => {
  it.each([
    ['a slip', '$\\mathbb E_p[S \\cdot \\nabla \\log p] = \\mathbb E_p[\\nabla \\cdot S]$'],
    ['a mistake that the course knows', '$\\mathbb E_p[S(x) \\cdot \\nabla \\log p(x)] = \\mathbb E_p[S(x)] \\cdot \\mathbb E_p[\\nabla \\log p(x)] = 0$'],
  ])('is drawn for %s', (_, text) => {
    expect(read(text)).toContain('red');
  }); // prettier-ignore

  it.each([
    ['sides that no small change brings together', '$\\mathbb E_p[S \\cdot \\nabla \\log p] = \\cos(\\mathbb E_p \\|S\\|^4) + 7$'],
    ['an inequality that is no known mistake', '$\\mathbb E_p \\|S\\|^2 \\le \\|\\mathbb E_p S\\|^2$'],
  ])('is not drawn for %s', (_, text) => {
    expect(read(text)).toEqual(['not-checked']);
  }); // prettier-ignore

  it('is not drawn for what goes on from a side that was not sure', () => {
    const [first, second] = readNotes('a.md', 'Score matching. $$\\mathbb E_p[S \\cdot \\nabla \\log p] = 7 + \\cos(\\mathbb E_p \\|S\\|^4) = \\cos(\\mathbb E_p \\|S\\|^4) + 7$$').links; // prettier-ignore
    expect([first.verdict, first.severity]).toEqual(['not-checked', 'none']);
    expect(second.severity).toBe('none');
  });
});
