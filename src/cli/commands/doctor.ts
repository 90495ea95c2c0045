import pc from 'picocolors';
import { status } from '../../tensorflow/status.js';
import { doctorFacts, gigabytes, type Facts } from '../doctor-facts.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { pythonText } from '../python.js';
import { print, type PrintOptions } from '../output.js';
import { backendForced } from '../provision.js';
import type { Terminal } from '../terminal.js';

/** Shows what this machine has and what to do about each warning; changes nothing. */
export async function doctorCommand(options: PrintOptions, terminal: Terminal): Promise<ExitCode> {
  const { env, verbose, note } = terminal;
  backendForced(env);
  const found = await status({ env, trial: true, ...(verbose ? { log: (line: string) => note(pc.dim(line)) } : {}) });
  const facts = await doctorFacts(found, env);
  await print(options, terminal, { text: () => page(facts), json: facts });
  return exitCodes.asClaimed;
}

function page(facts: Facts): string {
  const rows = rowsOf(facts);
  const width = Math.max(...rows.map(([name]) => name.length));
  const table = rows.map(([name, text]) => `${pc.bold(name.padEnd(width))}  ${text}`);
  const warnings = facts.warnings.flatMap(({ what, remedy }) => ['', `${pc.yellow('!')} ${what}`, `  ${remedy}`]);
  return [...table, ...warnings].join('\n');
}

function rowsOf(facts: Facts): [string, string][] {
  const { backend, versions, machine, memory, data, cache, isolation } = facts;
  const { node, tfjs, tensorflow, compiler, pip } = versions;
  return [
    ['scorecheck', facts.version],
    ['backend', `${backend.name}${backend.forced ? ', forced by SCORECHECK_BACKEND' : ''}`],
    ['TensorFlow.js', `${tfjs}${tensorflow === undefined ? '' : ` on TensorFlow ${tensorflow}`}`],
    ['Node.js', node],
    ['compiler', compiler ?? 'none found'],
    ['pip', pip ?? 'none found'],
    ['platform', `${machine.platform}${machine.glibc === undefined ? '' : `, glibc ${machine.glibc}`}`],
    ['cores', `${machine.cores}${machine.avx === undefined ? '' : machine.avx ? ', with AVX' : ', without AVX'}`],
    ['memory', `${gigabytes(memory.total)}, ${gigabytes(memory.free)} free`],
    ...dataRows(data),
    ['cache', `${cache.folder}, ${gigabytes(cache.bytes)}`],
    ['free disk', gigabytes(cache.freeDisk)],
    ['isolation', isolationText(isolation)],
    [
      'Python',
      'executable' in facts.python
        ? pythonText(facts.python)
        : `none for submissions in Python: ${facts.python.reason} ${facts.python.remedy}`,
    ],
  ];
}

function dataRows(data: Facts['data']): [string, string][] {
  if ('problem' in data) return [['data', 'cannot be read, see below']];
  return [
    ['data', `${data.name} (${data.source}), ${data.train} + ${data.test} images`],
    ['data digest', data.digest],
  ];
}

/** What keeps a student's code in, in words; the warnings say what is missing. */
function isolationText({ level, layers }: Facts['isolation']): string {
  const words: Readonly<Record<keyof typeof layers, string>> = {
    network: 'no network',
    files: 'no files',
    processes: 'own process numbers',
    user: 'another user',
    privileges: 'no privileges',
    systemCalls: 'filtered system calls',
    permissionModel: "Node's permission model",
    limits: 'limits on memory, processes and time',
  };
  const inForce = Object.entries(layers).flatMap(([layer, on]) => (on ? [words[layer as keyof typeof layers]] : []));
  return `${level}: ${inForce.join(', ')}`;
}
