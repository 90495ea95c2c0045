import type { Bindings } from './meaning/bindings.js';
import type { Link } from './judge/link.js';
import type { ReadNotes } from './notes.js';
import { plainReading } from './meaning/bindings.js';
import { evaluate } from './numbers/evaluate.js';
import { newTrace } from './numbers/scope.js';
import { scopeFor } from './numbers/scope-for.js';
import { SECONDS_A_COMPARISON, withinSeconds } from './numbers/time-limit.js';
import { coarser } from './numbers/tolerance.js';
import { instances } from './numbers/world.js';
import { children, walk, type Expression } from './read/expression.js';
import { Unreadable } from './read/problem.js';
import type { Position } from './read/span.js';

/** A part of a side with the shape of its value; parts that the evaluation did not reach have none. */
export interface TreeLine {
  readonly depth: number;
  readonly latex: string;
  readonly kind: string;
  readonly shape: string;
}

/** The tree of a side as it was read, each part with the shape of its value in two dimensions. */
export function typedTree(
  side: Expression,
  { lhs, rhs }: Link,
  { document, bindings }: ReadNotes,
): readonly TreeLine[] {
  const shapes = new Map<Expression, string>();
  if (lhs.tree && rhs.tree) {
    try {
      const trace = { ...newTrace(), shapes };
      const question = { lhs: lhs.tree, rhs: rhs.tree, bindings, at: rhs.start };
      const { scope } = scopeFor(question, instances[bindings.line ? 0 : 1], plainReading, trace);
      withinSeconds(SECONDS_A_COMPARISON, () => evaluate(side, { ...scope, rule: coarser(scope.rule) }));
    } catch (error) {
      // The reason of a link says what could not be computed; the parts before it have their shapes.
      if (!(error instanceof Unreadable) && (error as Error).name !== 'WrongDimension') throw error;
    }
  }
  const lines: TreeLine[] = [];
  const add = (e: Expression, depth: number): void => {
    const latex = document.original.slice(e.start, e.end).replace(/\s+/g, ' ');
    lines.push({ depth, latex, kind: kindOf(e), shape: shapes.get(e) ?? '' });
    for (const child of children(e)) add(child, depth + 1);
  };
  add(side, 0);
  return lines;
}

/** What an operation is, in words. */
function kindOf(e: Expression): string {
  if (e.k === 'nabla') return e.form;
  if (e.k === 'fn') return e.name;
  if (e.k === 'arg') return e.what;
  if (e.k === 'expect') return { E: 'expectation', Cov: 'covariance', Var: 'variance' }[e.what];
  return e.k === 'norm' ? (e.bars === 2 ? 'norm' : 'absolute value') : e.k;
}

/** Where what a link takes its symbols for comes from: comment, front matter, a line of the text, or the habits of the course. */
export function sourcesOf(
  { lhs, rhs }: Link,
  { document, bindings }: ReadNotes,
  place: (offset: number) => Position,
): readonly { readonly symbol: string; readonly source: string }[] {
  const at = rhs.start;
  const stated = document.statements.filter((statement) => statement.stated);
  const from = (offset: number): string => {
    if (offset === 0) return 'front matter';
    const isComment = stated.some((statement) => statement.at === offset);
    return `${isComment ? 'a comment before' : 'the formula on'} line ${place(offset).line}`;
  };
  const out: { symbol: string; source: string }[] = [];
  if (bindings.hasRoles) {
    const kernel = lastBefore(bindings.kernels, at);
    const roles = `noisy, ${bindings.clean} clean`;
    out.push({ symbol: bindings.noisy, source: kernel ? `${roles}; the noising law by ${from(kernel.at)}` : `${roles}, by the conditional laws of the document; x = x_0 + σε is the habit of the course` }); // prettier-ignore
    for (const key of new Set(bindings.noises.map((noise) => noise.key))) {
      const noise = lastBefore(bindings.noises.filter((each) => each.key === key), at); // prettier-ignore
      if (noise) out.push({ symbol: key, source: `noise of ${noise.unit ? 'variance 1' : 'the variance of the noising'}, by ${from(noise.at)}` }); // prettier-ignore
    }
  }
  for (const { key, at: where } of definitionsIn([lhs.tree, rhs.tree], bindings)) if (where < at) out.push({ symbol: key, source: `defined by ${from(where)}` }); // prettier-ignore
  return out;
}

const lastBefore = <T extends { readonly at: number }>(list: readonly T[], at: number): T | undefined =>
  list.filter((each) => each.at <= at).at(-1) ?? list[0];

/** The definitions whose names stand in a side. */
function definitionsIn(
  sides: readonly (Expression | undefined)[],
  { definitions }: Bindings,
): { key: string; at: number }[] {
  const names = new Set(
    sides.flatMap((side) => (side ? [...walk(side)] : [])).flatMap((e) => (e.k === 'call' ? [e.of] : e.k === 'name' ? [e] : [])).map(({ name, sub }) => `${name}${sub === '' ? '' : `_${sub}`}`), // prettier-ignore
  );
  return [...definitions.values()].filter(({ key }) => [...names].some((name) => key.toLowerCase() === name.toLowerCase() || key.replace(/_$/, '') === name)); // prettier-ignore
}
