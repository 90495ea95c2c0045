import { describe, expect, it } from 'vitest';
import { readNotes } from '../../src/notes/notes.js';

/** Verdict of each link that is no definition. */
const verdicts = (text: string): string[] =>
  readNotes('a.md', text, { repairs: false }).links.flatMap(({ verdict }) =>
    verdict === 'definition' ? [] : [verdict],
  );

const r = String.raw;

describe('densities that a document states', () => {
  it.each([
    ['a normal law', r`Let $p(x) = \mathcal N(x; \mu, \Sigma)$: $\nabla \log p(x) = -\Sigma^{-1}(x - \mu)$`, ['true']],
    ['its slip', r`Let $p(x) = \mathcal N(x; \mu, \Sigma)$: $\nabla \log p(x) = -\Sigma(x - \mu)$`, ['false']],
    [
      'the law of a variable',
      r`Let $x \sim N(\mu, \sigma^2 I)$. Then $\nabla \log p(x) = -(x-\mu)/\sigma^2$`,
      ['true'],
    ],
    ['a formula', r`With $p(x) = \frac{1}{(2\pi)^{d/2}} e^{-\|x\|^2/2}$: $\nabla \log p(x) = -x$`, ['true']],
    ['its logarithm', r`$\log p(x) = -\frac12 \|x\|^2 + c$, hence $\nabla \log p(x) = x$`, ['false']],
    [
      'a potential',
      r`$$p(x) = \frac1Z e^{-U(x)}, \quad \nabla \log p(x) = -\nabla U(x)$$ $\nabla \log p = \nabla U$`,
      ['true', 'false'],
    ],
    [
      'a temperature',
      r`$$p_T(x) = \frac{p(x)^{1/T}}{Z_T}, \quad \nabla \log p_T(x) = \frac1T \nabla \log p(x)$$`,
      ['true'],
    ],
    [
      'a normaliser',
      r`Let $q(x) = p(x)/Z$. Then $\nabla \log q(x) = \nabla \log p(x)$ and $\nabla q(x) = \nabla p(x)$.`,
      ['true', 'false'],
    ],
    [
      'a normal law under noise',
      r`Let $x_0 \sim N(0, \tau^2 I)$, $x = x_0 + \sigma z$, $z \sim N(0, I)$: $E[x_0|x] = \frac{\tau^2}{\tau^2+\sigma^2} x = \frac{\sigma^2}{\tau^2+\sigma^2} x$`,
      ['true', 'false'],
    ],
    ['a noise level', r`Take $\sigma = 1$ in $x = x_0 + \sigma z$: $\nabla_x \log p(x|x_0) = -(x - x_0)$`, ['true']],
    [
      'a normal density written out',
      r`$\log \mathcal N(x; \mu, \Sigma) = -\tfrac12 (x - \mu)^\top \Sigma^{-1} (x - \mu) - \tfrac12 \log \det \Sigma - \tfrac d2 \log 2\pi$`,
      ['true'],
    ],
  ])('takes %s as said', (_, text, expected) => {
    expect(verdicts(text)).toEqual(expected);
  });

  it('takes what holds of any density for true of one by a formula', () => {
    expect(verdicts(r`Let $p(x) = w e^{-\|x\|^4}$. Then $\mathbb E_{x \sim p} [\nabla \log p(x)] = 0$.`)).toEqual([
      'true',
    ]);
    expect(verdicts(r`Let $p(x) = w e^{-\|x\|^4}$. Then $\mathbb E_{x \sim p} \|\nabla \log p(x)\|^2 = 1$.`)).toEqual([
      'not-checked',
    ]);
  });

  it('knows that a symmetric matrix may be meant', () => {
    const text = r`$\log p(x) = -\frac12 x^\top A x$, so $\nabla \log p(x) = -A x$`;
    expect(verdicts(text)).toEqual(['not-checked']);
    expect(verdicts(`Let A be symmetric. ${text}`)).toEqual(['true']);
  });
});
