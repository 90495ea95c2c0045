import type { Expression } from '../read/expression.js';
import * as n from './batch.js';
import type { Value } from './value.js';

// A loss is wanted for several parameters θ of its field at the same nodes: densities, scores and sines of the points are those of the first θ.

/** What tells one place of evaluation from another on the way down from the nodes. */
interface Place {
  readonly vars: ReadonlyMap<string, Value>;
  readonly indices: ReadonlyMap<string, number>;
  readonly expanding: readonly string[];
}

/** A scope, as far as it is looked at here. */
interface Within extends Place {
  readonly pass: Pass | undefined;
  readonly trace: { theta: boolean };
}

/** What was computed at the nodes at hand, for all θ; it ends with them. */
export interface Pass extends Place {
  readonly values: Map<Expression, Value>;
  readonly waves: Map<n.Num, Wave[]>;
}

/** sin(phase + w·x) of a name at plain points, and the cosine where a derivative asked for it. */
interface Wave {
  readonly name: string;
  readonly points: readonly n.Num[];
  readonly sin: n.Num;
  cos: n.Num | undefined;
}

/** A pass over the nodes of a scope. */
export const newPass = ({ vars, indices, expanding }: Place): Pass => ({
  vars,
  indices,
  expanding,
  values: new Map(),
  waves: new Map(),
});

/** The value of an expression, once for all θ where none enters it and it is taken at the nodes themselves. */
export function once<S extends Within>(e: Expression, scope: S, compute: (e: Expression, scope: S) => Value): Value {
  const { pass, trace } = scope;
  if (pass?.vars !== scope.vars || pass.indices !== scope.indices || pass.expanding !== scope.expanding)
    return compute(e, scope);
  const known = pass.values.get(e);
  if (known !== undefined) return known;
  const before = trace.theta;
  trace.theta = false;
  const value = compute(e, scope);
  if (!trace.theta) pass.values.set(e, value);
  trace.theta ||= before;
  return value;
}

/** sin of an angle that depends on `x` alone; `name` tells angles at the same points apart. */
export function sine(angle: n.Num, name: string, x: readonly n.Num[], pass: Pass | undefined): n.Num {
  const points = x.map(n.primal);
  if (pass === undefined || typeof points[0] === 'number') return n.sin(angle);
  const known = pass.waves.get(points[0]) ?? [];
  pass.waves.set(points[0], known);
  let wave = known.find((each) => each.name === name && each.points.every((point, i) => point === points[i]));
  if (wave === undefined) {
    // Lists of their own: those of a draw inside of this one are gone when it ends.
    wave = { name, points, sin: n.kept(n.sin(n.primal(angle))), cos: undefined };
    known.push(wave);
  }
  return turned(angle, wave, false);
}

/** The sine or the cosine of a dual angle whose plain value is that of the wave. */
function turned(angle: n.Num, wave: Wave, isCosine: boolean): n.Num {
  if (typeof angle === 'number' || !('tag' in angle)) {
    if (!isCosine) return wave.sin;
    wave.cos ??= n.kept(n.cos(angle));
    return wave.cos;
  }
  const slope = angle.du === 0 ? 0 : n.mul(turned(angle.re, wave, !isCosine), angle.du);
  return n.dual(angle.tag, turned(angle.re, wave, isCosine), isCosine ? n.neg(slope) : slope);
}
