import type { SetupOutcome } from '../../tensorflow/setup.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { print, type PrintOptions } from '../output.js';
import { provisioned } from '../provision.js';
import type { Terminal } from '../terminal.js';

/** Provisions the native backend; a fall back to WebAssembly is told and is no failure. */
export async function setupCommand(options: PrintOptions, terminal: Terminal): Promise<ExitCode> {
  const outcome = await provisioned(terminal);
  await print(options, terminal, { text: () => sentence(outcome), json: outcome });
  return exitCodes.asClaimed;
}

function sentence(outcome: SetupOutcome): string {
  if (outcome.backend === 'native') {
    return `Native backend: TensorFlow ${outcome.tensorflow}, ${outcome.fresh ? 'now in' : 'in'} ${outcome.folder}`;
  }
  return outcome.problem === undefined
    ? 'WebAssembly backend, as SCORECHECK_BACKEND=wasm asks for: nothing to set up.'
    : 'WebAssembly backend: nothing more to set up.';
}
