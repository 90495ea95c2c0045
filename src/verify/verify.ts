import { backend } from '../tensorflow/tensorflow.js';
import { settingsFor, type Claim, type Prepared, type Resources, type VariantHead } from './claim.js';
import type { Evidence } from './evidence.js';
import { quadratureEvidence } from './evidence/quadrature.js';
import { judge, type JudgeOptions } from './judge.js';
import type { ClaimResult, FalseVariantResult, SettingResult, Verification } from './result.js';
import { summary } from './summary.js';
import { clarityOf, combined } from './verdict.js';

export interface VerifyOptions {
  readonly version: string;
  readonly seed: number;
  readonly quick: boolean;
  readonly resources: Resources;
  /** True where a quick run, too, tries each false variant in every setting where it speaks, and not in one of them. */
  readonly variantsEverywhere?: boolean;
  /** Called before each setting. */
  readonly progress?: (event: { readonly claim: string; readonly setting: string }) => void;
}

/** Draws at most per random comparison on analytic densities, and on those whose draws are dear. */
const MAX_DRAWS = { full: 2 ** 21, quick: 2 ** 17 };

/** Claims -> evidence -> verdicts: plain data, from which every report is made. */
export async function verify(claims: readonly Claim[], options: VerifyOptions): Promise<Verification> {
  const started = performance.now();
  const results: ClaimResult[] = [];
  for (const claim of claims) results.push(await verifyClaim(claim, options));
  return summary(results, { ...options, backend }, performance.now() - started);
}

/** One claim in all its settings, with its false variants. What it finds depends on the claim, the seed and the resources alone, not on what ran before. */
export async function verifyClaim(claim: Claim, options: VerifyOptions): Promise<ClaimResult> {
  const begun = performance.now();
  const settings: { result: SettingResult; prepared: Prepared; name: string }[] = [];
  for (const setting of settingsFor(claim, options.resources)) {
    options.progress?.({ claim: claim.id, setting: setting.name });
    // Progress is drawn between settings: give the terminal its turn.
    await new Promise((resolve) => setImmediate(resolve));
    settings.push(await verifySetting(claim, setting, options));
  }
  return resultOf(claim, settings, options, performance.now() - begun);
}

function optionsFor(claim: Claim, options: VerifyOptions, thorough: boolean, ...path: string[]): JudgeOptions {
  const limit = options.quick ? MAX_DRAWS.quick : MAX_DRAWS.full;
  return {
    seed: options.seed,
    path: [claim.id, ...path],
    // A quick run asks to exclude effects four times as large, with a sixteenth of the draws. A false variant is given no such slack: it is to be refuted.
    discrepancy: claim.discrepancy * (options.quick && thorough && claim.kind !== 'pointwise' ? 4 : 1),
    maxDraws: Math.min(claim.maxDraws ?? limit, limit),
    thorough,
  };
}

async function verifySetting(claim: Claim, setting: Claim['settings'][number], options: VerifyOptions) {
  const begun = performance.now();
  const prepared = setting.prepare(options.resources);
  const evidence = await judge(prepared.statement, optionsFor(claim, options, true, setting.name));
  const result: SettingResult = {
    name: setting.name,
    verdict: combined(evidence.map((item) => item.verdict)),
    evidence: evidence.map(asJson),
    milliseconds: performance.now() - begun,
  };
  return { result, prepared, name: setting.name };
}

async function resultOf(
  claim: Claim,
  settings: readonly { result: SettingResult; prepared: Prepared; name: string }[],
  options: VerifyOptions,
  milliseconds: number,
): Promise<ClaimResult> {
  const begun = performance.now();
  const falseVariants: FalseVariantResult[] = [];
  for (const [place, variant] of claim.falseVariants.entries()) {
    const tried = settingsOf(variant, place, settings, options);
    falseVariants.push(await variantResult(claim, variant, tried, settings, options));
  }
  const withoutAssumption = claim.withoutAssumption.map(({ assumption, name, residual, prepare }) => {
    const statement = prepare();
    if (statement.kind !== 'identity')
      throw new TypeError(
        `Expected an identity where "${assumption}" of ${claim.id} is dropped, found ${statement.kind}.`,
      );
    const evidence = quadratureEvidence(statement, {
      discrepancy: claim.discrepancy,
      fineness: 'fine',
      expected: residual,
    });
    // The sides differ by the stated value, and that value is far from 0 on the scale of the error.
    const shown = evidence.verdict === 'supported' && Math.abs(residual) > 1e3 * evidence.tolerance;
    return { assumption, name, expectedResidual: residual, shown, evidence: [asJson(evidence)] };
  });
  return {
    id: claim.id,
    title: claim.title,
    source: claim.source,
    kind: claim.kind,
    statement: claim.statement,
    ...(claim.given === undefined ? {} : { given: claim.given }),
    assumptions: { ...claim.assumptions },
    verdict: combined(settings.map(({ result }) => result.verdict)),
    settings: settings.map(({ result }) => result),
    falseVariants,
    withoutAssumption,
    milliseconds: milliseconds + performance.now() - begun,
  };
}

