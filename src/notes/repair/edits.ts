import type { Bindings } from '../meaning/bindings.js';
import { keyOf, walk, type Expression, type Name } from '../read/expression.js';
import { latexOfKey } from '../meaning/losses.js';
import type { Span } from '../read/span.js';
import { fieldKey, isDensityName, isLossName, isPointName, isScalarName } from '../meaning/vocabulary.js';

/** A replacement of a piece of the text. */
export interface Patch extends Span {
  readonly text: string;
}

/** One small change of a side. */
export interface Edit {
  readonly patches: readonly Patch[];
  /** What it does, in words. */
  readonly words: string;
  /** How far it goes: smaller edits come first. */
  readonly cost: number;
}

const edit = (patches: readonly Patch[], words: string, cost: number): Edit => ({ patches, words, cost });

/** Every small change of a side that an author's slip may need undone. `source` is the text that the spans count in. */
export function editsOf(tree: Expression, source: string, bindings: Bindings): Edit[] {
  const edits: Edit[] = [];
  const text = (span: Span): string => source.slice(span.start, span.end);
  const put = (span: Span, replacement: string, words: string, cost: number): void => {
    if (text(span) !== replacement)
      edits.push(edit([{ start: span.start, end: span.end, text: replacement }], words, cost));
  };
  const x = latexOfKey(bindings.hasRoles ? bindings.noisy : 'x');
  const x0 = latexOfKey(bindings.clean);
  put({ start: tree.start, end: tree.start }, '-', 'a sign', 1.6);
  for (const e of walk(tree)) {
    switch (e.k) {
      case 'sum':
        for (const { sign, signAt, term } of e.terms) {
          if (signAt >= 0 && /[+-]/.test(source[signAt] ?? ''))
            put({ start: signAt, end: signAt + 1 }, sign === 1 ? '-' : '+', 'a sign', 1);
          factors(term, 2.2);
          if (e.terms.length > 1) {
            const from = signAt >= 0 && signAt < term.start ? signAt : term.start;
            edits.push(edit([{ start: from, end: term.end, text: '' }], 'a term too much', 6));
          }
        }
        break;
      case 'number':
        for (const value of numbersNear(e.value)) put(e, value, 'a number', 1.2);
        break;
      case 'power':
        if (e.exponent.k === 'number' && e.base.k === 'name' && isScalarName(e.base)) {
          for (const by of [2, 1, -1, -2]) {
            const next = e.exponent.value + by;
            if (next > 0)
              put(
                e,
                `${text(e.base)}^${next < 10 ? next : `{${next}}`}`,
                'an exponent',
                by === 2 || by === -1 ? 1.1 : 1.3,
              );
          }
        }
        break;
      case 'fraction':
        put(e.below, `\\sqrt{${text(e.below)}}`, 'a root', 2.1);
        // 1 − t for (1 − t)².
        if (e.below.k !== 'number' && e.below.k !== 'name' && e.below.k !== 'power')
          put(e.below, `(${text(e.below)})^2`, 'an exponent', 2.15);
        if (
          e.below.k === 'power' &&
          e.below.base.k === 'group' &&
          e.below.exponent.k === 'number' &&
          e.below.exponent.value === 2
        )
          put({ start: e.below.base.end, end: e.below.end }, '', 'an exponent', 1.6);
        if (e.above.k === 'number' && e.below.k === 'number') {
          put(e, '', 'a factor', 1.15);
          for (const key of scalarsOf(bindings, tree)) put(e, `\\frac{1}{${key}^2}`, 'a factor', 2.4);
        }
        if (e.above.k === 'number' || isScalarPower(e.above)) {
          for (const key of scalarsOf(bindings, tree))
            if (e.below.k === 'name' && text(e.below) !== key) put(e.below, key, 'a symbol', 2);
        }
        break;
      case 'name':
        names(e);
        break;
      case 'call':
        calls(e);
        break;
      case 'transpose':
        put({ start: e.of.end, end: e.end }, '', 'a transpose', 2.5);
        if (e.of.k === 'nabla' && e.of.of === undefined) put(e, probe(tree) + '^T', 'a misread v', 1.4);
        break;
      case 'nabla':
        nablas(e);
        break;
      case 'fn':
        if (e.name === 'sqrt') {
          put({ start: e.of.start, end: e.of.start }, '2', 'a factor 2', 1.9);
          put(e, `{${text(e.of)}}`, 'a root', 2.3);
        }
        if (e.name === 'log') put({ start: e.start, end: e.of.start }, '', 'a logarithm', 2.5);
        break;
      case 'expect':
        expectations(e);
        break;
      case 'related':
        // A relation inside a norm: one of its sides was meant.
        put(e, text(e.a), 'the relation', 3);
        if (e.a.k === 'sum') put(e, `${text(e.a.terms[0].term)} - ${text(e.b)}`, 'the relation and a sign', 2.9);
        break;
      case 'product':
      case 'norm':
      case 'inner':
      case 'partial':
      case 'integral':
      case 'series':
      case 'arg':
      case 'matrix':
      case 'dots':
      case 'differential':
      case 'indexed':
      case 'group':
      case 'tuple':
        break;
    }
  }
  if (tree.k !== 'sum') factors(tree, 1.9);
  return edits.sort((a, b) => a.cost - b.cost);

  function factors(term: Expression, cost: number): void {
    const at = { start: term.start, end: term.start };
    put(at, '2 ', 'a factor 2', cost);
    put(at, '\\frac{1}{2} ', 'a factor 1/2', cost + 0.2);
    put(at, '4 ', 'a factor 4', cost + 1);
    for (const key of scalarsOf(bindings, tree)) {
      put(at, `\\frac{1}{${key}^2} `, `a factor 1/${key}²`, cost + 0.6);
      put(at, `${key}^2 `, `a factor ${key}²`, cost + 0.7);
      put(at, `${key} `, `a factor ${key}`, cost + 0.8);
    }
    if (
      term.k === 'product' &&
      (term.factors[0].factor.k === 'number' || isScalarPower(term.factors[0].factor)) &&
      term.factors.length > 1
    ) {
      put({ start: term.start, end: term.factors[1].factor.start }, '', 'a factor', 1.15);
    }
  }

  function names(e: Name): void {
    if (isLossName(e) && e.sub !== '') {
      const at = source.indexOf(lettersOf(e.sub), e.start);
      if (at >= e.start && at < e.end) {
        for (const loss of ['ESM', 'ISM', 'DSM', 'SSM', 'DAE']) {
          if (loss !== e.sub) put({ start: at, end: at + lettersOf(e.sub).length }, loss, 'the name of a loss', 0.9);
        }
      }
    } else if (isPointName(e) && bindings.hasRoles) {
      if (keyOf(e) === bindings.clean) put(e, x, 'a variable', 1.8);
      if (keyOf(e) === bindings.noisy) put(e, x0, 'a variable', 1.8);
    } else if (isDensityName(e) && e.sub !== '') put(e, e.name, 'a density', 2.4);
    else if (isScalarName(e) && /sigma|gamma|beta|alpha|tau/.test(e.name))
      for (const [power, cost] of [
        ['^2', 1.4],
        ['^{-1}', 2.35],
      ] as const)
        put({ start: e.end, end: e.end }, power, 'an exponent', cost);
  }

  function calls(e: Extract<Expression, { k: 'call' }>): void {
    if (!isDensityName(e.of) || !bindings.hasRoles) return;
    const name = text(e.of);
    if (e.given.length > 0) put(e, `${name}(${x})`, 'a conditional density', 2.1);
    else if (e.args.length === 1) {
      put(e, `${name}(${x}|${x0})`, 'a conditional density', 2.1);
      put(e, `p_0(${text(e.args[0])})`, 'a density', 2.3);
      put(e, `p_\\sigma(${text(e.args[0])})`, 'a density', 2.3);
    }
  }

  function nablas(e: Extract<Expression, { k: 'nabla' }>): void {
    const { of } = e;
    if (e.form === 'divergence' && of) {
      const operator = source.slice(e.start, of.start);
      if (operator.includes('\\cdot'))
        put({ start: e.start, end: of.start }, operator.replace('\\cdot', ''), 'a divergence', 2);
      if (/\^\s*\{?\s*(T|\\top)/.test(operator))
        put(
          { start: e.start, end: of.start },
          `${probe(tree)}^T ${source[of.start] === '(' ? '' : ' '}`,
          'a misread v',
          1.4,
        );
    }
    if (
      e.form === 'gradient' &&
      of &&
      fieldKey(of.k === 'call' ? of.of : of.k === 'name' ? of : { name: '', sub: '' }) !== undefined
    ) {
      put({ start: of.start, end: of.start }, '\\cdot ', 'a divergence', 2);
    }
    const density = of?.k === 'call' ? of.of : of;
    if (e.form === 'gradient' && of && density?.k === 'name' && isDensityName(density))
      put({ start: of.start, end: of.start }, '\\log ', 'a logarithm', 1.3);
    if (of === undefined) put(e, probe(tree), 'a misread v', 1.4);
  }

  function expectations(e: Extract<Expression, { k: 'expect' }>): void {
    for (const binder of e.binders) {
      const whole = text(binder);
      const sides = [`${x0} \\sim p(${x0})`, `${x}|${x0}`, `${x} \\sim p(${x})`, `${probe(tree)}`];
      sides.forEach((side, i) => {
        if (i === 3 ? ![...walk(e)].some((n) => n.k === 'nabla') : !bindings.hasRoles) return;
        if (side.replace(/\s/g, '') !== whole.replace(/\s/g, '')) put(binder, side, 'a measure', 1.7 + 0.1 * i);
      });
    }
    if (e.of.k === 'expect' && bindings.hasRoles && e.binders.length === 1 && e.of.binders.length === 1) {
      // A product measure where the joint one belongs.
      edits.push(
        edit(
          [
            { start: e.binders[0].start, end: e.binders[0].end, text: `${x0} \\sim p(${x0})` },
            { start: e.of.binders[0].start, end: e.of.binders[0].end, text: `${x}|${x0}` },
          ],
          'the joint measure',
          2,
        ),
      );
    } else if (bindings.hasRoles && e.subscript !== undefined && e.of.k !== 'expect') {
      put({ start: e.subscript.end, end: e.subscript.end }, ` E_{${x}|${x0}}`, 'an expectation', 2.2);
    }
    widen(e);
  }

  /** E A + B read as E[A + B]. */
  function widen(e: Extract<Expression, { k: 'expect' }>): void {
    if (e.of.k === 'group' || e.subscript === undefined) return;
    const innermost = inner(e);
    const sum = [...walk(tree)].find(
      (n) =>
        n.k === 'sum' &&
        n.terms.some(({ term }) => term === e || (term.k === 'product' && term.factors.at(-1)?.factor === e)),
    );
    if (sum?.k !== 'sum' || innermost.subscript === undefined) return;
    const at = sum.terms.findIndex(
      ({ term }) => term === e || (term.k === 'product' && term.factors.at(-1)?.factor === e),
    );
    for (let last = at + 1; last < sum.terms.length; last++) {
      edits.push(
        edit(
          [
            { start: innermost.of.start, end: innermost.of.start, text: '\\left[ ' },
            { start: sum.terms[last].term.end, end: sum.terms[last].term.end, text: ' \\right]' },
          ],
          'the brackets of an expectation',
          2 + 0.1 * (last - at),
        ),
      );
    }
  }
}

const inner = (e: Extract<Expression, { k: 'expect' }>): Extract<Expression, { k: 'expect' }> =>
  e.of.k === 'expect' ? inner(e.of) : e;

const lettersOf = (sub: string): string => /[A-Za-z]+/.exec(sub)?.[0] ?? sub;

const isScalarPower = (e: Expression): boolean =>
  e.k === 'power'
    ? isScalarPower(e.base)
    : e.k === 'name'
      ? isScalarName(e)
      : e.k === 'fraction' && (e.above.k === 'number' || isScalarPower(e.above));

const numbersNear = (value: number): string[] =>
  value === 1 ? ['2'] : value === 2 ? ['4'] : value === 4 ? ['2'] : [String(2 * value), String(value / 2)];

/** The letter of a probe that the formula uses, or v. */
function probe(tree: Expression): string {
  const found = [...walk(tree)].find((e): e is Name => e.k === 'name' && /^[vz]$/.test(e.name) && e.sub === '');
  return found?.name ?? 'v';
}

/** Positive scalars that may have been lost: those of the formula, and the noise level. */
function scalarsOf(bindings: Bindings, tree: Expression): string[] {
  const keys = new Set<string>();
  for (const e of walk(tree))
    if (e.k === 'name' && isScalarName(e) && /^(sigma|gamma|beta|alpha|tau|g)/.test(e.name)) keys.add(keyOf(e));
  if (bindings.hasRoles && ![...keys].some((key) => key.startsWith('sigma'))) keys.add('sigma');
  return [...keys].slice(0, 3).map(latexOfKey);
}

/** The text with patches applied; those of one edit do not overlap. */
export function patched(source: string, span: Span, patches: readonly Patch[]): string {
  let out = '';
  let at = span.start;
  for (const patch of [...patches].sort((a, b) => a.start - b.start || a.end - b.end)) {
    out += source.slice(at, patch.start) + patch.text;
    at = patch.end;
  }
  return out + source.slice(at, span.end);
}
