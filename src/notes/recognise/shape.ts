import { children, type Expression, type Name, type Product } from '../read/expression.js';
import { isScalarName, isDensityName } from '../meaning/vocabulary.js';

/** An expression as far as it matters for sameness: without brackets, fractions apart, the order of sums and of numbers' products left open. */
export interface Shape {
  /** The operation with everything about it that is no letter. */
  readonly op: string;
  /** Its name, where it is one. */
  readonly name: Pick<Name, 'name' | 'sub'> | undefined;
  readonly parts: readonly Shape[];
  /** The parts are a sum or a product of numbers. */
  readonly anyOrder: boolean;
}

const made = (op: string, parts: readonly Shape[], anyOrder = false): Shape => ({
  op,
  name: undefined,
  parts,
  anyOrder,
});
/** Letters in a font of their own, such as those of 𝒩 and 𝔼, mean themselves. */
const named = ({ name, sub, font, star }: Name): Shape => ({
  op: `name ${font === 'cal' || font === 'bb' ? `${font} ${name}` : ''}${star ? '*' : ''}`,
  name: { name: font === 'cal' || font === 'bb' ? '' : name, sub },
  parts: [],
  anyOrder: false,
});
/** A letter that is no expression of its own, such as the index of a sum. */
const letter = (name: string): Shape => ({ op: 'name ', name: { name, sub: '' }, parts: [], anyOrder: false });

/** The shape of an expression. */
export function shapeOf(e: Expression): Shape {
  switch (e.k) {
    case 'number':
      return made(`number ${e.value}`, []);
    case 'name':
      return named(e);
    case 'sum':
      return made(
        'sum',
        e.terms.map(({ sign, term }) => productOf([factor(term)], sign)),
        true,
      );
    case 'product':
    case 'fraction':
      return productOf([factor(e)], 1);
    case 'group':
      return e.given.length === 0 ? shapeOf(e.of) : made('given', [e.of, ...e.given].map(shapeOf));
    case 'power':
      return e.base.k === 'name' && e.base.name === 'e' && e.base.sub === ''
        ? made('fn exp', [shapeOf(e.exponent)])
        : made('power', [shapeOf(e.base), shapeOf(e.exponent)]);
    case 'call':
      return made(`call ${e.args.length} ${e.given.length} ${e.params.length} ${e.bars}`, [
        named(e.of),
        ...children(e).map(shapeOf),
      ]);
    case 'inner':
      return made('inner', [shapeOf(e.a), shapeOf(e.b)], true);
    case 'norm':
      return made(`norm ${e.bars}`, [shapeOf(e.of)]);
    case 'nabla':
      return made(`nabla ${e.form} ${e.wrt === undefined}`, [
        ...(e.wrt ? [named(e.wrt)] : []),
        ...(e.of ? [shapeOf(e.of)] : []),
      ]);
    case 'partial':
      return made(`partial ${e.wrt.length}`, [...e.wrt, ...(e.of ? [e.of] : [])].map(shapeOf));
    case 'expect': {
      const binders = e.binders.map(({ vars, given, law }) =>
        made(`binder ${vars.length} ${given.length}`, [
          ...vars.map(named),
          ...given.map(named),
          ...(law ? [shapeOf(law)] : []),
        ]),
      );
      return made(`expect ${e.what} ${binders.length} ${e.given.length}`, [
        ...binders,
        ...[e.of, ...e.given].map(shapeOf),
      ]);
    }
    case 'integral': {
      const limits = e.limits ? [e.limits.low, e.limits.high].map(shapeOf) : [];
      return made(`integral ${e.vars.length} ${limits.length}`, [...e.vars.map(named), ...limits, shapeOf(e.of)]);
    }
    case 'series': {
      const limits = [e.low, e.high].map((limit) => (limit ? shapeOf(limit) : made('none', [])));
      return made(`series ${e.what}`, [letter(e.index), ...limits, shapeOf(e.of)]);
    }
    case 'fn':
      return made(`fn ${e.name}`, [shapeOf(e.of)]);
    case 'arg':
      return made(`arg ${e.what} ${e.wrt === undefined}`, [...(e.wrt ? [named(e.wrt)] : []), shapeOf(e.of)]);
    case 'matrix':
      return made(`matrix ${e.rows.map((row) => row.length).join(' ')}`, children(e).map(shapeOf));
    case 'tuple':
      return made(`tuple ${e.open}`, e.items.map(shapeOf));
    case 'differential':
      return made('differential', [named(e.of)]);
    case 'related':
      return made(`related ${e.relation}`, [shapeOf(e.a), shapeOf(e.b)]);
    case 'indexed':
      return made('indexed', [letter(e.sub), shapeOf(e.of)]);
    case 'transpose':
    case 'dots':
      return made(e.k, children(e).map(shapeOf));
  }
}

interface Factor {
  readonly of: Expression;
  readonly below: boolean;
  readonly dotted: boolean;
}
const factor = (of: Expression, below = false, dotted = false): Factor => ({ of, below, dotted });

/** A product as its number, its factors that commute, and the others in their order. */
function productOf(list: readonly Factor[], sign: 1 | -1): Shape {
  const flat = list.flatMap(flattened);
  const numbers = flat.flatMap(({ of, below }) => (of.k === 'number' ? [below ? 1 / of.value : of.value] : []));
  const coefficient = numbers.reduce((product, x) => product * x, sign);
  const rest = flat.filter(({ of }) => of.k !== 'number');
  const shape = ({ of, below, dotted }: Factor): Shape => {
    const inner = below ? made('inverse', [shapeOf(of)]) : shapeOf(of);
    return dotted && !isNumber(of) ? made('dot', [inner]) : inner;
  };
  if (coefficient === 1 && rest.length === 1) return shape(rest[0]);
  const [free, ordered] = [rest.filter(({ of }) => isNumber(of)), rest.filter(({ of }) => !isNumber(of))];
  return made(`product ${coefficient.toPrecision(12)}`, [
    made('numbers', free.map(shape), true),
    ...ordered.map(shape),
  ]);
}

function flattened({ of, below, dotted }: Factor): Factor[] {
  const turned = (e: Expression, more: boolean, via: Product['factors'][number]['via'] = ''): Factor[] =>
    flattened(factor(e, below !== more, via === 'cdot'));
  if (of.k === 'group' && of.given.length === 0 && of.of.k !== 'sum') return flattened(factor(of.of, below, dotted));
  if (of.k === 'fraction') return [...turned(of.above, false), ...turned(of.below, true)];
  if (of.k === 'product') return of.factors.flatMap(({ via, factor: part }) => turned(part, via === '/', via));
  return [factor(of, below, dotted)];
}

/** What is surely a number, so that it commutes. */
function isNumber(e: Expression): boolean {
  if (e.k === 'name') return isScalarName(e);
  if (e.k === 'call') return isScalarName(e.of) || isDensityName(e.of);
  if (e.k === 'power') return isNumber(e.base);
  if (e.k === 'fn') return e.name === 'trace' || (e.name === 'sqrt' && isNumber(e.of));
  return e.k === 'number' || e.k === 'norm' || e.k === 'inner';
}
