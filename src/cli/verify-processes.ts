import { fileURLToPath } from 'node:url';
import { pool } from 'workerpool';
import type { Resources } from '../verify/claim.js';
import type { ClaimResult } from '../verify/result.js';

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

/** A claim to be verified: by its id, and whether it works on digits. */
export interface Queued {
  readonly id: string;
  readonly usesDigits: boolean;
}

/**
 * Verifies claims in `jobs` processes of their own and returns the results in the order of `claims`.
 *
 * The engine is a single thread of JavaScript, so a second process nearly halves the time. The first process begins with the claims on digits, the others
 * with the rest, and who is done first takes from the other end: so mostly one process only holds the exact density of the training images.
 */
export async function verifyInProcesses(
  claims: readonly Queued[],
  job: Omit<VerifyJob, 'claim'>,
  { jobs, progress }: { readonly jobs: number; readonly progress: (event: SettingEvent) => void },
): Promise<ClaimResult[]> {
  const script = fileURLToPath(new URL('./verify-worker.js', import.meta.url));
  const lanes = Array.from({ length: jobs }, () => pool(script, { workerType: 'process', maxWorkers: 1 }));
  const queue = [...claims].sort((a, b) => Number(b.usesDigits) - Number(a.usesDigits));
  const results = new Map<string, ClaimResult>();
  const work = async (lane: (typeof lanes)[number], index: number): Promise<void> => {
    for (;;) {
      const next = index === 0 ? queue.shift() : queue.pop();
      if (next === undefined) return;
      const on = (event: SettingEvent): void => {
        progress(event);
      };
      results.set(next.id, (await lane.exec('verifyClaim', [{ ...job, claim: next.id }], { on })) as ClaimResult);
    }
  };
  try {
    await Promise.all(lanes.map(work));
  } catch (error) {
    // By force: one of them may be at work on a claim.
    await Promise.all(lanes.map((lane) => lane.terminate(true)));
    throw error;
  }
  await Promise.all(lanes.map((lane) => lane.terminate()));
  return claims.flatMap(({ id }) => results.get(id) ?? []);
}
