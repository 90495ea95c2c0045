import type { Link } from './judge/link.js';
import { courseClaims } from './known/course-claims.js';
import { alike, printsOf, sameTerms, termPrints, type Print } from './known/prints.js';
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

/** A true equation with the values of its sides in two dimensions. */
interface Step {
  readonly lhs: Print;
  readonly rhs: Print;
  /** The signed terms of lhs − rhs. */
  readonly terms: readonly Print[];
  readonly at: number;
}

const stepsOf = ({ links, bindings }: ReadNotes): Step[] =>
  links.flatMap((link: Link): Step[] => {
    const { lhs, rhs, verdict } = link;
    if (verdict !== 'true' || lhs.tree === undefined || rhs.tree === undefined) return [];
    const prints = printsOf(lhs.tree, rhs.tree, bindings, rhs.start, 1);
    const terms = termPrints(lhs.tree, rhs.tree, bindings, rhs.start, 1);
    return prints && terms ? [{ lhs: prints[0], rhs: prints[1], terms, at: rhs.start }] : [];
  });

/** The equations of a claim in the two settings that a write-up may have: one density, or a clean one and a noisy one. */
function equationsOf(id: string): (Omit<Step, 'at'> & { readonly latex: string })[][] {
  const [alone, noisy] = ['', '\n\n$$x = x_0 + \\sigma \\varepsilon$$\n'].map((context) => equationsIn(id, context));
  const latex = new Set([...alone, ...noisy].map((equation) => equation.latex));
  return [...latex].map((each) => [...alone, ...noisy].filter((equation) => equation.latex === each));
}

/** The equations of a claim's statement that are true to the reader. */
function equationsIn(
  id: string,
  context: string,
): { latex: string; lhs: Print; rhs: Print; terms: readonly Print[] }[] {
  const claim = courseClaims.find((known) => known.id === id);
  if (claim === undefined) return [];
  const text = `$$${claim.statement.replace(/\s*\n\s*/g, ' ')}$$${context}`;
  const notes = readNotes(`${id}.md`, text, { repairs: false });
  const first = notes.links[0]?.statement.at;
  return notes.links.flatMap(({ lhs, rhs, verdict, statement }) => {
    if (verdict !== 'true' || statement.at !== first || lhs.tree === undefined || rhs.tree === undefined) return [];
    const prints = printsOf(lhs.tree, rhs.tree, notes.bindings, text.length, 1);
    const terms = termPrints(lhs.tree, rhs.tree, notes.bindings, text.length, 1);
    return prints && terms ? [{ latex: `${lhs.text} = ${rhs.text}`, lhs: prints[0], rhs: prints[1], terms }] : [];
  });
}

/** Where an equation is shown: by a chain of true steps, or by one whose terms stand on other sides. */
function placesOf({ lhs, rhs, terms }: Omit<Step, 'at'>, steps: readonly Step[], factor: number): readonly number[] {
  const moved = steps.filter((step) => [factor, -factor].some((c) => sameTerms(terms, step.terms, c)));
  return [...(pathBetween(steps, lhs, rhs, factor) ?? []), ...moved.map(({ at }) => at)];
}

/** The places of true steps that lead from one value to the other, each a fixed factor times the claim's; undefined where they do not meet. */
function pathBetween(steps: readonly Step[], from: Print, to: Print, factor: number): readonly number[] | undefined {
  let reached: { print: Print; path: readonly number[] }[] = steps
    .flatMap(({ lhs, rhs }) => [lhs, rhs])
    .filter((print) => alike(from, print, factor))
    .slice(0, 1)
    .map((print) => ({ print, path: [] }));
  const used = new Set<Step>();
  while (reached.length > 0) {
    const next: typeof reached = [];
    for (const { print, path } of reached) {
      for (const step of steps) {
        const other = alike(step.lhs, print) ? step.rhs : alike(step.rhs, print) ? step.lhs : undefined;
        if (other === undefined || used.has(step)) continue;
        used.add(step);
        const longer = [...path, step.at];
        if (alike(to, other, factor)) return [step.at];
        next.push({ print: other, path: longer });
      }
    }
    reached = next;
  }
  return undefined;
}
