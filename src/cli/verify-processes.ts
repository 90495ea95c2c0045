import { fileURLToPath } from 'node:url';
import { pool } from 'workerpool';
import type { Backend } from '../tensorflow/tensorflow.js';
import type { Claim, Resources } from '../verify/claim.js';
import type { ClaimResult, Figure } from '../verify/result.js';

/** What a process needs to verify a claim by itself: plain data. */
export interface VerifyJob {
  readonly claim: string;
  readonly version: string;
  readonly seed: number;
  readonly quick: boolean;
  /** Where MNIST is looked for when MNIST_DIR names no folder. */
  readonly mnistFolder: string;
  readonly trainingImages: Resources['trainingImages'];
  /** The folder of a course whose own claims are among them. */
  readonly course?: string;
  /** The trained network, where the run has one. */
  readonly networkFile?: string;
}

/** Sent by a process while it works. */
export interface SettingEvent {
  readonly claim: string;
  readonly setting: string;
}

/** What a process answers. */
export interface Verified {
  readonly result: ClaimResult;
  readonly figures: readonly Figure[];
}

/** What a claim says of itself before it is verified, as plain data. */
export interface PlannedClaim extends Pick<Claim, 'id' | 'kind'> {
  readonly settings: readonly Pick<Claim['settings'][number], 'name' | 'usesDigits' | 'usesNetwork'>[];
}

/** What there is to verify, and what computes it. */
export interface Plan {
  readonly claims: readonly PlannedClaim[];
  readonly backend: Backend;
}

/** Processes that verify claims, and their end. */
export interface Lanes {
  /** The claims of the course: asked of a process that has loaded them, so that the caller need load neither them nor TensorFlow.js. */
  plan(): Promise<Plan>;
  /** The results with their figures, in the order of `claims`; each is told when it is there. */
  verify(
    claims: readonly PlannedClaim[],
    job: Omit<VerifyJob, 'claim'>,
    told: { readonly progress: (event: SettingEvent) => void; readonly verified: (result: Verified) => void },
  ): Promise<Verified[]>;
  /** Ends the processes; by force, since one may be at work on a claim. */
  stop(): Promise<void>;
}

/**
 * Starts `count` processes that verify claims side by side: they load while the caller still does.
 *
 * The engine is a single thread of JavaScript, so a second process nearly halves the time. The first process begins with the claims on digits, the others
 * with the rest, and who is done first takes from the other end: so mostly one process only holds the exact density of the training images. Those that
 * take long are taken first, so that all end at about the same time.
 */
export function startLanes(count: number): Lanes {
  const script = fileURLToPath(new URL('./verify-worker.js', import.meta.url));
  const lanes = Array.from({ length: count }, () =>
    pool(script, { workerType: 'process', minWorkers: 1, maxWorkers: 1 }),
  );
  return {
    plan: async () => (await lanes[0].exec('plan', [])) as Plan,
    verify: async (claims, job, { progress, verified: tell }) => {
      const [digits, others] = [true, false].map((wanted) => claims.filter((one) => usesDigits(one) === wanted));
      const queue = [...longFirst(digits), ...longFirst(others).reverse()];
      const verified = new Map<string, Verified>();
      const work = async (lane: (typeof lanes)[number], index: number): Promise<void> => {
        for (;;) {
          const next = index === 0 ? queue.shift() : queue.pop();
          if (next === undefined) return;
          const on = (event: SettingEvent): void => {
            progress(event);
          };
          const found = (await lane.exec('verifyClaim', [{ ...job, claim: next.id }], { on })) as Verified;
          verified.set(next.id, found);
          tell(found);
        }
      };
      await Promise.all(lanes.map(work));
      return claims.flatMap(({ id }) => verified.get(id) ?? []);
    },
    stop: async () => {
      await Promise.all(lanes.map((lane) => lane.terminate(true)));
    },
  };
}

const usesDigits = ({ settings }: PlannedClaim): boolean => settings.some((setting) => setting.usesDigits);

/** Claims on laws of samplers and on trainings take longest. */
const takesLong = ({ kind }: PlannedClaim): boolean => kind === 'law' || kind === 'order' || kind === 'ordering';

const longFirst = (claims: readonly PlannedClaim[]): PlannedClaim[] =>
  [...claims].sort((a, b) => Number(takesLong(b)) - Number(takesLong(a)));
