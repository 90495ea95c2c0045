import type { StatedProbe } from './probe-laws.js';
import type { Expression } from '../read/expression.js';

/** Something the document defines: `h(x) := ...` or `L := ...`. */
export interface Definition {
  readonly key: string;
  readonly args: readonly string[];
  readonly body: Expression;
  readonly at: number;
  /** It says what a density is: what holds of every density holds of it as well. */
  readonly density?: boolean;
}

/** The key of the definition of the clean density, where the document says which it is. */
export const CLEAN_LAW = '~clean';

/** x = scale·x₀ + std·ε, as the document says it, or N(x; scale·x₀, variance·I). */
export interface Kernel {
  readonly scale: Expression | undefined;
  readonly std: Expression | undefined;
  readonly variance: Expression | undefined;
  /** The key of ε, where the document writes the noise so. */
  readonly noise?: string;
  readonly at: number;
}

/** What is known of the names of a document; what is stated last and before a formula holds for it. */
export interface Bindings {
  /** The document speaks of scores, of a field under a law, or of noised data: then letters mean what they mean in the course. */
  readonly course: boolean;
  /** The clean and the noisy variable, where the document has both. */
  readonly clean: string;
  readonly noisy: string;
  readonly hasRoles: boolean;
  /** Variables that go with a point and are no noisy form of it, such as the y of p(y | x); the point, if there is one alone. */
  readonly labels: ReadonlyMap<string, string | undefined>;
  /** Laws of the noise; one that contradicts the one before is taken out when it is judged. */
  readonly kernels: Kernel[];
  /** Names of the noise, with where each is stated and whether its standard deviation is 1 or that of the kernel. */
  readonly noises: readonly { readonly key: string; readonly unit: boolean; readonly at: number }[];
  readonly definitions: Map<string, Definition>;
  /** E(x) is an energy, with p = e^{−βE}/Z or e^{−E}/Z. */
  readonly energy: boolean;
  /** The document is about functions of one real variable: points are numbers, and there is one dimension. */
  readonly line: boolean;
  readonly energyHasBeta: boolean;
  /** S or s is defined as ∇ log p somewhere. */
  readonly scoreDefined: boolean;
  /** S is the score of the clean density, as its definition says. */
  readonly cleanScore: boolean;
  /** A density q with a kernel q(· | ·) is the noising law; else q is a second density. */
  readonly conditionalNames: ReadonlySet<string>;
  /** The document speaks of noise other than x₀ + σε, and states no kernel: nothing is assumed. */
  readonly otherNoise: boolean;
  /** The key of the noise level where no kernel is stated: σ, or σ_l of p_{σ_l}. */
  readonly level: string;
  /** Noises whose stated law is not normal: what holds under Gaussian noise says nothing of them. */
  readonly otherLaws: ReadonlySet<string>;
  /** Probes whose stated law has other second moments than I, or none that is known. */
  readonly oddProbes: ReadonlySet<string>;
  /** Laws that the document states for its probes. */
  readonly probeLaws: readonly StatedProbe[];
  /** The variables x and y of p(x, y) are coordinates. */
  readonly coordinates: readonly string[];
  /** The document calls x and x_0 by p alike: `p` without argument is then the law of the noisy one. */
  readonly sde: boolean;
  /** Matrices are any, as the document says. */
  readonly anyMatrix: boolean;
  /** Matrices are symmetric and positive definite, as the document says. */
  readonly symmetric: boolean;
  /** Names of fixed vectors, as N(x; μ, Σ) and x − μ tell. */
  readonly vectors: ReadonlySet<string>;
  /** Fields that are written with and without a level, s(x, σ) and s(x): the level is then left out, and means nothing. */
  readonly impliedLevels: ReadonlySet<string>;
  /** Scalar and vector functions by name, as ∇·f and f·dt tell. */
  readonly vectorFields: ReadonlySet<string>;
}

/** A choice where a document leaves two; the first is what the course means. */
export interface Reading {
  /** S is any field, or the score it was defined as. */
  readonly score: 'free' | 'score';
  /** (∇S)_ij = ∂_j S_i, or its transpose. */
  readonly jacobian: 'rows' | 'columns';
  readonly second: 'hessian' | 'laplacian';
  /** Noise as stated, or the other of σε and ε. */
  readonly noise: 'stated' | 'other';
  readonly energy: 'stated' | 'plain';
  /** p_data is the density of its argument's role, or always the clean one. */
  readonly data: 'clean' | 'same';
  /** h is any denoiser, or the best one. */
  readonly denoiser: 'free' | 'optimal';
  /** Matrices by their letters are any, or symmetric and positive definite. */
  readonly matrices: 'any' | 'symmetric';
  /** A density that the document gives by a formula, or any density in its place. */
  readonly law: 'stated' | 'any';
  /** E without a subscript: over probes alone if there are any, or over everything random. */
  readonly bare: 'probes' | 'all';
  /** The inner one of E_{x_0} E_x is drawn on its own, or given the outer one. */
  readonly inner: 'alone' | 'given';
}

export const plainReading: Reading = {
  score: 'free',
  jacobian: 'rows',
  second: 'hessian',
  noise: 'stated',
  energy: 'stated',
  data: 'clean',
  denoiser: 'free',
  law: 'stated',
  matrices: 'any',
  bare: 'probes',
  inner: 'alone',
};
