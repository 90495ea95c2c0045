import { BLOCK, blockArithmetic, laneAt, type Lanes } from '../../oracle/blocks.js';
import { runningError, tolerance } from '../../oracle/running-error.js';
import { randomStream, type Random } from '../../numerics/random.js';
import type { Evidence, SequentialRecord } from '../evidence.js';
import type { Draws } from '../law.js';
import type { IdentityStatement } from '../statement.js';
import { evaluateAt, type Term } from '../term.js';
import { geometricLooks, interval, lookAt, resolutionAt, type MeanTest } from './catoni.js';
import { groupsOf, integrable, momentsOf, type LawGroup } from './moments.js';
import { columnsOnTensors, pointOf, roundedDraws } from './on-tensors.js';

export interface SequentialOptions {
  /** Rate of a false refutation of each coordinate. */
  readonly alpha: number;
  /** Rate of a false support of each coordinate. */
  readonly beta: number;
  /** A support excludes |E[lhs] − E[rhs]| ≥ discrepancy · (E|lhs| + E|rhs|). */
  readonly discrepancy: number;
  readonly maxDraws: number;
  /** False for a false variant: fewer oracle draws for the declared quantities, and no record of early looks. */
  readonly thorough: boolean;
  /** v ≥ Var(lhs − rhs) under the claim where it has a closed form, per coordinate; else it is integrated or estimated. */
  readonly variance?: readonly number[];
  readonly seed: number;
  /** Names the random stream; with the seed it replays this evidence alone. */
  readonly path: readonly string[];
}

/** What the oracle says of D = lhs − rhs before the test: per coordinate. */
interface Declared {
  readonly variance: number[];
  readonly magnitude: number[];
  /** Mean rounding error of D on TensorFlow.js at most. */
  readonly rounding: number[];
  readonly source: SequentialRecord['varianceSource'];
}

/** Draws per call of TensorFlow.js at most. */
const BATCH = 32_768;
const COSTLY_BATCH = 512;
/** Draws of the first call: so few take as long as one, since each operation costs some 20 µs whatever its size. */
const AHEAD = 1024;

/** E[lhs] = E[rhs] on TensorFlow.js by Catoni's bound at geometric looks: proved for every law with Var D ≤ the declared variance. */
export function sequentialMeanEvidence(statement: IdentityStatement, options: SequentialOptions): Evidence {
  const groups = groupsOf(statement);
  const declared = withVariance(declare(groups, options), options.variance);
  const looks = geometricLooks(options.maxDraws);
  const tests = declared.variance.map((variance, j): MeanTest => {
    const delta1 = options.discrepancy * declared.magnitude[j];
    // A variance far below delta1² asks for no draws at all; the floor keeps λ finite and only makes the declared bound larger.
    return {
      delta0: declared.rounding[j],
      delta1: delta1 + declared.rounding[j],
      variance: Math.max(variance, (1e-3 * delta1) ** 2, 1e-300),
      alpha: options.alpha,
      beta: options.beta,
      looks,
    };
  });
  return run(groups, tests, declared, options, looks);
}

function run(
  groups: readonly LawGroup[],
  tests: readonly MeanTest[],
  declared: Declared,
  options: SequentialOptions,
  looks: readonly number[],
): Evidence {
  const draw = drawer(groups, options);
  const columns = tests.map(() => new Float64Array(options.maxDraws));
  const states = tests.map((): 'refuted' | 'supported' | 'continue' => 'continue');
  const records = tests.map((): SequentialRecord['looks'][number][] => []);
  let n = 0;
  for (const look of looks) {
    n = look;
    draw(columns, n);
    tests.forEach((test, j) => {
      if (states[j] === 'continue') states[j] = lookAt(columns[j], n, test);
    });
    if (states.includes('refuted') || states.every((state) => state === 'supported')) break;
  }
  tests.forEach((test, j) => {
    for (const look of looks.filter((l, i) => l <= n && (l === n || (options.thorough && i % 8 === 0)))) {
      records[j].push({ n: look, ...interval(columns[j], look, test) });
    }
  });
  return conclude(tests, states, records, declared, options, n);
}

