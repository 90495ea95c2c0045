import { compareUpToConstant } from '../numbers/up-to-constant.js';
import type { Bindings } from '../meaning/bindings.js';
import type { NotesDocument, Side } from '../read/document.js';
import { editsOf, patched, type Edit, type Patch } from './edits.js';
import { walk } from '../read/expression.js';
import { judge } from '../judge/judge.js';
import { namedLoss } from '../judge/prose-link.js';
import type { Link } from '../judge/link.js';
import { latexOfKey, lossExpression } from '../meaning/losses.js';
import { join, type Span } from '../read/span.js';
import { staticProblem } from '../meaning/static-checks.js';
import { isNoiseName } from '../meaning/vocabulary.js';

/** A change of the file that makes a link true. */
export interface Repair extends Patch {
  /** What was mended, in words. */
  readonly words: string;
  /** Other changes as small that do so too. */
  readonly others: readonly string[];
}

/** Candidates tried for one link, and how long it may take. */
const MAX_CANDIDATES = 400;
const MAX_MILLISECONDS = 4_000;

interface Candidate {
  readonly side: 'lhs' | 'rhs';
  /** The relation becomes this sign: the member before goes on. */
  readonly join?: '-' | '+';
  readonly patches: readonly Patch[];
  readonly words: string;
  readonly cost: number;
}

/** The smallest edit that makes a link true: signs, factors, exponents, names, measures, brackets, missing terms; one edit, then two. */
export function repair(link: Link, document: NotesDocument, bindings: Bindings): Repair | undefined {
  if (link.recognised) {
    const { mend } = link.recognised;
    return mend && { ...mend, words: 'the claim itself', others: [] };
  }
  const direct = lawRepair(link, document) ?? undefined;
  if (direct) return direct;
  if (link.severity !== 'error' || link.rhs.tree === undefined) return malformedRepair(link, document, bindings);
  const began = process.cpuUsage();
  const spent = (): number => {
    const used = process.cpuUsage(began);
    return (used.user + used.system) / 1000;
  };
  const source = document.original;
  const singles: Candidate[] = [
    ...editsOf(link.rhs.tree, source, bindings).map((e): Candidate => ({ ...e, side: 'rhs' })),
    ...missingTerms(link, bindings),
    ...(link.lhs.tree && link.relation !== 'prose' && sameFormula(link)
      ? editsOf(link.lhs.tree, source, bindings).map((e): Candidate => ({ ...e, side: 'lhs', cost: e.cost + 0.05 }))
      : []),
    ...joins(link),
  ].sort((a, b) => a.cost - b.cost);
  const found: Candidate[] = [];
  let tried = 0;
  for (const candidate of singles) {
    if (tried++ > MAX_CANDIDATES || (tried % 8 === 0 && spent() > MAX_MILLISECONDS)) break;
    if (found.length > 0 && candidate.cost > found[0].cost + 0.15) break;
    if (holds(link, candidate, document, bindings)) found.push(candidate);
  }
  if (found.length === 0) {
    for (const candidate of pairs(singles)) {
      if (tried++ > MAX_CANDIDATES || (tried % 8 === 0 && spent() > 2 * MAX_MILLISECONDS)) break;
      if (holds(link, candidate, document, bindings)) {
        found.push(candidate);
        break;
      }
    }
  }
  return found.length === 0 ? undefined : asRepair(found, source);
}

/** Both sides stand in the file one behind the other, so that a change of the left one is a change of this link. */
const sameFormula = ({ lhs, rhs }: Link): boolean => lhs.end <= rhs.start && rhs.start - lhs.end < 40;

function asRepair(found: readonly Candidate[], source: string): Repair {
  const [best, ...others] = found;
  const span = best.patches.reduce((all: Span, patch) => join(all, patch), best.patches[0]);
  return {
    start: span.start,
    end: span.end,
    text: patched(source, span, best.patches),
    words: best.words,
    others: others.slice(0, 3).map((other) => {
      const wide = other.patches.reduce((all: Span, patch) => join(all, patch), other.patches[0]);
      return patched(source, wide, other.patches);
    }),
  };
}

