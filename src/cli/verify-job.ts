import type { Resources } from '../verify/claim.js';

/** What a process needs to verify a claim by itself: plain data. */
export interface VerifyJob {
  readonly claim: string;
  readonly version: string;
  readonly seed: number;
  readonly quick: boolean;
  /** Where MNIST is looked for when MNIST_DIR names no folder. */
  readonly mnistFolder: string;
  readonly trainingImages: Resources['trainingImages'];
}

/** Sent by a process while it works. */
export interface SettingEvent {
  readonly claim: string;
  readonly setting: string;
}
