import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A link whose verdict is known. */
export interface Case {
  readonly lhs: string;
  readonly rhs: string;
  readonly isTrue: boolean;
}

/** What a reader says of a link: it could not read it, or it is true, or false, or neither could be found. */
export type Said = 'unread' | 'true' | 'false' | 'open';

/** A reader and its verdicts, in the order of the cases. */
export interface Peer {
  readonly name: string;
  readonly verdicts: readonly Said[];
}

const run = promisify(execFile);

/** Compiled, this file lies in dist/bench/notes; the scripts of the peers are no TypeScript and stay where they are. */
const scripts = fileURLToPath(new URL('../../../bench/notes/', import.meta.url));

/** Installs SymPy, math-verify and compute-engine into a folder of their own, asks them, and deletes it. Needs python3, pip and npm. */
export async function askPeers(cases: readonly Case[]): Promise<Peer[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'scorecheck-peers-'));
  try {
    const file = path.join(folder, 'cases.json');
    writeFileSync(file, JSON.stringify(cases.map(({ lhs, rhs }) => ({ lhs, rhs }))));
    const python = path.join(folder, 'venv', process.platform === 'win32' ? 'Scripts' : 'bin', 'python');
    await run('python3', ['-m', 'venv', path.join(folder, 'venv')]);
    // SymPy reads LaTeX by this version of ANTLR.
    await run(python, ['-m', 'pip', 'install', '--quiet', 'sympy', 'antlr4-python3-runtime==4.11.*', 'math-verify']);
    await run('npm', ['install', '--silent', '--no-save', '--prefix', folder, '@cortex-js/compute-engine@latest']);
    // An import is looked for beside the script that imports.
    const script = path.join(folder, 'peer-engine.mjs');
    copyFileSync(path.join(scripts, 'peer-engine.mjs'), script);
    const version = async (name: string): Promise<string> => {
      const { stdout } = await run(python, ['-c', `import importlib.metadata as m; print(m.version("${name}"))`]);
      return stdout.trim();
    };
    const engine = JSON.parse((await run('npm', ['ls', '--json', '--prefix', folder, '@cortex-js/compute-engine'])).stdout) as { dependencies: Record<string, { version: string }> }; // prettier-ignore
    const peers: [name: string, command: string, args: string[]][] = [
      [`SymPy ${await version('sympy')}, parse_latex`, python, [path.join(scripts, 'peers.py'), 'sympy', file]],
      [`math-verify ${await version('math-verify')}`, python, [path.join(scripts, 'peers.py'), 'math-verify', file]],
      [`compute-engine ${engine.dependencies['@cortex-js/compute-engine'].version}`, process.execPath, [script, file]],
    ]; // prettier-ignore
    const answers: Peer[] = [];
    for (const [name, command, args] of peers) {
      const { stdout } = await run(command, args, { maxBuffer: 1 << 26 });
      // What a library prints of its own is none of its verdicts.
      const verdicts = stdout.split('\n').filter((line): line is Said => ['unread', 'true', 'false', 'open'].includes(line)); // prettier-ignore
      if (verdicts.length !== cases.length)
        throw new Error(`Expected ${cases.length} verdicts of ${name}, got ${verdicts.length}.`);
      answers.push({ name, verdicts });
    }
    return answers;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A table in Markdown: of the true and of the false links, how many each one read, called right, called wrong and left open. */
export function peersTable(cases: readonly Case[], peers: readonly Peer[]): string {
  const count = (peer: Peer, isTrue: boolean, said: readonly Said[]): number =>
    cases.filter((each, i) => each.isTrue === isTrue && said.includes(peer.verdicts[i])).length;
  const [trues, falses] = [true, false].map((isTrue) => cases.filter((each) => each.isTrue === isTrue).length);
  const rows = peers.map((peer) =>
    [
      peer.name,
      cases.length - count(peer, true, ['unread']) - count(peer, false, ['unread']),
      count(peer, true, ['true']),
      count(peer, true, ['false']),
      count(peer, false, ['false']),
      count(peer, false, ['true']),
    ].join(' | '),
  );
  return [
    `| | read, of ${cases.length} | true of ${trues} called true | called false | false of ${falses} called false | called true |`,
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}
