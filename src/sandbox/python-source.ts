import { parser } from '@lezer/python';

/** One `import` of a Python file. */
export interface Import {
  /** Leading dots: 0 for `import a`, 1 for `from . import a`. */
  readonly level: number;
  /** Dotted name, '' for `from . import a`. */
  readonly module: string;
  /** What is taken from it: [] for `import a`. */
  readonly names: readonly string[];
}

type Node = ReturnType<typeof parser.parse>['topNode'];

/** All imports of a file, also those inside functions; what is no Python has those that can be made out. */
export function importsOf(text: string): Import[] {
  const found: Import[] = [];
  parser.parse(text).iterate({
    enter: (node) => {
      if (node.name === 'ImportStatement') found.push(...importsIn(text.slice(node.from, node.to)));
    },
  });
  return found;
}

/** `import a.b as c, d` and `from ..a import b as c, d`, whose words the parser has told from strings and comments. */
function importsIn(statement: string): Import[] {
  const plain = statement
    .replace(/#.*$/gm, '')
    .replace(/[\\()\s]+/g, ' ')
    .trim();
  const namesOf = (list: string): string[] =>
    list
      .split(',')
      .map((each) => each.replace(/ as .*/, '').replace(/ /g, ''))
      .filter((each) => each !== '');
  const [, from, what = ''] = /^from ?(.*?) import (.*)$/.exec(plain) ?? [];
  if (from === undefined)
    return namesOf(plain.replace(/^import /, '')).map((module) => ({ level: 0, module, names: [] }));
  const dotted = from.replace(/ /g, '');
  const module = dotted.replace(/^\.+/, '');
  return [{ level: dotted.length - module.length, module, names: namesOf(what) }];
}

/** The names that a file defines at its top: functions, classes and variables. */
export function definedBy(text: string): string[] {
  const names: string[] = [];
  const nameOf = (node: Node): void => {
    const found = node.getChild('VariableName');
    if (found !== null) names.push(text.slice(found.from, found.to));
  };
  for (let node = parser.parse(text).topNode.firstChild; node !== null; node = node.nextSibling) {
    const inner = node.name === 'DecoratedStatement' ? node.getChild('FunctionDefinition') : node;
    if (inner !== null && ['FunctionDefinition', 'ClassDefinition', 'AssignStatement'].includes(inner.name))
      nameOf(inner);
  }
  return names;
}