function conclude(
  tests: readonly MeanTest[],
  states: readonly ('refuted' | 'supported' | 'continue')[],
  records: readonly SequentialRecord['looks'][number][][],
  declared: Declared,
  options: SequentialOptions,
  n: number,
): Evidence {
  const last = records.map((record) => record[record.length - 1]);
  const relative = last.map(
    ({ estimate }, j) => (states[j] === 'refuted' ? 1e9 : 0) + Math.abs(estimate) / tests[j].delta1,
  );
  const worst = relative.indexOf(Math.max(...relative));
  const test = tests[worst];
  const verdict = states.includes('refuted') ? 'refuted' : states.includes('continue') ? 'inconclusive' : 'supported';
  return {
    method: 'sequential-mean',
    compared: `mean of lhs − rhs on TensorFlow.js over ${tests.length === 1 ? 'draws' : `draws, worst of ${tests.length} coordinates`}`,
    residual: Math.abs(last[worst].estimate),
    tolerance: last[worst].halfWidth,
    resolution: resolutionAt(n, test),
    scale: declared.magnitude[worst],
    samples: n,
    comparisons: tests.length,
    seed: [options.seed, ...options.path].join('/'),
    verdict,
    ...(verdict === 'inconclusive'
      ? {
          note: `|effect| < ${(last[worst].halfWidth + Math.abs(last[worst].estimate)).toExponential(2)} after ${n} draws; ${test.delta1.toExponential(2)} was wanted.`,
        }
      : {}),
    sequential: {
      alpha: options.alpha,
      beta: options.beta,
      variance: test.variance,
      varianceSource: declared.source,
      delta0: test.delta0,
      delta1: test.delta1,
      looks: records[worst],
    },
  };
}

/**
 * Fills the columns with draws of D, one stream per law, up to `look` at least. Cheap draws are made ahead, as many again as there are: the looks to come find
 * them there. The test looks at no draw before its turn.
 */
function drawer(
  groups: readonly LawGroup[],
  options: SequentialOptions,
): (columns: readonly Float64Array[], look: number) => void {
  const streams = groups.map((_, g) => randomStream(options.seed, ...options.path, `law ${g}`));
  const costly = groups.some(({ law }) => law.costly);
  let drawn = 0;
  return (columns, look) => {
    while (drawn < look) {
      const count = costly
        ? Math.min(COSTLY_BATCH, look - drawn)
        : Math.min(BATCH, Math.max(AHEAD, drawn), options.maxDraws - drawn);
      addDraws(groups, streams, count, columns, drawn);
      drawn += count;
    }
  };
}

function addDraws(
  groups: readonly LawGroup[],
  streams: readonly Random[],
  count: number,
  columns: readonly Float64Array[],
  at: number,
): void {
  groups.forEach(({ law, lhs, rhs }, g) => {
    const draws = law.sample(streams[g], count);
    const add = (sign: number, values: readonly Float64Array[]): void =>
      values.forEach((column, j) => column.forEach((value, i) => (columns[j][at + i] += sign * value)));
    if (lhs) add(1, columnsOnTensors(lhs, draws, count));
    if (rhs) add(-1, columnsOnTensors(rhs, draws, count));
  });
}

/** Variance, size and rounding of D from the oracle: by quadrature where d ≤ 3, else from separate draws. */
function declare(groups: readonly LawGroup[], options: SequentialOptions): Declared {
  const parts = groups.map((group, g) => {
    const random = randomStream(options.seed, ...options.path, `declared ${g}`);
    const rounding = meanRounding(group, random, options.thorough ? 128 : 32);
    if (integrable(group)) {
      const { variance, magnitude } = momentsOf(group, 'coarse');
      // Rounding adds at most its size to the standard deviation; the coarse rule agrees to 1e-5 in the mean, and 2 % covers what it leaves of the variance.
      return {
        variance: variance.map((v, j) => 1.02 * (Math.sqrt(v) + rounding[j]) ** 2),
        magnitude,
        rounding,
        estimated: false,
      };
    }
    return {
      ...(group.law.costly
        ? estimateOnTensors(group, random)
        : estimateByFormula(group, random, options.thorough ? 4096 : 1024)),
      rounding,
      estimated: true,
    };
  });
  const total = (pick: (part: (typeof parts)[number]) => ArrayLike<number>): number[] =>
    Array.from(pick(parts[0]), (_, j) => parts.reduce((sum, part) => sum + pick(part)[j], 0));
  return {
    variance: total((part) => part.variance),
    magnitude: total((part) => part.magnitude),
    rounding: total((part) => part.rounding),
    source: parts.some((part) => part.estimated) ? 'estimated' : 'quadrature',
  };
}