/** Pairs of edits that do not overlap, the cheapest first; kinds that go together by nature before all. */
function* pairs(singles: readonly Candidate[]): Generator<Candidate> {
  const cheap = singles.filter(({ side, cost }) => side === 'rhs' && cost < 3);
  const structural = /in place of|misread|measure|joint|bracket|expectation|variable/;
  const list = [...cheap].sort(
    (a, b) => Number(structural.test(b.words)) - Number(structural.test(a.words)) || a.cost - b.cost,
  );
  // All misread letters at once.
  const misread = cheap.filter(({ words }) => words === 'a misread v');
  const all = disjoint(misread.flatMap(({ patches }) => patches));
  if (misread.length > 1 && all) yield { side: 'rhs', patches: all, words: 'misread letters', cost: 2 };
  for (const base of misread.length > 0 ? [misread.flatMap(({ patches }) => patches)] : []) {
    const unique = disjoint(base);
    if (!unique) continue;
    for (const other of list) {
      const both = disjoint([...unique, ...other.patches]);
      if (both) yield { side: 'rhs', patches: both, words: `misread letters and ${other.words}`, cost: 2 + other.cost };
    }
  }
  // A member that goes on with the one before, and needs one more change.
  for (const base of list.filter((c) => c.join !== undefined)) {
    for (const other of list) {
      const both =
        other.join === undefined && structural.test(other.words)
          ? disjoint([...base.patches, ...other.patches])
          : undefined;
      if (both && base.join)
        yield {
          side: 'rhs',
          join: base.join,
          patches: both,
          words: `${base.words} and ${other.words}`,
          cost: base.cost + other.cost,
        };
    }
  }
  const combined: Candidate[] = [];
  for (let i = 0; i < Math.min(list.length, 60); i++) {
    for (let j = i + 1; j < Math.min(list.length, 60); j++) {
      const both = disjoint([...list[i].patches, ...list[j].patches]);
      if (both)
        combined.push({
          side: 'rhs',
          patches: both,
          words: `${list[i].words} and ${list[j].words}`,
          cost: list[i].cost + list[j].cost,
        });
    }
  }
  yield* combined.sort((a, b) => rank(a) - rank(b));
  function rank(c: Candidate): number {
    return c.cost - (structural.test(c.words) ? 1 : 0);
  }
}

/** `A = B` over `= C` where `A = B - C` was meant. */
function joins({ carried, relationSpan }: Link): Candidate[] {
  if (carried === undefined || relationSpan === undefined) return [];
  return (['-', '+'] as const).map((sign) => ({
    side: 'rhs',
    join: sign,
    patches: [{ ...relationSpan, text: sign }],
    words: 'a sign in place of =',
    cost: 1.5,
  }));
}

function disjoint(patches: readonly Patch[]): readonly Patch[] | undefined {
  const sorted = [...patches].sort((a, b) => a.start - b.start || a.end - b.end);
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i].start < sorted[i - 1].end) return undefined;
    if (sorted[i].start === sorted[i - 1].start) return undefined;
  }
  return sorted;
}

/** Whether the link with the patches applied is true: quickly in one dimension, then in full. */
function holds(
  link: Link,
  { side, patches, join: sign }: Candidate,
  document: NotesDocument,
  bindings: Bindings,
): boolean {
  const source = document.original;
  const read = (span: Side, changed: boolean): Side =>
    changed ? document.readSide(patched(source, span, patches), link.statement.sde) : span;
  const own = patches.filter(({ start }) => sign === undefined || start >= link.rhs.start);
  const rhs =
    sign === undefined || link.carried === undefined
      ? read(link.rhs, side !== 'lhs')
      : document.readSide(`${link.carried.text} ${sign} ${patched(source, link.rhs, own)}`, link.statement.sde);
  const lhs = read(link.lhs, side === 'lhs');
  if (rhs.tree === undefined) return false;
  if (link.relation === 'prose' || link.verdict === 'definition') {
    const loss = link.loss ?? namedLoss(link.statement, document);
    if (loss === undefined || staticProblem(rhs.tree, bindings)) return false;
    const question = { lhs: lossExpression(loss, bindings), rhs: rhs.tree, bindings, at: link.rhs.start };
    return (
      compareUpToConstant({ ...question, quick: true }, 'positive-affine').outcome === 'equal' &&
      compareUpToConstant(question, 'positive-affine').outcome === 'equal'
    );
  }
  if (lhs.tree === undefined || link.relationSpan === undefined) return false;
  const known = {
    relation: link.relation,
    relationSpan: link.relationSpan,
    statement: link.statement,
    first: false,
    bindings,
    document,
    at: link.rhs.start,
  };
  const verdict = (quick: boolean): boolean => {
    const judged = judge({ ...known, lhs, rhs, quick });
    return judged.verdict === 'true' && judged.severity === 'none';
  };
  return verdict(true) && verdict(false);
}

