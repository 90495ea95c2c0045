import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { manifestFolder } from './cache.js';
import { run, type Shell } from './command.js';
import { problem, SetupStopped } from './problem.js';

/** The command that runs npm. */
export type Npm = readonly [string, ...string[]];

/** npm as it runs us, else the one beside this Node, else the one on the PATH; stops with `no-npm` when there is none. */
export async function findNpm(shell: Shell, node = process.execPath): Promise<Npm> {
  const beside = path.join(path.dirname(node), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  // Under yarn or pnpm npm_execpath names these, and they read no package-lock.json.
  const scripts = [shell.env['npm_execpath'], beside].filter(
    (file) => file !== undefined && path.basename(file).startsWith('npm-cli.') && existsSync(file),
  ) as string[];
  for (const command of [...scripts.map((file): Npm => [process.execPath, file]), ['npm'] satisfies Npm]) {
    if ((await run(command, ['--version'], { ...shell, env: npmEnv(shell.env, node) })).ok) return command;
  }
  throw new SetupStopped(problem('no-npm'));
}

/** Installs the packages that `native/package-lock.json` pins into `folder`, without running any of their scripts. */
export async function installPackages(folder: string, npm: Npm, shell: Shell): Promise<void> {
  for (const file of ['package.json', 'package-lock.json']) {
    await copyFile(path.join(manifestFolder(), file), path.join(folder, file));
  }
  const installed = await run(
    npm,
    ['ci', ...flags],
    { ...shell, env: npmEnv(shell.env, process.execPath) },
    { cwd: folder },
  );
  if (!installed.ok) throw new SetupStopped(problem('npm-failed', { detail: installed.why }));
}

// What a user may have set otherwise in his .npmrc; tfjs-node's own install script is the one that must not run (docs/decisions/0001).
const flags = [
  '--ignore-scripts',
  '--package-lock=true',
  '--package-lock-only=false',
  '--dry-run=false',
  '--global=false',
  '--no-audit',
  '--no-fund',
  '--no-update-notifier',
  '--loglevel=error',
];

/** The user's environment for npm, with the folder of `node` in front on the PATH: the `npm` there is a script that asks for `node`. */
function npmEnv(env: NodeJS.ProcessEnv, node: string): NodeJS.ProcessEnv {
  // `npm run --workspace` hands its choice of workspace and folder down to every npm below it; here they make no sense.
  const ofProject = /^npm_config_(workspaces?|include_workspace_root|prefix|local_prefix|omit|include)$/i;
  const kept = Object.entries(env).filter(([name]) => !ofProject.test(name));
  return {
    ...Object.fromEntries(kept),
    PATH: [path.dirname(node), env['PATH'] ?? ''].join(path.delimiter),
  };
}
