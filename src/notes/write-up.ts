import type { Link } from './judge/link.js';
import { courseClaims } from './known/course-claims.js';
import { distinctive, marksOf, sameMarks, type Mark } from './known/marks.js';
import { alike, printsOf, shapeOf, termPrints, type Print } from './known/prints.js';
import type { Bindings } from './meaning/bindings.js';
import type { Expression } from './read/expression.js';
import { readNotes, type ReadNotes } from './notes.js';
import { positions } from './read/span.js';

/** A claim that a write-up has to show. */
export interface ShownClaim {
  readonly id: string;
  /** LaTeX of the equations of the claim that the reader can compute, and the line where each is found true; null where none is. */
  readonly parts: readonly { readonly latex: string; readonly line: number | null }[];
}

/** A line that breaks a derivation. */
export interface Break {
  readonly line: number;
  readonly column: number;
  readonly latex: string;
  readonly message: string;
  readonly fix: { readonly from: string; readonly text: string } | null;
}

/** What a write-up shows, as plain data. */
export interface WriteUp {
  readonly claims: readonly ShownClaim[];
  readonly breaks: readonly Break[];
  /** Equations that were neither found true nor false. */
  readonly open: number;
}

/** Factors that conventions put in front of both sides of a loss. */
const conventions = [1, 0.5, 2] as const;

/** Reads a write-up: which of the claims it shows by true equations, in any notation and in as many steps as it likes, and where it goes wrong. */
export function readWriteUp(file: string, text: string, claims: readonly string[]): WriteUp {
  const notes = readNotes(file, text);
  const at = positions(text);
  const steps = stepsOf(notes);
  const shown = claims.map((id): ShownClaim => {
    const parts = equationsOf(id).map((versions) => {
      const [{ latex }] = versions;
      const place = versions.flatMap((version) => conventions.flatMap((factor) => placesOf(version, steps, factor)));
      return { latex, line: place.length === 0 ? null : at(Math.min(...place)).line };
    });
    return { id, parts };
  });
  const wrong = notes.links.filter(({ severity }) => severity === 'error');
  return {
    claims: shown,
    breaks: wrong.map((link): Break => {
      const fix = notes.repairs.get(link);
      const place = at(link.rhs.start);
      const latex = link.rhs.text.replace(/\s+/g, ' ');
      return { ...place, latex, message: link.message, fix: fix ? { from: text.slice(fix.start, fix.end), text: fix.text } : null }; // prettier-ignore
    }),
    open: notes.links.filter(({ verdict }) => verdict === 'not-checked').length - wrong.filter(({ verdict }) => verdict === 'not-checked').length, // prettier-ignore
  };
}

/** A side by its value, by how it changes with the field, and by what it is made of. */
interface Sight {
  readonly print: Print | undefined;
  readonly shape: Print | undefined;
  readonly marks: ReadonlySet<Mark>;
}

/** A true equation, or one up to a constant, as it is compared in two dimensions. */
interface Step {
  readonly lhs: Sight;
  readonly rhs: Sight;
  /** The signed terms of lhs − rhs, each with what it is made of. */
  readonly terms: readonly { readonly print: Print; readonly marks: ReadonlySet<Mark> }[];
  readonly at: number;
}

/** An equation of a claim, with what tells its sides apart. */
interface Equation extends Omit<Step, 'at'> {
  readonly latex: string;
  readonly telling: ReadonlySet<Mark>;
}

const stepsOf = ({ links, bindings }: ReadNotes): Step[] =>
  links.flatMap((link: Link): Step[] => {
    const seen = link.verdict === 'true' ? seenAs(link, bindings, link.rhs.start) : undefined;
    return seen === undefined ? [] : [{ ...seen, at: link.rhs.start }];
  });

/** A true link as prints and marks; undefined where no side has a value. */
function seenAs({ lhs, rhs, comparison }: Link, bindings: Bindings, at: number): Omit<Step, 'at'> | undefined {
  if (lhs.tree === undefined || rhs.tree === undefined) return undefined;
  const upTo = comparison !== undefined && comparison.outcome !== 'open' && comparison.how === 'up to a constant';
  const prints = upTo ? undefined : printsOf(lhs.tree, rhs.tree, bindings, at, 1);
  const terms = upTo ? undefined : termPrints(lhs.tree, rhs.tree, bindings, at, 1);
  const sight = (tree: Expression, other: Expression, print: Print | undefined): Sight => ({
    print,
    shape: shapeOf(tree, other, bindings, at),
    marks: marksOf(tree, bindings, at),
  });
  const [left, right] = [sight(lhs.tree, rhs.tree, prints?.[0]), sight(rhs.tree, lhs.tree, prints?.[1])];
  if (left.print === undefined && left.shape === undefined) return undefined;
  const parts = terms?.map(({ print, term }) => ({ print, marks: marksOf(term, bindings, at) }));
  return { lhs: left, rhs: right, terms: parts ?? [] };
}

