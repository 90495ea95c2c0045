import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readNotes } from '../../src/notes/notes.js';

// Notes of other subjects, whose equations are right but mean nothing of the course: linear algebra, probability, physics, machine learning, code. The
// reader, pointed at a folder, must not redden one of them.

const folder = fileURLToPath(new URL('others', import.meta.url));

const errors = (text: string): string[] =>
  readNotes('a.md', text, { repairs: false })
    .links.filter(({ severity }) => severity === 'error')
    .map(({ lhs, rhs, message }) => `${lhs.text} = ${rhs.text}: ${message}`);

describe('documents of other subjects', () => {
  it.each(readdirSync(folder))('have no red line: %s', (file) => {
    const { links } = readNotes(file, readFileSync(path.join(folder, file), 'utf8'), { repairs: false });
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter(({ severity }) => severity === 'error').map(({ lhs, rhs }) => [lhs.text, rhs.text])).toEqual(
      [],
    );
  });

  it.each([
    ['a square of a sum', '$(a + b)^2 = a^2 + b^2$'],
    ['a product in the wrong order', '$(AB)^T = A^T B^T$'],
    ['a norm', '$\\|u + v\\|^2 = \\|u\\|^2 + \\|v\\|^2$'],
    ['numbers', '$2 + 2 = 5$'],
  ])('are false all the same where an identity fails in its own letters: %s', (_, text) => {
    expect(errors(text)).toHaveLength(1);
  });
});

describe('a document of the course', () => {
  it.each([
    ['a choice of numbers', '$\\sigma_t^2 = \\beta_t$'],
    ['an order', '$\\lambda_1 \\ge \\lambda_2$'],
    ['a projection', '$P^2 = P$'],
    ['a mean', '$E[X] = \\mu$'],
    ['a field without sources', '$\\nabla \\cdot S = 0$'],
    ['a step against time', '$x_{i} = x_{i+1} + \\tau s(x_{i+1}) + \\sqrt{\\tau} z$'],
    ['a condition on data', '$\\nabla_x \\log p(x \\mid y) = \\nabla_x \\log p(x) + \\nabla_x \\log p(y \\mid x)$'],
    ['a density in words', 'For a normal $p$ with mean $\\mu$: $\\nabla \\log p(x) = -\\Sigma^{-1} (x - \\mu)$'],
    [
      'a function without its arguments',
      '$D(x; \\sigma) = x + \\sigma^2 s(x)$ and $2 \\|D - x_0\\|^2 = 2\\|D - x_0\\|^2$',
    ],
    ['a law in words', 'With $v$ uniform on the unit sphere, $E_v[v^T A v] = \\frac1d tr(A)$'],
    ['laws of two variables', 'For $y = a x + b$: $\\nabla_y \\log p_Y(y) = \\frac{1}{a} \\nabla_x \\log p_X(x)$'],
    ['a condition behind', '$s(Rx) = R s(x)$ whenever $p(Rx) = p(x)$'],
    ['a gradient of more', '$\\nabla_x \\frac{1}{2\\sigma^2} \\|x - \\mu\\|^2 = \\frac{x - \\mu}{\\sigma^2}$'],
    ['a notation of others', '$m_k^- = A m_{k-1}$ and $\\ell(\\theta; \\sigma) = 3$ and $|\\psi\\rangle = 1$'],
  ])('has conditions that no letter need fulfil: %s', (_, text) => {
    expect(errors(`Score matching. ${text}`)).toEqual([]);
  });

  it.each(['Let $p', '若 $p', 'Suppose $p_{\\text{data}}'])('states a density without its argument: %s', (words) => {
    const text = `Scores. ${words} = \\mathcal N(\\mu, \\Sigma)$: $\\nabla \\log p(x) = -\\Sigma^{-1} (x - \\mu)$`;
    expect(readNotes('a.md', text).links.map(({ verdict }) => verdict)).toEqual(['definition', 'true']);
    expect(errors(text.replace('= -', '= '))).toHaveLength(words === '若 $p' ? 0 : 1);
  });
});

describe('a file of more than the reader takes', () => {
  it('says what was left out', () => {
    const many = Array.from({ length: 5_010 }, (_, i) => `$${i} = ${i}$`).join('\n');
    expect(readNotes('a.md', many).document.remarks.map(({ text }) => text)).toEqual([
      'No more than 5000 formulas of a file are read: this one and what follows, 10 in all, are not. Split the file.',
    ]);
    const long = `$${'x + '.repeat(15_000)} x = 1$`;
    expect(readNotes('a.md', long).document.remarks.map(({ text }) => text)).toEqual([
      'This formula is not read: A formula of more than 20000 tokens.',
    ]);
    for (const marks of ['>', '- ']) {
      const { formulas, remarks } = readNotes('a.md', `${marks.repeat(110)}$1 = 1$\n`).document;
      expect(formulas).toEqual([]);
      expect(remarks.map(({ text }) => text)).toContainEqual(expect.stringContaining('nested too deep'));
      const shallow = readNotes('a.md', `${marks.repeat(40)}$1 = 1$\n`).document;
      expect([shallow.formulas.length, shallow.remarks]).toEqual([1, []]);
    }
  });
});
