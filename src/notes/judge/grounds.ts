import {
  fieldKey,
  isConstantName,
  isDensityName,
  isDimension,
  isLossName,
  isNoiseName,
  isPointName,
} from '../meaning/vocabulary.js';
import { withBinders } from '../meaning/bind.js';
import { CLEAN_LAW, type Bindings } from '../meaning/bindings.js';
import { probeLawOf } from '../meaning/probe-laws.js';
import { keyOf, type Expression, type Name } from '../read/expression.js';
import { headOf, type Case } from './case.js';
import { isFormulaIn } from './definitions.js';

// What a red line rests on: every letter of an equation must be known by the document, or stand on both sides, where it may be anything.

/** Names that stand for one thing everywhere. */
export const isSign = ({ name }: Name): boolean => ['I', 'pi', 'e', 'infty', '0', '1', 'const'].includes(name);

/** The letters of a side; those of its definition in the place of a name that has one. */
export function lettersOf(e: Expression, c: Case, depth = 0): Set<string> {
  const found = new Set<string>();
  for (const name of headsOf(e)) {
    if (isSign(name)) continue;
    const definition = c.bindings.definitions.get(keyOf(name));
    if (definition !== undefined && definition.at < c.lhs.start && depth < 3)
      for (const key of lettersOf(definition.body, c, depth + 1)) found.add(key);
    else found.add(keyOf(name));
  }
  return found;
}

function* headsOf(e: Expression): Generator<Name> {
  for (const x of withBinders(e)) {
    const head = headOf(x);
    if (head !== undefined) yield head;
  }
}

/** The variables of x = x₀ + σε as the document states it, and its numbers. */
export function modelLetters({ kernels, noises, clean, noisy, hasRoles, level }: Bindings): ReadonlySet<string> {
  const letters = new Set(hasRoles ? [clean, noisy, level] : []);
  for (const { key } of noises) letters.add(key);
  for (const { scale, std, variance } of kernels)
    for (const part of [scale, std, variance]) if (part) for (const name of headsOf(part)) letters.add(keyOf(name));
  return letters;
}

/**
 * A number, matrix or function that stands on one side only, and of which the document says nothing: the equation may say what it is, as
 * `Σᵢ λᵢ/(λᵢ + σ²)` behind a trace does of its eigenvalues.
 */
export function strangerOf(left: Expression, right: Expression, c: Case): string | undefined {
  // The size of the step of a sampler is any.
  if (left.k === 'name' && isPointName(left) && left.sub !== '' && [...withBinders(right)].some((x) => x.k === 'nabla')) return undefined; // prettier-ignore
  const grounded = groundedBy(c);
  const [l, r] = [left, right].map((e) => strangers(e, c, grounded));
  return [...l].find((key) => !r.has(key)) ?? [...r].find((key) => !l.has(key));
}

function groundedBy(c: Case): ReadonlySet<string> {
  const { bindings } = c;
  const known = new Set([...modelLetters(bindings), bindings.level]);
  // What a law is made of is known wherever something is averaged or a density stands.
  for (const { key, density, body, args } of bindings.definitions.values())
    if (density === true || key === CLEAN_LAW) for (const each of [...args, ...lettersOf(body, c)]) known.add(each);
  // "Let c > 0": it is any such number.
  for (const { sides, relations, sde } of c.document.statements)
    if (sde) {
      // The coefficients of a process.
      for (const { tree } of sides) if (tree) for (const name of headsOf(tree)) known.add(keyOf(name));
    } else if (relations.some(({ relation }) => relation === '<' || relation === '>' || relation === 'in'))
      for (const { tree } of sides) if (tree?.k === 'name') known.add(keyOf(tree));
  if (bindings.energy) for (const key of ['beta', 'E', 'F', 'Z', 'T']) known.add(key);
  return known;
}

