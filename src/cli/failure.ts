import { exitCodes, type ExitCode } from './exit-code.js';

/** What the user asked for cannot be done as it stands; the message says what was expected, what was found and what to do. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}

/** What the user reads of an error that ended a command, and the exit code. */
export interface Failure {
  readonly code: ExitCode;
  readonly message: string;
}

// By name, so that no error class draws its module, or TensorFlow.js, into a command that does not need it.
const known: Readonly<Record<string, ExitCode>> = {
  WrongUse: exitCodes.wrongUse,
  CourseProblem: exitCodes.wrongUse,
  IsolationMissing: exitCodes.wrongUse,
  IdxError: exitCodes.wrongUse,
  NativeBackendUnavailable: exitCodes.wrongUse,
  MnistDownloadError: exitCodes.failed,
};

/** The one place that decides which sentence and which exit code an error gets. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return bug(String(error));
  const code = known[error.name];
  if (code !== undefined) return { code, message: error.message };
  if (isOfSystem(error)) {
    return {
      code: exitCodes.failed,
      message: `The operating system refused a step: ${error.message}. Check the path, the permissions and the space on the disk.`,
    };
  }
  return bug(`${error.name}: ${error.message}`);
}

function bug(what: string): Failure {
  return {
    code: exitCodes.failed,
    message:
      `${what}\n` +
      'This is a bug in scorecheck; please report it with the command you gave and the output of `scorecheck doctor`. ' +
      'With --verbose, or with SCORECHECK_DEBUG=1, the stack is printed as well.',
  };
}

/** Errors of system calls carry the call and a code such as ENOSPC. */
function isOfSystem(error: Error): boolean {
  return 'syscall' in error && 'code' in error;
}
