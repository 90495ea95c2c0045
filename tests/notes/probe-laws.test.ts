import { describe, expect, it } from 'vitest';
import { probeLawOf } from '../../src/notes/meaning/probe-laws.js';
import { legendre, nodesOf } from '../../src/notes/numbers/probe-nodes.js';
import { readNotes } from '../../src/notes/notes.js';

/** The verdict of the last link of notes on scores. */
const verdict = (text: string): string | undefined =>
  readNotes('x.md', `On scores of densities. ${text}`, { repairs: false }).links.at(-1)?.verdict;

describe('laws of probes', () => {
  it.each([
    ['U(-1, 1)', { kind: 'box', low: -1, high: 1 }],
    ['\\mathcal U[-\\sqrt{3}, \\sqrt{3}]^d', { kind: 'box', low: -Math.sqrt(3), high: Math.sqrt(3) }],
    ['U\\{0, 1\\}', { kind: 'points', values: [0, 1] }],
    ['\\operatorname{Unif}(\\{-1, 1\\}^d)', { kind: 'points', values: [-1, 1] }],
    ['U\\{\\pm 1\\}', { kind: 'points', values: [-1, 1] }],
    ['\\text{Rademacher}', { kind: 'points', values: [-1, 1] }],
    ['U(\\mathbb{S}^{d-1})', { kind: 'sphere', root: false }],
    ['U(\\sqrt{d}\\, \\mathbb S^{d-1})', { kind: 'sphere', root: true }],
    ['U\\{e_1, \\dots, e_d\\}', { kind: 'axes', root: false }],
    ['U(\\Omega)', undefined],
    ['\\mathcal N(0, I)', undefined],
    ['U(0, T)', undefined],
  ])('reads %s', (latex, law) => {
    expect(probeLawOf(latex)).toEqual(law);
  });

  // E[v_i v_j] = c δ_ij and E[v_1⁴], in closed form.
  it.each([
    ['U(-1, 1)', 1 / 3, 1 / 5],
    ['U\\{-1, 0, 1\\}', 2 / 3, 2 / 3],
    ['U(\\mathbb S^{d-1})', 1 / 3, 3 / 15],
    ['U(\\sqrt d\\, \\mathbb S^{d-1})', 1, 9 / 5],
    ['U\\{e_1, \\dots, e_d\\}', 1 / 3, 1 / 3],
  ])('integrates over %s by exact rules', (latex, second, fourth) => {
    const law = probeLawOf(latex);
    for (const count of [5, 6] as const) {
      const { at, weights } = nodesOf(law!, 3, count);
      const mean = (f: (v: number[]) => number): number =>
        weights.reduce((total, w, k) => total + w * f(at.map((axis) => axis[k])), 0);
      for (const i of [0, 1, 2]) expect(mean((v) => v[i] ** 2)).toBeCloseTo(second, 13);
      expect(mean((v) => v[0] * v[1])).toBeCloseTo(0, 13);
      expect(mean((v) => v[0] * v[2])).toBeCloseTo(0, 13);
      expect(mean((v) => v[2] ** 4)).toBeCloseTo(fourth, 12);
    }
  });

  it('has Gauss–Legendre rules of full degree', () => {
    const { x, w } = legendre(6);
    expect(x.reduce((total, u, i) => total + w[i] * u ** 10, 0)).toBeCloseTo(2 / 11, 14);
  });
});

describe('equations on probes whose law a formula states', () => {
  it.each([
    ['a third of the trace', '$$\\operatorname{tr}(A) = 3\\, \\mathbb E_v[v^\\top A v], \\quad v_i \\sim U(-1, 1)$$'],
    ['a d-th on the sphere', 'Let $v \\sim U(\\mathbb S^{d-1})$.\n\n$$\\mathbb E_v[v^\\top A v] = \\tfrac1d \\operatorname{tr} A$$'],
    ['coordinates', 'Let $v \\sim U\\{e_1, \\dots, e_d\\}$.\n\n$$d\\, \\mathbb E_v[(v^\\top S(x))^2] = \\|S(x)\\|^2$$'],
    ['signs', '$$\\mathbb E_{v \\sim U(\\{-1, 1\\}^d)}[v v^\\top] = I$$'],
    ['a wide box', 'Let $v_i \\sim U(-\\sqrt3, \\sqrt3)$.\n\n$$\\mathbb E[v^\\top A v] = \\operatorname{tr} A$$'],
    ['a variance', 'Let $v \\sim U(\\{-1, 1\\}^d)$ and $A$ be symmetric.\n\n$$\\operatorname{Var}[v^\\top A v] = 2 \\sum_{i \\ne j} A_{ij}^2$$'],
  ])('calls %s true', (_, text) => {
    const { links } = readNotes('x.md', `On scores of densities. ${text}`, { repairs: false });
    expect(links.find(({ verdict }) => verdict !== 'definition')?.verdict).toBe('true');
  }); // prettier-ignore

  it.each([
    ['the trace itself', 'Let $v_i \\sim U(-1, 1)$.\n\n$$\\mathbb E_v[v^\\top A v] = \\operatorname{tr} A$$'],
    ['no 1/d on the sphere', 'Let $v \\sim U(\\mathbb S^{d-1})$.\n\n$$\\mathbb E_v[v^\\top A v] = \\operatorname{tr} A$$'],
    ['zero or one', 'Let $v_i \\sim U\\{0, 1\\}$.\n\n$$4\\, \\mathbb E_v[v^\\top A v] = \\operatorname{tr} A$$'],
    ['a variance that an A without diagonal has', '$$\\operatorname{Var}_{v \\sim \\mathcal N(0, I)}[v^\\top A v] = 2 \\sum_{i \\ne j} A_{ij}^2$$'],
  ])('calls %s false', (_, text) => {
    expect(verdict(text)).toBe('false');
  }); // prettier-ignore

  it.each([
    ['a variance under a law in words', 'If $v_i = \\pm 1$ with equal probability, $\\operatorname{Var}[v^\\top A v] = 2 \\sum_{i \\ne j} A_{ij}^2$'],
    ['another law in words behind the stated one', 'Let $v_i \\sim U(-1, 1)$. For Gaussian probes in its place\n\n$$\\mathbb E_v[v^\\top A v] = \\operatorname{tr} A$$'],
    ['a set that is not known', 'Let $v \\sim U(\\Omega)$.\n\n$$\\mathbb E_v[v^\\top A v] = \\operatorname{tr} A$$'],
  ])('leaves %s open', (_, text) => {
    expect(verdict(text)).toBe('not-checked');
  }); // prettier-ignore

  it('takes the law that was stated last', () => {
    const text =
      'Let $v_i \\sim U(-1, 1)$. $$\\mathbb E_v[v^\\top A v] = \\tfrac13 \\operatorname{tr} A$$ Now let $v \\sim U(\\{-1, 1\\}^d)$. $$\\mathbb E_v[v^\\top A v] = \\operatorname{tr} A$$';
    const { links } = readNotes('x.md', `On scores. ${text}`, { repairs: false });
    expect(links.map(({ verdict }) => verdict)).toEqual(['true', 'true']);
  });
});
