import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { dataMoments } from '../../reference/denoisers/data-moments.js';
import { spectrumOf, type Spectrum } from '../../reference/denoisers/spectral-wiener.js';
import type { Digits } from '../../reference/data/digits.js';
import {
  networkBody,
  smallArchitecture,
  type Architecture,
  type NetworkData,
} from '../../reference/scores/score-network.js';
import {
  initialState,
  trainingStep,
  type TrainingSettings,
  type TrainingState,
} from '../../reference/training/denoising-training.js';
import { tf } from '../tensorflow/tensorflow.js';
import { readArrays, writeArrays } from './array-file.js';

/** Raised whenever a change makes another network of the same ingredients. */
const recipe = 1;

/** 330 steps take some 50 s on two cores, of the minute that a training may take. log σ is spread so that the scales at which digits take shape, 0.2 to 2, come often, and 0.02 and 10 now and then. */
export const trainingSettings: Omit<TrainingSettings, 'seed'> = {
  steps: 330,
  batch: 64,
  learningRate: 2e-3,
  sigma: { median: 0.6, spread: 1.2 },
};

/** Steps between two checkpoints: what Ctrl-C loses at most, some two seconds. */
const checkpointSteps = 20;

export interface TrainingOptions {
  readonly digits: Digits;
  /** Where trained networks and checkpoints are kept. */
  readonly folder: string;
  readonly settings: TrainingSettings;
  readonly architecture?: Architecture;
  /** Called before the first step that is taken and after each. */
  readonly progress?: (event: { readonly step: number; readonly steps: number; readonly loss: number }) => void;
}

export interface Trained {
  /** Where the network is kept: {@link readNetwork} reads it. */
  readonly file: string;
  readonly network: NetworkData;
  /** The step from which it was trained now: 0, that of a checkpoint, or all of them where it was found. */
  readonly from: number;
}

/** The name of a network by its content: what goes into its training. */
export function networkFile({ digits, folder, settings, architecture = smallArchitecture }: TrainingOptions): string {
  const ingredients = JSON.stringify([recipe, digits.digest, digits.train.count, architecture, settings]);
  const digest = createHash('sha256').update(ingredients).digest('hex').slice(0, 16);
  return path.join(folder, `score-network-${digest}`);
}

/** Whether the network with these ingredients is there. */
export const isTrained = (options: TrainingOptions): boolean => existsSync(networkFile(options));

/** Whether the backend has the gradients of convolutions: the native one does, WebAssembly does not. */
export const canTrain = (): boolean => tf.getKernel('Conv2DBackpropFilter', tf.getBackend()) !== undefined;

/**
 * The network with these ingredients: from `folder` if it is there, else trained, from the last checkpoint if there is one. The process may end at any
 * time; the next call goes on from where it was.
 */
export async function trainedNetwork(options: TrainingOptions): Promise<Trained> {
  const { digits, settings, architecture = smallArchitecture, progress } = options;
  const file = networkFile(options);
  const found = readNetwork(file);
  if (found !== undefined) return { file, network: found, from: settings.steps };

  const checkpoint = `${file}.checkpoint`;
  const { spectrum, state } = readCheckpoint(checkpoint) ?? {
    spectrum: spectrumOf(dataMoments(digits.train.images, digits.train.count, digits.dimension)),
    state: initialState(architecture, settings),
  };
  const from = state.step;
  const body = networkBody(architecture, spectrum);
  const report = (): void => progress?.({ step: state.step, steps: settings.steps, loss: state.loss });
  report();
  while (state.step < settings.steps) {
    trainingStep(state, body, { architecture, spectrum }, digits.train, settings);
    if (state.step % checkpointSteps === 0) writeCheckpoint(checkpoint, spectrum, state);
    report();
    // Progress is drawn between steps: give the terminal its turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  body.dispose();
  const network = { architecture, spectrum, weights: state.weights };
  writeArrays(file, { facts: { architecture, settings }, arrays: { ...spectrum, weights: state.weights } });
  rmSync(checkpoint, { force: true });
  return { file, network, from };
}

/** The network in a file of {@link trainedNetwork}, `undefined` where there is none or it is damaged. */
export function readNetwork(file: string): NetworkData | undefined {
  const content = readArrays(file);
  if (content === undefined) return undefined;
  const { mean, values, vectors, weights } = content.arrays;
  return {
    architecture: content.facts['architecture'] as Architecture,
    spectrum: { mean, values, vectors },
    weights,
  };
}

function writeCheckpoint(file: string, spectrum: Spectrum, { step, loss, ...arrays }: TrainingState): void {
  writeArrays(file, { facts: { step, loss }, arrays: { ...spectrum, ...arrays } });
}

function readCheckpoint(file: string): { spectrum: Spectrum; state: TrainingState } | undefined {
  const content = readArrays(file);
  if (content === undefined) return undefined;
  const { mean, values, vectors, weights, first, second } = content.arrays;
  const { step, loss } = content.facts as { readonly step: number; readonly loss: number };
  return { spectrum: { mean, values, vectors }, state: { step, loss, weights, first, second } };
}
