import { keyOf, type Expression, type Name } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import { add, mul, sub, type Num } from './batch.js';
import { gaussianLog, isKnownConditional, kernelOf, lawNamed, mixtureOf, role } from './densities.js';
import { asPoint } from './points.js';
import { note, type Scope } from './scope.js';
import { entries } from './value.js';
import { logDensity, noised } from './world.js';

/** y = B x + τ n stands for every law of a label y given x: what holds of it by Bayes' rule alone holds of all. */
const LABEL = { scale: 0.8, std: 0.9 } as const;

/** log p(x | y), log p(y | x), log p(x, y) and log p(y) of a label y; undefined where there is none. */
function labelledLog(
  scope: Scope,
  name: Name,
  args: readonly Expression[],
  given: readonly Expression[],
): Num | undefined {
  const { labels } = scope.bindings;
  const isLabel = (e: Expression): e is Name => e.k === 'name' && labels.has(keyOf(e));
  const all = [...args, ...given];
  const y = all.find(isLabel);
  if (y === undefined || all.length > 2 || args.length === 0) return undefined;
  if (!isKnownConditional(name)) return undefined;
  const partner = labels.get(keyOf(y));
  const x = all.find((e) => e !== y);
  if (partner === undefined || (x !== undefined && (x.k !== 'name' || keyOf(x) !== partner)))
    throw new Unreadable('unsupported', `What ${keyOf(y)} depends on is not known to the reader.`, y);
  scope.trace.labelled = true;
  const [stem, ...index] = partner.split('_');
  const point: Name = x?.k === 'name' ? x : { ...y, name: stem, sub: index.join('_') };
  const law = mixtureOf(scope, lawNamed(scope, name, [point], []));
  const at = (e: Expression): readonly Num[] => entries(scope.evaluate(e, scope));
  note(scope, keyOf(y), `goes with ${partner} by some law that the document does not state`);
  const marginal = (): Num => logDensity(noised(law, LABEL.scale, LABEL.std), at(y));
  if (x === undefined) return marginal();
  const mean = at(x).map((v) => mul(LABEL.scale, v));
  const kernel = gaussianLog(at(y), mean, LABEL.std ** 2);
  if (given.length > 0 && args[0] === y) return kernel;
  const joint = add(kernel, logDensity(law, at(x)));
  return given.length > 0 ? sub(joint, marginal()) : joint;
}

/** log p(args | given) for a density of the document. */
export function logDensityOf(
  scope: Scope,
  name: Name,
  args: readonly Expression[],
  given: readonly Expression[],
  implied: () => readonly Num[],
): Num {
  const labelled = labelledLog(scope, name, args, given);
  if (labelled !== undefined) return labelled;
  const law = lawNamed(scope, name, args, given);
  const point = (e: Expression): readonly Num[] => {
    const value = asPoint(scope.evaluate(e, scope), scope);
    if (value.k !== 'column') throw new Unreadable('ill-typed', 'A density takes a point.', e);
    return value.x;
  };
  const byRole = (list: readonly Expression[], wanted: 'clean' | 'noisy'): readonly Num[] => {
    const found = list.find((e) => e.k === 'name' && role(scope, keyOf(e)) === wanted);
    return point(found ?? list[0]);
  };
  if (law === 'kernel' || law === 'joint' || law === 'posterior') {
    const all = [...args, ...given];
    const [x0, x] = [byRole(all, 'clean'), byRole(all, 'noisy')];
    const { scale, std } = kernelOf(scope);
    const kernel = gaussianLog(
      x,
      x0.map((v) => mul(scale, v)),
      std * std,
    );
    if (law === 'kernel') return kernel;
    const joint = add(kernel, logDensity(mixtureOf(scope, 'clean'), x0));
    return law === 'joint' ? joint : sub(joint, logDensity(mixtureOf(scope, 'noisy'), x));
  }
  return logDensity(mixtureOf(scope, law), args.length > 0 ? point(args[0]) : implied());
}