function strangers(e: Expression, c: Case, grounded: ReadonlySet<string>, depth = 0): Set<string> {
  const found = new Set<string>();
  const bound = new Set([...withBinders(e)].flatMap((x) => (x.k === 'expect' ? x.binders.flatMap(({ vars }) => vars.map(keyOf)) : x.k === 'series' ? [x.index] : []))); // prettier-ignore
  for (const name of headsOf(e)) {
    if (name.font === 'text' && probeLawOf(name.name) !== undefined) continue;
    // A_ii is an entry of A.
    const isEntry = /^[A-Z]$/.test(name.name) && /^[ijk]{1,2}$/.test(name.sub);
    const key = isEntry ? name.name : keyOf(name);
    if (isSign(name) || grounded.has(key) || bound.has(key) || isRole(name, c.bindings)) continue;
    const definition = c.bindings.definitions.get(key);
    if (definition !== undefined && definition.at < c.lhs.start && depth < 3)
      for (const each of strangers(definition.body, c, grounded, depth + 1)) found.add(each);
    else found.add(key);
  }
  return found;
}

/** What every document of the course has: points, noise, densities, losses, score models, the dimension, parameters, times and indices. */
const isRole = (name: Name, { vectors }: Bindings): boolean =>
  (isPointName(name) && !vectors.has(keyOf(name))) ||
  // ε_θ and ε̂ are models, and what they have to do with the others is the document's to say.
  (isNoiseName(name) && !name.sub.includes('theta') && !name.name.endsWith('^')) ||
  isDensityName(name) ||
  isLossName(name) ||
  isConstantName(name) ||
  isDimension(name) ||
  fieldKey(name) !== undefined ||
  /^(KL|N|E|Z|theta|phi|t|T|s|i|j|k|n)$/.test(name.name);

/** The name that an equation states something of, though nothing else was made of it: `p_T(x) ∝ …` or a formula that is not read. */
export function statedOtherwise(trees: readonly Expression[], c: Case): string | undefined {
  const stated = new Set<string>();
  for (const { sides, relations, at } of c.document.statements) {
    const head = sides[0]?.tree && headOf(sides[0].tree);
    if (head === undefined || at > c.rhs.start || head.sub.includes('theta')) continue;
    if (c.bindings.definitions.has(keyOf(head)) || c.bindings.probeLaws.some(({ key }) => key === head.name)) continue;
    const { relation } = relations[0] ?? {};
    const unread = sides[1]?.tree === undefined && sides[1]?.problem !== undefined;
    // s(x) = −x as the score of an example, where s is the score of any p.
    if (fieldKey(head) === 'S' && relation === '=' && sides[1]?.tree !== undefined && isFormulaIn(sides[1].tree, ['x'])) stated.add(keyOf(head)); // prettier-ignore
    const isSpecial = fieldKey(head) !== undefined || isDensityName(head) || isPointName(head);
    if (isSpecial && (relation === 'propto' || (unread && (relation === '=' || relation === ':=' || relation === '~'))))
      stated.add(keyOf(head));
  }
  return trees.flatMap((tree) => [...headsOf(tree)].map(keyOf)).find((key) => stated.has(key));
}

/** D = kT/γ and later D = kT/ζ: a name that is given once more in other letters is given for another case. */
export function isOtherCase(left: Expression, right: Expression, c: Case): boolean {
  const head = headOf(left);
  if (head === undefined || isLossName(head) || !c.first) return false;
  const known = c.bindings.definitions.get(keyOf(head));
  if (known === undefined || known.at >= c.lhs.start) return false;
  // ψ(x) = −x for one density and −sign(x) for the next.
  if (fieldKey(head) === 'S') return true;
  const own = left.k === 'call' ? left.args.flatMap((a) => (a.k === 'name' ? [keyOf(a)] : [])) : [];
  const args = new Set([...known.args, ...own]);
  const [before, now] = [known.body, right].map((e) => [...lettersOf(e, c)].filter((key) => !args.has(key)).sort());
  return before.join(' ') !== now.join(' ');
}
