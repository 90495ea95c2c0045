import type { Bindings, Definition, Kernel } from './bindings.js';
import type { NotesDocument, ReadStatement } from '../read/document.js';
import { children, keyOf, walk, type Binder, type Call, type Expression, type Name } from '../read/expression.js';
import { labelsBeside, labelsIn } from './labels.js';
import { probeLawOf, statedProbes } from './probe-laws.js';
import { speaksOfScores } from './subject.js';
import { fieldKey, isDensityName, isNoiseName, isPointName } from './vocabulary.js';

/** Reads off a document which variable is clean and which noisy, how the noise enters, and what E, S, f and q mean in it. */
export function bind(document: NotesDocument): Bindings {
  const trees = document.statements.flatMap(({ sides }) => sides.flatMap(({ tree }) => (tree ? [tree] : [])));
  const everything = trees.flatMap((tree) => [...withBinders(tree)]);
  const labelled = labelsIn(everything, document.statements);
  const { clean, noisy, found } = rolesIn(everything, document.statements, labelled);
  const roles = { clean, noisy };
  const noises: { key: string; unit: boolean; at: number }[] = [];
  const kernels: Kernel[] = [];
  for (const statement of document.statements) readNoising(statement, roles, noises, kernels);
  const conditionalNames = new Set(
    everything.flatMap((e) => (e.k === 'call' && e.given.length > 0 && isDensityName(e.of) ? [e.of.name] : [])),
  );
  const labels = found ? labelsBeside(everything, labelled, roles) : labelled;
  return {
    course: speaksOfScores(document),
    ...roles,
    labels,
    hasRoles: found || kernels.length > 0,
    kernels: kernels.sort((a, b) => a.at - b.at),
    noises: noises.sort((a, b) => a.at - b.at),
    definitions: new Map<string, Definition>(),
    energy: document.energy,
    line: document.line,
    energyHasBeta: /\\beta\s*E/.test(document.original),
    // s without θ is the score in the convention of the course; S is any field.
    scoreDefined:
      document.statements.some(definesScore) ||
      everything.some((e) => (e.k === 'name' ? isBareS(e) : e.k === 'call' && isBareS(e.of))),
    cleanScore: document.statements.some((statement) => definesScore(statement) && ofVariable(statement, clean)),
    conditionalNames,
    otherNoise: /\\bar\s*\{?\\?alpha|\\overline\s*\{\\alpha|Laplace|uniform noise|均匀|均勻|Cauchy|Student/.test(
      document.original,
    ),
    level: levelIn(everything),
    otherLaws: otherLawsIn(document.statements),
    oddProbes: oddProbesIn(document.statements),
    probeLaws: statedProbes(document.statements),
    coordinates: [],
    sde: document.statements.some(({ sde }) => sde),
    anyMatrix: anyMatrix.test(document.original),
    symmetric:
      !anyMatrix.test(document.original) &&
      /symmetric|positive[- ]definite|\bSPD\b|對稱|对称|正定/i.test(document.original),
    vectors: vectorsIn(everything),
    impliedLevels: impliedLevelsIn(everything),
    vectorFields: vectorFieldsIn(everything, document.statements),
  };
}

/** Words that let a matrix have no symmetry. */
const anyMatrix =
  /\bany (?:real |square |real square )?matrix\b|\bnot (?:necessarily )?symmetric|任意(?:方|實|实)?(?:矩陣|矩阵|方陣|方阵)/i;

/** Everything at or below `e`, the laws of binders included. */
export function* withBinders(e: Expression): Generator<Expression> {
  for (const node of walk(e)) {
    yield node;
    if (node.k === 'expect') for (const { law } of node.binders) if (law) yield* withBinders(law);
  }
}

function rolesIn(
  everything: readonly Expression[],
  statements: readonly ReadStatement[],
  labels: Bindings['labels'],
): { clean: string; noisy: string; found: boolean } {
  const votes = new Map<string, number>();
  // x = y + n says which of the two is the noisy one, whatever their letters; and more than any number of conditional densities.
  const said = new Map<string, readonly [string, string]>();
  const pairOf = (a: Name, b: Name): string => [keyOf(a), keyOf(b)].sort().join(' ');
  for (const { sides, relations } of statements) {
    const [left, right] = sides.map(({ tree }) => tree);
    const parts = relations[0]?.relation === '=' && left?.k === 'name' && right ? noising(right, undefined) : undefined;
    if (left?.k !== 'name' || parts === undefined || !isPointName(left) || !isPointName(parts.clean)) continue;
    if ([left, parts.clean].some((name) => labels.has(keyOf(name))) || keyOf(left) === keyOf(parts.clean)) continue;
    const pair = [keyOf(left), keyOf(parts.clean)] as const;
    said.set(pairOf(left, parts.clean), pair);
    votes.set(pair.join(' '), (votes.get(pair.join(' ')) ?? 0) + 50);
  }
  const vote = (a: Name, b: Name): void => {
    if (!isPointName(a) || !isPointName(b) || keyOf(a) === keyOf(b)) return;
    if (labels.has(keyOf(a)) || labels.has(keyOf(b))) return;
    const key = [...(said.get(pairOf(a, b)) ?? oriented(a, b).map(keyOf))].join(' ');
    votes.set(key, (votes.get(key) ?? 0) + 1);
  };
  const binders = (binder: Binder): void => {
    if (binder.vars.length === 1 && binder.given.length === 1) vote(binder.vars[0], binder.given[0]);
  };
  for (const e of everything) {
    if (
      e.k === 'call' &&
      isDensityName(e.of) &&
      e.args.length === 1 &&
      e.given.length === 1 &&
      e.args[0].k === 'name' &&
      e.given[0].k === 'name'
    )
      vote(e.args[0], e.given[0]);
    if (e.k === 'expect') {
      e.binders.forEach(binders);
      // E[x_0 | x].
      const of = e.of.k === 'group' ? e.of.of : e.of;
      if (e.given.length === 1 && e.given[0].k === 'name' && of.k === 'name') vote(e.given[0], of);
    }
  }
  const best = [...votes].sort((a, b) => b[1] - a[1])[0];
  if (best === undefined) return { clean: 'x_0', noisy: 'x', found: false };
  const [noisy, clean] = best[0].split(' ');
  return { clean, noisy, found: true };
}

/** Of two variables, which is the noisy one: x of x | x_0, x~ of x~ | x, x_t of x_t | x_0. */
function oriented(a: Name, b: Name): readonly [Name, Name] {
  const cleanness = ({ name, sub }: Name): number =>
    (sub === '0' ? 2 : 0) -
    (name.endsWith('~') ? 2 : 0) -
    (/^[tT]$/.test(sub) ? 1 : 0) -
    (/^[yz]/i.test(name) ? 0.5 : 0);
  return cleanness(a) > cleanness(b) ? [b, a] : [a, b];
}

/** The parts of `scale·x₀ + std·ε`; undefined where a sum is none. */
export function noising(
  e: Expression,
  clean: string | undefined,
): { clean: Name; noise: Name; scale: Expression | undefined; std: Expression | undefined } | undefined {
  if (e.k !== 'sum' || e.terms.length !== 2 || e.terms.some(({ sign }) => sign === -1)) return undefined;
  const [first, second] = e.terms.map(({ term }) => term);
  const isClean = (name: Name): boolean =>
    isPointName(name) && (clean === undefined ? name.sub === '0' || name.sub === '' : keyOf(name) === clean);
  const isNoise = (name: Name): boolean => isNoiseName(name) || /^(z|w|u|n|Sigma|Z)$/.test(name.name);
  // X β + ε is a regression: a number stands in front of a point.
  if (first.k === 'product' && first.factors[0].factor.k === 'name' && /^[XY]$/.test(first.factors[0].factor.name))
    return undefined;
  const a = factored(first, isClean);
  const b = factored(second, isNoise);
  if (a === undefined || b === undefined) return undefined;
  return { clean: a.target, noise: b.target, scale: a.rest, std: b.rest };
}

/** A product with one factor taken out: a·x -> { target: x, rest: a }. */
export function factored(
  e: Expression,
  wanted: (name: Name) => boolean,
): { target: Name; rest: Expression | undefined } | undefined {
  if (e.k === 'name') return wanted(e) ? { target: e, rest: undefined } : undefined;
  if (e.k === 'group' && e.given.length === 0) return factored(e.of, wanted);
  if (e.k === 'product') {
    const at = e.factors.findIndex(({ factor }) => factor.k === 'name' && wanted(factor));
    const target = e.factors[at]?.factor;
    if (target?.k !== 'name' || e.factors[at].via === '/') return undefined;
    const others = e.factors.filter((_, i) => i !== at);
    return { target, rest: others.length === 1 ? others[0].factor : { ...e, factors: others } };
  }
  return undefined;
}

function readNoising(
  { sides, relations, at: start }: ReadStatement,
  { clean, noisy }: { clean: string; noisy: string },
  noises: { key: string; unit: boolean; at: number }[],
  kernels: Kernel[],
): void {
  for (let i = 0; i + 1 < sides.length; i++) {
    const [left, right] = [sides[i].tree, sides[i + 1].tree];
    const relation = relations[i]?.relation;
    if (!left || !right) continue;
    const at = Math.max(start, sides[i].start);
    if ((relation === '=' || relation === ':=') && left.k === 'name' && keyOf(left) === noisy) {
      const parts = noising(right, clean);
      if (parts) {
        noises.push({ key: keyOf(parts.noise), unit: parts.std !== undefined, at });
        kernels.push({ scale: parts.scale, std: parts.std, variance: undefined, noise: keyOf(parts.noise), at });
      }
    }
    const law = right.k === 'call' && right.of.name === 'N' ? right : undefined;
    if (!law) continue;
    const [mean, covariance] =
      law.params.length === 2 ? law.params : law.given.length === 2 ? law.given : law.args.length === 2 ? law.args : [];
    if (mean === undefined || covariance === undefined) continue;
    const variance = withoutIdentity(covariance);
    const conditional = left.k === 'call' && left.given.length === 1;
    const group = left.k === 'group' ? left : undefined;
    const conditionalName = group?.given.length === 1 || (left.k === 'name' && false);
    if (conditional || conditionalName) {
      const scaled = factored(mean, (name) => keyOf(name) === clean);
      if (scaled) kernels.push({ scale: scaled.rest, std: undefined, variance, at });
    } else if ((relation === '~' || relation === 'in') && left.k === 'name' && isZero(mean)) {
      const unit = variance === undefined || variance.k === 'number';
      if (isNoiseName(left) || noises.some(({ key }) => key === keyOf(left))) {
        noises.push({ key: keyOf(left), unit, at });
        // x = x_0 + ε with ε ~ N(0, σ²I): the standard deviation of the noising is that of ε.
        const last = kernels.at(-1);
        if (!unit && last !== undefined && last.std === undefined && last.variance === undefined)
          kernels[kernels.length - 1] = { ...last, variance };
      }
    } else if (relation === '~' && left.k === 'name' && keyOf(left) === noisy) {
      const scaled = factored(mean, (name) => keyOf(name) === clean);
      if (scaled) kernels.push({ scale: scaled.rest, std: undefined, variance, at });
    }
  }
}

const isZero = (e: Expression): boolean => (e.k === 'number' && e.value === 0) || (e.k === 'name' && e.name === '0');

/** σ² of σ²I; the number 1 of I; undefined where there is no I and nothing else. */
export function withoutIdentity(e: Expression): Expression | undefined {
  const isI = (x: Expression): boolean => x.k === 'name' && x.name === 'I';
  if (isI(e)) return { k: 'number', value: 1, start: e.start, end: e.end };
  if (e.k === 'product') {
    const others = e.factors.filter(({ factor }) => !isI(factor));
    if (others.length === 0) return undefined;
    return others.length === 1 ? others[0].factor : { ...e, factors: others };
  }
  return e;
}

/** `sigma_l` of p_{σ_l}, as an index stands behind σ there. */
function levelIn(everything: readonly Expression[]): string {
  const names = everything.flatMap((e) => (e.k === 'call' ? [e.of] : e.k === 'name' ? [e] : []));
  const indexed = names.find((name) => isDensityName(name) && /^sigma_\w$/.test(name.sub));
  return indexed?.sub ?? 'sigma';
}

const isBareS = ({ name, sub }: Name): boolean => name === 's' && sub === '';

/** `\xi_j \sim \operatorname{Laplace}(0, b)`, of a vector or of each of its entries. */
function otherLawsIn(statements: readonly ReadStatement[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { sides, relations } of statements)
    relations.forEach(({ relation }, i) => {
      const [left, right] = [sides[i]?.tree, sides[i + 1]];
      if (relation !== '~' || left?.k !== 'name' || right === undefined) return;
      const text = right.text.replace(/\\(?:mathcal|mathrm|operatorname|text)|[\s{}]/g, '');
      if (/^(?:U[([\\]|Unif|Laplace|Lap\(|Student|Cauchy|Exp|Poisson|Gamma|Bernoulli|Rad)/i.test(text))
        found.add(keyOf({ name: left.name, sub: /^[ijk]$/.test(left.sub) ? '' : left.sub }));
    });
  return found;
}

/** `v \sim U(-1, 1)`: a law for which E[v vᵀ] = I is not known. */
function oddProbesIn(statements: readonly ReadStatement[]): ReadonlySet<string> {
  const odd = new Set<string>();
  for (const { sides, relations } of statements) {
    relations.forEach(({ relation }, i) => {
      const [left, right] = [sides[i]?.tree, sides[i + 1]];
      if (
        (relation !== '~' && relation !== 'in') ||
        left?.k !== 'name' ||
        !/^[vzuw]$/.test(left.name) ||
        right === undefined
      )
        return;
      const text = right.text.replace(/\s/g, '');
      if (!/^\\mathbb\{?R|^p\(|^p_|mathcal\{?N|^N\(|Rad/.test(text) && probeLawOf(right.text) === undefined)
        odd.add(left.name);
    });
  }
  return odd;
}

/** S(x) = ∇ log p(x), with or without the argument. */
function definesScore({ sides }: ReadStatement): boolean {
  const head = sides[0]?.tree;
  const name = head?.k === 'call' ? head.of : head?.k === 'name' ? head : undefined;
  return (
    name !== undefined &&
    /^[Ss]$/.test(name.name) &&
    sides.slice(1).some(({ tree }) => tree?.k === 'nabla' && tree.of?.k === 'fn' && tree.of.name === 'log')
  );
}

/** Whether the first side is a function of a variable. */
const ofVariable = ({ sides }: ReadStatement, key: string): boolean => {
  const head = sides[0]?.tree;
  return head?.k === 'call' && head.args[0]?.k === 'name' && keyOf(head.args[0]) === key;
};

/** The letters of ∂_x, ∂_y where two of them stand without index. */
export function coordinatesIn(everything: readonly Expression[]): readonly string[] {
  const letters = new Set<string>();
  for (const e of everything) {
    if (e.k === 'partial')
      for (const v of e.wrt) if (v.k === 'name' && v.sub === '' && /^[xyz]$/.test(v.name)) letters.add(v.name);
  }
  return letters.has('x') && letters.has('y') ? [...letters].sort() : [];
}

/** μ of N(x; μ, Σ), N(μ, Σ) and x − μ. */
function vectorsIn(everything: readonly Expression[]): ReadonlySet<string> {
  const found = new Set<string>();
  const isPlain = (e: Expression | undefined): e is Name => e?.k === 'name' && /^(mu|m|nu|c|a|b)[~^-]?$/.test(e.name);
  for (const e of everything) {
    if (e.k === 'call' && e.of.name === 'N') {
      const [mean] =
        e.params.length === 2 ? e.params : e.given.length === 2 ? e.given : e.args.length === 2 ? e.args : [];
      if (isPlain(mean)) found.add(keyOf(mean));
    }
    if (e.k === 'sum' && e.terms.length === 2 && e.terms.some(({ term }) => term.k === 'name' && isPointName(term)))
      for (const { term } of e.terms) if (isPlain(term)) found.add(keyOf(term));
  }
  return found;
}

/** Fields of one argument here and of more there; score models by all their letters are one. */
function impliedLevelsIn(everything: readonly Expression[]): ReadonlySet<string> {
  const calls = everything.filter((e): e is Call => e.k === 'call' && fieldKey(e.of) !== undefined);
  const more = calls.filter(({ args }) => args.length > 1);
  const alone = calls.filter(({ args }) => args.length === 1);
  const both = alone.filter(({ of }) => more.some((other) => keyOf(other.of) === keyOf(of)));
  return new Set(both.map(({ of }) => fieldKey(of) ?? ''));
}

function vectorFieldsIn(everything: readonly Expression[], statements: readonly ReadStatement[]): ReadonlySet<string> {
  const fields = new Set<string>();
  const headOf = (e: Expression | undefined): string | undefined =>
    e?.k === 'call' ? e.of.name : e?.k === 'name' ? e.name : undefined;
  const candidate = (name: string | undefined): void => {
    if (name !== undefined && /^[fFuVbGvFmu]$|^phi$|^mu$/.test(name)) fields.add(name);
  };
  for (const e of everything) {
    if (e.k === 'nabla' && e.form === 'divergence' && e.of) {
      const of = e.of.k === 'group' ? e.of.of : e.of;
      candidate(headOf(of));
      if (of.k === 'product') for (const { factor } of of.factors) candidate(headOf(factor));
    }
    if (e.k === 'norm') candidate(headOf(e.of));
    if (e.k === 'transpose') candidate(headOf(e.of));
    if (e.k === 'inner') [e.a, e.b].forEach((x) => candidate(headOf(x)));
    for (const child of children(e)) void child;
  }
  if (statements.some(({ sde }) => sde)) fields.add('f');
  fields.delete('v');
  fields.delete('u');
  return fields;
}
