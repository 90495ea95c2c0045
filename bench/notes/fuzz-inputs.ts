import fc, { type Arbitrary } from 'fast-check';

// Files for the reader that nobody wrote: any bytes, damaged pieces of documents, its own words in any order, and formulas by a grammar, whose
// places are known.

/** A document, and where its equations stand if that is known. */
export interface Input {
  readonly file: 'a.md' | 'a.tex';
  readonly text: string;
  readonly equations: readonly Equation[];
}

/** An equation `lhs = rhs` that was put into a document: offsets of both sides. */
export interface Equation {
  readonly lhs: readonly [start: number, end: number];
  readonly rhs: readonly [start: number, end: number];
}

const files = fc.constantFrom('a.md' as const, 'a.tex' as const);
const plain = (file: Input['file'], text: string): Input => ({ file, text, equations: [] });

/** Any bytes, as a file is read: what is no UTF-8 becomes U+FFFD. */
const bytes: Arbitrary<Input> = fc
  .tuple(files, fc.uint8Array({ maxLength: 300 }))
  .map(([file, data]) => plain(file, Buffer.from(data).toString('utf8')));

/** Any characters, those that LaTeX and Markdown give a meaning among them. */
const characters: Arbitrary<Input> = fc
  .tuple(
    files,
    fc.string({
      unit: fc.oneof(fc.constantFrom(...'$\\{}()[]|_^&=:~+-*/,.;<>#%`!\'" \n\r\t'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })), // prettier-ignore
      maxLength: 200,
    }),
  )
  .map(([file, text]) => plain(file, text));

/** A piece of a document with bytes overwritten, left out, put in or repeated. */
const damaged = (corpus: readonly string[]): Arbitrary<Input> =>
  fc
    .tuple(
      files,
      fc.constantFrom(...corpus),
      fc.nat(),
      fc.integer({ min: 1, max: 500 }),
      fc.array(fc.tuple(fc.constantFrom('put', 'insert', 'cut', 'repeat'), fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 6 }), // prettier-ignore
    )
    .map(([file, document, from, length, damages]) => {
      const whole = Buffer.from(document);
      const start = from % whole.length;
      let piece = [...whole.subarray(start, start + length)];
      for (const [kind, where, value] of damages) {
        const at = where % (piece.length + 1);
        if (kind === 'put') piece[Math.min(at, piece.length - 1)] = value;
        else if (kind === 'insert') piece.splice(at, 0, value);
        else if (kind === 'cut') piece.splice(at, 1 + (value % 20));
        else piece = [...piece.slice(0, at), ...piece.slice(Math.max(0, at - value), at), ...piece.slice(at)];
      }
      return plain(file, Buffer.from(piece).toString('utf8'));
    });

const words = [
  '$', '$$', '\\[', '\\]', '\\(', '\\)', '{', '}', '(', ')', '[', ']', '\\|', '|', '_', '^', '&', '\\\\', '=', ':=', '\\sim', '+', '-', '\\cdot', '/', ',',
  'E', 'x', 'x_0', 'S(x)', 'p(x|x_0)', '\\nabla', '\\nabla_x \\log', '\\int', 'dx', '\\frac', '\\frac{1}{2}', '\\sqrt', '\\mathbb{E}', '\\mathbb', '\\sum_{i=1}^d',
  '\\text{', '\\begin{bmatrix}', '\\end{bmatrix}', '\\begin{align}', '\\end{align}', '\\left', '\\right.', '\\sigma^2', '\\mathcal{N}(0, I)', 'L_{ISM}', '\\argmin',
  '\\dots', '2', "'", '\n', '\n\n', '> ', '- ', '`', '```\n', '<!-- scorecheck: skip -->', '。', '中文', '😀', '\u0000', '\r\n', '\u2028', '\\newcommand{\\a}{\\a\\a}', '\\a', '%',
  '\\tilde', '\\operatorname*{arg\\,min}', '\\partial', '\\partial_x', '\\langle', '\\rangle', '\\boxed{', '\\underbrace{', '#', '~', '\\', '\\tag{1}', 'dX_t', 'dt', 'dW_t',
  '\\text{tr}', '\\mathrm{Tr}', '<p>', '</p>', '| a | b |\n|---|---|\n|', '---\n', '\\def\\b#1{#1#1}', '\\b', '\\DeclareMathOperator{\\c}{c}', '\\c', '\\iint', '\\mid', '\\top',
]; // prettier-ignore

