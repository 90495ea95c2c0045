import type { Bindings } from '../meaning/bindings.js';
import type { Comparison } from '../numbers/question.js';
import type { NotesDocument, ReadStatement, Side } from '../read/document.js';
import { keyOf, walk, type Expression } from '../read/expression.js';
import type { Link } from './link.js';
import { compareLangevin, compareLangevinSde, DENSITY_FOR_SCORE, type NoiseLaw } from '../numbers/langevin.js';
import { compareReverseSde, hasForwardDrift, sdeOf, statesReverse, type Sde } from '../numbers/reverse-sde.js';
import { contradictsAdditiveNoise } from './additive-noise.js';
import type { Span } from '../read/span.js';
import { withoutIdentity } from '../meaning/bind.js';
import type { Relation } from '../read/statements.js';
import type { Case, Made } from './case.js';

/** An SDE: forward ones define, reverse ones are judged. */
export function judgeSde(c: Case, left: Expression, right: Expression, made: Made): Link {
  const sde = sdeOf(right);
  if (left.k !== 'differential' || sde === undefined)
    return made({ reason: 'unsupported', message: 'This stochastic equation is not read.' });
  const forward = forwardSde(c.document, c.at ?? c.rhs.start);
  if (!statesReverse(sde)) return made({ verdict: 'definition' });
  const question = { lhs: left, rhs: right, bindings: c.bindings, at: c.at ?? c.rhs.start };
  if (sde.drift && sde.diffusion && isLangevin(sde, forward)) {
    const comparison = compareLangevinSde(question, sde.drift, sde.diffusion);
    return fromComparison(comparison, made, 'Its stationary law is not p: the square of the diffusion must be twice the factor of the score.'); // prettier-ignore
  }
  const start = normalStart(c);
  if (start !== undefined)
    return made({ reason: 'undecided', message: `It starts at ${start}, which is p_T at most nearly.`, span: c.rhs });
  const comparison = compareReverseSde(question, sde, forward);
  return fromComparison(comparison, made, 'The process does not have the marginals of the forward one.');
}

/** Whether an SDE has the score of a fixed p, or the gradient of a potential, for its whole drift, and forward noise. */
function isLangevin({ drift, diffusion, reverse }: Sde, forward: Sde | undefined): boolean {
  if (reverse || drift === undefined || diffusion === undefined || hasForwardDrift(drift)) return false;
  const names = [drift, diffusion].flatMap((e) =>
    [...walk(e)].flatMap((x) => (x.k === 'name' ? [x] : x.k === 'call' ? [x.of] : [])),
  );
  return forward === undefined || !names.some(({ name, sub }) => name === 'g' || name === 't' || sub === 't' && !/^[xXyYzZ]/.test(name)); // prettier-ignore
}

function fromComparison(comparison: Comparison, made: Made, message: string): Link {
  if (comparison.outcome === 'equal') return made({ verdict: 'true', comparison });
  if (comparison.outcome === 'different') return made({ verdict: 'false', severity: 'error', message, comparison });
  return made({ reason: comparison.reason, message: comparison.message, comparison });
}

/** The normal law that the same formula says the last variable has. */
function normalStart({ document, statement }: Case): string | undefined {
  for (const { sides, relations, at } of document.statements)
    for (const [i, { relation }] of relations.entries()) {
      const [left, right] = [sides[i]?.tree, sides[i + 1]];
      const isLast = left?.k === 'name' && /^[xXyYzZ]$/.test(left.name) && left.sub === 'T';
      if (at === statement.at && relation === '~' && isLast && right?.tree?.k === 'call' && right.tree.of.name === 'N')
        return right.text;
    }
  return undefined;
}

/** The last forward SDE before a place. */
function forwardSde(document: NotesDocument, before: number): ReturnType<typeof sdeOf> {
  let found: ReturnType<typeof sdeOf>;
  for (const { sides, sde, at } of document.statements) {
    if (!sde || at >= before) continue;
    for (const { tree, start } of sides.slice(1)) {
      if (!tree || start >= before) continue;
      const read = sdeOf(tree);
      if (read?.diffusion !== undefined && !statesReverse(read)) found = read;
    }
  }
  return found;
}

/** A step of a sampler. */
export function judgeStep(c: Case, left: Expression, right: Expression, made: Made): Link {
  const law = stepNoise(c.document, c.rhs, c.at ?? c.rhs.start);
  const comparison = compareLangevin({ lhs: left, rhs: right, bindings: c.bindings, at: c.at ?? c.rhs.start }, law);
  const isDensity = comparison.outcome === 'different' && comparison.how === DENSITY_FOR_SCORE;
  const message = isDensity
    ? 'A sampler of p moves along ∇ log p, not along ∇p.'
    : 'As a sampler of p the noise must have twice the step as its variance.';
  return fromComparison(comparison, made, message);
}

/** `ε ~ N(0, v I)` that stands nearest behind, or else before, a step. */
function stepNoise(
  document: NotesDocument,
  { tree, text }: Side,
  start: number,
): (NoiseLaw & { readonly covariance: Expression }) | undefined {
  const names = new Set([...(tree ? walk(tree) : [])].flatMap((x) => (x.k === 'name' ? [keyOf(x)] : [])));
  const laws = document.statements.flatMap(({ sides, relations }) =>
    relations.flatMap(({ relation }, i) => {
      const [l, r] = [sides[i]?.tree, sides[i + 1]?.tree];
      if (
        (relation !== '~' && relation !== 'in') ||
        l?.k !== 'name' ||
        r?.k !== 'call' ||
        r.of.name !== 'N' ||
        r.args.length !== 2 ||
        !names.has(keyOf(l))
      )
        return [];
      return [{ key: keyOf(l), variance: withoutIdentity(r.args[1]), covariance: r.args[1], at: l.start }];
    }),
  );
  return (
    laws.find(({ at }) => at >= start && at < start + text.length + 400) ?? laws.filter(({ at }) => at < start).at(-1)
  );
}

/** `x_T ~ N(0, I)` where the noise is additive. */
export function lawLink(
  lhs: Side,
  rhs: Side,
  relation: Relation,
  relationSpan: Span,
  statement: ReadStatement,
  bindings: Bindings,
): Link | undefined {
  const [l, r] = [lhs.tree, rhs.tree];
  if (relation !== '~' || l?.k !== 'name' || r?.k !== 'call' || r.of.name !== 'N' || r.args.length !== 2)
    return undefined;
  if (!contradictsAdditiveNoise(bindings, l, r.args[0], r.args[1])) return undefined;
  return {
    lhs, rhs, relation, relationSpan, verdict: 'false', severity: 'error', reason: '', span: rhs, comparison: undefined, statement, loss: undefined, carried: undefined,
    message: 'The noise of this document is added: the last variable has the covariance of the data plus σ²I, not I.',
  }; // prettier-ignore
}
