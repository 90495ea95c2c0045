import type { Bindings } from '../meaning/bindings.js';
import type { Comparison } from '../numbers/question.js';
import type { NotesDocument, ReadStatement, Side } from '../read/document.js';
import { keyOf, walk, type Expression } from '../read/expression.js';
import { linkOf, type Link } from './link.js';
import { compareLangevin, compareLangevinSde, DENSITY_FOR_SCORE, type NoiseLaw } from '../numbers/langevin.js';
import { compareFokkerPlanck } from '../numbers/fokker-planck.js';
import { coefficientsIn, sameLetters } from '../numbers/processes.js';
import {
  compareReverseSde,
  hasForwardDrift,
  sdeOf,
  statesReverse,
  type Forward,
  type Sde,
} from '../numbers/reverse-sde.js';
import { contradictsAdditiveNoise } from './additive-noise.js';
import type { Span } from '../read/span.js';
import { withoutIdentity } from '../meaning/bind.js';
import type { Relation } from '../read/statements.js';
import type { Case, Made } from './case.js';

/** An SDE: forward ones define, reverse ones are judged. */
export function judgeSde(c: Case, left: Expression, right: Expression, made: Made): Link {
  if (isVelocity(left)) return judgeFlow(c, left, right, made);
  const sde = sdeOf(right);
  if (left.k !== 'differential' || sde === undefined)
    return made({ reason: 'unsupported', message: 'This stochastic equation is not read.' });
  const forward = forwardSdes(c.document, c.at ?? c.rhs.start).at(-1);
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

/** The forward SDEs before a place, each with its state. */
function forwardSdes(document: NotesDocument, before: number): readonly Forward[] {
  return document.statements.flatMap(({ sides, sde, at }) => {
    if (!sde || at >= before || sides[0].tree?.k !== 'differential') return [];
    const state = sides[0].tree.of;
    return sides.slice(1).flatMap(({ tree, start }) => {
      const read = tree && start < before ? sdeOf(tree) : undefined;
      return read?.diffusion !== undefined && !statesReverse(read) ? [{ ...read, state }] : [];
    });
  });
}

/** dX/dt. */
const isVelocity = (e: Expression): boolean =>
  (e.k === 'partial' && e.wrt.length === 1 && isNamed(e.wrt[0], /^t$/) && isNamed(e.of, /^[xXyYzZ]$/)) ||
  (e.k === 'fraction' && e.above.k === 'differential' && e.below.k === 'differential' && e.below.of.name === 't');
const isNamed = (e: Expression | undefined, pattern: RegExp): boolean => e?.k === 'name' && pattern.test(e.name);

/**
 * dX/dt = v without noise: judged where it is written in the coefficients of a stochastic equation of the document, and with the score; else it states
 * some flow.
 */
function judgeFlow(c: Case, left: Expression, right: Expression, made: Made): Link {
  const at = c.at ?? c.rhs.start;
  const flow: Sde = { drift: right, diffusion: undefined, reverse: false };
  const letters = coefficientsIn(right);
  const forward = forwardSdes(c.document, at).filter(({ drift, diffusion }) => sameLetters(coefficientsIn(drift, diffusion), letters)).at(-1); // prettier-ignore
  if (forward === undefined || !statesReverse(flow) || speaksOfNoise(c.document))
    return made({ reason: 'unsupported', message: 'This stochastic equation is not read.' });
  const start = normalStart(c);
  if (start !== undefined)
    return made({ reason: 'undecided', message: `It starts at ${start}, which is p_T at most nearly.`, span: c.rhs });
  const comparison = compareReverseSde({ lhs: left, rhs: right, bindings: c.bindings, at }, flow, forward);
  return fromComparison(comparison, made, 'The flow does not have the marginals of the stochastic equation.');
}

/** How a density moves. */
export function judgeDensityRate(c: Case, left: Expression, right: Expression, made: Made): Link {
  const at = c.at ?? c.rhs.start;
  const question = { lhs: left, rhs: right, bindings: c.bindings, at };
  if (speaksOfNoise(c.document))
    return made({ reason: 'unbound', message: 'The document says of its own what the noise is.' });
  const processes = forwardSdes(c.document, Infinity);
  return fromComparison(compareFokkerPlanck(question, processes), made, 'The density of the process moves otherwise.');
}

/** Whether the document says what W or its integral is, as `dW² = 2 dt`, "variance $2t$" and "Stratonovich" do. */
const speaksOfNoise = ({ statements, original }: NotesDocument): boolean =>
  /Stratonovich|anti-?It[oô]|Klimontovich|\$\s*2\s*(?:\\[,;]\s*)?(?:I\s*)?d?t\s*(?:I\s*)?\$/i.test(original) ||
  statements.some(
    ({ sides, relations, sde }) =>
      relations.length > 0 &&
      sides[0].tokens.some(({ text }) => /^[WwB]$/.test(text)) &&
      !(sde && sides[0].tree?.k === 'differential'),
  );

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
  return linkOf(
    { lhs, rhs, relation, relationSpan, statement },
    {
      verdict: 'false',
      severity: 'error',
      message: 'The noise of this document is added: the last variable has the covariance of the data plus σ²I, not I.',
    },
  );
}
