import type { Place, StopReason } from '../sandbox/question.js';

/** Why an answer is wrong, as data; `messages.ts` makes the sentence. */
export type Fault =
  | { readonly kind: 'value'; readonly coordinate: number }
  | { readonly kind: 'kind'; readonly expected: string; readonly got: string }
  | { readonly kind: 'shape'; readonly expected: readonly number[]; readonly got: readonly number[] }
  | { readonly kind: 'dtype'; readonly got: string }
  | { readonly kind: 'not-finite'; readonly where: string }
  | { readonly kind: 'changed'; readonly inputs: readonly string[] }
  | { readonly kind: 'gradient-missing' }
  | { readonly kind: 'missing'; readonly exported: readonly string[] }
  /** The module threw while it was loaded, so that no function of it was called. */
  | { readonly kind: 'unloaded'; readonly message: string; readonly place?: Place }
  | { readonly kind: 'threw'; readonly message: string; readonly place?: Place }
  | { readonly kind: 'stopped'; readonly reason: StopReason; readonly message: string };
