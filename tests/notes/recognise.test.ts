import { describe, expect, it } from 'vitest';
import { documentOf } from '../../bench/notes/own-claims.js';
import { courseClaims } from '../../src/notes/known/course-claims.js';
import type { Link } from '../../src/notes/judge/link.js';
import { readNotes } from '../../src/notes/notes.js';
import { lex } from '../../src/notes/read/lexer.js';
import { completeNames } from '../../src/notes/recognise/complete-names.js';

interface Stated {
  readonly name: string;
  readonly isVariant: boolean;
  readonly given: string;
  readonly statement: string;
}
const stated: readonly Stated[] = courseClaims
  .flatMap(({ id, given = '', statement, variants }) => [
    { name: id, isVariant: false, given, statement },
    ...Object.entries(variants).map(([variant, own]) => ({ name: `${id}/${variant}`, isVariant: true, given, ...own })),
  ])
  .filter(({ name }) => completeNames.has(name));
const variants = stated.filter(({ isVariant }) => isVariant);

const linksOf = (text: string): readonly Link[] => readNotes('a.md', text).links;
const red = (text: string): string[] =>
  linksOf(text).flatMap(({ severity, lhs, rhs }) => (severity === 'error' ? [`${lhs.text} … ${rhs.text}`] : []));

/** The same LaTeX with letters of the same kind in the place of some. */
const others: Readonly<Record<string, string>> = { x: 'y', X: 'Y', W: 'B', p: 'q', sigma: 'lambda', beta: 'gamma', k: 'm' }; // prettier-ignore
function renamed(latex: string): string {
  let text = '';
  let at = 0;
  for (const token of lex(latex, { start: 0, end: latex.length })) {
    const other = token.kind === 'letter' ? others[token.text] : undefined;
    if (other === undefined) continue;
    text += latex.slice(at, token.start) + (other.length > 1 ? `\\${other} ` : other);
    at = token.end;
  }
  return text + latex.slice(at);
}
const inFormulas = (markdown: string): string => markdown.replace(/\$[^$]*\$/g, renamed);

it('knows every name of its list', () => {
  expect(stated.map(({ name }) => name).sort()).toEqual([...completeNames].sort());
});

describe('a complete statement', () => {
  it.each(stated)('is recognised, in other letters too: $name', ({ name, isVariant, given, statement }) => {
    for (const text of [
      documentOf({ given, statement }),
      documentOf({ given: inFormulas(given), statement: renamed(statement) }),
    ]) {
      const own = linksOf(text).filter(({ rhs }) => rhs.start > text.indexOf('$$'));
      if (isVariant)
        expect(own.filter(({ severity }) => severity === 'error').map((link) => link.recognised?.name)).toEqual([name]); // prettier-ignore
      else
        expect(own.filter(({ verdict }) => verdict !== 'definition').map(({ verdict }) => verdict)).toContain('true');
      if (!isVariant) expect(own.map(({ verdict }) => verdict)).not.toContain('not-checked');
    }
  });

  it('is mended by the claim, in the letters of the document', () => {
    const given = 'Let $B$ be a Wiener process, and $f$ and $g$ any smooth functions.';
    const text = `${given}\n\n$$dY = f(Y, t)\\, dt + g(t)\\, dB \\quad \\Longrightarrow \\quad \\operatorname{Var}(dY) = g(t)\\, dt$$\n`;
    const { links, repairs } = readNotes('a.md', text);
    const fix = links.flatMap((link) => repairs.get(link) ?? [])[0];
    const mended = text.slice(0, fix.start) + fix.text + text.slice(fix.end);
    expect(fix.text).toContain('\\operatorname{Var}(Y_{t+h} - Y_t \\mid Y_t)');
    expect(linksOf(mended).map(({ verdict }) => verdict)).not.toContain('not-checked');
    expect(red(mended)).toEqual([]);
  });
});

