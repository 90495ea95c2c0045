import type { Bindings } from './bindings.js';
import type { Expression } from '../read/expression.js';
import { lex } from '../read/lexer.js';
import { parseSide } from '../read/parser.js';
import { tidy } from '../read/tidy.js';

// What the course means by its losses, in the document's own variables; no factor 1/2 (theory: conventions).

/** LaTeX of a variable's key: 'x~_0' is \tilde{x}_{0}. */
export function latexOfKey(key: string): string {
  const [letter, sub] = key.split(/_(.*)/s);
  const accent = letter.endsWith('~')
    ? '\\tilde'
    : letter.endsWith('^')
      ? '\\hat'
      : letter.endsWith('-')
        ? '\\bar'
        : '';
  const bare = letter.replace(/[~^-]$/, '');
  const name = bare.length > 1 ? `\\${bare}` : bare;
  return `${accent === '' ? name : `${accent}{${name}}`}${sub === undefined || sub === '' ? '' : `_{${sub}}`}`;
}

/** The loss by its usual name as LaTeX. */
export function lossLatex(
  loss: string,
  { clean, noisy, hasRoles }: Pick<Bindings, 'clean' | 'noisy' | 'hasRoles'>,
  extra = '',
): string {
  const x = latexOfKey(hasRoles ? noisy : 'x');
  const x0 = latexOfKey(hasRoles ? clean : 'x_0');
  const p = hasRoles ? 'p_\\sigma' : 'p';
  const field = `S_\\theta(${x}${extra})`;
  const square = `\\|${field}\\|^2`;
  const noising = `E_{${x0} \\sim p_0(${x0})} E_{${x}|${x0}}`;
  switch (loss) {
    case 'ESM':
      return `E_{${x} \\sim ${p}(${x})} \\|${field} - \\nabla_{${x}} \\log ${p}(${x})\\|^2`;
    case 'ISM':
      return `E_{${x} \\sim ${p}(${x})} [${square} + 2 \\nabla_{${x}} \\cdot ${field}]`;
    case 'SSM':
      return `E_{${x} \\sim ${p}(${x})} E_{v} [${square} + 2 v^T \\nabla_{${x}} (v^T ${field})]`;
    case 'DSM':
      return `${noising} \\|${field} - \\nabla_{${x}} \\log p(${x}|${x0})\\|^2`;
    case 'DAE':
      return `${noising} \\|h_\\theta(${x}) - ${x0}\\|^2`;
    default:
      throw new Error(`This is a bug in scorecheck; there is no loss ${loss}.`);
  }
}

/** The trees of losses by their LaTeX: one for each document, which its own definitions tell from others. */
const trees = new WeakMap<Bindings['definitions'], Map<string, Expression>>();

/** The loss by its usual name as a tree, the same one for the same document; its spans are those of its own LaTeX. */
export function lossExpression(
  loss: string,
  bindings: Pick<Bindings, 'clean' | 'noisy' | 'hasRoles' | 'definitions'>,
  extra = '',
): Expression {
  const text = lossLatex(loss, bindings, extra);
  const known = trees.get(bindings.definitions) ?? new Map<string, Expression>();
  trees.set(bindings.definitions, known);
  const tree =
    known.get(text) ?? parseSide(tidy(lex(text, { start: 0, end: text.length })), { energy: false, sde: false });
  known.set(text, tree);
  return tree;
}

/** The losses a write-up may name, the more special ones first. */
export const lossNames = ['SSM', 'DSM', 'ISM', 'ESM', 'DAE'] as const;
