import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run, type Shell } from './command.js';
import { problem, SetupStopped } from './problem.js';

/** A C++ compiler that was seen to work. */
export interface Compiler {
  /** The program and the arguments that always come first, as in `ccache g++`. */
  readonly command: readonly [string, ...string[]];
  /** The first line that it prints about itself. */
  readonly version: string;
}

/** Flags for every C++ file: the addon needs C++17 and becomes a shared library. */
export const cxxFlags = ['-O2', '-std=c++17', '-shared', '-fPIC'] as const;

// Uses the standard library and its headers, which some images leave out beside a compiler.
const sample =
  '#include <memory>\n#include <string>\nstd::string name() { return *std::make_unique<std::string>("s"); }\n';

/** The first of $CXX, c++, g++ and clang++ that builds a shared C++17 library; stops with `no-compiler` when none does. */
export async function findCompiler(shell: Shell): Promise<Compiler> {
  const folder = await mkdtemp(path.join(tmpdir(), 'scorecheck-compiler-'));
  try {
    await writeFile(path.join(folder, 'sample.cc'), sample);
    const tried: string[] = [];
    for (const command of candidates(shell.env)) {
      const built = await run(command, [...cxxFlags, 'sample.cc', '-o', 'sample.so'], shell, { cwd: folder });
      if (built.ok) return { command, version: await firstLine(command, shell) };
      tried.push(`${command.join(' ')} (${built.why.split('\n')[0] ?? ''})`);
    }
    throw new SetupStopped(problem('no-compiler', { tried }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function candidates(env: NodeJS.ProcessEnv): [string, ...string[]][] {
  const named = env['CXX']?.trim() ?? '';
  // CXX is a path, which may have spaces, or a command with arguments.
  const first = existsSync(named) ? [named] : named.split(/\s+/);
  const usual: [string, ...string[]][] = [['c++'], ['g++'], ['clang++']];
  return named === '' ? usual : [first as [string, ...string[]], ...usual];
}

async function firstLine(command: Compiler['command'], shell: Shell): Promise<string> {
  const asked = await run(command, ['--version'], shell);
  return asked.stdout.split('\n')[0] ?? command.join(' ');
}
