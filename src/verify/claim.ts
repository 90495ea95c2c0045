import type { Digits } from '../../reference/data/digits.js';
import type { NetworkData } from '../../reference/scores/score-network.js';
import type { ScoreField } from './fields.js';
import type { Law } from './law.js';
import type { Measurement } from './measurement.js';
import { stationary } from './stationary.js';
import type { Domain, Mean, Statement } from './statement.js';
import type { Term } from './term.js';

/** What a setting may draw on beside analytic densities. */
export interface Resources {
  readonly digits: Digits;
  /** How many training images the exact digit densities use: fewer on the WebAssembly backend and in a quick run. */
  readonly trainingImages: number;
  /** A score network trained on these digits, where the run trains or finds one. */
  readonly network?: NetworkData;
}

/** A false neighbour of a claim that numbers refute: the other side of the equation, replaced. */
export interface ValueVariant<S, Sides> {
  /** One sentence: what is wrong. Shown to students. */
  readonly mistake: string;
  /** The false statement in LaTeX. */
  readonly statement: string;
  /** What its letters mean, in the place of the claim's `given`. */
  readonly given?: string;
  readonly sides: (setting: S) => Partial<Sides>;
  /** Settings in which the variant happens to be true or says nothing, with the reason. */
  readonly silentIn?: Readonly<Record<string, string>>;
}

/** A false neighbour that has no numbers: it binds no variable, equates a matrix with a scalar, says nothing, or misnames. */
export interface WordVariant {
  readonly mistake: string;
  readonly statement: string;
  readonly given?: string;
  readonly kind: 'ill-formed' | 'vacuous' | 'naming';
  readonly reason: string;
}

interface PointwiseSides {
  readonly lhs: Term;
  readonly rhs: Term;
}
interface IdentitySides {
  readonly lhs: Mean;
  readonly rhs: Mean;
}
interface MinimiserSides {
  /** The loss per example at the field S; quadratic in S. */
  readonly loss: (field: ScoreField) => Term;
  readonly law: Law;
  readonly argmin: ScoreField;
}

/** lhs(x) = rhs(x) (or ≥) for all x of a domain. */
interface PointwiseClaim<S> {
  readonly kind: 'pointwise';
  readonly relation?: '=' | '>=';
  readonly domain: (setting: S) => Domain;
  readonly sides: (setting: S) => PointwiseSides;
  readonly falseVariants: Readonly<Record<string, ValueVariant<S, PointwiseSides> | WordVariant>>;
}

/** E[lhs] = E[rhs]. */
interface IdentityClaim<S> {
  readonly kind: 'identity';
  readonly sides: (setting: S) => IdentitySides;
  readonly falseVariants: Readonly<Record<string, ValueVariant<S, IdentitySides> | WordVariant>>;
}

/**
 * `argmin` minimises E[loss(S)] over all S. The loss is quadratic and convex in S, so this says: for every direction φ,
 * E[loss(argmin + φ) − loss(argmin − φ)] / 2, the derivative along φ, is 0. `directions` are the φ tried.
 */
interface MinimiserClaim<S> {
  readonly kind: 'minimiser';
  readonly sides: (setting: S) => MinimiserSides;
  readonly directions: (setting: S) => readonly ScoreField[];
  readonly falseVariants: Readonly<Record<string, ValueVariant<S, MinimiserSides> | WordVariant>>;
}

/** A claim on the digits of MNIST: an exact density of its own, so its statements are written out. */
export interface DigitSetting {
  readonly name: string;
  /** False variants that say nothing there, with the reason. */
  readonly silent: Readonly<Record<string, string>>;
  readonly prepare: (resources: Resources) => Prepared;
}

/**
 * A claim that its own measurements judge: the law of a sampler, an order of convergence, an ordering of variances, the bias of an
 * estimator, a count of operations. `Sides` are the objects that a false variant replaces.
 */
interface MeasuredClaim<S, Sides> {
  readonly kind: 'law' | 'order' | 'ordering' | 'estimator' | 'cost';
  readonly sides: (setting: S) => Sides;
  readonly measurements: (sides: Sides, setting: S) => readonly Measurement[];
  readonly falseVariants: Readonly<Record<string, ValueVariant<S, Sides> | WordVariant>>;
}