/**
 * The settings in which a variant is tried: all where it speaks. In a quick run one of them, in turn from variant to variant and from seed to seed, so that each
 * setting has its share and runs with neighbouring seeds try them all.
 */
function settingsOf<T extends { readonly name: string }>(
  variant: VariantHead,
  place: number,
  settings: readonly T[],
  { quick, seed, variantsEverywhere = !quick }: VerifyOptions,
): readonly T[] {
  const speaking = settings.filter(({ name }) => !(name in variant.silentIn));
  return variantsEverywhere || speaking.length === 0 ? speaking : [speaking[Math.abs(seed + place) % speaking.length]];
}

async function variantResult(
  claim: Claim,
  variant: VariantHead,
  tried: readonly { prepared: Prepared; name: string }[],
  settings: readonly { name: string }[],
  options: VerifyOptions,
): Promise<FalseVariantResult> {
  const { id, mistake, statement, kind, reason } = variant;
  const head = {
    id,
    mistake,
    statement,
    kind,
    ...(reason === undefined ? {} : { reason }),
    silentIn: { ...variant.silentIn },
  };
  if (kind !== 'value') return { ...head, refuted: null, clarity: null, evidence: [] };
  const judged: { setting: string; evidence: Evidence[] }[] = [];
  for (const { name, prepared } of tried) {
    const evidence = await judge(prepared.variants[id], optionsFor(claim, options, false, name));
    judged.push({ setting: name, evidence });
  }
  // Per setting the clearest evidence speaks, and of several that which refutes.
  const clearest = judged.map(({ setting, evidence }) => ({
    setting,
    ...[...evidence].sort((x, y) => speaks(y) - speaks(x) || clarityOf(y) - clarityOf(x))[0],
  }));
  const untried = settings.filter(
    (setting) => !(setting.name in variant.silentIn) && !tried.some(({ name }) => name === setting.name),
  );
  return {
    ...head,
    ...(untried.length === 0 ? {} : { untriedIn: untried.map(({ name }) => name) }),
    refuted:
      judged.length > 0 && judged.every(({ evidence }) => combined(evidence.map((e) => e.verdict)) === 'refuted'),
    clarity: finite(Math.min(...clearest.map(clarityOf))),
    evidence: clearest.map(({ setting, ...evidence }) => ({ ...asJson(evidence), setting })),
  };
}

const speaks = ({ verdict }: Evidence): number => (verdict === 'refuted' ? 1 : 0);

type EvidenceJson = SettingResult['evidence'][number];

/** JSON has no infinity: null stands for it. */
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function asJson(evidence: Evidence): EvidenceJson {
  const { counterexample, sequential, ...rest } = evidence;
  return {
    ...rest,
    residual: finite(evidence.residual),
    tolerance: finite(evidence.tolerance),
    resolution: finite(evidence.resolution),
    scale: finite(evidence.scale),
    ...(counterexample === undefined
      ? {}
      : {
          counterexample: {
            at: Object.fromEntries(Object.entries(counterexample.at).map(([name, values]) => [name, [...values]])),
            expected: counterexample.expected.map(finite),
            got: counterexample.got.map(finite),
            coordinate: counterexample.coordinate,
            tolerance: finite(counterexample.tolerance),
          },
        }),
    ...(sequential === undefined
      ? {}
      : { sequential: { ...sequential, looks: sequential.looks.map((look) => ({ ...look })) } }),
  };
}
