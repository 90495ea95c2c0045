import type { Verification } from '../../src/verify/result.js';

type Evidence = Verification['claims'][number]['settings'][number]['evidence'][number];

/**
 * Where two verifications with the same claims and seed say something different, as paths with both values; empty where they agree.
 *
 * All words, verdicts, counts and sample sizes have to be the same. The rest is numbers, which float32 makes differ between processors, versions
 * of the TensorFlow library and backends, by an amount that each method states itself:
 * - random means: an estimate moves by rounding, far less than its own half-width, of which a hundredth is allowed;
 * - quadrature and computer algebra: residuals of a true statement are rounding (at most the tolerance), those of a false one keep two digits;
 * - pointwise: the point and the side that are worst may be others, so tolerance, scale and a false variant's residual keep their order of magnitude.
 * The backend is not compared.
 */
export function differences(a: Verification, b: Verification): string[] {
  const found: string[] = [];
  compare(facts(a), facts(b), '', found);
  for (const [path, x] of evidenceOf(a)) {
    const y = evidenceOf(b).get(path);
    if (y !== undefined) found.push(...numbers(x, y).map((what) => `${path}: ${what}`));
  }
  a.figures.forEach((figure, i) => compareFigures(figure, b.figures[i], found));
  return found;
}

/** Everything that is the same on each machine. */
function facts(verification: Verification): unknown {
  const words = ({ method, compared, verdict, samples, seed, sequential }: Evidence) => ({
    method,
    compared: compared.replace(/^[lr]hs on/, 'a side on'),
    verdict,
    samples,
    seed,
    looks: sequential?.looks.map(({ n }) => n),
  });
  const { version, data, seed, quick, budget, summary, claims, figures } = verification;
  return {
    ...{ version, data, seed, quick, budget, summary },
    figures: figures.map(({ kind, id, claim, title }) => ({ kind, id, claim, title })),
    claims: claims.map((claim) => ({
      ...claim,
      settings: claim.settings.map((setting) => ({ ...setting, evidence: setting.evidence.map(words) })),
      falseVariants: claim.falseVariants.map((variant) => ({
        ...variant,
        clarity: null,
        evidence: variant.evidence.map(words),
      })),
      withoutAssumption: claim.withoutAssumption.map((broken) => ({ ...broken, evidence: broken.evidence.map(words) })),
    })),
  };
}

function evidenceOf({ claims }: Verification): Map<string, Evidence> {
  const all = new Map<string, Evidence>();
  for (const { id, settings, falseVariants, withoutAssumption } of claims) {
    for (const { name, evidence } of settings) evidence.forEach((each, i) => all.set(`${id}/${name}/${i}`, each));
    for (const variant of falseVariants)
      variant.evidence.forEach((each, i) => all.set(`${id}/${variant.id}/${i}`, each));
    for (const { name, evidence } of withoutAssumption)
      evidence.forEach((each, i) => all.set(`${id}/${name}/${i}`, each));
  }
  return all;
}

function numbers(a: Evidence, b: Evidence): string[] {
  const apart: string[] = [];
  const near = (name: string, x: number | null, y: number | null, allowed: number): void => {
    if (x === y) return;
    if (x === null || y === null || !(Math.abs(x - y) <= allowed)) apart.push(`${name} ${x} and ${y}`);
  };
  const magnitude = (name: string, x: number | null, y: number | null): void => {
    if (x === y) return;
    if (x === null || y === null || !(Math.abs(Math.log10(x / y)) <= 1)) apart.push(`${name} ${x} and ${y}`);
  };
  const tolerance = Math.max(a.tolerance ?? 0, b.tolerance ?? 0);
  magnitude('tolerance', a.tolerance, b.tolerance);
  magnitude('resolution', a.resolution, b.resolution);
  magnitude('scale', a.scale, b.scale);
  if (a.verdict !== 'refuted') near('residual', a.residual, b.residual, tolerance);
  else if (a.method === 'pointwise') magnitude('residual', a.residual, b.residual);
  else near('residual', a.residual, b.residual, 0.01 * Math.abs(b.residual ?? 0));
  a.sequential?.looks.forEach(({ estimate, halfWidth }, i) => {
    const other = b.sequential?.looks[i];
    if (other === undefined) return;
    near(`estimate at look ${i}`, estimate, other.estimate, 0.01 * other.halfWidth);
    near(`half-width at look ${i}`, halfWidth, other.halfWidth, 0.01 * other.halfWidth);
  });
  return apart;
}

type Figure = Verification['figures'][number];

/** Points to a hundredth of the largest value of their list, pixels to two levels of 255. */
function compareFigures(a: Figure, b: Figure | undefined, found: string[]): void {
  if (b?.kind !== a.kind) return; // told by the facts
  if (a.kind === 'digits' && b.kind === 'digits') {
    const pixels = (figure: typeof a) =>
      Buffer.concat(figure.rows.flatMap(({ images }) => images.map((each) => Buffer.from(each, 'base64'))));
    const [x, y] = [pixels(a), pixels(b)];
    const worst = x.length === y.length ? x.reduce((most, v, i) => Math.max(most, Math.abs(v - y[i])), 0) : 255;
    if (worst > 2) found.push(`${a.id}: pixels differ by ${worst}`);
    return;
  }
  const numbersOf = (figure: Figure): number[] => {
    const all: number[] = [];
    JSON.stringify(figure, (_, value: unknown) => {
      if (typeof value === 'number') all.push(value);
      return value;
    });
    return all;
  };
  const [x, y] = [numbersOf(a), numbersOf(b)];
  const size = Math.max(...y.map(Math.abs));
  const worst = Math.max(...x.map((value, i) => Math.abs(value - (y[i] ?? Infinity))));
  if (x.length !== y.length || worst > 0.01 * size) found.push(`${a.id}: points differ by ${worst} of ${size}`);
}

function compare(a: unknown, b: unknown, path: string, found: string[]): void {
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null) {
    const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
    for (const key of new Set([...Object.keys(x), ...Object.keys(y)])) compare(x[key], y[key], `${path}/${key}`, found);
  } else if (a !== b) found.push(`${path}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`);
}
