import {
  derivative,
  isConstantNode,
  isFunctionNode,
  isOperatorNode,
  isParenthesisNode,
  isSymbolNode,
  parse,
  type MathNode,
  // Numbers alone, without matrices, units and big numbers: half of the time to load.
} from 'mathjs/number';
import type { Arithmetic, Point, PointFormula } from './arithmetic.js';

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
