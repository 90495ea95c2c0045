import { describe, expect, it } from 'vitest';
import { calls } from '../../src/grade/built-on.js';

describe('a call beside the definition', () => {
  it.each([
    ['function f(x) { return x; }', false],
    ['function f(x) { return x; }\nfunction g(x) { return f (x); }', true],
    ['var f = (x) => x;\nvar g = (x) => f(x) + 1;', true],
    ['function off(x) { return off(x - 1); }', false],
    ['const y = other.f(1);', false],
    ['def f(x):\n    return x\n', false],
    ['def f(x):\n    return x\n\ndef g(x):\n    return 2 * f(x)\n', true],
  ])('%s', (text, expected) => {
    expect(calls(text, 'f')).toBe(expected);
  });
});
