import { createRequire } from 'node:module';
import type * as mathjs from 'mathjs';
import type { MathNode } from 'mathjs';
import type { Arithmetic, Point, PointFormula } from './arithmetic.js';
import type { FormulaProblem, WrittenFormula } from './written-formula.js';

// One file in place of some hundred modules: a sixth of the time to load. The package declares no types for it; they are those of its main entry.
const { derivative, isConstantNode, isFunctionNode, isOperatorNode, isParenthesisNode, isSymbolNode, parse } =
  createRequire(import.meta.url)('mathjs/lib/browser/math.js') as typeof mathjs;

/**
 * ∂/∂x of an expression, by computer algebra, as a formula over any arithmetic. The variable `x_2` is the second coordinate of x;
 * a bare name is the first. Throws a TypeError that names the piece for a function that no arithmetic has.
 */
export function symbolicGradient(expression: string, variables: readonly string[]): PointFormula {
  const tree = parse(expression);
  const parts = variables.map((variable) => derivative(tree, variable, { simplify: false }));
  return (a, at) => parts.map((part) => evaluate(part, a, at));
}

/** ∂²/∂xᵢ∂xⱼ of an expression, row by row, by computer algebra: see {@link symbolicGradient}. */
export function symbolicHessian(expression: string, variables: readonly string[]): PointFormula {
  const tree = parse(expression);
  const parts = variables.flatMap((first) => {
    const slope = derivative(tree, first, { simplify: false });
    return variables.map((second) => derivative(slope, second, { simplify: false }));
  });
  return (a, at) => parts.map((part) => evaluate(part, a, at));
}

/** An expression as a formula, without derivative. */
export function symbolicFormula(...expressions: readonly string[]): PointFormula {
  const trees = expressions.map((expression) => parse(expression));
  return (a, at) => trees.map((tree) => evaluate(tree, a, at));
}

/** Longer than any answer, and short enough for a parser that calls itself. */
const LONGEST = 400;
const functions = new Set(['exp', 'log', 'sqrt', 'sin', 'cos', 'abs', 'sign']);
const operators = new Set(['add', 'subtract', 'multiply', 'divide', 'unaryMinus', 'unaryPlus', 'pow']);

/**
 * A line of text that somebody else wrote, as a formula of these symbols: nothing of it is run that is not on the lists above. The constants pi and e are known.
 */
export function writtenFormula(
  text: string,
  symbols: readonly string[],
): { readonly formula: WrittenFormula } | { readonly problem: FormulaProblem } {
  // One character for one, so that positions stay.
  const line = text.replaceAll('−', '-').replaceAll(/[·×]/g, '*');
  if (line.trim() === '') return { problem: { kind: 'empty', at: 1, found: '' } };
  if (line.length > LONGEST) return { problem: { kind: 'long', at: LONGEST + 1, found: String(line.length) } };
  let tree: MathNode;
  try {
    tree = parse(line);
  } catch (error) {
    const at = (error as { char?: number }).char ?? 1;
    return { problem: { kind: 'syntax', at, found: line.slice(at - 1, at) || 'the end of the line' } };
  }
  const problem = problemIn(tree, line, new Set([...symbols, 'pi', 'e']));
  if (problem !== undefined) return { problem };
  return {
    formula: {
      value: (a, at) => evaluate(tree, a, at),
      derivative: (symbol) => {
        const slope = derivative(tree, symbol, { simplify: false });
        return (a, at) => evaluate(slope, a, at);
      },
    },
  };
}

