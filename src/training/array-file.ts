import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What a file of arrays holds: a few facts as JSON, and float32 arrays by name. */
export interface ArrayFile {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly arrays: Readonly<Record<string, Float32Array>>;
}

interface Head {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly lengths: Readonly<Record<string, number>>;
  readonly sha256: string;
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Writes a line of JSON and then the numbers of the arrays, under another name first: the file is there as a whole or not at all. */
export function writeArrays(file: string, { facts, arrays }: ArrayFile): void {
  const bytes = Buffer.concat(
    Object.values(arrays).map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength)),
  );
  const lengths = Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, array.length]));
  const head: Head = { facts, lengths, sha256: digestOf(bytes) };
  mkdirSync(path.dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}.tmp`;
  writeFileSync(unfinished, Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), bytes]));
  renameSync(unfinished, file);
}

/** The arrays of a file, `undefined` where there is none or it is not as it was written (its digest says): what it held is then made again. */
export function readArrays(file: string): ArrayFile | undefined {
  if (!existsSync(file)) return undefined;
  const content = readFileSync(file);
  const end = content.indexOf('\n');
  const head = headOf(content.subarray(0, Math.max(0, end)).toString());
  const bytes = Uint8Array.from(content.subarray(end + 1));
  if (head === undefined || digestOf(bytes) !== head.sha256) return undefined;
  let first = 0;
  const arrays = Object.entries(head.lengths).map(([name, length]): [string, Float32Array] => {
    first += 4 * length;
    return [name, new Float32Array(bytes.buffer, first - 4 * length, length)];
  });
  return { facts: head.facts, arrays: Object.fromEntries(arrays) };
}

function headOf(line: string): Head | undefined {
  try {
    return JSON.parse(line) as Head;
  } catch {
    return undefined;
  }
}