/** The declared quantities with the variance that the claim itself states, enlarged by what rounding adds to the standard deviation. */
function withVariance(declared: Declared, variance: readonly number[] | undefined): Declared {
  if (variance === undefined) return declared;
  const enlarged = variance.map((v, j) => (Math.sqrt(v) + declared.rounding[j]) ** 2);
  return { ...declared, variance: enlarged, source: 'closed form' };
}

/** Twice the mean running-error bound of D over a few draws: a bound for the bias that rounding gives to the mean. */
function meanRounding({ law, difference }: LawGroup, random: Random, points: number): number[] {
  const count = law.costly ? 2 : points;
  const draws = roundedDraws(law.sample(random, count));
  const bounds = Array.from({ length: count }, (_, i) =>
    evaluateAt(difference, runningError, pointOf(draws, i, count)).map((b) => tolerance(b)),
  );
  return Array.from({ length: difference.size }, (_, j) => (2 * bounds.reduce((sum, row) => sum + row[j], 0)) / count);
}

/** The factor by which an estimated variance is enlarged (verdict marked "estimated"). */
const ESTIMATE_MARGIN = 4;

function estimateByFormula(
  { law, lhs, rhs, difference }: LawGroup,
  random: Random,
  count: number,
): { variance: number[]; magnitude: number[] } {
  const draws = roundedDraws(law.sample(random, count));
  const arithmetic = blockArithmetic();
  const columnsOf = (term: Term | undefined): Float64Array[] => {
    const columns = Array.from({ length: difference.size }, () => new Float64Array(count));
    for (let from = 0; term !== undefined && from < count; from += BLOCK) {
      const size = Math.min(BLOCK, count - from);
      arithmetic.start(size);
      const values = term.formula<Lanes>(arithmetic, blockOf(draws, from, size, count));
      columns.forEach((column, j) => {
        for (let i = 0; i < size; i++) column[from + i] = laneAt(values[j], i);
      });
    }
    return columns;
  };
  const [left, right] = [columnsOf(lhs), columnsOf(rhs)];
  return spread(difference.size, count, (i, j) => [left[j][i], right[j][i]]);
}

/** Rows `from` to `from + size` of the draws, a column per coordinate. */
const blockOf = (draws: Draws, from: number, size: number, n: number): Record<string, Float64Array[]> =>
  Object.fromEntries(
    Object.entries(draws).map(([name, array]) => {
      const d = array.length / n;
      const column = (j: number) => Float64Array.from({ length: size }, (_, i) => array[(from + i) * d + j]);
      return [name, Array.from({ length: d }, (_, j) => column(j))];
    }),
  );

function estimateOnTensors(
  { law, lhs, rhs, difference }: LawGroup,
  random: Random,
): { variance: number[]; magnitude: number[] } {
  const count = 512;
  const draws = law.sample(random, count);
  const zeros = Array.from({ length: difference.size }, () => new Float64Array(count));
  const left = lhs ? columnsOnTensors(lhs, draws, count) : zeros;
  const right = rhs ? columnsOnTensors(rhs, draws, count) : zeros;
  return spread(difference.size, count, (i, j) => [left[j][i], right[j][i]]);
}

function spread(
  k: number,
  count: number,
  at: (i: number, j: number) => [number, number],
): { variance: number[]; magnitude: number[] } {
  const columns = Array.from({ length: k }, (_, j) => {
    let sum = 0;
    let squares = 0;
    let magnitude = 0;
    for (let i = 0; i < count; i++) {
      const [left, right] = at(i, j);
      sum += left - right;
      squares += (left - right) ** 2;
      magnitude += Math.abs(left) + Math.abs(right);
    }
    const mean = sum / count;
    return { variance: ESTIMATE_MARGIN * Math.max(0, squares / count - mean * mean), magnitude: magnitude / count };
  });
  return { variance: columns.map((c) => c.variance), magnitude: columns.map((c) => c.magnitude) };
}