/** The reader's own words in any order. */
const soup: Arbitrary<Input> = fc
  .tuple(files, fc.array(fc.constantFrom(...words), { maxLength: 40 }), fc.constantFrom('', ' '), fc.boolean())
  .map(([file, list, glue, display]) => plain(file, display ? `$$${list.join(glue)}$$` : list.join(glue)));

interface Parts {
  scalar: string;
  vector: string;
  matrix: string;
}

const join = (...parts: readonly (string | Arbitrary<string>)[]): Arbitrary<string> =>
  fc.tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part))).map((list) => list.join(''));

/** Formulas of the course's kind: most mean something, and their values are computed. */
const formulas = fc.letrec<Parts>((tie) => {
  const scalar = tie('scalar') as Arbitrary<string>;
  const vector = tie('vector') as Arbitrary<string>;
  const matrix = tie('matrix') as Arbitrary<string>;
  const sign = fc.constantFrom(' + ', ' - ', '-', '+');
  const any = fc.oneof({ depthSize: 'small' }, scalar, vector, matrix);
  return {
    scalar: fc.oneof(
      { depthSize: 'small', maxDepth: 4, withCrossShrink: true },
      fc.constantFrom('2', '0', '1.5', '\\sigma', '\\sigma^2', '\\frac{1}{2}', '\\alpha_t', '\\bar\\alpha_t', '\\log p(x)', 'p(x)', 'd', 'C', '\\text{tr}(A)'),
      join('\\|', vector, '\\|^2'),
      join('\\left\\lVert ', vector, ' \\right\\rVert_2^2'),
      join(vector, '^\\top ', vector),
      join('\\langle ', vector, ', ', vector, ' \\rangle'),
      join(scalar, sign, scalar),
      join(scalar, ' \\cdot ', scalar),
      join('\\frac{', scalar, '}{', scalar, '}'),
      join('\\left(', scalar, '\\right)'),
      join('\\bigl[', scalar, '\\bigr]'),
      join('\\sqrt{', scalar, '}'),
      join('(', scalar, ')^{', fc.constantFrom('2', '-1', 'd/2', '99'), '}'),
      join('\\nabla \\cdot ', vector),
      join('\\operatorname{tr}(', matrix, ')'),
      join('e^{', scalar, '}'),
      join('\\sum_{i=1}^d ', scalar),
      join('{\\color{red} ', scalar, '}'),
    ),
    vector: fc.oneof(
      { depthSize: 'small', maxDepth: 4, withCrossShrink: true },
      fc.constantFrom('x', 'x_0', 'v', '\\epsilon', 'S(x)', 's_\\theta(x, \\sigma)', '\\mathbf{x}', '\\tilde x', '\\nabla_x \\log p(x|x_0)', '\\mu'),
      join(vector, sign, vector),
      join('\\frac{', vector, '}{', scalar, '}'),
      join(scalar, ' ', vector),
      join(matrix, ' ', vector),
      join('\\nabla_x ', scalar),
      join('\\nabla \\log p_{', fc.constantFrom('t', '\\sigma', '0', 'x_t'), '}(x)'),
      join('\\begin{bmatrix} ', scalar, ' \\\\ ', scalar, ' \\end{bmatrix}'),
    ),
    matrix: fc.oneof(
      { depthSize: 'small', maxDepth: 4, withCrossShrink: true },
      fc.constantFrom('A', 'I', '\\nabla S(x)', '\\nabla^2 \\log p(x)', '\\Sigma'),
      join(vector, ' ', vector, '^T'),
      join('(', matrix, sign, matrix, ')^T'),
      join('\\nabla ', vector),
      join('\\begin{pmatrix} ', any, ' & ', any, ' \\\\ ', any, ' & ', any, ' \\end{pmatrix}'),
    ),
  };
}); // prettier-ignore

