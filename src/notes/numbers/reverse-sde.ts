import * as n from './batch.js';
import { compare } from './compare.js';
import type { Comparison, Question } from './question.js';
import { evaluate } from './evaluate.js';
import { keyOf, walk, type Expression, type Name, type Product, type Sum } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import { newTrace } from './scope.js';
import { atOneTime, coefficientsIn } from './processes.js';
import { column, entries, entrywise, plus, type Value } from './value.js';
import { fieldKey, isDensityName, isPointName } from '../meaning/vocabulary.js';

// An SDE states a law, not values: it is judged by its Fokker–Planck equation.

/** b dt + h dW. */
export interface Sde {
  readonly drift: Expression | undefined;
  readonly diffusion: Expression | undefined;
  /** dW̄: time runs back. */
  readonly reverse: boolean;
}

/** A process of the document: its equation, and the letter of its state. */
export interface Forward extends Sde {
  readonly state: Name;
}

/** The drift and the diffusion of `f dt + g dW`; undefined where a term is neither. */
export function sdeOf(e: Expression): Sde | undefined {
  const terms = e.k === 'sum' ? e.terms : [{ sign: 1 as const, term: e, signAt: -1 }];
  const drift: Sum['terms'][number][] = [];
  const diffusion: Sum['terms'][number][] = [];
  let reverse = false;
  for (const { sign, term, signAt } of terms) {
    const factors: Product['factors'] = term.k === 'product' ? term.factors : [{ via: '', factor: term }];
    const differentials = factors.filter(({ factor }) => factor.k === 'differential');
    const differential = differentials[0]?.factor;
    if (differentials.length !== 1 || differential?.k !== 'differential') return undefined;
    const rest = factors.filter(({ factor }) => factor.k !== 'differential');
    const span = { start: term.start, end: term.end };
    const coefficient: Expression =
      rest.length === 0
        ? { k: 'number', value: 1, ...span }
        : rest.length === 1
          ? rest[0].factor
          : { k: 'product', factors: rest, ...span };
    if (differential.of.name === 't' || differential.of.name === 't-') drift.push({ sign, term: coefficient, signAt });
    else if (/^[WwB]/.test(differential.of.name)) {
      diffusion.push({ sign, term: coefficient, signAt });
      if (differential.of.name.endsWith('-') || differential.of.name.endsWith('~')) reverse = true;
    } else return undefined;
  }
  const together = (list: Sum['terms'][number][]): Expression | undefined => {
    if (list.length === 0) return undefined;
    if (list.length === 1 && list[0].sign === 1) return list[0].term;
    return { k: 'sum', terms: list, start: list[0].term.start, end: list[list.length - 1].term.end };
  };
  return { drift: together(drift), diffusion: together(diffusion), reverse };
}

/** Whether an SDE states something: one with the score in its drift runs back through the marginals of dX = f dt + g dW. */
export const statesReverse = ({ drift, reverse }: Sde): boolean => reverse || (drift !== undefined && usesScore(drift));

/** Whether a drift has a part f, b or −½βx of a forward process beside the score. */
export const hasForwardDrift = (drift: Expression): boolean => {
  const inner = drift.k === 'group' ? drift.of : drift;
  const terms = inner.k === 'sum' ? inner.terms.map(({ term }) => term) : [inner];
  return terms.some((term) => !usesScore(term));
};

const usesScore = (e: Expression): boolean =>
  [...walk(e)].some(
    (x) => x.k === 'nabla' || (x.k === 'call' && fieldKey(x.of) === 'S') || (x.k === 'name' && fieldKey(x) === 'S'),
  );

/**
 * dX = b dt + h dW̄ has the marginals p_t of dX = f dt + g dW, run back, iff b = f − ½(g² + h²)∇ log p_t (Fokker–Planck; Song et al. 2021,
 * equations 6 and 13, are h = g and h = 0). f and g are those of the document's forward equation, or free.
 */
export function compareReverseSde(question: Question, sde: Sde, forward: Forward | undefined): Comparison {
  const found = compareOnce(question, sde, forward, 1);
  // A minus in front of the whole drift is more likely a slip than another time.
  const isNegated = sde.drift?.k === 'sum' && sde.drift.terms.length === 1;
  if (found.outcome !== 'different' || isNegated || compareOnce(question, sde, forward, -1).outcome !== 'equal')
    return found;
  return open('undecided', 'It is right where its time runs the other way.', question);
}

