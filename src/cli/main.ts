#!/usr/bin/env node
import { CommanderError } from 'commander';
import pc from 'picocolors';
import { exitCodes, type ExitCode } from './exit-code.js';
import { failureOf } from './failure.js';
import { isVerbose, newProgram } from './program.js';

// The only place that reads argv and sets the exit code.
process.exitCode = await main(process.argv);

async function main(argv: readonly string[]): Promise<ExitCode> {
  // A reader that has seen enough, such as `head`, closes the pipe: that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
  let code: ExitCode = exitCodes.asClaimed;
  const program = newProgram((given) => {
    code = given;
  });
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      // commander has printed the help or what is wrong.
      return error.exitCode === 0 ? exitCodes.asClaimed : exitCodes.wrongUse;
    }
    const failure = failureOf(error);
    process.stderr.write(`${pc.red('scorecheck:')} ${failure.message}\n`);
    if (isVerbose(program) && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
    return failure.code;
  }
}
