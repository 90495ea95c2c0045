import type ts from 'typescript';
import type { Bundle } from './bundled.js';

/** Names by which a function reaches what outlives a call, or what goes on after it. */
const reaching = new Set([
  ...['globalThis', 'global', 'process', 'eval', 'Function', 'Reflect', 'require', 'module', 'exports', 'arguments'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'Promise', 'Atomics', 'SharedArrayBuffer'],
]);

/** Members that change their object or TensorFlow.js itself, whatever they are called on. */
const changing = new Set([
  ...[
    'assign',
    'defineProperty',
    'defineProperties',
    'setPrototypeOf',
    'prototype',
    '__proto__',
    'constructor',
    'call',
  ],
  ...[
    'setBackend',
    'env',
    'engine',
    'keep',
    'variable',
    'train',
    'disposeVariables',
    'enableProdMode',
    'enableDebugMode',
  ],
  ...['registerKernel', 'registerGradient', 'registerBackend', 'removeBackend', 'registerOp', 'setPlatform', 'layers'],
]);

/**
 * Whether no call of a function in this submission can change what a later call of any function answers: the module has constants and functions alone, and its functions
 * assign to what they declared themselves. Said with certainty or not at all: false for whatever is not plainly so, and for Python. A submission that hides what it keeps
 * gains nothing by it: its tasks are then judged one after the other in one process.
 */
export async function keepsNothing({ library, modules }: Pick<Bundle, 'library' | 'modules'>): Promise<boolean> {
  if (library !== 'tensorflow') return false;
  const { default: typescript } = await import('typescript');
  return modules.every(([, code]) => isPure(typescript, code));
}

function isPure(typescript: typeof ts, code: string): boolean {
  const source = typescript.createSourceFile('bundle.js', code, typescript.ScriptTarget.Latest, true);
  const isFunction = (node: ts.Node): node is ts.SignatureDeclaration =>
    typescript.isArrowFunction(node) ||
    typescript.isFunctionExpression(node) ||
    typescript.isFunctionDeclaration(node) ||
    typescript.isMethodDeclaration(node);

  /** A value that nobody can change: numbers and texts, what is computed from them by Math, functions, TensorFlow.js. */
  const isConstant = (node: ts.Expression): boolean => {
    if (typescript.isParenthesizedExpression(node) || typescript.isPrefixUnaryExpression(node))
      return isConstant(typescript.isParenthesizedExpression(node) ? node.expression : node.operand);
    if (typescript.isBinaryExpression(node))
      return !isAssignment(node.operatorToken.kind) && isConstant(node.left) && isConstant(node.right);
    if (typescript.isCallExpression(node)) return isOfMath(node.expression) && node.arguments.every(isConstant);
    return (
      typescript.isNumericLiteral(node) ||
      typescript.isStringLiteralLike(node) ||
      typescript.isIdentifier(node) ||
      typescript.isArrowFunction(node) ||
      typescript.isFunctionExpression(node) ||
      isOfMath(node)
    );
  };
  const isOfMath = (node: ts.Expression): boolean =>
    typescript.isPropertyAccessExpression(node) && ['Math', 'Number'].includes(node.expression.getText(source));
  const isAssignment = (kind: ts.SyntaxKind): boolean =>
    kind >= typescript.SyntaxKind.FirstAssignment && kind <= typescript.SyntaxKind.LastAssignment;

  /** The names that an assignment changes, or through which it does; undefined for anything but a name. */
  const rootsOf = (target: ts.Node): (string | undefined)[] => {
    if (typescript.isIdentifier(target)) return [target.text];
    if (
      typescript.isPropertyAccessExpression(target) ||
      typescript.isElementAccessExpression(target) ||
      typescript.isParenthesizedExpression(target) ||
      typescript.isNonNullExpression(target)
    )
      return rootsOf(target.expression);
    if (typescript.isArrayLiteralExpression(target)) return target.elements.flatMap(rootsOf);
    return [undefined];
  };
  const namesOf = (name: ts.BindingName): string[] =>
    typescript.isIdentifier(name)
      ? [name.text]
      : name.elements.flatMap((each) => (typescript.isBindingElement(each) ? namesOf(each.name) : []));
  /** What a function declares, nested functions left out. */
  const declaredIn = (owner: ts.SignatureDeclaration): Set<string> => {
    const names = new Set(owner.parameters.flatMap(({ name }) => namesOf(name)));
    const walk = (node: ts.Node): void => {
      if (typescript.isVariableDeclaration(node)) namesOf(node.name).forEach((each) => names.add(each));
      if (isFunction(node) && node.name !== undefined) names.add(node.name.getText(source));
      if (!isFunction(node)) node.forEachChild(walk);
    };
    owner.forEachChild(walk);
    return names;
  };
  const isQuiet = (node: ts.Node, local: ReadonlySet<string>): boolean => {
    const inner = isFunction(node) ? new Set([...local, ...declaredIn(node)]) : local;
    const targets =
      typescript.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)
        ? rootsOf(node.left)
        : typescript.isPostfixUnaryExpression(node) || isStep(node)
          ? rootsOf(node.operand)
          : typescript.isDeleteExpression(node)
            ? rootsOf(node.expression)
            : (typescript.isForOfStatement(node) || typescript.isForInStatement(node)) &&
                !typescript.isVariableDeclarationList(node.initializer)
              ? rootsOf(node.initializer)
              : [];
    if (!targets.every((each) => each !== undefined && inner.has(each))) return false;
    if (typescript.isIdentifier(node)) {
      const isMember = typescript.isPropertyAccessExpression(node.parent) && node.parent.name === node;
      if (isMember ? changing.has(node.text) : reaching.has(node.text)) return false;
    }
    // What waits goes on when it wants; a class and a computed member can hide anything.
    if (typescript.isAwaitExpression(node) || typescript.isYieldExpression(node) || typescript.isClassLike(node))
      return false;
    if (node.kind === typescript.SyntaxKind.ThisKeyword || node.kind === typescript.SyntaxKind.AsyncKeyword)
      return false;
    let quiet = true;
    node.forEachChild((child) => {
      quiet &&= isQuiet(child, inner);
    });
    return quiet;
  };
  const isStep = (node: ts.Node): node is ts.PrefixUnaryExpression =>
    typescript.isPrefixUnaryExpression(node) &&
    [typescript.SyntaxKind.PlusPlusToken, typescript.SyntaxKind.MinusMinusToken].includes(node.operator);

  return source.statements.every((statement) => {
    const text = statement.getText(source);
    if (ofBundler.some((each) => each.test(text))) return true;
    if (typescript.isFunctionDeclaration(statement)) return isQuiet(statement, new Set());
    return (
      typescript.isVariableStatement(statement) &&
      statement.declarationList.declarations.every(
        ({ initializer }) => initializer !== undefined && isConstant(initializer) && isQuiet(initializer, new Set()),
      )
    );
  });
}

/** What esbuild writes around the modules of a submission, statement by statement. */
const ofBundler = [
  /^"use strict";$/,
  /^var __(create|defProp|getOwnPropDesc|getOwnPropNames|getProtoOf|hasOwnProp) = Object\.[\w.]+;$/,
  /^var __(export|copyProps|toESM|toCommonJS) = \(/,
  /^__export\(\w+, \{/,
  /^var \w+_exports = \{\};$/,
  /^module\.exports = __toCommonJS\(\w+\);$/,
  /^0 && \(module\.exports = \{[\s\w,]*\}\);$/,
  /^var \w+ = __toESM\(require\("@tensorflow\/tfjs(-node)?"\)(, 1)?\);$/,
];
