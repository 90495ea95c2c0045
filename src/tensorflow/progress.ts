/** The stages of a provisioning, in their order; `wait` only while another setup is at work. */
export type Stage = 'wait' | 'download' | 'digest' | 'extract' | 'packages' | 'compile' | 'trial';

/** Told as a stage goes on; `done` of `total` is in bytes where both are known. */
export type Progress = (event: {
  readonly stage: Stage;
  readonly done?: number;
  readonly total?: number;
  readonly message?: string;
}) => void;
