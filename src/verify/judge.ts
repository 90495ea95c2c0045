import { randomStream } from '../numerics/random.js';
import { COMPARISON_RATE, FALSE_SUPPORT_RATE } from './budget.js';
import type { Evidence } from './evidence.js';
import { agreementEvidence } from './evidence/agreement.js';
import { pointwiseEvidence } from './evidence/pointwise.js';
import { canIntegrate, quadratureEvidence } from './evidence/quadrature.js';
import { sequentialMeanEvidence } from './evidence/sequential-mean.js';
import { hasSymbolicSide, symbolicEvidence } from './evidence/symbolic.js';
import type { MeasuredStatement, Statement } from './statement.js';

/** How a statement is judged. */
export interface JudgeOptions {
  readonly seed: number;
  /** Claim and setting: names the random streams. A claim and its variants see the same draws (the union bound does not mind). */
  readonly path: readonly string[];
  readonly discrepancy: number;
  readonly maxDraws: number;
  /** False for a false variant: one clear refutation is enough, and a failing point is not shrunk. */
  readonly thorough: boolean;
}

/**
 * All evidence on one statement, strongest first (computer algebra, same draws, quadrature, random). A thorough run uses every method that applies;
 * else the first that decides.
 */
export async function judge(statement: Statement, options: JudgeOptions): Promise<Evidence[]> {
  switch (statement.kind) {
    case 'pointwise':
      return judgePointwise(statement, options);
    case 'identity':
      return judgeIdentity(statement, options);
    case 'measured':
      return judgeMeasured(statement, options);
  }
}

async function judgeMeasured(statement: MeasuredStatement, options: JudgeOptions): Promise<Evidence[]> {
  const evidence: Evidence[] = [];
  for (const { name, measure } of statement.measurements) {
    const path = [...options.path, name];
    evidence.push(await measure({ ...options, path, alpha: COMPARISON_RATE, beta: FALSE_SUPPORT_RATE }));
    if (!options.thorough && evidence.at(-1)?.verdict === 'refuted') break;
  }
  return evidence;
}

/** Draws at most where one takes a pass over all training images. */
const COSTLY_DRAWS = 4096;

const named = (options: JudgeOptions, method: string): { seed: number; seedName: string } => ({
  seed: randomStream(options.seed, ...options.path, method).int32(),
  seedName: [options.seed, ...options.path, method].join('/'),
});

function judgePointwise(statement: Extract<Statement, { kind: 'pointwise' }>, options: JudgeOptions): Evidence[] {
  const { thorough } = options;
  const discrepancy = statement.domain.discrepancy ?? options.discrepancy;
  const symbolic =
    thorough && hasSymbolicSide(statement)
      ? [symbolicEvidence(statement, { discrepancy, ...named(options, 'symbolic') })]
      : [];
  return [...symbolic, pointwiseEvidence(statement, { discrepancy, shrink: thorough, ...named(options, 'pointwise') })];
}

function judgeIdentity(statement: Extract<Statement, { kind: 'identity' }>, options: JudgeOptions): Evidence[] {
  const { discrepancy, thorough, maxDraws, seed } = options;
  const integrated = canIntegrate(statement)
    ? [quadratureEvidence(statement, { discrepancy, fineness: thorough ? 'fine' : 'coarse' })]
    : [];
  if (!thorough && integrated.some((evidence) => evidence.verdict === 'refuted')) return integrated;
  const costly = [...statement.lhs, ...statement.rhs].some(({ law }) => law.costly);
  const path = [...options.path, 'sequential-mean'];
  const sequential = sequentialMeanEvidence(statement, {
    alpha: COMPARISON_RATE,
    beta: FALSE_SUPPORT_RATE,
    discrepancy,
    maxDraws: costly ? Math.min(maxDraws, COSTLY_DRAWS) : maxDraws,
    thorough,
    seed,
    path,
  });
  // In 784 dimensions the summed rounding bounds say nothing: there the pointwise claims compare the reference with the oracle.
  const agreement =
    thorough && !costly ? [agreementEvidence(statement, { discrepancy, ...named(options, 'agreement') })] : [];
  return [...integrated, ...agreement, sequential];
}