/** The first piece of the line that is not on the lists. */
function problemIn(tree: MathNode, line: string, symbols: ReadonlySet<string>): FormulaProblem | undefined {
  const found: FormulaProblem[] = [];
  const add = (kind: FormulaProblem['kind'], piece: string): void => {
    const name = /^\w+$/.test(piece) ? new RegExp(`(?<!\\w)${piece}(?!\\w)`).exec(line)?.index : line.indexOf(piece);
    found.push({ kind, at: Math.max(0, name ?? 0) + 1, found: piece });
  };
  tree.traverse((node: MathNode, place: string, parent: MathNode | null) => {
    if (isParenthesisNode(node)) return;
    if (isConstantNode(node)) {
      if (typeof node.value !== 'number') add('syntax', String(node.value));
    } else if (isSymbolNode(node)) {
      const called = parent !== null && isFunctionNode(parent) && place === 'fn';
      if (!called && !symbols.has(node.name)) add(functions.has(node.name) ? 'arguments' : 'symbol', node.name);
    } else if (isOperatorNode(node)) {
      if (!operators.has(node.fn)) add('operator', node.op);
      else if (node.fn === 'pow' && exponentOf(node.args[1]) === undefined) add('exponent', node.args[1].toString());
    } else if (isFunctionNode(node)) {
      const { name } = node.fn as { name?: string };
      if (name === undefined || !functions.has(name)) add('function', name ?? node.toString());
      else if (node.args.length !== 1) add('arguments', name);
    } else add('syntax', node.toString());
  });
  return found.sort((a, b) => a.at - b.at)[0];
}

/** A whole number or 1/2, written with numbers and signs alone. */
function exponentOf(node: MathNode): number | undefined {
  const plain = node.filter(
    (each: MathNode) =>
      !isConstantNode(each) && !isParenthesisNode(each) && !(isOperatorNode(each) && operators.has(each.fn)),
  );
  if (plain.length > 0) return undefined;
  const value = Number(node.evaluate());
  return value === 0.5 || (Number.isInteger(value) && Math.abs(value) <= 16) ? value : undefined;
}

function evaluate<T>(node: MathNode, a: Arithmetic<T>, at: Point<T>): T {
  if (isParenthesisNode(node)) return evaluate(node.content, a, at);
  if (isConstantNode(node)) return a.c(Number(node.value));
  if (isSymbolNode(node)) return symbolValue(node.name, at, a);
  if (isOperatorNode(node)) return operation(node.fn, node.args, a, at);
  if (isFunctionNode(node)) return call(node.fn.name, node.args, a, at);
  throw new TypeError(
    `Expected numbers, variables, operators and functions, found ${node.type} in "${node.toString()}".`,
  );
}

function symbolValue<T>(name: string, at: Point<T>, a: Arithmetic<T>): T {
  if (name === 'pi') return a.c(Math.PI);
  if (name === 'e') return a.c(Math.E);
  const [, variable, index] = /^(.*?)(?:_(\d+))?$/.exec(name) ?? [];
  const value = at[variable]?.[index === undefined ? 0 : Number(index) - 1];
  if (value === undefined)
    throw new TypeError(`Expected one of ${Object.keys(at).join(', ')}, found the variable "${name}".`);
  return value;
}

function operation<T>(fn: string, args: readonly MathNode[], a: Arithmetic<T>, at: Point<T>): T {
  const [x, y] = args.map((arg) => () => evaluate(arg, a, at));
  switch (fn) {
    case 'add':
      return a.add(x(), y());
    case 'subtract':
      return a.sub(x(), y());
    case 'multiply':
      return a.mul(x(), y());
    case 'divide':
      return a.div(x(), y());
    case 'unaryMinus':
      return a.sub(a.c(0), x());
    case 'unaryPlus':
      return x();
    case 'pow':
      return power(x(), Number(args[1].evaluate()), a);
    default:
      throw new TypeError(`Expected +, −, *, / or ^, found the operator "${fn}".`);
  }
}

function power<T>(base: T, exponent: number, a: Arithmetic<T>): T {
  if (exponent === 0.5) return a.sqrt(base);
  if (!Number.isInteger(exponent)) throw new TypeError(`Expected a whole exponent or 1/2, found ${exponent}.`);
  let product = a.c(1);
  for (let i = 0; i < Math.abs(exponent); i++) product = a.mul(product, base);
  return exponent < 0 ? a.div(a.c(1), product) : product;
}

function call<T>(name: string, args: readonly MathNode[], a: Arithmetic<T>, at: Point<T>): T {
  const x = evaluate(args[0], a, at);
  switch (name) {
    case 'exp':
    case 'sqrt':
    case 'sin':
    case 'cos':
    case 'abs':
    case 'sign':
    case 'log':
      if (args.length === 1) return a[name](x);
  }
  throw new TypeError(
    `Expected exp, log, sqrt, sin, cos, abs or sign of one argument, found "${name}" of ${args.length}.`,
  );
}
