import type { Expression } from '../read/expression.js';
import type { Num } from './batch.js';
import { withVars, type Scope } from './scope.js';
import { column, type Value } from './value.js';

/** The body of a definition with its arguments bound. */
export function applied(
  args: readonly string[],
  values: readonly (readonly Num[] | Value)[],
  body: Expression,
  key: string,
  scope: Scope,
): Value {
  const vars = args.map((arg, i): readonly [string, Value] => {
    const v = values[i];
    return [arg, Array.isArray(v) ? column(v as readonly Num[]) : (v as Value)];
  });
  return scope.evaluate(body, withVars({ ...scope, expanding: [...scope.expanding, key] }, vars, args));
}