/** The equations of a claim in the two settings that a write-up may have: one density, or a clean one and a noisy one. */
function equationsOf(id: string): Equation[][] {
  const [alone, noisy] = ['', '\n\n$$x = x_0 + \\sigma \\varepsilon$$\n'].map((context) => equationsIn(id, context));
  const latex = new Set([...alone, ...noisy].map((equation) => equation.latex));
  return [...latex].map((each) => [...alone, ...noisy].filter((equation) => equation.latex === each));
}

/** The equations of a claim's statement that are true to the reader; one between numbers alone, such as l = 1, says how the claim is set up. */
function equationsIn(id: string, context: string): Equation[] {
  const claim = courseClaims.find((known) => known.id === id);
  if (claim === undefined) return [];
  const text = `$$${claim.statement.replace(/\s*\n\s*/g, ' ')}$$${context}`;
  const notes = readNotes(`${id}.md`, text, { repairs: false });
  const first = notes.links[0]?.statement.at;
  return notes.links.flatMap((link) => {
    if (link.verdict !== 'true' || link.statement.at !== first) return [];
    const seen = seenAs(link, notes.bindings, text.length);
    if (seen === undefined || seen.lhs.marks.size + seen.rhs.marks.size === 0) return [];
    const telling = distinctive(seen.lhs.marks, seen.rhs.marks);
    return [{ ...seen, telling, latex: `${link.lhs.text} = ${link.rhs.text}` }];
  });
}

/** Where an equation is shown: by a chain of true steps, exact or up to constants, or by one whose terms stand on other sides. */
function placesOf(equation: Equation, steps: readonly Step[], factor: number): readonly number[] {
  const { telling } = equation;
  const moved = steps.filter(({ terms }) => [factor, -factor].some((c) => matched(equation.terms, terms, (a, b) => alike(a.print, b.print, c) && sameMarks(a.marks, b.marks, telling)))); // prettier-ignore
  return [
    ...(pathBetween(equation, steps, 'print', factor) ?? []),
    ...(pathBetween(equation, steps, 'shape', factor) ?? []),
    ...moved.map(({ at }) => at),
  ];
}

/** Whether two lists are the same in some order, and not empty. */
function matched<T>(a: readonly T[], b: readonly T[], isSame: (a: T, b: T) => boolean): boolean {
  if (a.length !== b.length || a.length === 0) return false;
  const rest = [...b];
  return a.every((each) => {
    const at = rest.findIndex((other) => isSame(each, other));
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
}

/**
 * The places of true steps that lead from one side of an equation to the other. Both have one value, as has all that is equal to them: what a side is made
 * of has to change on the way as it does in the equation, so that no step from a side to itself shows anything.
 */
function pathBetween(
  { lhs, rhs, telling }: Equation,
  steps: readonly Step[],
  by: 'print' | 'shape',
  factor: number,
): readonly number[] | undefined {
  const isSight = (a: Sight, b: Sight, c: number): boolean => {
    const [x, y] = [a[by], b[by]];
    return x !== undefined && y !== undefined && alike(x, y, c) && sameMarks(a.marks, b.marks, telling);
  };
  let reached: { sight: Sight; path: readonly number[] }[] = steps
    .flatMap((step) => [step.lhs, step.rhs])
    .filter((sight) => isSight(lhs, sight, factor))
    .slice(0, 1)
    .map((sight) => ({ sight, path: [] }));
  const used = new Set<Step>();
  while (reached.length > 0) {
    const next: typeof reached = [];
    for (const { sight, path } of reached) {
      for (const step of steps) {
        const other = isSight(step.lhs, sight, 1) ? step.rhs : isSight(step.rhs, sight, 1) ? step.lhs : undefined;
        if (other === undefined || used.has(step)) continue;
        used.add(step);
        const longer = [...path, step.at];
        if (isSight(rhs, other, factor)) return [step.at];
        next.push({ sight: other, path: longer });
      }
    }
    reached = next;
  }
  return undefined;
}
