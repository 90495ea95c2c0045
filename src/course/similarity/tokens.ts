import path from 'node:path/posix';
import ts from 'typescript';

/** A token of a program without its name: what it is, and the line that it stands on, from 1. */
export interface Token {
  readonly kind: string;
  readonly line: number;
}

/**
 * The tokens of a module. Names and numbers are all alike, since to change them is the first disguise; so are spaces and comments, which are
 * none. TypeScript's own scanner reads TypeScript and JavaScript, a pattern reads Python.
 */
export function tokensOf(file: string, text: string): Token[] {
  return path.extname(file) === '.py' ? pythonTokens(text) : scriptTokens(text);
}

function scriptTokens(text: string): Token[] {
  const source = ts.createSourceFile('submission.ts', text, ts.ScriptTarget.Latest, false);
  const tokens: Token[] = [];
  // Types can be added and taken away without any change of what is computed.
  const walk = (node: ts.Node): void => {
    if (
      ts.isTypeNode(node) ||
      ts.isTypeAliasDeclaration(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isImportDeclaration(node)
    )
      return;
    const children: ts.Node[] = [];
    node.forEachChild((child) => void children.push(child));
    const line = source.getLineAndCharacterOfPosition(Math.max(0, node.getStart(source))).line + 1;
    if (ts.isIdentifier(node)) tokens.push({ kind: 'name', line });
    else if (ts.isNumericLiteral(node)) tokens.push({ kind: 'number', line });
    else tokens.push({ kind: ts.SyntaxKind[node.kind], line });
    children.forEach(walk);
  };
  source.statements.forEach(walk);
  return tokens;
}

const python = /#[^\n]*|("""|''')[\s\S]*?\1|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\d[\w.]*|[\p{L}_]\w*|\n|[^\s\w]/gu;
const keywords = new Set(
  'and as assert async await break class continue def del elif else except finally for from global if import in is lambda None nonlocal not or pass raise return True False try while with yield'.split(
    ' ',
  ),
);

function pythonTokens(text: string): Token[] {
  let line = 1;
  return [...text.matchAll(python)].flatMap(([found]): Token[] => {
    const at = line;
    line += found.split('\n').length - 1;
    if (found === '\n' || found.startsWith('#')) return [];
    if (/^["']/.test(found)) return [{ kind: 'text', line: at }];
    if (/^\d/.test(found)) return [{ kind: 'number', line: at }];
    if (/^[\p{L}_]/u.test(found)) return [{ kind: keywords.has(found) ? found : 'name', line: at }];
    return [{ kind: found, line: at }];
  });
}