interface Head<S, A extends string> {
  /** kebab-case, the file's name. */
  readonly id: string;
  readonly title: string;
  /** Key in docs/references.bib, with theorem or equation number. */
  readonly source: string;
  /** The claim in LaTeX. */
  readonly statement: string;
  /** What the letters of the statement mean, one line of Markdown with LaTeX, as notes say it around an equation. */
  readonly given?: string;
  readonly assumptions: Readonly<Record<A, string>>;
  /** Setting -> its objects. */
  readonly settings: Readonly<Record<string, S>>;
  readonly onDigits?: DigitSetting;
  /** Settings made of the training digits. */
  readonly imageSettings?: Readonly<Record<string, (resources: Resources) => S>>;
  /** Settings that judge a trained network; tried where there is one. */
  readonly networkSettings?: Readonly<Record<string, (resources: Resources, network: NetworkData) => S>>;
  /** The smallest |E[lhs] − E[rhs]| worth finding, relative to the size of the sides (identity, minimiser); the relative tolerance that makes a pointwise check worth its name. */
  readonly discrepancy: number;
  /** Draws that the sequential test may use at most; the default is 2²¹ on analytic densities. */
  readonly maxDraws?: number;
  /** Assumption -> a setting that violates it, and the value of E[lhs] − E[rhs] there. */
  readonly withoutAssumption?: Readonly<Partial<Record<A, Violation<S>>>>;
}

/** A setting in which an assumption does not hold, and by how much the sides differ there. */
interface Violation<S> {
  readonly name: string;
  readonly setting: S;
  readonly residual: number;
  /** The two means that should be equal: asked for where the claim brings measurements of its own. */
  readonly sides?: (setting: S) => IdentitySides;
}

/** What a claim file writes. S: the objects of a setting; A: the names of the assumptions; Sides: what a variant of a measured claim replaces. */
export type ClaimSpec<S extends object, A extends string, Sides> = Head<S, A> &
  (PointwiseClaim<S> | IdentityClaim<S> | MinimiserClaim<S> | MeasuredClaim<S, Sides>);

export const claimKinds = [
  'pointwise',
  'identity',
  'minimiser',
  'law',
  'order',
  'ordering',
  'estimator',
  'cost',
] as const;

/** A claim in one setting, ready to be judged. */
export interface Prepared {
  readonly statement: Statement;
  readonly variants: Readonly<Record<string, Statement>>;
}

/** A false variant as listed. */
export interface VariantHead {
  readonly id: string;
  readonly mistake: string;
  readonly statement: string;
  /** What its letters mean, where that is not what the claim gives. */
  readonly given?: string;
  readonly kind: 'value' | 'ill-formed' | 'vacuous' | 'naming';
  readonly reason?: string;
  readonly silentIn: Readonly<Record<string, string>>;
}

/** A claim with its settings' types folded away: what the registry holds and the engine runs. */
export interface Claim {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly kind: (typeof claimKinds)[number];
  readonly statement: string;
  /** What the letters of the statement mean. */
  readonly given?: string;
  readonly assumptions: Readonly<Record<string, string>>;
  readonly discrepancy: number;
  readonly maxDraws?: number;
  readonly falseVariants: readonly VariantHead[];
  readonly settings: readonly {
    readonly name: string;
    readonly usesDigits: boolean;
    /** Tried only where the resources hold a trained network. */
    readonly usesNetwork: boolean;
    readonly prepare: (resources: Resources) => Prepared;
  }[];
  readonly withoutAssumption: readonly {
    readonly assumption: string;
    readonly name: string;
    readonly residual: number;
    readonly prepare: () => Statement;
  }[];
}

/**
 * A claim of the course with its false variants, written once: the check of the reference, the diagnosis of a submission and
 * the correction of a note are all made from it.
 */