describe('a false variant', () => {
  const within = (front: string, behind = '') => ({ given, statement }: Stated): string =>
    `${front}${given}\n\n$$${statement}$$\n\n${behind}`; // prettier-ignore
  it.each([
    ['without what is given', ({ statement }: Stated): string => `Scores.\n\n$$${statement}$$\n`],
    ['with a word less given', ({ given, statement }: Stated): string => `${given.replace(/(\w+)(\W*)$/, '$2')}\n\n$$${statement}$$\n`], // prettier-ignore
    ['with another formula in between', ({ given, statement }: Stated): string => `${given} Now $t$ is $T - t$.\n\n$$${statement}$$\n`], // prettier-ignore
    ['with words in between', ({ given, statement }: Stated): string => `${given} Here noise has twice the variance.\n\n$$${statement}$$\n`], // prettier-ignore
    ['as a supposition', within('Suppose this for a moment. ')],
    ['below a heading that denies it', within('# Common mistakes\n\nScores.\n\n')],
    ['before words that deny it', within('', 'This does not hold.')],
    ['before a clause that says what its letters are', within('', 'where all laws are those of the other convention.')],
    ['as a question', within('', 'Do you agree?')],
    ['in Chinese that denies it', within('以下的式子是錯誤的。')],
    ['struck out', ({ given, statement }: Stated): string => `~~${given}\n\n$$${statement}$$~~\n`],
    ['with a question mark over its signs', ({ given, statement }: Stated): string => `${given}\n\n$$${statement.replace(/=|<|\\(?:le|sim|Longrightarrow|Rightarrow)\b/, '\\overset{?}{$&}')}$$\n`], // prettier-ignore
  ])('is not red %s', (_, text) => {
    expect(variants.filter((variant) => linksOf(text(variant)).some((link) => link.recognised !== undefined)).map(({ name }) => name)).toEqual([]); // prettier-ignore
  });

  it.each(['x', 'p', 'p_t', 'W', '\\sigma', '\\sigma_0', 'g', 'f', '\\beta(t)', '\\gamma', '\\varepsilon', 'x_0', 'h(x)'])(
    'is not red where the document says what %s is',
    (letter) => {
      const name = letter.replace(/\W|_\w|\(.*/g, '');
      const uses = ({ given, statement }: Stated): boolean =>
        [statement, ...(given.match(/\$[^$]*\$/g) ?? [])].some((latex) =>
          lex(latex, { start: 0, end: latex.length }).some(({ kind, text }) => kind === 'letter' && text === name),
        );
      const text = ({ given, statement }: Stated): string => `Scores, with $${letter} = 2 a$.\n\n${given}\n\n$$${statement}$$\n`;
      expect(variants.filter(uses).filter((variant) => linksOf(text(variant)).some((link) => link.recognised !== undefined)).map((v) => v.name)).toEqual([]); // prettier-ignore
    },
  ); // prettier-ignore
});

describe('where a false variant is right', () => {
  it.each([
    [
      'noise of another convention',
      'Let $W$ be a Wiener process, and $f$ and $g$ any smooth functions.\n\n$$dX = f(X, t)\\, dt + \\sqrt 2 g(t)\\, dW \\quad \\Longrightarrow \\quad \\operatorname{Var}(dX) = 2\\, g(t)^2\\, dt$$',
    ],
    [
      'a variance by the name of sigma',
      'Let $p_\\sigma$ be the density of $x = x_0 + \\sqrt\\sigma \\varepsilon$ with $\\varepsilon \\sim \\mathcal N(0, I)$ and $x_0$ one of the examples $x_1, \\dots, x_N$, all different, $N > 1$, each with the same probability.\n\n$$p_\\sigma = \\frac1N \\sum_{i=1}^N \\mathcal N(x_i, \\sigma I)$$',
    ],
    [
      'time that runs back',
      'Let $p_t$ be the density of $x$ at the time $T - t$ with $dx = f(x, t)\\, dt + g(t)\\, dW$.\n\n$$dX = \\bigl[ f(X, t) - g(t)^2 \\nabla \\log p_{T - t}(X) \\bigr] dt + g(t)\\, d\\bar W, \\quad t \\text{ from } T \\text{ to } 0, \\quad X_T \\sim p_T \\quad \\Longrightarrow \\quad X_t \\sim p_t$$',
    ],
    [
      'a start without noise',
      'Let $W$ be a Wiener process, $\\sigma_t > 0$ grow with $t$, and $x_0 \\sim p_0$ with any density $p_0$, where $\\sigma_0 = 0$.\n\n$$dx = \\sqrt{\\frac{d \\sigma_t^2}{dt}}\\, dW \\quad \\Longrightarrow \\quad x_t \\mid x_0 \\sim \\mathcal N\\bigl( x_0, \\sigma_t^2 I \\bigr)$$',
    ],
    [
      'alpha by the name of its square',
      'Let $W$ be a Wiener process and $\\beta(t) > 0$ grow with $t$.\n\n$$dx = -\\tfrac12 \\beta(t)\\, x\\, dt + \\sqrt{\\beta(t)}\\, dW \\quad \\Longrightarrow \\quad x_t \\mid x_0 \\sim \\mathcal N\\bigl( \\sqrt{\\alpha_t} x_0, (1 - \\alpha_t) I \\bigr), \\quad \\alpha_t = e^{-\\int_0^t \\beta(s)\\, ds}$$',
    ],
  ])('is not red: %s', (_, text) => {
    expect(red(text)).toEqual([]);
  });
});
