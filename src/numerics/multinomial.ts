/** The law of G = Σ nₖ log(nₖ/(n pₖ)) for counts n₁ … n_K of n draws with probabilities p: n times the relative entropy of the frequencies. */
export interface DivergenceLaw {
  /** An upper bound of P(G ≥ g), tight up to the rounding of the lattice. */
  tail(g: number): number;
  /** The smallest g of the lattice with tail(g) ≤ α; Infinity where the range computed does not reach it. */
  critical(alpha: number): number;
}

/** Σ nₖ log(nₖ/(n pₖ)), the log likelihood ratio of the frequencies against p. 0 only where they agree; Infinity where a count has probability 0. */
export function divergence(counts: readonly number[], probabilities: readonly number[]): number {
  const n = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count, k) => sum + cellDivergence(count, n * probabilities[k]), 0);
}

/** c log(c/m) − c + m ≥ 0: the last two terms add up to 0 over all cells. */
const cellDivergence = (count: number, mean: number): number =>
  count === 0 ? mean : mean === 0 ? Infinity : count * Math.log(count / mean) - count + mean;

/** Width of the lattice on which G is counted. */
const step = 0.25;
/** Counts rarer than this are not followed, nor are sums of counts; their probability goes to the tail. */
const negligible = 1e-19;

/**
 * The exact law of G, by convolution over the cells: independent Poisson counts with means n pₖ are multinomial given their sum (Keich & Nagarajan 2006, section 2). The value
 * of each cell is rounded to the nearest multiple of ¼, so that a sum of K is off by K/8 at most: the tail is taken that much earlier. Every term is a
 * product of positive numbers, hence no cancellation in tails of 10⁻¹². Costs K · (counts)² · 4 `range` at most.
 */
export function divergenceLaw(n: number, probabilities: readonly number[], range: number): DivergenceLaw {
  const size = Math.ceil(range / step) + 1;
  // rows[m] is the law of the lattice value, jointly with m draws in the cells so far; the last place holds all that is beyond.
  let rows = new Map<number, Float64Array>([[0, Float64Array.of(1, ...new Float64Array(size - 1))]]);
  let neglected = 0;
  probabilities.forEach((p, cell) => {
    const counts = Array.from({ length: n + 1 }, (_, c) => ({ c, weight: poisson(c, n * p) }));
    neglected += counts.reduce((sum, { weight }) => sum + (weight < negligible ? weight : 0), 0);
    const followed = counts
      .filter(({ weight }) => weight >= negligible)
      .map(({ c, weight }) => ({ c, weight, shift: Math.min(size - 1, Math.round(cellDivergence(c, n * p) / step)) }));
    const isLast = cell === probabilities.length - 1;
    const next = new Map<number, Float64Array>();
    for (const [m, row] of rows) {
      const mass = row.reduce((sum, value) => sum + value, 0);
      if (mass < negligible) {
        neglected += mass;
        continue;
      }
      const first = row.findIndex((value) => value > 0);
      for (const { c, weight, shift } of followed) {
        // The last cell has to bring the sum to n.
        if (isLast ? m + c !== n : m + c > n) continue;
        let to = next.get(m + c);
        if (to === undefined) next.set(m + c, (to = new Float64Array(size)));
        addShifted(to, row, { first, shift, weight });
      }
    }
    rows = next;
  });
  const law = rows.get(n) ?? new Float64Array(size);
  const normaliser = poisson(n, n);
  const tails = new Float64Array(size + 1);
  for (let j = size - 1; j >= 0; j--) tails[j] = tails[j + 1] + law[j] / normaliser;
  const slack = probabilities.length / 2;
  const rest = neglected / normaliser;
  const tail = (g: number): number => {
    const first = Math.min(size - 1, Math.floor(g / step - slack));
    return first <= 0 ? 1 : Math.min(1, tails[first] + rest);
  };
  const critical = (alpha: number): number => {
    const j = tails.findIndex((_, first) => first > 0 && first < size && tail((first + slack) * step) <= alpha);
    return j < 0 ? Infinity : (j + slack) * step;
  };
  return { tail, critical };
}

/** to[j + shift] += weight · from[j] from the first place that is not 0; what leaves the range gathers in the last place. */
function addShifted(
  to: Float64Array,
  from: Float64Array,
  { first, shift, weight }: { readonly first: number; readonly shift: number; readonly weight: number },
): void {
  const last = to.length - 1;
  const leaves = Math.max(first, last - shift);
  for (let j = first; j < leaves; j++) to[j + shift] += weight * from[j];
  let beyond = 0;
  for (let j = leaves; j <= last; j++) beyond += from[j];
  to[last] += weight * beyond;
}

/** P(X = c) for a Poisson law of this mean. */
const poisson = (c: number, mean: number): number =>
  mean === 0 ? (c === 0 ? 1 : 0) : Math.exp(c * Math.log(mean) - mean - logFactorial(c));

const logFactorials = [0];
function logFactorial(c: number): number {
  for (let k = logFactorials.length; k <= c; k++) logFactorials.push(logFactorials[k - 1] + Math.log(k));
  return logFactorials[c];
}

/** P(Bin(n, p) ≥ k). */
export function binomialTail(n: number, p: number, k: number): number {
  if (k <= 0) return 1;
  if (p <= 0) return 0;
  if (p >= 1) return k <= n ? 1 : 0;
  let sum = 0;
  for (let c = k; c <= n; c++) {
    sum += Math.exp(
      logFactorial(n) - logFactorial(c) - logFactorial(n - c) + c * Math.log(p) + (n - c) * Math.log1p(-p),
    );
  }
  return Math.min(1, sum);
}

/** The interval of Clopper and Pearson (1934): it covers p with probability 1 − rate at least, for every n and p. */
export function binomialInterval(count: number, n: number, rate: number): [number, number] {
  const lower = count === 0 ? 0 : bisect((p) => binomialTail(n, p, count) > rate / 2);
  const upper = count === n ? 1 : bisect((p) => binomialTail(n, 1 - p, n - count) < rate / 2);
  return [lower, upper];
}

/** Where a condition that is false at 0 and true at 1 changes. */
function bisect(holds: (p: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}