export function claim<S extends object, A extends string, Sides = never>(spec: ClaimSpec<S, A, Sides>): Claim {
  const statementIn = statementMaker(spec);
  const variants = Object.entries<ValueVariant<S, object> | WordVariant>(spec.falseVariants);
  const prepare = (setting: S): Prepared => ({
    statement: statementIn(setting, {}),
    variants: Object.fromEntries(
      variants.flatMap(([id, variant]) =>
        'sides' in variant ? [[id, statementIn(setting, variant.sides(setting))]] : [],
      ),
    ),
  });
  return {
    id: spec.id,
    title: spec.title,
    source: spec.source,
    kind: spec.kind,
    statement: spec.statement,
    ...(spec.given === undefined ? {} : { given: spec.given }),
    assumptions: spec.assumptions,
    discrepancy: spec.discrepancy,
    ...(spec.maxDraws === undefined ? {} : { maxDraws: spec.maxDraws }),
    falseVariants: variants.map(([id, variant]) => headOf(id, variant, spec.onDigits)),
    settings: [
      ...Object.entries<S>(spec.settings).map(([name, setting]) => ({
        name,
        usesDigits: false,
        usesNetwork: false,
        prepare: () => prepare(setting),
      })),
      ...(spec.onDigits === undefined
        ? []
        : [{ name: spec.onDigits.name, usesDigits: true, usesNetwork: false, prepare: spec.onDigits.prepare }]),
      ...Object.entries(spec.imageSettings ?? {}).map(([name, make]) => ({
        name,
        usesDigits: true,
        usesNetwork: false,
        prepare: (resources: Resources) => prepare(make(resources)),
      })),
      ...Object.entries(spec.networkSettings ?? {}).map(([name, make]) => ({
        name,
        usesDigits: true,
        usesNetwork: true,
        prepare: (resources: Resources) => prepare(make(resources, networkOf(resources))),
      })),
    ],
    withoutAssumption: Object.entries<Violation<S> | undefined>(spec.withoutAssumption ?? {}).flatMap(
      ([assumption, broken]) =>
        broken === undefined
          ? []
          : [
              {
                assumption,
                name: broken.name,
                residual: broken.residual,
                prepare: (): Statement =>
                  broken.sides === undefined
                    ? statementIn(broken.setting, {})
                    : { kind: 'identity', ...broken.sides(broken.setting) },
              },
            ],
    ),
  };
}

function networkOf({ network }: Resources): NetworkData {
  if (network === undefined)
    throw new TypeError(
      'Expected a trained network among the resources, found none. Give one, or leave out the settings with `usesNetwork`.',
    );
  return network;
}

/** The settings of a claim that these resources suffice for. */
export const settingsFor = ({ settings }: Claim, { network }: Resources): Claim['settings'] =>
  settings.filter(({ usesNetwork }) => !usesNetwork || network !== undefined);

function headOf(id: string, variant: ValueVariant<never, object> | WordVariant, onDigits?: DigitSetting): VariantHead {
  const { mistake, statement } = variant;
  const said = { id, mistake, statement, ...(variant.given === undefined ? {} : { given: variant.given }) };
  if (!('sides' in variant)) return { ...said, kind: variant.kind, reason: variant.reason, silentIn: {} };
  const reason = onDigits?.silent[id];
  const silentIn = { ...variant.silentIn, ...(onDigits && reason !== undefined ? { [onDigits.name]: reason } : {}) };
  return { ...said, kind: 'value', silentIn };
}

/** Setting and replaced sides -> the statement that the engine judges. */
function statementMaker<S extends object, A extends string, Sides>(
  spec: ClaimSpec<S, A, Sides>,
): (setting: S, replaced: object) => Statement {
  switch (spec.kind) {
    case 'pointwise':
      return (setting, replaced) => ({
        kind: 'pointwise',
        relation: spec.relation ?? '=',
        domain: spec.domain(setting),
        ...spec.sides(setting),
        ...replaced,
      });
    case 'identity':
      return (setting, replaced) => ({ kind: 'identity', ...spec.sides(setting), ...replaced });
    case 'minimiser':
      return (setting, replaced) => {
        const { loss, law, argmin } = { ...spec.sides(setting), ...replaced };
        return stationary(law, loss, argmin, spec.directions(setting));
      };
    case 'law':
    case 'order':
    case 'ordering':
    case 'estimator':
    case 'cost':
      return (setting, replaced) => ({
        kind: 'measured',
        measurements: spec.measurements({ ...spec.sides(setting), ...replaced }, setting),
      });
  }
}
