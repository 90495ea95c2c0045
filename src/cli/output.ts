import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { WrongUse } from './failure.js';
import type { Terminal } from './terminal.js';

// One scheme for every command: --format says what, --out says where, and --json FILE is short for the JSON in FILE.

/** The options of a command that prints one thing. */
export interface PrintOptions {
  readonly format?: string;
  readonly out?: string;
  readonly json?: string;
}

/** Adds --format, --out and --json to a command that prints one thing. */
export function addPrintOptions(command: Command): Command {
  return command
    .option('--format <format>', 'text or json', 'text')
    .option('--out <file>', 'write to FILE; - is standard output', '-')
    .option('--json <file>', 'short for --format json --out FILE');
}

/** Prints one thing as text or JSON, to standard output or a file, as the options say. */
export async function print(
  options: PrintOptions,
  terminal: Terminal,
  { text, json }: { readonly text: () => string; readonly json: unknown },
): Promise<void> {
  const format = options.json === undefined ? (options.format ?? 'text') : 'json';
  if (format !== 'text' && format !== 'json') {
    throw new WrongUse(`Expected --format text or --format json, got "${format}".`);
  }
  const content = format === 'json' ? asJson(json) : text();
  const file = options.json ?? options.out ?? '-';
  if (file === '-') terminal.result(content);
  else {
    await checkFile(file, '--out or --json');
    await writeFile(file, content.endsWith('\n') ? content : `${content}\n`);
    terminal.note(`Wrote ${file}`);
  }
}

/** Data as the text of a JSON file. */
export const asJson = (data: unknown): string => `${JSON.stringify(data, null, 2)}\n`;

/** Makes the folder if it is missing and tries whether it can be written; WrongUse where it cannot. */
export async function checkFolder(folder: string, option: string): Promise<void> {
  try {
    await makeFolder(path.resolve(folder));
    // The one test that holds everywhere, for root and on read-only disks too.
    const probe = path.join(folder, `.scorecheck-${randomBytes(6).toString('hex')}`);
    await writeFile(probe, '', { flag: 'wx' });
    await rm(probe);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new WrongUse(
      `Expected ${option} to name a folder that can be written, got ${folder}: ${why}. Name another one.`,
    );
  }
}

/** Makes a folder and those above it one by one: where the system denies a folder as missing, as /proc does, `recursive` of Node 20 never ends. */
async function makeFolder(folder: string): Promise<void> {
  if ((await stat(folder).catch(() => undefined))?.isDirectory() === true) return;
  if (folder !== path.dirname(folder)) await makeFolder(path.dirname(folder));
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST' || !statSync(folder).isDirectory()) throw error; // a folder: another run was faster
  });
}

/** Tries whether a file can be written without touching it; WrongUse where it cannot. */
export async function checkFile(file: string, option: string): Promise<void> {
  const there = await stat(file).catch(() => undefined);
  if (there?.isDirectory()) throw new WrongUse(`Expected ${option} to name a file, got the folder ${file}.`);
  await checkFolder(path.dirname(path.resolve(file)), option);
}
