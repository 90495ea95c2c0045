import { LineCounter, parseDocument, isMap, isNode, type Document } from 'yaml';
import type { z } from 'zod';
import { CourseProblem } from '../problem.js';
import { courseFileSchema, type CourseFile } from './schema.js';

type Issue = z.core.$ZodIssue;

/** Reads the text of `course.yaml`. Throws CourseProblem with `file:line:column` for each thing that is wrong. */
export function readCourseFile(text: string, file: string): CourseFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  const [broken] = document.errors;
  if (broken !== undefined) throw new CourseProblem(`${at(broken.pos[0])}  ${broken.message} Mend the YAML there.`);
  const parsed = courseFileSchema.safeParse(dataOf(document, file));
  if (parsed.success) return parsed.data;
  const found = parsed.error.issues.flatMap((issue) => said(issue, document, []));
  throw new CourseProblem(
    [
      ...found.map(({ offset, message }) => `${at(offset)}  ${message}`),
      'schema/course.schema.json lists all settings.',
    ].join('\n'),
  );
}

/** The data of a document; its library refuses aliases without an anchor, and those that unfold to more than anybody writes. */
function dataOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CourseProblem(
      `${file}:1:1  Expected YAML whose aliases can be unfolded: ${why}. Write out what the aliases stand for.`,
    );
  }
}

interface Said {
  readonly offset: number;
  readonly message: string;
}

/** What an issue says and where; of a union all branches speak, so the deepest path is taken. */
function said(issue: Issue, document: Document, above: readonly PropertyKey[]): Said[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union') {
    const branches = issue.errors.map((each) => each.flatMap((inner) => said(inner, document, path)));
    const deep = issue.errors.findIndex((each) =>
      each.some((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys'),
    );
    if (deep >= 0) return branches[deep];
    const expected = branches.flatMap((each) => each.map(({ message }) => message));
    return [{ offset: offsetOf(document, path), message: [...new Set(expected)].join(' Or: ') }];
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      offset: offsetOfKey(document, path, key),
      message: `Unexpected key "${key}"${path.length === 0 ? '' : ` in ${named(path)}`}.`,
    }));
  }
  const where = path.length === 0 ? 'the file' : named(path);
  return [{ offset: offsetOf(document, path), message: `${where}: ${issue.message}.` }];
}

const named = (path: readonly PropertyKey[]): string =>
  path.map((each, i) => (typeof each === 'number' ? `[${each}]` : `${i === 0 ? '' : '.'}${String(each)}`)).join('');

/** Where the node of a path stands; that of its parent where it is missing. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function offsetOfKey(document: Document, path: readonly PropertyKey[], key: string): number {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  if (!isMap(node)) return offsetOf(document, path);
  const pair = node.items.find((item) => String(item.key) === key);
  return isNode(pair?.key) && pair.key.range ? pair.key.range[0] : offsetOf(document, path);
}
