import type { Call, Expression, Name } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import type { Scope } from './scope.js';
import type { Value } from './value.js';

/** KL(p ‖ q) and the Fisher divergence D_F(p ‖ q), by their definitions. */
export function divergenceOfLaws(e: Call, scope: Scope): Value {
  if (e.args.length !== 2) throw new Unreadable('unsupported', 'A divergence of two densities is expected.', e);
  const [p, q] = e.args.map((arg) => (arg.k === 'call' ? arg.of : arg));
  if (p.k !== 'name' || q.k !== 'name')
    throw new Unreadable('unsupported', 'A divergence of two densities is expected.', e);
  const variable: Name = { k: 'name', name: 'x', sub: '', font: '', star: false, start: e.start, end: e.end };
  const firstArg = e.args[0].k === 'call' ? e.args[0].args[0] : undefined;
  const at = firstArg?.k === 'name' ? firstArg : variable;
  const call = (name: Name): Call => ({
    k: 'call',
    of: name,
    args: [at],
    given: [],
    params: [],
    bars: false,
    start: e.start,
    end: e.end,
  });
  const span = { start: e.start, end: e.end };
  const logOf = (name: Name): Expression => ({ k: 'fn', name: 'log', of: call(name), ...span });
  const difference = (wrap: (x: Expression) => Expression): Expression => ({
    k: 'sum',
    terms: [
      { sign: 1, term: wrap(logOf(p)), signAt: -1 },
      { sign: -1, term: wrap(logOf(q)), signAt: -1 },
    ],
    ...span,
  });
  const fisher = name0(e.of) === 'F';
  const body: Expression = fisher
    ? {
        k: 'power',
        base: {
          k: 'norm',
          bars: 2,
          of: difference((x) => ({ k: 'nabla', wrt: at, form: 'gradient', of: x, ...span })),
          ...span,
        },
        exponent: { k: 'number', value: 2, ...span },
        ...span,
      }
    : difference((x) => x);
  return scope.evaluate(
    {
      k: 'expect',
      what: 'E',
      binders: [{ vars: [at], given: [], law: call(p), ...span }],
      of: body,
      given: [],
      subscript: undefined,
      ...span,
    },
    scope,
  );
}

const name0 = (name: Name): string => (name.name === 'D' ? name.sub : name.name);
