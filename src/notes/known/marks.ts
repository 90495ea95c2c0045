import type { Bindings } from '../meaning/bindings.js';
import { isNoiseName, isProbe, fieldKey } from '../meaning/vocabulary.js';
import { bodyOf } from '../numbers/scope-for.js';
import { children, keyOf, walk, type Expression, type Name } from '../read/expression.js';

/**
 * What a formula is made of, as far as claims tell sides apart by it: both sides of a true equation have one value, so that only their parts say which side is
 * which. A family such as `first derivatives` stands beside the ways of writing it.
 */
export type Mark = (typeof families)[keyof typeof families][number] | keyof typeof families | keyof typeof weak;

const families = {
  'log': [],
  'gradient': [],
  'first derivatives': ['divergence', 'trace', 'partial'],
  'noising': ['clean', 'noise'],
  'expectation': [],
  'probe': [],
  'field': [],
  'denoiser': [],
  'square of a sum': [],
  'gradient of a projection': [],
} as const; // prettier-ignore

/** Marks that tell sides apart where no other one does: they can be written in many ways. */
const weak = { norm: [] } as const;

/** The marks of an expression, with those of what its names are defined to be; what is drawn counts where it is used. */
export function marksOf(e: Expression, bindings: Bindings, at: number): ReadonlySet<Mark> {
  const marks = new Set<Mark>();
  visit(e, { bindings, at, marks, expanding: new Set() });
  for (const [family, ways] of Object.entries(families))
    if (ways.some((way: Mark) => marks.has(way))) marks.add(family as Mark);
  return marks;
}

interface Visit {
  readonly bindings: Bindings;
  readonly at: number;
  readonly marks: Set<Mark>;
  readonly expanding: Set<string>;
}

function visit(e: Expression, v: Visit): void {
  const { marks } = v;
  if (e.k === 'nabla') {
    marks.add(e.form === 'divergence' || e.form === 'laplacian' ? 'divergence' : 'gradient');
    const isOfProbe = e.of !== undefined && [...walk(e.of)].some((x) => x.k === 'name' && isProbe(keyOf(x)));
    if (e.form === 'gradient' && isOfProbe) marks.add('gradient of a projection');
  }
  if (e.k === 'partial') marks.add('partial');
  if (e.k === 'fn' && (e.name === 'log' || e.name === 'trace')) marks.add(e.name);
  if (e.k === 'expect' || e.k === 'integral') marks.add('expectation');
  if (e.k === 'norm' && e.bars === 2) marks.add('norm');
  if (e.k === 'norm' && (e.of.k === 'group' ? e.of.of : e.of).k === 'sum') marks.add('square of a sum');
  if (e.k === 'name') visitName(e, v);
  if (e.k === 'call') visitName(e.of, v);
  for (const child of children(e)) visit(child, v);
}

function visitName(name: Name, v: Visit): void {
  const { bindings, at, marks, expanding } = v;
  const key = keyOf(name);
  if (bindings.hasRoles && key === bindings.clean) marks.add('clean');
  const isNoise = bindings.noises.some((noise) => noise.key === key) || isNoiseName(name);
  if (isNoise) marks.add('noise');
  else if (isProbe(key) && key !== bindings.clean && key !== bindings.noisy) marks.add('probe');
  const field = fieldKey(name);
  if (field !== undefined) marks.add(field === 'S' ? 'field' : 'denoiser');
  const body = expanding.has(key) ? undefined : bodyOf(name, { bindings, at });
  if (body === undefined) return;
  expanding.add(key);
  visit(body, v);
}

/** The marks that only one of two sides has; of a family that one side lacks, no matter how the other writes it. */
export function distinctive(a: ReadonlySet<Mark>, b: ReadonlySet<Mark>): ReadonlySet<Mark> {
  const differs = (mark: Mark): boolean => a.has(mark) !== b.has(mark);
  const strong = new Set(
    Object.entries(families).flatMap(([family, ways]): readonly Mark[] =>
      differs(family as Mark) ? [family as Mark] : ways.filter(differs),
    ),
  );
  return strong.size > 0 ? strong : new Set((Object.keys(weak) as Mark[]).filter(differs));
}

/** Whether two formulas have the same of these marks. */
export const sameMarks = (a: ReadonlySet<Mark>, b: ReadonlySet<Mark>, of: ReadonlySet<Mark>): boolean =>
  [...of].every((mark) => a.has(mark) === b.has(mark));
