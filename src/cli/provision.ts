import pc from 'picocolors';
import { forcedBackend } from '../tensorflow/load.js';
import { setup, type SetupOutcome } from '../tensorflow/setup.js';
import { WrongUse } from './failure.js';
import { setupProgress } from './progress.js';
import type { Terminal } from './terminal.js';

/** Provisions the native backend where that is possible and not yet done, and says why where it is not possible. */
export async function provisioned(terminal: Terminal): Promise<SetupOutcome> {
  const { env, verbose, note } = terminal;
  const forced = backendForced(env);
  const { progress, finish } = setupProgress(terminal);
  let announced = false;
  const outcome = await setup({
    env,
    progress: (event) => {
      if (!announced) note('Setting up the native backend of TensorFlow.js, once for this user:');
      announced = true;
      progress(event);
    },
    ...(verbose ? { log: (line: string) => note(pc.dim(line)) } : {}),
  }).finally(finish);
  if (outcome.backend === 'wasm' && outcome.problem !== undefined) {
    const { message, remedy } = outcome.problem;
    if (forced === 'native') {
      throw new WrongUse(`SCORECHECK_BACKEND=native asks for a backend that cannot be had here. ${message} ${remedy}`);
    }
    note(`${pc.yellow('Going on with WebAssembly, which is slower:')} ${message}\n${remedy}`);
  }
  return outcome;
}

/** What SCORECHECK_BACKEND forces; WrongUse for a value that names no backend. */
export function backendForced(env: NodeJS.ProcessEnv): 'native' | 'wasm' | undefined {
  try {
    return forcedBackend(env);
  } catch (error) {
    if (error instanceof TypeError) throw new WrongUse(error.message);
    throw error;
  }
}