/** `time` is −1 where the equation is read with its own time running back: b dt is then −b dt. */
function compareOnce(question: Question, sde: Sde, forward: Forward | undefined, time: 1 | -1): Comparison {
  const { start, end } = question.rhs;
  const point = stateIn(question.lhs) ?? { k: 'name', name: 'x', sub: '', font: '', star: false, start, end };
  const zero: Expression = { k: 'number', value: 0, start, end };
  const [drift, diffusion] = [sde.drift, sde.diffusion].map((e) => e && atOneTime(e, point, point));
  const [driftThere, diffusionThere] = [forward?.drift, forward?.diffusion].map((e) => e && forward && atOneTime(e, forward.state, point)); // prettier-ignore
  if (drift === undefined) return open('unsupported', 'An SDE without drift.', question);
  return compare({ ...question, lhs: drift, rhs: diffusion ?? zero }, (_, scopeOf) => {
    const scope = scopeOf();
    const states = [...scope.vars.keys()].filter((key) => /^[xyz]/.test(key));
    if (states.length === 0) throw new Unreadable('unsupported', 'The drift depends on no state.', drift);
    // X_t, x and x_t are the state.
    const state = scope.vars.get(states[0]) as Value;
    const same = { ...scope, vars: new Map([...scope.vars, ...[...states, keyOf(point)].map((key) => [key, state] as const)]) };
    const b = evaluate(drift, same);
    const h = diffusion === undefined ? 0 : n.primal(asNumber(evaluate(diffusion, same), diffusion));
    // An equation in f and g of its own is that of any process, unless the forward one before it says what is made of them: dx = f dt + √2 g dW.
    const named = (pattern: RegExp): Expression | undefined =>
      [...walk(drift)].find((e) => (e.k === 'call' && pattern.test(e.of.name)) || (e.k === 'name' && pattern.test(e.name)));
    const isMadeOf = (pattern: RegExp, e: Expression | undefined): boolean =>
      e !== undefined && e.k !== 'name' && e.k !== 'call' && named(pattern) !== undefined && [...coefficientsIn(e)].some((key) => pattern.test(key));
    const [ofG, ofF] = [isMadeOf(/^g$/, diffusionThere), isMadeOf(/^[fb]$/, driftThere)];
    if ((ofG || ofF) && hasOtherTime(drift)) throw new Unreadable('unsupported', 'Other times than t are not read here.', drift);
    const noise = (ofG ? undefined : named(/^g$/)) ?? diffusionThere;
    const g = noise === undefined ? scope.instance.scalar('g') : n.primal(asNumber(evaluate(noise, same), noise));
    const free = (ofF ? undefined : named(/^[fb]$/)) ?? driftThere ?? (forward === undefined ? undefined : zero);
    if (free === undefined) throw new Unreadable('unsupported', 'The forward drift is not stated.', drift);
    const f = evaluate(free, same);
    const logp: Expression = {
      k: 'nabla', wrt: undefined, form: 'gradient', start, end,
      of: { k: 'fn', name: 'log', start, end, of: { ...point, name: 'p', sub: 't' } },
    }; // prettier-ignore
    const own = scoreIn(drift);
    const score = evaluate(own ?? logp, same);
    const [g2, h2] = [n.mul(g, g), n.mul(h, h)];
    const factor = n.mul(-0.5, n.add(g2, h2));
    return { lhs: entrywise(b, (x) => n.mul(time, x)), rhs: plus(f, column(entries(score).map((s) => n.mul(factor, s))), drift) };
  }, 'Fokker–Planck: b = f − ½(g² + h²)∇log p_t'); // prettier-ignore
}

/**
 * The score as the drift writes it: s_θ(x, t) or ∇ log p_t(x). The score of the clean density p_0 is none of the process: undefined, so that p_t
 * is compared with it. Throws {@link Unreadable} (unsupported) for other times than t.
 */
function scoreIn(e: Expression): Expression | undefined {
  const found = [...walk(e)].find(
    (x) => (x.k === 'nabla' && x.form === 'gradient') || (x.k === 'call' && fieldKey(x.of) === 'S'),
  );
  if (found?.k !== 'nabla' || found.of === undefined) return found;
  // ∇p_t in the place of ∇ log p_t.
  if (found.of.k === 'call' && isDensityName(found.of.of)) return undefined;
  if (found.of.k === 'name' && isDensityName(found.of)) return undefined;
  const density = [...walk(found.of)].flatMap((x) => (x.k === 'call' ? [x.of] : x.k === 'name' ? [x] : [])).find(isDensityName); // prettier-ignore
  if (density === undefined || /^$|^t$|^sigma|theta/.test(density.sub)) return found;
  if (/^(0|data)$/.test(density.sub)) return undefined;
  throw new Unreadable(
    'unsupported',
    `The reader does not know that p_${density.sub} is the density at time t.`,
    density,
  );
}

/** The state of dX and of dX/dt. */
const stateIn = (e: Expression): Name | undefined =>
  [...walk(e)].flatMap((x) => (x.k === 'differential' ? [x.of] : x.k === 'name' ? [x] : [])).find(isPointName);

/** f(x, T − t) and g(s): at another time than t. */
const hasOtherTime = (e: Expression): boolean =>
  [...walk(e)].some((x) => x.k === 'call' && x.args.some((arg) => arg.k !== 'name' || !isPointName(arg)));

function asNumber(value: Value, e: Expression): n.Num {
  if (value.k === 'scalar') return value.x;
  throw new Unreadable('unsupported', 'Only a diffusion that is a number is read.', e);
}

const open = (reason: Unreadable['reason'], message: string, { rhs }: Question): Comparison => ({
  outcome: 'open',
  reason,
  message,
  span: rhs,
  trace: newTrace(),
});