/** Averages and integrals cost most, so they stand outside, and a side has at most two. */
const averaged = fc
  .tuple(
    fc.constantFrom(
      'x \\sim p(x)', 'x_0 \\sim p_0(x_0)', 'x|x_0', '(x|x_0) \\sim p(x|x_0)', '\\epsilon', 'v', 'z \\sim \\mathcal{N}(0, I)', 'p(x)', 'x', 'x, \\epsilon', 't \\sim U(0, T)', 'x_0} E_{x|x_0',
    ),
    fc.constantFrom(['E_{', '}[', ']'], ['\\mathbb{E}_{', '} ', ''], ['\\mathbb E_{', '}\\left[', '\\right]']),
    formulas.scalar,
  )
  .map(([law, [open, middle, close], of]) => open + law + middle + of + close); // prettier-ignore
const costly = fc.oneof(
  averaged,
  join('\\int ', formulas.scalar, ' p(x)\\,dx'),
  join('E[x_0|x] - ', formulas.vector),
  fc.constantFrom('\\mathcal{L}_{DSM}(\\theta)', 'L_{ISM}', '\\argmin L_{ESM}', '\\log p_\\sigma(x)', 'KL(p \\| q)'),
);

const side = fc.oneof(
  { weight: 8, arbitrary: formulas.scalar },
  { weight: 6, arbitrary: formulas.vector },
  { weight: 3, arbitrary: formulas.matrix },
  { weight: 1, arbitrary: costly },
);

// What an equation is put into; L and R stand for its sides. The text before and behind must not change the meaning.
const hosts = [
  '$L = R$', '$L=R$ ', '\\(L = R\\)', '\n\n$$L = R$$\n\n', '\n\n\\[\nL = R\n\\]\n\n', '\n\n> $$\n> L = R\n> $$\n\n', '\n\n- a\n\n  $$\n  L\n  = R\n  $$\n\n',
  '\n\n```math\nL = R\n```\n\n', '\n\n\\begin{align*}\nL &= R\n\\end{align*}\n\n', '\n\n\\begin{equation}\nL\n= R \\label{eq}\n\\end{equation}\n\n', '**$L = R$**，', '\n\n# $L = R$\n\n',
  '\n\n> > quoted $L = R$\n\n', '\n\n$$\n\\begin{aligned}\nL &= R\n\\end{aligned}\n$$\n\n', '\n\n1. $L = R$\n2. b\n\n', '（$L = R$）', '\n\n> lazy\n$L = R$ text\n\n',
]; // prettier-ignore
const texHosts = [
  '$L = R$', '\\(L = R\\)', '\n\\[\nL = R\n\\]\n', '\n\\begin{align}\n  L &= R \\label{eq:a}\n\\end{align}\n', '$$L=R$$', '% $a = b$\n$L = R$',
]; // prettier-ignore
const prose = [
  ' ', 'We have ', '其中 ', '😀 ', '\u2028', 'a\tb ', 'It costs \\$5. ', '`code $x$` ', '\r\n', 'a <!-- $c=d$ --> ', 'é ', '𝑥 ', '證明：', '[a](b) ', '\\\\ ',
]; // prettier-ignore

/** Equations in documents: each is known to stand where it was put. */
const placed: Arbitrary<Input> = fc.constantFrom('a.md' as const, 'a.tex' as const).chain((file) =>
  fc
    .array(fc.tuple(fc.constantFrom(...prose), fc.constantFrom(...(file === 'a.md' ? hosts : texHosts)), side, side), {
      minLength: 1,
      maxLength: 3,
    })
    .map((blocks) => {
      let text = '';
      const equations: Equation[] = [];
      for (const [before, host, lhs, rhs] of blocks) {
        text += file === 'a.md' ? before : before.replaceAll(/[`\\$[\]<]/g, '');
        let left: Equation['lhs'] = [0, 0];
        for (const part of host.split(/([LR])/)) {
          const start = text.length;
          text += part === 'L' ? lhs : part === 'R' ? rhs : part;
          if (part === 'L') left = [start, text.length];
          if (part === 'R') equations.push({ lhs: left, rhs: [start, text.length] });
        }
      }
      return { file, text, equations };
    }),
);

/** The kinds of inputs, and how many of a hundred are of each. */
export const kinds = (corpus: readonly string[]): Readonly<Record<string, readonly [number, Arbitrary<Input>]>> => ({
  bytes: [25, bytes],
  characters: [20, characters],
  'damaged documents': [8, damaged(corpus)],
  'own words': [35, soup],
  grammar: [12, placed],
});
