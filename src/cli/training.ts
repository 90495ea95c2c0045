import path from 'node:path';
import pc from 'picocolors';
import type { Digits } from '../../reference/data/digits.js';
import type { NetworkData } from '../../reference/scores/score-network.js';
import { cacheFolder } from '../tensorflow/cache.js';
import { WrongUse } from './failure.js';
import { trainingProgress } from './progress.js';
import type { Terminal } from './terminal.js';

/** A network for a run, and the file that other processes read it from. */
export interface NetworkOfRun {
  readonly file: string;
  readonly network: NetworkData;
}

/** Where trained networks and their checkpoints are kept. */
export const networkFolder = (env: NodeJS.ProcessEnv): string => path.join(cacheFolder(env), 'networks');

/**
 * The score network of these digits and this seed: from the cache, or trained, from where the last training was ended if one was.
 * Throws WrongUse where it has to be trained on a backend that cannot.
 */
export async function networkOfRun(digits: Digits, seed: number, terminal: Terminal): Promise<NetworkOfRun> {
  const { canTrain, isTrained, trainedNetwork, trainingSettings } = await import('../training/trained-network.js');
  const options = { digits, folder: networkFolder(terminal.env), settings: { ...trainingSettings, seed } };
  if (!isTrained(options) && !canTrain()) {
    throw new WrongUse(
      'Expected the native backend of TensorFlow.js for --train, found WebAssembly, which has no gradients of convolutions. `scorecheck doctor` says what the native one lacks; or leave out --train.',
    );
  }
  const { progress, finish } = trainingProgress(terminal);
  const started = performance.now();
  const { file, network, from } = await trainedNetwork({ ...options, progress }).finally(finish);
  const { steps } = options.settings;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  terminal.note(
    pc.dim(
      from === steps
        ? `network  found in ${file}`
        : `network  ${from === 0 ? '' : `from step ${from} on, `}trained in ${seconds} s, kept in ${file}`,
    ),
  );
  return { file, network };
}
