import { randomStream } from '../numerics/random.js';
import { COMPARISON_RATE, FALSE_SUPPORT_RATE } from './budget.js';
import type { Evidence } from './evidence.js';
import { agreementEvidence } from './evidence/agreement.js';
import { pointwiseEvidence } from './evidence/pointwise.js';
import { canIntegrate, quadratureEvidence } from './evidence/quadrature.js';
import { sequentialMeanEvidence } from './evidence/sequential-mean.js';
import { hasSymbolicSide, symbolicEvidence } from './evidence/symbolic.js';
import type { Statement } from './statement.js';

/** How a statement is judged. */
export interface JudgeOptions {
  readonly seed: number;
  /** Claim, setting and variant: names the random streams. */
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
export function judge(statement: Statement, options: JudgeOptions): Evidence[] {
  return statement.kind === 'pointwise' ? judgePointwise(statement, options) : judgeIdentity(statement, options);
}

const named = (options: JudgeOptions, method: string): { seed: number; seedName: string } => ({
  seed: randomStream(options.seed, ...options.path, method).int32(),
  seedName: [options.seed, ...options.path, method].join('/'),
});

function judgePointwise(statement: Extract<Statement, { kind: 'pointwise' }>, options: JudgeOptions): Evidence[] {
  const { discrepancy, thorough } = options;
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
  const path = [...options.path, 'sequential-mean'];
  const sequential = sequentialMeanEvidence(statement, {
    alpha: COMPARISON_RATE,
    beta: FALSE_SUPPORT_RATE,
    discrepancy,
    maxDraws,
    seed,
    path,
  });
  const agreement = thorough ? [agreementEvidence(statement, { discrepancy, ...named(options, 'agreement') })] : [];
  return [...integrated, ...agreement, sequential];
}
