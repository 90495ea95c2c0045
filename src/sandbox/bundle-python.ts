import { createHash } from 'node:crypto';
import { lstat, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { fileBytes, fileCount, isInside, type Bundle, type Problems } from './bundled.js';
import { importsOf } from './python-source.js';
import type { Place } from './question.js';

/** The files of the Python module `entry` and of what it imports from `folder` (both without links), as text. Python itself compiles them, in the sandbox. */
export async function bundlePython(entry: string, folder: string): Promise<Bundle | Problems> {
  const texts = new Map<string, string>();
  let torch = false;
  const problem = (message: string): Problems => ({ kind: 'problems', problems: [{ message }] });
  const waiting = [path.relative(folder, entry).split(path.sep).join('/')];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (texts.has(name)) continue;
    const read = await readInside(name, folder);
    if (read === undefined) {
      // An import of something else: Python says so where it matters.
      if (texts.size > 0) continue;
      return problem(`Expected a file in the folder of the submission, found ${name} outside.`);
    }
    if (typeof read !== 'string') return problem(`Expected at most ${fileBytes} bytes in ${name}, got ${read.bytes}.`);
    if (texts.size === fileCount) return problem(`Expected at most ${fileCount} files, got more.`);
    texts.set(name, read);
    for (const wanted of importsOf(read)) {
      if (wanted.level === 0 && wanted.module.split('.')[0] === 'torch') torch = true;
      waiting.push(...filesOf(wanted, name));
    }
  }
  const modules = [...texts];
  return {
    kind: 'bundle',
    library: torch ? 'torch' : 'numpy',
    modules,
    files: [...texts.keys()].sort(),
    digest: createHash('sha256').update(JSON.stringify(modules)).digest('hex'),
    placeIn: (stack) => placeIn(stack, texts),
  };
}

/** The files that an import may mean: every prefix of `a.b.c` is a module or a package, and so is every name taken `from` it. */
function filesOf({ level, module, names }: ReturnType<typeof importsOf>[number], from: string): string[] {
  // Absolute names start at the folder of the submission, relative ones at that of the file.
  const base =
    level === 0
      ? []
      : path.posix
          .dirname(from)
          .split('/')
          .slice(0, 1 - level || undefined)
          .filter((part) => part !== '.');
  const parts = module === '' ? [] : module.split('.');
  const places = [
    ...parts.map((_, i) => [...base, ...parts.slice(0, i + 1)]),
    ...names.map((name) => [...base, ...parts, name]),
  ];
  if (level > 0) places.push(base);
  return places.map((place) => place.join('/')).flatMap((place) => [`${place}.py`, `${place}/__init__.py`]);
}

/** The text of a file of the folder; its size where it is too large; undefined where it is none, or a link. */
async function readInside(name: string, folder: string): Promise<string | { readonly bytes: number } | undefined> {
  const file = path.join(folder, name);
  const found = await lstat(file).catch(() => undefined);
  if (found?.isFile() !== true || !isInside(await realpath(file), folder)) return undefined;
  return found.size > fileBytes ? { bytes: found.size } : await readFile(file, 'utf8');
}

const frame = /^(.+):(\d{1,9}):(\d{1,9})$/gm;

function placeIn(stack: string, texts: ReadonlyMap<string, string>): Place | undefined {
  for (const [, file = '', line, column] of stack.matchAll(frame)) {
    const text = texts.get(file)?.split('\n')[Number(line) - 1];
    if (text !== undefined) return { file, line: Number(line), column: Number(column), text };
  }
  return undefined;
}