/** Terms that the course knows to be forgotten: the two constants between the losses. */
function missingTerms(link: Link, bindings: Bindings): Candidate[] {
  const { rhs } = link;
  if (rhs.tree === undefined || ![...walk(rhs.tree)].some((e) => e.k === 'expect')) return [];
  const x = latexOfKey(bindings.hasRoles ? bindings.noisy : 'x');
  const x0 = latexOfKey(bindings.clean);
  const p = bindings.hasRoles ? 'p_\\sigma' : 'p';
  const energy = `E_{${x} \\sim ${p}(${x})} \\|\\nabla_{${x}} \\log ${p}(${x})\\|^2`;
  const noise = `E_{${x0} \\sim p_0(${x0})} E_{${x}|${x0}} \\|\\nabla_{${x}} \\log p(${x}|${x0})\\|^2`;
  const add = (text: string, words: string, cost: number): Candidate => ({
    side: 'rhs',
    patches: [{ start: rhs.end, end: rhs.end, text }],
    words,
    cost,
  });
  const candidates = [add(` + ${energy}`, 'a missing constant', 2.5), add(` - ${energy}`, 'a missing constant', 2.6)];
  if (bindings.hasRoles) {
    candidates.push(add(` - ${noise}`, 'a missing constant', 2.7), add(` + ${noise}`, 'a missing constant', 2.7));
    candidates.push(
      add(` - ${noise} + ${energy}`, 'the missing constants', 2.8),
      add(` + ${noise} - ${energy}`, 'the missing constants', 2.8),
    );
  }
  return candidates;
}

/** The law of a step's noise, or of the last variable of an additive noise. */
function lawRepair(link: Link, document: NotesDocument): Repair | undefined {
  if (link.severity !== 'error' || link.message === '') return undefined;
  if (/is added/.test(link.message)) {
    const law = link.rhs.tree;
    if (law?.k !== 'call' || law.args.length !== 2) return undefined;
    const covariance = law.args[1];
    return {
      start: covariance.start,
      end: covariance.end,
      text: `\\sigma_T^2 ${document.original.slice(covariance.start, covariance.end)}`,
      words: 'the covariance',
      others: [],
    };
  }
  if (!/twice the step/.test(link.message) || link.rhs.tree?.k !== 'sum') return undefined;
  const scoreTerm = link.rhs.tree.terms
    .map(({ term }) => term)
    .find(
      (term) =>
        term.k === 'product' &&
        [...walk(term)].some((e) => e.k === 'nabla' || (e.k === 'call' && /^[Ss]$/.test(e.of.name))),
    );
  if (scoreTerm?.k !== 'product') return undefined;
  const step = document.original.slice(scoreTerm.start, scoreTerm.factors.at(-1)?.factor.start ?? scoreTerm.end).trim();
  // Noise with a factor of its own is mended there.
  const bare = link.rhs.tree.terms.some(({ term }) => term.k === 'name' && isNoiseName(term));
  const law = bare ? noiseLawAfter(link, document) : undefined;
  if (!law) return undefined;
  return { start: law.start, end: law.end, text: `2 ${step} I`, words: 'the variance of the noise', others: [] };
}

function noiseLawAfter(link: Link, document: NotesDocument): Span | undefined {
  for (const { sides, relations } of document.statements) {
    for (const [i, { relation }] of relations.entries()) {
      const law = sides[i + 1]?.tree;
      if (
        (relation === '~' || relation === 'in') &&
        law?.k === 'call' &&
        law.of.name === 'N' &&
        law.args.length === 2 &&
        law.start > link.rhs.start
      )
        return law.args[1];
    }
  }
  return undefined;
}

/** `E_{…} = ∫ A`: the expectation of A was meant; a relation in a norm: one of its sides. */
function malformedRepair(link: Link, document: NotesDocument, bindings: Bindings): Repair | undefined {
  if (link.severity !== 'error' || link.reason !== 'malformed') return undefined;
  const { lhs, rhs } = link;
  const integral = /^\s*\\int\s*/.exec(rhs.text);
  if (!integral || !/^\\?(mathbb|E)/.test(lhs.text.trim()) || lhs.tree !== undefined) return undefined;
  const body = rhs.text.slice(integral[0].length);
  const text = `${lhs.text.trim()} \\left[ ${body} \\right]`;
  const side = document.readSide(text, false);
  if (side.tree === undefined) return undefined;
  for (const loss of ['ISM', 'ESM', 'DSM', 'SSM', 'DAE']) {
    const result = compareUpToConstant(
      { lhs: lossExpression(loss, bindings), rhs: side.tree, bindings, at: rhs.start },
      'positive-affine',
    );
    if (result.outcome === 'equal')
      return {
        start: lhs.start,
        end: rhs.end,
        text: `\\mathcal{L}_{${loss}} = ${text}`,
        words: 'an expectation without a body',
        others: [],
      };
  }
  return undefined;
}

export type { Edit };
