import path from 'node:path';
import type { TreeLine } from '../../notes/explain.js';
import { change } from '../../report/notes-text.js';
import type { ReadNotes } from '../../notes/notes.js';
import type { LinkResult, NotesResult } from '../../notes/result.js';

/** A line of a file. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** How the links of a line were read: the trees of both sides, what each symbol was taken for and why, instances, both sides' values, the fix. */
export async function explained(
  { files }: NotesResult,
  read: readonly ReadNotes[],
  { file, line }: Place,
): Promise<string> {
  const { sourcesOf, typedTree } = await import('../../notes/explain.js');
  const { positions } = await import('../../notes/read/span.js');
  const parts = files.flatMap((result, i) => {
    if (path.resolve(result.path) !== path.resolve(file)) return [];
    const notes = read[i];
    const place = positions(notes.document.original);
    return result.links.flatMap((link, k) => {
      if (line < link.line || line > link.endLine) return [];
      const own = notes.links[k];
      const trees = [own.lhs.tree, own.rhs.tree].map((tree) => (tree ? typedTree(tree, own, notes) : []));
      return [explanation(file, link, trees, sourcesOf(own, notes, place))];
    });
  });
  if (parts.length > 0) return parts.join('\n');
  const own = files.find((result) => path.resolve(result.path) === path.resolve(file))?.links ?? [];
  const near = [own.findLast((link) => link.endLine < line)?.endLine, own.find((link) => link.line > line)?.line];
  const lines = [...new Set(near.filter((each) => each !== undefined))];
  const words =
    lines.length === 0
      ? 'The file has none.'
      : `The nearest ones end on ${lines.length === 1 ? 'line' : 'lines'} ${lines.join(' and ')}.`;
  return `${file}:${line}: no equation ends on this line. ${words}\n`;
}

function explanation(
  file: string,
  link: LinkResult,
  [left, right]: readonly (readonly TreeLine[])[],
  sources: readonly { readonly symbol: string; readonly source: string }[],
): string {
  const out = [
    `${file}:${link.line}:${link.column}  ${link.verdict}${link.severity === 'none' ? '' : ` (${link.severity})`}`,
    `  left      ${link.lhs}`,
    ...left.map(treeLine),
    `  relation  ${link.relation}`,
    `  right     ${link.rhs}`,
    ...right.map(treeLine),
  ];
  if (link.reason !== '') out.push(`  reason    ${link.reason}`);
  if (link.method !== '') out.push(`  compared  ${link.method}`);
  for (const { symbol, source } of sources) out.push(`  bound     ${symbol}: ${source}`);
  const said = new Set(sources.map(({ symbol }) => symbol));
  for (const [name, meaning] of Object.entries(link.symbols))
    out.push(`  symbol    ${name}: ${meaning}${said.has(name) ? '' : '  (habit of the course)'}`);
  for (const w of link.witnesses) {
    const point = Object.entries(w.point).map(
      ([key, values]) => `${key} = (${values.map((v) => v.toPrecision(4)).join(', ')})`,
    );
    out.push(
      `  instance  ${w.instance}${point.length > 0 ? ` at ${point.join(', ')}` : ''}`,
      `    left    ${w.lhs.map((v) => v?.toPrecision(8) ?? '∞').join(', ')}`,
      `    right   ${w.rhs.map((v) => v?.toPrecision(8) ?? '∞').join(', ')}`,
      `    differ  by ${w.residual?.toPrecision(2) ?? '∞'} of their size`,
    );
  }
  if (link.fix)
    out.push(
      `  fix       ${link.fix.what}: ${change(link.fix)}  at ${link.fix.line}:${link.fix.column}-${link.fix.endColumn}`,
    );
  if (link.claim !== null) out.push(`  claim     ${link.claim}`);
  return `${out.join('\n')}\n`;
}

const treeLine = ({ depth, latex, kind, shape }: TreeLine): string =>
  `            ${'  '.repeat(depth)}${kind}${shape === '' ? '' : ` (${shape})`}  ${latex.length > 60 ? `${latex.slice(0, 57)}...` : latex}`;
